/** What coordinators see and do in their chat stands in the record that administrators read. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { asking, carryOut, type EngineWorld, moveIn, openEngine, requesting } from './engine-world.js'

let world: EngineWorld
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
  await world.collections.contacts.insert({ _id: 'Staff', version: 1, applied: [], coordinator: { areas: ['demo'] } })
})
afterEach(() => world.close())

const does = (who: string, id: string, effect: Parameters<typeof carryOut>[2]['effect']) =>
  carryOut(world.engine, world.time, { who, id, effect })

test('by area, once also when it is done again; what was not theirs does not', async () => {
  await carryOut(world.engine, world.time, { who: 'Amina', id: 'opened', effect: requesting() })
  await does('Staff', 'shows', asking('opened', { type: 'show' }, 'coordinator'))
  await does('Staff', 'shows', asking('opened', { type: 'show' }, 'coordinator'))
  await does('Staff', 'takes', asking('opened', { type: 'take' }, 'coordinator'))
  await does('Amina', 'looks', asking('opened', { type: 'show' }, 'coordinator'))
  const { receipt } = (await world.collections.handoffs.get('opened')) ?? {}
  const lines = await world.collections.audit.find({ area: 'demo' }, { sort: ['at', '_id'], limit: 10 })
  expect(lines.map(({ who, what, about }) => `${who} ${what} ${about}`)).toEqual([
    `Staff request-viewed ${receipt}`,
    `Staff request-taken ${receipt}`,
  ])
})
