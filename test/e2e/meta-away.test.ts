/** Meta is slow, silent, gone or wrong, and well again: what was acknowledged is answered, in order, and nobody who writes now waits for the rest. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openCollections } from '../../src/store/collections.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { type House, makeHouse } from '../faults/house.js'
import { type GraphStub, type StubAnswer, type StubRequest, startGraphStub } from '../graph-stub.js'
import { openTcpProxy, type TcpProxy } from '../store/tcp-proxy.js'
import { type Environment, eventually, type Product, startProduct } from './product.js'
import {
  APP,
  expectAnswered,
  greetAll,
  greeted,
  hangUp,
  messengerSettings,
  metric,
  type Person,
  people,
  recipientOf,
  rowsOf,
  SECRET,
  textOf,
  toldByPerson,
  type Written,
  write,
} from './town.js'

const PAGE = '104857600000001'
const TOKENLESS = '104857600000002'
const RESTRICTED = '104857600000003'
const BUSY = '104857600000004'
const PAGES = [PAGE, TOKENLESS, RESTRICTED, BUSY]
/** Room for a machine that is busy with other things. */
const LONG = 120_000

let house: House
let graph: GraphStub
/** The way to Graph, which can be closed. */
let way: TcpProxy
let product: Product
let environment: Environment
beforeEach(async () => {
  house = makeHouse()
  graph = await startGraphStub({ appSecret: SECRET, appId: APP })
  const { port } = new URL(graph.url)
  way = await openTcpProxy({ host: '127.0.0.1', port: Number(port) })
  environment = { ...messengerSettings(PAGES, `http://${way.address}/v26.0`), DATA_DIR: house.data(0) }
  product = await startProduct(house.data(0), environment, house.root)
})
afterEach(async () => {
  hangUp()
  await product.stop()
  await way.close()
  await graph.close()
  house.remove()
})

interface Fault {
  readonly name: string
  readonly answer: StubAnswer
  /** How often it is answered so; then all is well. */
  readonly times: number
  /** The person got it all the same. */
  readonly arrives?: true
  /** What the store says of it in the end. */
  readonly ends: 'sent' | 'refused' | 'listed'
}
const HTML = '<!DOCTYPE html><title>Sorry, something went wrong.</title>'
const failing = (code: number, subcode?: number): StubAnswer => ({
  status: 400,
  body: { error: { message: 'not now', code, ...(subcode === undefined ? {} : { error_subcode: subcode }) } },
})
const FAULTS: readonly Fault[] = [
  { name: 'a retry code', answer: failing(2), times: 2, ends: 'sent' },
  { name: 'a rate', answer: failing(613), times: 1, ends: 'sent' },
  { name: 'HTTP 429 without words', answer: { status: 429, body: '' }, times: 1, ends: 'sent' },
  { name: 'not available', answer: failing(551), times: 1, ends: 'refused' },
  { name: 'outside the window', answer: failing(10, 2018278), times: 1, ends: 'listed' },
  { name: 'a wrong message', answer: failing(100), times: 1, ends: 'refused' },
  { name: '1/99 for ever', answer: failing(1, 99), times: 9, ends: 'refused' },
  { name: 'HTML with 502', answer: { status: 502, body: HTML, headers: { 'content-type': 'text/html' } }, times: 1, ends: 'sent' },
  { name: 'HTML with 200', answer: { status: 200, body: HTML, headers: { 'content-type': 'text/html' } }, times: 1, ends: 'sent' },
  { name: 'cut off', answer: 'reset', times: 1, ends: 'sent' },
  { name: 'cut off in the answer', answer: 'half', times: 1, arrives: true, ends: 'sent' },
  { name: 'cut off twice', answer: 'reset', times: 2, ends: 'listed' },
]

const breaker = (page: string, state: string) => metric(product, `opgang_breaker_state{page="${page}",state="${state}"}`)
const isOpen = async (page: string, state: string) => (await breaker(page, state)) === 1
const isMessage = ({ body }: StubRequest) => 'message' in body

async function writeAll(all: readonly Person[], ...numbers: number[]): Promise<Written[]> {
  const written: Written[] = []
  for (const number of numbers) written.push(...(await Promise.all(all.map((person) => write(product.url, person, number)))))
  return written
}

function taken(request: StubRequest): StubAnswer {
  return { status: 200, body: { recipient_id: recipientOf(request), message_id: `m_${textOf(request)}` } }
}

