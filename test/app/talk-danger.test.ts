/** Words of danger in a talk reach whoever is on call as one alarm, which names the talk. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { asking, carryOut, type EngineWorld, moveIn, openEngine, requesting, settle } from './engine-world.js'

let world: EngineWorld
let effects = 0
let receipt = ''
let request = ''
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
  await moveIn(world, 'Hodan', {})
  const opened = await does('Amina', requesting())
  if (opened?.command !== 'openHandoff') throw new Error('no request')
  ;({ handoff: request, receipt } = opened)
  await does('Hodan', asking(request, { type: 'accept' }))
  world.raised.clear()
})
afterEach(() => world.close())

const does = (who: string, effect: Parameters<typeof carryOut>[2]['effect']) =>
  carryOut(world.engine, world.time, { who, id: `effect${++effects}`, effect })
const danger = (who: string) =>
  does(who, { type: 'openHandoff', task: 'danger', note: 'violence', area: 'demo', language: 'so', talks: [receipt] })
const again = (who: string) => does(who, { type: 'talk-danger', handoff: request })
const raised = () => [...world.raised.values()]

test('one alarm names the talk, whichever side wrote', async () => {
  await danger('Hodan')
  await settle(world.engine, world.time)
  expect(raised()).toEqual([`effect${effects} danger of ${receipt}`])
})

test('further words tell nobody anew while that alarm is unseen, and somebody when it is seen', async () => {
  await danger('Amina')
  await again('Amina')
  expect(raised()).toHaveLength(1)
  world.raised.clear()
  await again('Amina')
  expect(raised()).toEqual([`${request} danger`])
  await again('Hodan')
  expect(raised()).toHaveLength(1)
})
