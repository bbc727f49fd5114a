/** A coordinator in the chat who has more people asked. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { HandoffAsk } from '../../src/core/help-types.js'
import { asking, carryOut, type EngineWorld, moveIn, openEngine, requesting, settle, volunteerOf } from './engine-world.js'

let world: EngineWorld
let effects = 0
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
})
afterEach(() => world.close())

const does = (who: string, effect: Parameters<typeof carryOut>[2]['effect']) =>
  carryOut(world.engine, world.time, { who, id: `effect${++effects}`, effect })
const asks = (who: string, handoff: string, ask: HandoffAsk, as: 'coordinator') => does(who, asking(handoff, ask, as))
async function opened(): Promise<string> {
  const result = await does('Amina', requesting())
  return result?.command === 'openHandoff' ? result.handoff : ''
}
const known = (handoff: string) => world.collections.handoffs.get(handoff)
const offersOf = async (who: string) => Object.keys((await volunteerOf(world, who)).load.offers)

test('a coordinator who has more asked where nobody is there reads so, and keeps it; where somebody is, they are asked', async () => {
  await world.collections.contacts.insert({ _id: 'Staff', version: 1, applied: [], coordinator: { areas: ['demo'] } })
  const handoff = await opened()
  expect((await known(handoff))?.handoff?.state).toBe('with-staff')
  const raised = world.raised.size
  expect(await asks('Staff', handoff, { type: 'ask-more' }, 'coordinator')).toMatchObject({ refused: 'nobody-to-ask' })
  await settle(world.engine, world.time)
  expect([(await known(handoff))?.handoff?.state, world.raised.size]).toEqual(['with-staff', raised])
  await moveIn(world, 'Hodan', {})
  expect(await asks('Staff', handoff, { type: 'ask-more' }, 'coordinator')).not.toHaveProperty('refused')
  await settle(world.engine, world.time)
  expect(await offersOf('Hodan')).toEqual([handoff])
  expect(await asks('Staff', handoff, { type: 'ask-more' }, 'coordinator')).toMatchObject({ refused: 'waiting' })
})