test(
  'silent, then gone, then well: few calls while the breaker is open, all drains in order, and who writes then is answered at once',
  async () => {
    const all = people(400, [PAGE])
    const [first] = all
    await greetAll(product.url, all)
    await eventually(() => greeted(graph, all))

    // Silent: every second message arrives all the same, and shows itself as an echo before the product would send it again.
    const arrived: StubRequest[] = []
    const hanging: StubRequest[] = []
    graph.answerWith((request) => {
      if (!isMessage(request)) return 'hang'
      if (hanging.push(request) % 2 === 0) return 'hang'
      arrived.push(request)
      const { metadata } = request.body['message'] as { metadata: string }
      const order = { mid: `m_${arrived.length}`, metadata, page: PAGE, user: recipientOf(request), text: textOf(request) }
      void graph.echo(`${product.url}/webhooks/messenger`, order)
      return 'hang'
    })
    const written = await writeAll(all, 1, 2)
    await eventually(() => isOpen(PAGE, 'outage'))

    // While the breaker is open one harmless thing is asked now and then; then Meta is gone altogether.
    const before = graph.requests.length
    written.push(...(await writeAll(all.slice(0, 200), 3)))
    await eventually(() => graph.requests.length > before)
    await way.cut()
    written.push(...(await writeAll(all.slice(200), 3)))
    expect(graph.requests.slice(before).map(({ body }) => body['sender_action'])).toEqual(['typing_on'])
    expect(await isOpen(PAGE, 'outage')).toBe(true)

    // Well again.
    const seen: { request: StubRequest; at: number }[] = []
    graph.answerWith((request) => {
      seen.push({ request, at: performance.now() })
      return isMessage(request) ? taken(request) : undefined
    })
    await way.open()
    await eventually(() => isOpen(PAGE, 'closed'), 40_000)
    const wellAt = performance.now()
    const told = () => [...arrived, ...seen.map(({ request }) => request).filter(isMessage)]
    const newcomers = people(20, [PAGE], 1000)
    const live = newcomers.map(async (person, at) => {
      await sleep(at * 100)
      const one = await write(product.url, person, 0)
      await eventually(() => told().some((request) => recipientOf(request) === person.id))
      const answered = seen.find(({ request }) => recipientOf(request) === person.id)
      return { ms: (answered?.at ?? 0) - one.acknowledgedAt }
    })
    // Who waited and writes now is answered behind what waited.
    if (first !== undefined) written.push(await write(product.url, first, 4))
    const waits = (await Promise.all(live)).map(({ ms }) => ms)
    await eventually(() => told().filter((request) => /ord-/.test(textOf(request))).length >= written.length)
    const drained = performance.now() - wellAt
    expectAnswered(written, told())
    expect(Math.max(...waits)).toBeLessThan(2000)
    expect(drained).toBeLessThan(15_000)
    await eventually(async () => (await rowsOf(environment, house.root)).every(({ settle }) => settle.state === 'done'))
  },
  LONG,
)

test(
  'errors of every class, one person each: what can still go goes, once and in order, and the rest says why it did not',
  async () => {
    // Nobody listens at first: nothing was given away, and everything goes once there is somebody.
    await way.cut()
    const all = people(FAULTS.length, [PAGE])
    const written = await writeAll(all, 0)
    await eventually(async () => ((await metric(product, 'opgang_graph_calls_total{outcome="retry"}')) ?? 0) > 0)
    await way.open()
    await eventually(() => greeted(graph, all))

    const told: StubRequest[] = []
    const failed = new Map<string, number>()
    graph.answerWith((request) => {
      if (!isMessage(request)) return undefined
      const fault = FAULTS[all.findIndex(({ id }) => id === recipientOf(request))]
      const times = failed.get(recipientOf(request)) ?? 0
      const failing = fault !== undefined && times < fault.times && /ord-\d+-1\./.test(textOf(request))
      if (failing) failed.set(recipientOf(request), times + 1)
      if (!failing || fault.arrives === true) told.push(request)
      return failing ? fault.answer : taken(request)
    })
    written.push(...(await writeAll(all, 1, 2)))
    await eventually(async () => (await rowsOf(environment, house.root)).every(({ settle }) => settle.state === 'done'), 50_000)
    const rows = await rowsOf(environment, house.root)
    const words = toldByPerson(told)
    for (const [at, { name, ends, arrives }] of FAULTS.entries()) {
      const { id } = all[at] as Person
      const row = rows.find(({ event }) => event.id === `m:${PAGE}:m_${id}_1`)
      const [first] = Object.values(row?.settle.sent ?? {})
      const places = (words.get(id) ?? []).flatMap((text) => /ord-\d+-(\d)/.exec(text)?.[1] ?? [])
      // What arrived without a word of it is told twice at most: nobody can know.
      const expected = ends === 'sent' ? (arrives === true ? ['1', '1', '2'] : ['1', '2']) : ['2']
      expect({ name, state: first?.state, places }).toEqual({ name, state: ends, places: expected })
    }
  },
  LONG,
)

