/** What staff do survives a fault at any call: the same order given again has exactly the effect of one that met none. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { seenOf } from '../../src/app/board/seen.js'
import type { StaffDeed } from '../../src/app/handoffs/staff-order.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import type { HandoffDocument } from '../../src/store/collections.js'
import { allHandoffs, asking, carryOut, type EngineWorld, moveIn, openEngine, requesting, settle, volunteerOf } from './engine-world.js'

let world: EngineWorld
beforeAll(async () => {
  world = await openEngine()
})
afterAll(() => world.close())

/** A request of Amina's that Hodan has, and Farah who is free. */
async function begin(): Promise<HandoffDocument> {
  await world.clear()
  await moveIn(world, 'amina')
  await moveIn(world, 'hodan', {})
  await carryOut(world.engine, world.time, { who: 'amina', id: 'r', effect: requesting({ behalf: true }) })
  await carryOut(world.engine, world.time, { who: 'hodan', id: 'yes', effect: asking('r', { type: 'accept' }) })
  await moveIn(world, 'farah', {})
  return known()
}

async function known(): Promise<HandoffDocument> {
  const [document] = await allHandoffs(world)
  if (document === undefined) throw new Error('There is no request')
  return document
}

async function order(act: StaffDeed, seen: string): Promise<object> {
  const when = (document: HandoffDocument) => seenOf(document) === seen
  return world.engine.actForStaff({
    handoff: 'r',
    id: 'order',
    by: { as: 'staff', contact: 'staff:sanne' },
    act,
    when,
    before: async () => undefined,
  })
}

/** All that can be seen of how it ended, but for when. */
async function outcome(): Promise<object> {
  const { handoff, state, network, history = [], outbox } = await known()
  const { timers: _, turns: __, ...rules } = handoff ?? { timers: [], turns: 0 }
  const without = (value: object) =>
    JSON.parse(
      JSON.stringify(value, (key, one: unknown) =>
        key === 'at' || key === 'from' || key === 'until' || key === 'endedAt' || key === 'callOutAt' ? undefined : one,
      ),
    )
  const loads = await Promise.all(['hodan', 'farah'].map(async (name) => Object.keys((await volunteerOf(world, name)).load.offers)))
  const heard = ['amina', 'hodan', 'farah'].map((who) => [who, (world.heard.get(who) ?? []).map(({ id }) => id).toSorted()])
  return without({
    rules,
    state,
    network,
    history: history.map(({ what, who }) => ({ what, who })),
    outbox,
    loads,
    heard,
    raised: [...world.raised.values()],
    mailed: [...new Set(world.mailed)],
  })
}

const ACTS: readonly StaffDeed[] = [
  { do: 'reassign', to: 'farah' },
  { do: 'close', reason: 'helped', tell: false },
  { do: 'say', text: 'Jeg er hjemme' },
  { do: 'pass-on', network: 'red-cross', consent: true },
]

describe.each(ACTS.map((act) => [JSON.stringify(act), act] as const))('%s', (_, act) => {
  test.each(['before', 'after'] as const)('with a fault %s any call', async (moment) => {
    const first = seenOf(await begin())
    expect(await order(act, first)).toEqual({ done: true })
    await settle(world.engine, world.time)
    const wanted = await outcome()
    let faults = 0
    for (let at = 1; ; at++) {
      const seen = seenOf(await begin())
      let calls = 0
      world.trouble((_call, when) => {
        if (when === moment && ++calls === at) throw new StoreUnavailable('away')
      })
      await order(act, seen).catch(() => undefined)
      const met = calls >= at
      world.trouble(() => undefined)
      if (!met) break
      faults++
      expect([at, await order(act, seen)]).toEqual([at, { done: true }])
      await settle(world.engine, world.time)
      expect([at, await outcome()]).toEqual([at, wanted])
    }
    expect(faults).toBeGreaterThan(3)
  })
})
