/** The store is full, broken, or not there: nothing is acknowledged that is not kept, the reason is said, and it goes on by itself. */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
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
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type House, makeHouse } from '../faults/house.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { addressOf, describeOnMongo, dropDatabase, hostOf, newDatabase } from '../store/mongodb-server.js'
import { openTcpProxy, type TcpProxy } from '../store/tcp-proxy.js'
import { type Environment, eventually, type Product, runCommand, startProduct } from './product.js'
import {
  ANSWER_MS,
  type DeliveryAnswer,
  deliver,
  expectAnswered,
  expectRefusal,
  greetAll,
  greeted,
  hangUp,
  messengerSettings,
  type Person,
  people,
  readiness,
  rowsOf,
  textOf,
  type Written,
  write,
} from './town.js'

const PAGE = '104857600000001'
const LONG = 60_000
const MB = 1024 * 1024

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

/** Every message of everybody until all of it is acknowledged; refusals are what they have to be. */
async function writeOn(url: string, all: readonly Person[], numbers: readonly number[]): Promise<Written[]> {
  const each = all.map(async (person) => {
    const written: Written[] = []
    for (const number of numbers) written.push(await write(url, person, number))
    return written
  })
  return (await Promise.all(each)).flat()
}

function refusals(written: readonly Written[]): DeliveryAnswer[] {
  const refused = written.flatMap(({ answers }) => answers).filter(({ status }) => status !== 200)
  for (const answer of refused) expectRefusal(answer)
  return refused
}

async function allAnswered(written: readonly Written[]): Promise<void> {
  const words = written.filter(({ number }) => number > 0).length
  await eventually(() => graph.messages().filter((request) => /ord-/.test(textOf(request))).length >= words, 40_000)
  await eventually(async () => (await rowsOf(environment, house.root)).every(({ settle }) => settle.state === 'done'))
  expectAnswered(written, graph.messages())
}

describe('a full disk', () => {
  let disk: string
  let mounted: boolean
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'opgang-disk-'))
    mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0
    if (!mounted)
      console.warn('No small disk can be mounted here: test/store/sqlite-crash.test.ts shows a full disk with a limit on file sizes')
  })
  afterEach(async () => {
    await product?.stop()
    product = undefined
    if (mounted) expect(spawnSync('umount', [disk]).status).toBe(0)
    rmSync(disk, { recursive: true })
  })

  test(
    'is 503 and red with the reason; with room again it goes on by itself, and all is there and answered once',
    async () => {
      if (!mounted) return
      const data = join(disk, 'data')
      const { url, running } = await start({ DATA_DIR: data })
      const all = people(20, [PAGE])
      await greetAll(url, all)
      const ballast = join(disk, 'ballast')
      const written = await writeOn(url, all, [1])
      fillUp(ballast)
      const writing = writeOn(url, all, [2, 3, 4, 5])
      await eventually(async () => (await readiness({ url })).status === 503)
      expect((await readiness({ url })).reason).toMatch(/the disk is full; make room/)
      const [first] = all
      if (first === undefined) throw new Error('no people')
      expectRefusal(await deliver(url, first, 9))
      rmSync(ballast)
      written.push(...(await writing))
      expect(refusals(written).length).toBeGreaterThan(0)
      await eventually(async () => (await readiness({ url })).status === 200)
      expect(running()).toBe(true)
      await allAnswered(written)
    },
    LONG,
  )
})

/** Takes all the room that is left. */
function fillUp(file: string): void {
  const handle = openSync(file, 'w')
  try {
    for (const piece of [Buffer.alloc(64 * 1024), Buffer.alloc(4096)]) {
      try {
        for (;;) writeSync(handle, piece)
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' })
      }
    }
  } finally {
    closeSync(handle)
  }
}
