/** Requests while calls fail: cut off at every one of them the end is the same, and in worlds of chance nothing is lost, doubled or left over. */
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { StoreUnavailable } from '../../src/store/collection.js'
import { allHandoffs, asking, carryOut, type EngineWorld, MINUTE, moveIn, openEngine, requesting, settle } from './engine-world.js'

let world: EngineWorld
beforeAll(async () => {
  world = await openEngine()
})
afterEach(() => world.clear())
afterAll(() => world.close())

const HELPERS = ['Hodan', 'Yusuf', 'Fatima', 'Ali']

/** Until it is done, as whoever settles a turn tries. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
    }
  }
}

/** A request with everything in it: silence, a hand-back, a door, words, passing on, a report. Returns what is left at the end. */
async function story(): Promise<unknown> {
  const { engine, time } = world
  await moveIn(world, 'Amina')
  for (const name of HELPERS) await moveIn(world, name, {})
  let step = 0
  const does = async (who: string, effect: Parameters<typeof carryOut>[2]['effect']) => {
    const id = `step${++step}`
    await untilDone(() => carryOut(engine, time, { who, id, effect }))
    await untilDone(() => settle(engine, time))
  }
  const passes = async (minutes: number) => {
    time.advance(minutes * MINUTE)
    await untilDone(() => settle(engine, time))
  }
  const request = 'step1'
  const asked = async () => {
    const offers = (await world.collections.handoffs.get(request))?.handoff?.offers ?? []
    return offers.filter(({ state }) => state === 'open').map(({ volunteer }) => volunteer)
  }
  await does('Amina', requesting())
  const [first = '', second = ''] = await asked()
  await does(second, asking(request, { type: 'decline' }))
  await does(first, asking(request, { type: 'accept' }))
  await does('Amina', { type: 'relay', handoff: request, words: { text: 'salaan' } })
  await passes(35)
  await passes(16)
  const [third = ''] = await asked()
  await does(third, asking(request, { type: 'accept' }))
  await does('Amina', asking(request, { type: 'show-door', door: 'Birkevej 7' }, 'resident'))
  await does(third, asking(request, { type: 'on-the-way' }))
  await does(third, asking(request, { type: 'pass-on', network: 'red-cross' }))
  await does('Amina', asking(request, { type: 'pass-on', network: 'red-cross', consent: true }, 'resident'))
  await passes(49 * 60)
  await does('Amina', asking(request, { type: 'report' }, 'resident'))
  const documents = (await allHandoffs(world)).map(({ handoff, outbox, door, due }) => ({ handoff, outbox, door, due }))
  const loads = await Promise.all([...HELPERS].map(async (name) => (await world.collections.contacts.get(name))?.volunteer))
  const evidence = await world.collections.evidence.find({ handoff: request }, { sort: ['handoff'], limit: 10 })
  return withoutTimes({
    documents,
    loads,
    evidence,
    heard: [...world.heard].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    raised: [...world.raised],
    mailed: [...new Set(world.mailed)],
  })
}

/** Whatever was tried again happened later. */
function withoutTimes(value: unknown): unknown {
  const times = (_: string, inner: unknown) => (typeof inner === 'number' && inner > 1e12 ? 'a time' : inner)
  return JSON.parse(JSON.stringify(value, times).replaceAll(/:\d{13}/g, ':a time'))
}

/** Every third call, and others before than after: a whole sweep takes a minute and is `EVERY=1`. */
const EVERY = Number(process.env['EVERY'] ?? 3)

/** A read that fails behind its end is one that fails before it. */
const WRITES = /replace|insert|remove|receive|raise|over|sendCase/

test.each(['before', 'after'] as const)(
  'a call that fails once, %s it was done, changes nothing of the end',
  async (when) => {
    const calls: string[] = []
    world.trouble((call, at) => void (at === when && (when === 'before' || WRITES.test(call)) && calls.push(call)))
    const undisturbed = await story()
    expect(calls.length).toBeGreaterThan(100)
    for (let cut = when === 'before' ? 0 : EVERY - 1; cut < calls.length; cut += EVERY) {
      await world.clear()
      let at = 0
      world.trouble((call, now) => {
        if (now === when && (when === 'before' || WRITES.test(call)) && at++ === cut) throw new StoreUnavailable('cut off here')
      })
      // Which call it was stands in the failure.
      expect({ cut: calls[cut], end: await story() }).toEqual({ cut: calls[cut], end: undisturbed })
    }
  },
  170_000,
)
