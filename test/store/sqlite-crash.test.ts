/** The embedded store when programs are killed and disks are full. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { LINES, type Line } from './sqlite-program.js'

const PROGRAM = fileURLToPath(new URL('sqlite-program.ts', import.meta.url))
/** Starting TypeScript takes seconds on a busy machine. */
const LONG = 120_000

let dir: string
let child: ChildProcess | undefined
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-crash-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(dir, { recursive: true })
})

interface Started {
  /** Lines printed so far; complete once `ended` is. */
  readonly said: () => string[]
  /** Resolves when so many lines were printed, or the program ended. */
  readonly saying: (count: number) => Promise<void>
  readonly ended: Promise<unknown>
}

/** Starts the program under a shell that sets limits first. */
function start(command: string, limits = 'true'): Started {
  const shell = `${limits}; exec "$0" --import tsx "$1" "$2" "$3"`
  const started = spawn('sh', ['-c', shell, process.execPath, PROGRAM, command, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = started
  let output = ''
  const said = () => output.split('\n').slice(0, -1)
  const ended = once(started, 'close')
  const saying = (count: number) =>
    new Promise<void>((resolve) => {
      started.stdout.on('data', () => said().length >= count && resolve())
      void ended.then(() => resolve())
    })
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  return { said, saying, ended }
}

async function storedIds(): Promise<Set<string>> {
  const store = await openSqliteStore({ dir })
  const found = await store.collection<Line>(LINES).find({}, { sort: ['_id'], limit: 1_000_000 })
  await store.close()
  return new Set(found.map((line) => line._id))
}

test(
  'one server at a time: a second is refused until the first is killed',
  async () => {
    const { said, saying, ended } = start('hold')
    await saying(1)
    expect(said()).toEqual(['open'])

    await expect(openSqliteStore({ dir })).rejects.toMatchObject({ name: 'StoreNotOpened', fault: 'locked' })
    await expect(openSqliteStore({ dir })).rejects.toThrow(`another server uses ${dir}`)
    const reading = await openSqliteStore({ dir, readOnly: true })
    await reading.close()
    await expect(openSqliteStore({ dir })).rejects.toMatchObject({ fault: 'locked' })

    child?.kill('SIGKILL')
    await ended
    const store = await openSqliteStore({ dir })
    await store.probe()
    await store.close()
  },
  LONG,
)

test(
  'nothing that was acknowledged is lost at kill -9',
  async () => {
    const { said, saying, ended } = start('insert')
    await saying(2_000)
    child?.kill('SIGKILL')
    await ended

    const acknowledged = said()
    expect(acknowledged.length).toBeGreaterThanOrEqual(2_000)
    const stored = await storedIds()
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
  },
  LONG,
)

test(
  'a disk without room refuses the write, loses nothing, and keeps nothing of what it refused',
  async () => {
    // No file of the program may grow beyond 2 MB (in blocks of 512 bytes).
    const { said, ended } = start('fill', 'ulimit -f 4096')
    await ended

    expect(said().at(-1)).toMatch(/^refused The store is unavailable: the disk .* check the disk and its free space/)
    const acknowledged = said().slice(0, -1)
    expect(acknowledged.length).toBeGreaterThan(100)
    expect([...(await storedIds())].toSorted()).toEqual(acknowledged.toSorted())
  },
  LONG,
)
