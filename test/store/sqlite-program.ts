/**
 * A server in a program of its own, for tests that kill it: `hold <dir>` opens the store and stays; `insert <dir>` inserts documents for
 * ever and prints each id when it is acknowledged; `fill <dir>` does so until a write is refused, and prints what it was told.
 */
import { writeSync } from 'node:fs'
import { type CollectionDeclaration, type Stored, StoreUnavailable } from '../../src/store/collection.js'
import { openSqliteStore } from '../../src/store/sqlite.js'

export interface Line extends Stored {
  readonly text: string
}
export const LINES: CollectionDeclaration = { name: 'lines', unique: [['text']], indexes: [] }

const [, , command = '', dir = ''] = process.argv

/** Straight to the pipe: nothing waits in this program when it is killed. A full pipe is tried until its reader has caught up. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
  }
}

async function insertForEver(): Promise<never> {
  const lines = (await openSqliteStore({ dir })).collection<Line>(LINES)
  for (let first = 0; ; first += 10) {
    const ids = Array.from({ length: 10 }, (_, i) => `line-${first + i}`)
    await Promise.all(ids.map((id) => lines.insert({ _id: id, version: 1, text: `${id} ${'x'.repeat(500)}` }).then(() => say(id))))
  }
}

async function hold(): Promise<void> {
  await openSqliteStore({ dir })
  say('open')
  setInterval(() => {}, 60_000)
}

if (command === 'hold') await hold()
if (command === 'insert') await insertForEver()
if (command === 'fill') {
  await insertForEver().catch((error: unknown) => say(`refused ${error instanceof StoreUnavailable ? error.message : String(error)}`))
  process.exit(0)
}
