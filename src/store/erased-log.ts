/**
 * `erased.log` beside the data: which contacts were erased, as keyed hashes, so that a backup made before cannot bring them back. One line
 * each, `<ISO time> <hash>`; it names nobody, and says nothing to whoever has not the keys of the store.
 */
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ErasedLog } from '../app/ports.js'
import type { Instant } from '../core/types.js'
import { FILE_MODE, sync } from './private-file.js'
import { codeOf } from './sqlite-fault.js'
import { makeDirectory } from './sqlite-files.js'

const NAME = 'erased.log'
/** A time, and an HMAC-SHA256 in base64url. */
const LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z ([\w-]{43})$/
const NEWLINE = 10

/**
 * Made at the first erasure; the directory too, where the embedded store does not. Rejects with the system's own error.
 * @param known hashes that are in it already.
 */
export function openErasedLog(dir: string, now: () => Instant, known: Iterable<string> = []): ErasedLog {
  const written = new Set(known)
  return {
    async append(hash) {
      // An erasure that is repeated after a failure needs no second line.
      if (written.has(hash)) return
      makeDirectory(dir)
      await appendLine(join(dir, NAME), `${new Date(now()).toISOString()} ${hash}\n`)
      await sync(dir)
      written.add(hash)
    },
  }
}

export interface ErasedHashes {
  readonly hashes: ReadonlySet<string>
  /** Numbers of the lines that are not whole: a crash while one was written. Its erasure was repeated at the next start, with a line of its own. */
  readonly torn: readonly number[]
}

export function erasedLogOf(dir: string): string {
  return join(dir, NAME)
}

/** Reads such a file; undefined when there is none. */
export async function readErasedLog(file: string): Promise<ErasedHashes | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const lines = text.split('\n').map((line) => ({ line, hash: LINE.exec(line)?.[1] }))
  return {
    hashes: new Set(lines.flatMap(({ hash }) => hash ?? [])),
    torn: lines.flatMap(({ line, hash }, at) => (line === '' || hash !== undefined ? [] : [at + 1])),
  }
}

/** On the disk when it resolves. A line that a crash left half is ended first, so that it spoils no other. */
async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+', FILE_MODE)
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    await file.appendFile(size > 0 && last[0] !== NEWLINE ? `\n${line}` : line)
    await file.datasync()
  } finally {
    await file.close()
  }
}
