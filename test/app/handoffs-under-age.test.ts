/** A volunteer who says that they are under 18: off duty at once, and back only by a word of staff. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { decideVolunteer } from '../../src/app/approve.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import { asking, carryOut, type EngineWorld, moveIn, openEngine, requesting, settle, volunteerOf } from './engine-world.js'

let world: EngineWorld
let effects = 0
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
  await moveIn(world, 'Hodan', {})
})
afterEach(() => world.close())

const does = (who: string, effect: Parameters<typeof carryOut>[2]['effect'], id = `effect${++effects}`) =>
  carryOut(world.engine, world.time, { who, id, effect })
async function opened(): Promise<string> {
  const result = await does('Amina', requesting())
  return result?.command === 'openHandoff' ? result.handoff : ''
}
const underAge = (id: string) => does('Hodan', { type: 'volunteer', change: { do: 'under-age' } }, id)
const heard = (who: string) =>
  (world.heard.get(who) ?? []).flatMap((event) => {
    if (event.type === 'role') return [event.is]
    return event.type === 'news' && 'told' in event.news ? [event.news.told] : []
  })
const happened = async (handoff: string) => (await world.collections.handoffs.get(handoff))?.history?.map(({ what }) => what)

test('they are off duty and told so, staff are alarmed, and what they had goes to the next', async () => {
  const task = await opened()
  await does('Hodan', asking(task, { type: 'accept' }))
  const offer = await opened()
  await settle(world.engine, world.time)
  await moveIn(world, 'Yusuf', {})
  await underAge('e1')
  await settle(world.engine, world.time)
  const { state, adult, dutySince, load } = await volunteerOf(world, 'Hodan')
  expect({ state, adult, dutySince, offers: load.offers, tasks: load.tasks }).toEqual({
    ...{ state: 'applied', adult: false, dutySince: undefined },
    ...{ offers: {}, tasks: {} },
  })
  expect([...world.raised]).toContainEqual(['alarm:e1', 'undefined under-age'])
  expect(heard('Hodan')).toEqual(expect.arrayContaining(['under-age', 'offer-withdrawn', 'handed-on']))
  expect(heard('Amina')).toContain('handed-back')
  expect(await happened(offer)).toEqual(['confirm', 'offer', 'withdraw-offer', 'offer'])
  expect(await happened(task)).toEqual(['confirm', 'offer', 'accept', 'hand-back', 'offer'])
  expect(Object.keys((await volunteerOf(world, 'Yusuf')).load.offers)).toHaveLength(2)
})

test('once, also where the first try broke off', async () => {
  world.trouble((call, when) => {
    if (call === 'receive' && when === 'before') throw new StoreUnavailable('away')
  })
  await expect(underAge('e1')).rejects.toThrow(StoreUnavailable)
  world.trouble(() => undefined)
  for (const _ of [1, 2]) await underAge('e1')
  expect(heard('Hodan')).toEqual(['under-age'])
  expect(world.raised.size).toBe(1)
})

test('staff let them go on: then they are of age, also where they are misread again', async () => {
  await underAge('e1')
  const { contacts, conversations, alarms } = world.collections
  const receive = () => Promise.resolve('committed' as const)
  expect(await decideVolunteer({ contacts, conversations, alarms, time: world.time, receive }, { volunteer: 'Hodan', yes: true })).toBe(
    'ok',
  )
  expect(await volunteerOf(world, 'Hodan')).toMatchObject({ state: 'approved', adult: true, ageDecided: true })
})
