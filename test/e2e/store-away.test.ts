/** The store is full, broken, or not there: nothing is acknowledged that is not kept, the reason is said, and it goes on by itself. */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openCollections } from '../../src/store/collections.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { type House, makeHouse } from '../faults/house.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { type Environment, eventually, type Product, runCommand, startProduct } from './product.js'
import {
  deliver,
  expectDrained,
  expectRefusal,
  greetAll,
  hangUp,
  messengerSettings,
  type Person,
  people,
  readiness,
  refusals,
  rowsOf,
  textOf,
  type Written,
  writeOn,
} from './town.js'

const PAGE = '104857600000001'
const LONG = 120_000

let house: House
let graph: GraphStub
let environment: Environment
let product: Product | undefined
beforeEach(async () => {
  house = makeHouse()
  graph = await startGraphStub()
  environment = { ...messengerSettings([PAGE], graph.url), DATA_DIR: house.data(0) }
})
afterEach(async () => {
  hangUp()
  // It stays up, whatever the store does.
  expect(product === undefined || product.running() ? '' : product.output.join('\n')).toBe('')
  await product?.stop()
  product = undefined
  await graph.close()
  house.remove()
})

async function start(more: Environment = {}): Promise<Product> {
  environment = { ...environment, ...more }
  product = await startProduct(environment['DATA_DIR'] ?? '', environment, house.root)
  return product
}

const allAnswered = (written: readonly Written[]) => expectDrained(written, graph, () => rowsOf(environment, house.root))

const mount = (dir: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir]).status === 0
const unmount = (dir: string) => spawnSync('umount', [dir]).status === 0

/** A disk of 8 MB can be made here. */
const canMount = await (async () => {
  const dir = mkdtempSync(join(tmpdir(), 'opgang-disk-'))
  const mounted = mount(dir)
  if (mounted) unmount(dir)
  rmSync(dir, { recursive: true })
  return mounted
})()
if (!canMount) console.warn('No disk can be mounted here (root may): a full one is shown by a limit on the size of files alone')

interface Disk {
  readonly data: string
  fill(): void
  makeRoom(): void
  remove(): void
}

/** A real disk that is full. */
function smallDisk(): Disk {
  const dir = mkdtempSync(join(tmpdir(), 'opgang-disk-'))
  const ballast = join(dir, 'ballast')
  expect(mount(dir)).toBe(true)
  return {
    data: join(dir, 'data'),
    fill: () => fillUp(ballast),
    makeRoom: () => rmSync(ballast),
    remove() {
      expect(unmount(dir)).toBe(true)
      rmSync(dir, { recursive: true })
    },
  }
}

/** No file may grow beyond a few bytes. */
function limitedFiles(): Disk {
  const limit = (bytes: number | 'unlimited') =>
    expect(spawnSync('prlimit', ['--pid', String(product?.pid), `--fsize=${bytes}:unlimited`]).status).toBe(0)
  return { data: house.data(0), fill: () => limit(4096), makeRoom: () => limit('unlimited'), remove: () => undefined }
}

describe('a disk without room', () => {
  let disk: Disk | undefined
  afterEach(async () => {
    await product?.stop()
    product = undefined
    disk?.remove()
    disk = undefined
  })

  const recovers = async (made: Disk, reason: RegExp) => {
    disk = made
    const { url, running } = await start({ DATA_DIR: made.data })
    const all = people(20, [PAGE])
    const [first] = all as [Person]
    await greetAll(url, all)
    const written = await writeOn(url, all, [1])
    made.fill()
    const writing = writeOn(url, all, [2, 3, 4, 5])
    await eventually(async () => (await readiness({ url })).status === 503)
    expect((await readiness({ url })).reason).toMatch(reason)
    expectRefusal(await deliver(url, first, 9))
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    made.makeRoom()
    written.push(...(await writing))
    expect(refusals(written).length).toBeGreaterThan(0)
    await eventually(async () => (await readiness({ url })).status === 200)
    expect(running()).toBe(true)
    await allAnswered(written)
  }

  const onSmallDisk = canMount ? test : test.skip
  onSmallDisk(
    'is 503 and red with the reason; with room again it goes on by itself, and all is there and answered once',
    () => recovers(smallDisk(), /the disk is full; make room/),
    LONG,
  )

  test(
    'so it is when files may not grow',
    () => recovers(limitedFiles(), /the disk cannot be read or written; check the disk and its free space/),
    LONG,
  )
})

