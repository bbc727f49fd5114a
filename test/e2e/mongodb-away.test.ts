/** MongoDB is out of reach, silent or slow under the running product: nothing is acknowledged that is not kept, and it goes on by itself. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type House, makeHouse } from '../faults/house.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { addressOf, describeOnMongo, dropDatabase, hostOf, newDatabase } from '../store/mongodb-server.js'
import { openTcpProxy, type TcpProxy } from '../store/tcp-proxy.js'
import { type Environment, eventually, type Product, startProduct } from './product.js'
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

describeOnMongo('MongoDB behind a network that breaks, under load', () => {
  let proxy: TcpProxy
  let database: string
  beforeEach(async () => {
    database = newDatabase()
    proxy = await openTcpProxy(hostOf())
  })
  afterEach(async () => {
    await proxy.open()
    expect(product?.running() === true ? '' : product?.output.join('\n')).toBe('')
    await product?.stop()
    product = undefined
    await proxy.close()
    await dropDatabase(database)
  })

  const breaks: [string, (network: TcpProxy) => void | Promise<void>][] = [
    ['unreachable', (network) => network.cut()],
    ['stalled', (network) => network.stall()],
    ['slow beyond use', (network) => network.slow(2000)],
  ]
  test.each(breaks)(
    '%s: 503 in time, red with the reason, and when it is back all goes on and nothing is lost',
    async (_, broken) => {
      const { url, running } = await start({ MONGODB_URI: addressOf(database, proxy.address) })
      const all = people(30, [PAGE])
      await greetAll(url, all)
      const writing = writeOn(url, all, [1, 2, 3])
      await eventually(() => graph.messages().some((request) => /ord-/.test(textOf(request))))
      await broken(proxy)
      const [stranger] = people(1, [PAGE], 500) as [Person]
      expectRefusal(await deliver(url, stranger, 0))
      const red = await readiness({ url })
      expect({ status: red.status, reason: red.reason }).toEqual({ status: 503, reason: expect.stringMatching(/MongoDB|database/) })
      await proxy.open()
      const written = await writing
      refusals(written)
      await eventually(async () => (await readiness({ url })).status === 200)
      expect(running()).toBe(true)
      await allAnswered(written)
    },
    LONG,
  )

  test(
    'slow: everything takes longer, and nothing is refused or lost',
    async () => {
      const { url } = await start({ MONGODB_URI: addressOf(database, proxy.address) })
      const all = people(20, [PAGE])
      await greetAll(url, all)
      proxy.slow(50)
      const written = await writeOn(url, all, [1, 2])
      refusals(written)
      expect((await readiness({ url })).status).toBe(200)
      await allAnswered(written)
    },
    LONG,
  )
})
