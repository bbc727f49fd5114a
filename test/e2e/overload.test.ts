/** Everybody writes at once: the running product acknowledges or refuses, loses nothing, keeps the order, and stays small. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { HELLO, type House, makeHouse } from '../faults/house.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { eventually, type Product, startProduct } from './product.js'
import {
  ANSWER_MS,
  expectAnswered,
  expectRefusal,
  greetAll,
  hangUp,
  messengerSettings,
  type Person,
  people,
  textOf,
  type Written,
  write,
} from './town.js'

/** Answers of one page go out at Meta's 300 a second; ten pages keep the test short. */
const PAGES = Array.from({ length: 10 }, (_, at) => `1048576000000${10 + at}`)
const PEOPLE = 1000
const AT_ONCE = 3
const ROUNDS = 3
/** Between two messages of the three, in milliseconds. */
const APART_MS = 5
/**
 * What the process may hold at its worst, in MB, however much is written. Empty it holds about 130. Its named limits add: 3,000 of 4,000
 * connections of 15 KB, 2,000 events under way and at most 10,000 open turns of 4 KB each, and ten pages' 200 calls under way to Graph, a few
 * dozen KB each; and V8 lets garbage of some seconds lie. Measured: about 520.
 */
const MEMORY_MAX_MB = 800
/** Addresses that flood the web page, each with six messages at a time: more than the 100 that it may have under way. */
const FLOOD = 180
/** Between one chat and the next. */
const BREATH_MS = 50
/** The process that writes plays Graph too, on the same cores: it sees an answer later than it came (ms). */
const CROWDED_MS = 15_000
const WORD = 'a-long-word-of-the-tests'
const LONG = 120_000

let house: House
let graph: GraphStub
let product: Product
let environment: Record<string, string>
beforeAll(async () => {
  house = makeHouse()
  graph = await startGraphStub()
  environment = { ...messengerSettings(PAGES, graph.url), DATA_DIR: house.data(0), TRUST_PROXY: 'loopback', METRICS_TOKEN: WORD }
  product = await startProduct(house.data(0), environment, house.root)
})
afterAll(async () => {
  hangUp()
  await product.stop()
  await graph.close()
  house.remove()
})

/** The most that the process ever had in memory, in MB (VmHWM of proc(5)). */
function peakMemory(): number {
  const status = readFileSync(`/proc/${product.pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

/** Events that took longer than the 4 s that they may take. */
async function slowTurns(): Promise<number> {
  const text = await (await fetch(`${product.url}/metrics`, { headers: { authorization: `Bearer ${WORD}` } })).text()
  const count = (bound: string) =>
    Number(new RegExp(`^opgang_turn_duration_seconds_bucket\\{le="${bound}",channel="messenger"\\} (\\d+)$`, 'm').exec(text)?.[1])
  return count('\\+Inf') - count('4')
}

async function threeAtOnce(person: Person, first: number): Promise<Written[]> {
  // One time for all three: none of them is late when another overtakes it.
  const stamp = Date.now()
  const each = Array.from({ length: AT_ONCE }, (_, at) => sleep(at * APART_MS).then(() => write(product.url, person, first + at, stamp)))
  return Promise.all(each)
}

test(
  '10,000 messages from 1,000 people, three of each at once: none lost, none twice, in order, in bounded memory',
  async () => {
    const all = people(PEOPLE, PAGES)
    let greetings = 0
    let words = 0
    graph.answerWith((request) => {
      if (textOf(request).includes('ord-')) words++
      else if (textOf(request).includes(HELLO.answer)) greetings++
      return undefined
    })
    await greetAll(product.url, all)
    await eventually(() => greetings === PEOPLE)
    const written: Written[] = []
    for (let round = 0; round < ROUNDS; round++) {
      written.push(...(await Promise.all(all.map((person) => threeAtOnce(person, 1 + round * AT_ONCE)))).flat())
    }
    expect(written).toHaveLength(PEOPLE * AT_ONCE * ROUNDS)
    await eventually(() => words >= written.length, 40_000)
    const refused = written.flatMap(({ answers }) => answers).filter(({ status }) => status !== 200)
    for (const answer of refused) expectRefusal(answer, CROWDED_MS)
    expect(await slowTurns()).toBe(0)
    expectAnswered(written, graph.messages())
    expect(peakMemory()).toBeLessThan(MEMORY_MAX_MB)
  },
  LONG,
)

test(
  'a flood on the web page is refused in part, and Messenger is acknowledged all the same',
  async () => {
    const neighbours = people(20, PAGES, 5000)
    // Meta, and a proxy in front, keep their connections. A new one waits until those before it are taken: one each turn of the event loop.
    for (const person of neighbours) await write(product.url, person, 0)
    const flood = new AbortController()
    const statuses = new Map<number, number>()
    const tabs = Array.from({ length: FLOOD }, (_, at) => chat(at, flood.signal, statuses))
    await eventually(() => (statuses.get(503) ?? 0) + (statuses.get(429) ?? 0) > 0 && (statuses.get(200) ?? 0) > 0)
    const written: Written[] = []
    for (const person of neighbours) written.push(await write(product.url, person, 1))
    flood.abort()
    await Promise.all(tabs)
    expect(written.flatMap(({ answers }) => answers.map(({ status }) => status))).toEqual(written.map(() => 200))
    expect(Math.max(...written.flatMap(({ answers }) => answers.map(({ ms }) => ms)))).toBeLessThan(ANSWER_MS)
    expect([...statuses.keys()].toSorted((a, b) => a - b).filter((status) => ![200, 201, 429, 503].includes(status))).toEqual([])
  },
  LONG,
)

/** Somebody at an address of their own who opens chats and writes into them with hardly a pause. */
async function chat(at: number, signal: AbortSignal, statuses: Map<number, number>): Promise<void> {
  const forwarded = { 'x-forwarded-for': `10.${at >> 8}.${at & 255}.1` }
  const ask = async (path: string, token: string, body: object): Promise<Record<string, string | undefined>> => {
    const headers = { ...forwarded, 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) }
    const response = await fetch(`${product.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body), signal })
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    return (await response.json()) as Record<string, string | undefined>
  }
  while (!signal.aborted) {
    try {
      const { conversationId, token } = await ask('/v3/directline/conversations', '', {})
      // Refused, or still in the way of others.
      if (token === undefined) continue
      const post = () =>
        ask(`/v3/directline/conversations/${conversationId}/activities`, token, {
          type: 'message',
          from: { id: 'me' },
          text: 'dansk',
        })
      await Promise.all(Array.from({ length: 6 }, post))
    } catch (error) {
      // Whoever floods may lose a connection; the program may not end.
      if (!product.running()) throw error
    }
    // Without it the generator, which plays all of them on one core, holds up its own clock.
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS))
  }
}
