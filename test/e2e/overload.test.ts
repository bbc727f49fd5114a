/** Everybody writes at once: the running product acknowledges or refuses, loses nothing, keeps the order, and stays small. */
import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { HELLO, type House, makeHouse } from '../faults/house.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { eventually, type Product, startProduct } from './product.js'
import { expectAnswered, expectRefusal, greetAll, hangUp, messengerSettings, type Person, people, type Written, write } from './town.js'

/** Answers of one page go out at Meta's 300 a second; ten pages keep the test short. */
const PAGES = Array.from({ length: 10 }, (_, at) => `1048576000000${10 + at}`)
const PEOPLE = 1000
const AT_ONCE = 3
const ROUNDS = 3
/** Between two messages of the three, in milliseconds. */
const APART_MS = 5
/**
 * What the process may hold at its worst, in MB. Empty it holds about 130; its named limits add 2,000 events under way and 10,000 open turns of
 * 4 KB each and 4,000 connections of 15 KB, and V8 lets garbage of some seconds lie.
 */
const MEMORY_MAX_MB = 420

let house: House
let graph: GraphStub
let product: Product
let environment: Record<string, string>
beforeAll(async () => {
  house = makeHouse()
  graph = await startGraphStub()
  environment = { ...messengerSettings(PAGES, graph.url), DATA_DIR: house.data(0) }
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

async function threeAtOnce(person: Person, first: number): Promise<Written[]> {
  const each = Array.from({ length: AT_ONCE }, (_, at) => sleep(at * APART_MS).then(() => write(product.url, person, first + at)))
  return Promise.all(each)
}

test('10,000 messages from 1,000 people, three of each at once: none lost, none twice, in order, in bounded memory', async () => {
  const all = people(PEOPLE, PAGES)
  let words = 0
  let greetings = 0
  graph.answerWith(({ body }) => {
    const text = JSON.stringify(body['message'] ?? '')
    if (text.includes('ord-')) words++
    else if (text.includes(HELLO.answer)) greetings++
    return undefined
  })
  await greetAll(product.url, all)
  await eventually(() => greetings === PEOPLE)
  const t0 = performance.now()
  const delay = monitorEventLoopDelay()
  delay.enable()
  const written: Written[] = []
  for (let round = 0; round < ROUNDS; round++) {
    written.push(...(await Promise.all(all.map((person) => threeAtOnce(person, 1 + round * AT_ONCE)))).flat())
  }
  expect(written).toHaveLength(PEOPLE * AT_ONCE * ROUNDS)
  const answers = written.flatMap((one) => one.answers)
  const refused = answers.filter(({ status }) => status !== 200)
  for (const answer of refused) expectRefusal(answer)
  console.log(refused.length, 'refused; slowest', Math.max(...answers.map(({ ms }) => ms)), 'peak', peakMemory())
  console.log('written in', performance.now() - t0, 'delay', delay.max / 1e6)
  console.log(
    (await (await fetch(`${product.url}/metrics`)).text())
      .split('\n')
      .filter((l) => /eventloop_lag_max|opgang_turn_duration_seconds_(bucket|count)|opgang_open|opgang_turns_total/.test(l))
      .join('\n'),
  )
  for (let i = 0; i < 6; i++) {
    await sleep(4000)
    console.log(
      words,
      graph.requests.length,
      (await (await fetch(`${product.url}/metrics`)).text())
        .split('\n')
        .filter((l) => /eventloop_lag_max|opgang_graph_calls|opgang_open/.test(l) && !l.endsWith(' 0'))
        .join('\n'),
    )
  }
  await eventually(() => words >= written.length, 4_000)
  console.log('drained in', performance.now() - t0)
  expectAnswered(written, graph.messages())
  console.log('peak', peakMemory())
  expect(peakMemory()).toBeLessThan(MEMORY_MAX_MB)
}, 150_000)
