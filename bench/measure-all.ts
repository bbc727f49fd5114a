/** Every measure of the table, one after another, in one process with one clock. */
import { join } from 'node:path'
import { measureOrder, measureTwice } from './answers.js'
import { ratios, type Spread, spreadOf } from './arithmetic.js'
import { type CallOutCost, measureCallOut } from './call-out.js'
import { contenderNames } from './contender.js'
import { measureCpu } from './cpu.js'
import { Graph } from './graph.js'
import { type Growth, measureGrowth } from './growth.js'
import { addedFsyncs, measureLatency } from './latency.js'
import { format, type Result } from './measures.js'
import { Participant } from './participant.js'
import { makePeople } from './people.js'
import type { Sizes } from './sizes.js'
import type { Walk } from './walk.js'

export const PRODUCT = 'opgang'
const EXPRESS = 'express'
const RAW = 'node-http'
/** Of the busy store on which requests are taken in. */
const OPEN = 1000
const VOLUNTEERS = 500

export interface Bench {
  /** Empty, on the disk to measure. */
  readonly dir: string
  readonly sizes: Sizes
  /** Command that pins a server to its core. */
  readonly pin: readonly string[]
  readonly walks: readonly Walk[]
  /** One line on what is being done. */
  readonly say: (line: string) => void
}

/** What one contender showed. */
export interface Showing {
  readonly name: string
  /** Microseconds of CPU per message. */
  readonly cpu: Spread
  /** The product's CPU against this one's, round by round. */
  readonly ratio: Spread
  /** Milliseconds, p50 at 150 messages a second. */
  readonly latency: Spread
  /** Percent. */
  readonly order: number
  readonly twice: number
  /** Megabytes. */
  readonly rssAtStart: number
  readonly rssSaturated: number
}

export interface Measured {
  readonly results: readonly Result[]
  readonly showings: readonly Showing[]
  readonly growth: Growth
  readonly fsyncMs: Spread
  readonly sizes: Sizes
}

export async function measureAll(bench: Bench): Promise<Measured> {
  const graph = await Graph.open()
  try {
    const contest = await holdContest(bench, graph)
    bench.say(`Storing ${bench.sizes.stored.toLocaleString('en')} turns, then the same messages on few and on many`)
    const { stored, growthRounds: rounds, growthMessages: messages } = bench.sizes
    const start = { name: PRODUCT, graphUrl: graph.url, dataDir: '', pin: bench.pin }
    const model = dataDirOf(bench, PRODUCT)
    const growth = await measureGrowth({ ...bench, start, model, graph, stored, rounds, messages })
    bench.say(`${OPEN.toLocaleString('en')} open requests, then one more`)
    const callOut = await measureCallOut({ dir: bench.dir, rounds: bench.sizes.callOuts, open: OPEN, volunteers: VOLUNTEERS })
    return { ...contest, growth, results: resultsOf(contest, { growth, callOut }, bench.sizes), sizes: bench.sizes }
  } finally {
    graph.close()
  }
}

interface Contest {
  readonly showings: readonly Showing[]
  readonly fsyncMs: Spread
  readonly added: Spread
}

async function holdContest(bench: Bench, graph: Graph): Promise<Contest> {
  const entered: Participant[] = []
  try {
    for (const name of contenderNames()) {
      const order = { name, graphUrl: graph.url, dataDir: dataDirOf(bench, name), pin: bench.pin }
      entered.push(await Participant.open(order, graph, makePeople(bench.walks)))
    }
    for (const participant of entered) {
      bench.say(`${participant.contender.name} is walked through`)
      await participant.walkThrough()
    }
    return await contest(bench, entered)
  } finally {
    for (const participant of entered) await participant.leave()
  }
}

async function contest({ sizes, dir, say }: Bench, entered: readonly Participant[]): Promise<Contest> {
  const [product, express] = [named(entered, PRODUCT), named(entered, EXPRESS)]
  if (product.echoes) throw new Error('The product only says what it hears: it does not walk the dialog')
  const rss = new Map<Participant, number>()
  const after = (one: Participant) => void rss.set(one, Math.max(rss.get(one) ?? 0, one.contender.rss()))
  say(`CPU per message: ${sizes.rounds} rounds of ${sizes.messages} messages`)
  const cpu = await measureCpu(entered, { rounds: sizes.rounds, messages: sizes.messages, after })
  say(`Latency: ${sizes.latencyRounds} rounds of ${sizes.latencyMessages} messages`)
  const latency = await measureLatency(entered, { rounds: sizes.latencyRounds, messages: sizes.latencyMessages, dir })
  say('Three messages in 10 ms, and messages delivered twice')
  const showings: Showing[] = []
  for (const one of entered) {
    showings.push({
      name: one.contender.name,
      cpu: spreadOf(cpu.get(one) ?? []),
      ratio: ratios(cpu.get(product) ?? [], cpu.get(one) ?? []),
      latency: spreadOf(latency.map(({ p50 }) => p50.get(one) ?? Number.NaN)),
      order: await measureOrder(one, sizes.bursts),
      twice: await measureTwice(one, sizes.doubles),
      rssAtStart: one.rssAtStart / 1e6,
      rssSaturated: (rss.get(one) ?? 0) / 1e6,
    })
  }
  return { showings, fsyncMs: spreadOf(latency.map(({ fsyncMs }) => fsyncMs)), added: spreadOf(addedFsyncs(latency, product, express)) }
}

interface Grown {
  readonly growth: Growth
  readonly callOut: CallOutCost
}

function resultsOf({ showings, added }: Contest, { growth, callOut }: Grown, { stored }: Sizes): Result[] {
  const product = named(showings, PRODUCT)
  const peers = showings.filter(({ name }) => name !== PRODUCT)
  const others = (of: (peer: Showing) => number) => peers.map((peer) => `${peer.name} ${format(of(peer))} %`).join(', ')
  const turns = `${stored.toLocaleString('en')} turns`
  return [
    { id: 'express', ...named(showings, EXPRESS).ratio },
    { id: 'raw', ...named(showings, RAW).ratio },
    { id: 'order', ...spreadOf([product.order]), note: others(({ order }) => order) },
    { id: 'twice', ...spreadOf([product.twice]), note: others(({ twice }) => twice) },
    { id: 'latency', ...added },
    { id: 'growth', ...growth.ratio, note: turns },
    { id: 'callOut', ...callOut.ratio, note: `${format(callOut.busy.median)} ms against ${format(callOut.quiet.median)} ms` },
    { id: 'memoryAtStart', ...spreadOf([product.rssAtStart]) },
    { id: 'memorySaturated', ...spreadOf([product.rssSaturated]) },
    { id: 'opening', ...spreadOf([growth.openingSeconds]), note: `${turns}, ${format(growth.bytes / 1e6)} MB` },
  ]
}

function named<T extends { readonly name: string } | Participant>(all: readonly T[], name: string): T {
  const found = all.find((one) => (one instanceof Participant ? one.contender.name : one.name) === name)
  if (found === undefined) throw new Error(`There is no contender bench/contenders/${name}`)
  return found
}

function dataDirOf({ dir }: Bench, name: string): string {
  return join(dir, name)
}