test(
  'a page without a token, one that is restricted, one near its limit: each waits by itself; what waited a day is listed, the rest goes',
  async () => {
    const {
      [TOKENLESS]: tokenless,
      [RESTRICTED]: restricted,
      [PAGE]: well,
      [BUSY]: busy,
    } = Object.fromEntries(PAGES.map((page, at) => [page, people(12, [page], at * 100)]))
    if (tokenless === undefined || restricted === undefined || well === undefined || busy === undefined) throw new Error('no people')
    const busyAt: number[] = []
    graph.answerWith((request) => {
      if (request.page === TOKENLESS) return { status: 400, body: { error: { code: 190, error_subcode: 460 } } }
      if (request.page === RESTRICTED) return { status: 400, body: { error: { code: 368, error_subcode: 1893063 } } }
      if (request.page !== BUSY) return undefined
      if (isMessage(request)) busyAt.push(performance.now())
      return { status: 200, body: { message_id: `m_${busyAt.length}` }, headers: { 'x-app-usage': '{"call_count":97}' } }
    })
    const written = await writeAll([...tokenless, ...restricted, ...well], 0)
    await eventually(() => greeted(graph, well))
    await eventually(async () => (await isOpen(TOKENLESS, 'config')) && (await isOpen(RESTRICTED, 'circuit')))
    expect(await isOpen(PAGE, 'closed')).toBe(true)

    // Near its limit a page sends three a second, after three at once.
    await writeAll(busy.slice(0, 1), 0)
    await eventually(() => greeted(graph, busy.slice(0, 1)))
    const first = busyAt.length
    await writeAll(busy.slice(1), 0)
    await eventually(() => greeted(graph, busy))
    const [begun = 0, ended = 0] = [busyAt[first], busyAt.at(-1)]
    expect(ended - begun).toBeGreaterThan(((busyAt.length - first - 4) / 3) * 1000)

    // A day passes for some of those who wait; the rest is well after the restart.
    await product.stop()
    const [late] = restricted
    await passDay(house.data(0), `messenger:${RESTRICTED}:${late?.id}`)
    graph.reset()
    product = await startProduct(house.data(0), environment, house.root)
    const waited = [...tokenless, ...restricted.slice(1)]
    await eventually(() => greeted(graph, waited))
    expectAnswered(
      written.filter(({ person }) => waited.includes(person)),
      graph.messages(),
    )
    await eventually(async () => (await rowsOf(environment, house.root)).every(({ settle }) => settle.state === 'done'))
    const row = (await rowsOf(environment, house.root)).find(({ event }) => event.id.includes(`m_${late?.id}_0`))
    const fates = Object.values(row?.settle.sent ?? {}).filter(({ state }) => state !== 'applied')
    expect(fates.map(({ state, reason }) => `${state} ${reason}`)).toEqual(fates.map(() => 'listed window_closed'))
    expect(fates).not.toEqual([])
    expect(toldByPerson(graph.messages()).has(late?.id ?? '')).toBe(false)
  },
  LONG,
)

/** As if the person had last written 25 hours ago; nothing may run on the store meanwhile. */
async function passDay(dir: string, conversation: string): Promise<void> {
  const store = await openSqliteStore({ dir })
  const { turns } = openCollections(store)
  for (const turn of await turns.find({ conversation }, { sort: ['seq'], limit: 10 })) {
    const openedAt = (turn.session.openedAt ?? 0) - 25 * 3_600_000
    expect(await turns.replace({ ...turn, session: { ...turn.session, openedAt } })).toBe('ok')
  }
  await store.close()
}