describe('a damaged file', () => {
  const all = people(20, [PAGE])
  const [first] = all as [Person]
  let backup: string
  let file: string
  beforeEach(async () => {
    const data = environment['DATA_DIR'] ?? ''
    backup = join(house.root, 'backup.db')
    file = join(data, 'opgang.db')
    const { url, stop } = await start()
    await greetAll(url, all)
    await allAnswered(await writeOn(url, all, [1, 2]))
    expect(await runCommand('cli/backup', [backup], environment, house.root)).toMatchObject({ code: 0 })
    expect(await stop()).toBe(0)
    await grow(data)
    graph.reset()
  })

  /** The way back that the reason names; then the talk goes on where it was. */
  const comesBack = async () => {
    await product?.stop()
    const data = environment['DATA_DIR'] ?? ''
    renameSync(data, `${data}-broken`)
    expect(await runCommand('cli/restore', [backup], environment, house.root)).toMatchObject({ code: 0 })
    const { url } = await start()
    expect(await readiness({ url })).toMatchObject({ status: 200 })
    graph.reset()
    await allAnswered(await writeOn(url, all, [3]))
  }

  /** It ended at the start, or is red soon: with the reason, and the way back. */
  const isFound = async () => {
    const words = /stop the server, put the newest backup in its place/
    const started = await start().catch((error: unknown) => String(error))
    if (typeof started === 'string') return expect(started).toMatch(words)
    await eventually(async () => (await readiness(started)).status === 503)
    expect((await readiness(started)).reason).toMatch(words)
    expect(started.running()).toBe(true)
  }

  test(
    'that was cut short is found, and a backup is the way back',
    async () => {
      truncateSync(file, Math.floor(statSync(file).size * 0.6))
      await isFound()
      await comesBack()
    },
    LONG,
  )

  test(
    'with garbage in its middle is found, and a backup is the way back',
    async () => {
      const bytes = readFileSync(file)
      bytes.fill('garbage ', Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 256 * 1024)
      writeFileSync(file, bytes)
      await isFound()
      await comesBack()
    },
    LONG,
  )

  test(
    'in which one row says something else is never believed',
    async () => {
      const bytes = readFileSync(file)
      const [was, is] = [`ord-${first.at}-2`, `ord-${first.at}-7`]
      let changed = 0
      for (let at = bytes.indexOf(was); at !== -1; at = bytes.indexOf(was, at)) changed += bytes.write(is, at)
      expect(changed).toBeGreaterThan(0)
      writeFileSync(file, bytes)
      const started = await start()
      expectRefusal(await deliver(started.url, first, 3))
      const { status, reason } = await readiness(started)
      expect({ status, reason }).toEqual({
        status: 503,
        reason: expect.stringMatching(/row .* is damaged.*put the newest backup in its place/),
      })
      expect(graph.messages().map(textOf).join(' ')).not.toContain(is)
      await comesBack()
    },
    LONG,
  )
})

/** Other people's turns, 5 MB of them, so that damage has a middle to be in. */
async function grow(dir: string): Promise<void> {
  const store = await openSqliteStore({ dir })
  const { turns } = openCollections(store)
  const [like] = await turns.find({}, { sort: ['at', 'conversation', 'seq'], limit: 1 })
  if (like === undefined) throw new Error('nothing was stored')
  const copies = Array.from({ length: 3000 }, (_, at) => ({ ...like, _id: `copy-${at}`, key: `copy-${at}`, conversation: `copy:${at}` }))
  expect(new Set(await Promise.all(copies.map((copy) => turns.insert(copy))))).toEqual(new Set(['ok']))
  await store.close()
}

/** Takes all the room that is left. */
function fillUp(file: string): void {
  const handle = openSync(file, 'w')
  for (const piece of [Buffer.alloc(64 * 1024), Buffer.alloc(4096)]) while (hasRoom(handle, piece));
  closeSync(handle)
}

function hasRoom(handle: number, piece: Buffer): boolean {
  try {
    return writeSync(handle, piece) > 0
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' })
    return false
  }
}
