/** Two instances on one store, of each kind: of a hundred who say yes at once, over both, one has it. */
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { HandoffAsk } from '../../src/core/help-types.js'
import { dropDatabases, STORES } from '../e2e/stores.js'
import { asking, carryOut, type EngineWorld, moveIn, openEngine, requesting, settle } from './engine-world.js'

const HELPERS = ['Hodan', 'Yusuf', 'Fatima']

afterAll(dropDatabases)

describe.each(STORES)('on %s', (_, makeStore) => {
  let world: EngineWorld
  beforeEach(async () => {
    world = await openEngine({ mongodbUri: makeStore()['MONGODB_URI'] })
    await moveIn(world, 'Amina')
    for (const name of HELPERS) await moveIn(world, name, {})
  })
  afterEach(() => world.close())

  test('a hundred say yes over both instances at the same moment: one winner, the others hear that it is taken, nothing is left over', async () => {
    const engines = [world.engine, world.another()] as const
    await carryOut(world.engine, world.time, { who: 'Amina', id: 'request', effect: requesting() })
    const yes: HandoffAsk = { type: 'accept' }
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (__, at) =>
        carryOut(engines[at % 2] ?? world.engine, world.time, {
          who: HELPERS[at % 3] ?? '',
          id: `yes${at}`,
          effect: asking('request', yes),
        }),
      ),
    )
    await Promise.all(engines.map((engine) => settle(engine, world.time)))
    expect(outcomes.filter((outcome) => outcome?.command === 'handoff' && outcome.refused === undefined)).toHaveLength(1)
    const { assignee = '', relays } = (await world.collections.handoffs.get('request'))?.handoff ?? {}
    expect(relays).toHaveLength(1)
    for (const name of HELPERS) {
      const heard = (world.heard.get(name) ?? []).flatMap((event) => (event.type === 'news' ? [event.news] : []))
      const last = heard.map((news) => (news.what === 'told' ? news.told : news.what))
      expect(last).toEqual(['offer', name === assignee ? 'talk-begins' : 'taken'])
      const load = (await world.collections.contacts.get(name))?.volunteer?.load
      expect([Object.keys(load?.offers ?? {}), Object.keys(load?.tasks ?? {})]).toEqual([[], name === assignee ? ['request'] : []])
    }
  })

  test('whoever says no, yes and that they are done at both at once: no state but one that the rules allow', async () => {
    const other = world.another()
    await carryOut(world.engine, world.time, { who: 'Amina', id: 'request', effect: requesting() })
    const asks: readonly HandoffAsk[] = [{ type: 'accept' }, { type: 'decline' }, { type: 'done' }, { type: 'hand-back', reason: 'ill' }]
    const both = [world.engine, other].flatMap((engine) =>
      asks.map((ask) => carryOut(engine, world.time, { who: 'Hodan', id: `${ask.type} once`, effect: asking('request', ask) })),
    )
    await Promise.all([...both, world.engine.look(), other.look()])
    await settle(world.engine, world.time)
    const rules = (await world.collections.handoffs.get('request'))?.handoff
    const applied = Object.keys((await world.collections.handoffs.get('request'))?.applied ?? {})
    expect(new Set(applied).size).toBe(applied.length)
    expect(rules?.relays.length).toBeLessThanOrEqual(1)
    const load = (await world.collections.contacts.get('Hodan'))?.volunteer?.load
    const has = rules?.assignee === 'Hodan' && (rules.state === 'accepted' || rules.state === 'on-the-way')
    expect(Object.keys({ ...load?.offers, ...load?.tasks })).toEqual(has ? ['request'] : [])
  })
})
