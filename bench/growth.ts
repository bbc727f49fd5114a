/** What stored turns cost: the same messages on a store of many turns and on one of 1,000. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { openCollections } from '../src/store/collections.js'
import { openSqliteStore } from '../src/store/sqlite.js'
import { ratios, type Spread, spreadOf } from './arithmetic.js'
import type { StartOrder } from './contender.js'
import { measureCpu } from './cpu.js'
import type { Graph } from './graph.js'
import { Participant } from './participant.js'
import { makePeople, PEOPLE } from './people.js'
import { type PrefillOrder, prefill, readPatterns, TURNS_EACH } from './prefill.js'
import type { Walk } from './walk.js'

export interface GrowthOrder {
  /** How the product is started; its folder is replaced. */
  readonly start: StartOrder
  /** Folder of the stores. */
  readonly dir: string
  /** A store of the product, stopped, whose first two people walked a whole round. */
  readonly model: string
  readonly graph: Graph
  readonly walks: readonly Walk[]
  readonly stored: number
  readonly rounds: number
  readonly messages: number
}

export interface Growth {
  readonly ratio: Spread
  /** Microseconds per message on the small store and on the large one. */
  readonly small: Spread
  readonly large: Spread
  readonly openingSeconds: number
  /** Size of the large data file in bytes. */
  readonly bytes: number
}

export async function measureGrowth(order: GrowthOrder): Promise<Growth> {
  const patterns = await readPatterns(order.model, makePeople(order.walks, order.walks.length))
  const sizeOf = (name: string, turns: number, turnsEach: number): PrefillOrder => {
    return { dir: join(order.dir, name), turns, turnsEach, patterns, people: makePeople(order.walks), now: Date.now() }
  }
  const small = sizeOf('small', PEOPLE, 1)
  const large = sizeOf('large', order.stored, TURNS_EACH)
  for (const size of [small, large]) await prefill(size)
  const openingSeconds = await timeOpening(large.dir)
  const entered: Participant[] = []
  try {
    for (const { dir, people } of [small, large]) {
      entered.push(await Participant.open({ ...order.start, dataDir: dir }, order.graph, people))
    }
    for (const participant of entered) await participant.walkThrough(true)
    const costs = await measureCpu(entered, order)
    const [mine = [], theirs = []] = [costs.get(entered[1] as Participant), costs.get(entered[0] as Participant)]
    const bytes = statSync(join(large.dir, 'opgang.db')).size
    return { ratio: ratios(mine, theirs), small: spreadOf(theirs), large: spreadOf(mine), openingSeconds, bytes }
  } finally {
    for (const participant of entered) await participant.leave()
  }
}

/** Until every collection can be used; the look over the whole file comes later, beside the server. */
async function timeOpening(dir: string): Promise<number> {
  const start = performance.now()
  const store = await openSqliteStore({ dir })
  openCollections(store)
  const seconds = (performance.now() - start) / 1000
  await store.close()
  return seconds
}
