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
/** Sure words of danger, as a turn orders what follows from them. */
async function danger(who: string): Promise<string> {
  await does(who, { type: 'openHandoff', task: 'danger', note: 'violence', area: 'demo', language: 'so', talks: [request] })
  const id = `effect${effects}`
  await does(who, { type: 'talk-danger', handoff: request })
  await settle(world.engine, world.time)
  return id
}
const raised = () => [...world.raised.values()]

test.each(['Amina', 'Hodan'])(
  'written by %s it is one alarm, of the request they talk about, and the case of the danger names it',
  async (who) => {
    const id = await danger(who)
    expect(raised()).toEqual([`${request} danger`])
    expect(await world.collections.handoffs.get(id)).toMatchObject({ task: 'danger', talks: [receipt], board: { list: 'waiting' } })
  },
)

test('further words tell nobody anew while it is unseen, whoever writes them, and somebody when it is seen', async () => {
  await danger('Amina')
  await danger('Hodan')
  expect(raised()).toHaveLength(1)
  world.raised.clear()
  await does('Amina', { type: 'talk-danger', handoff: request })
  expect(raised()).toEqual([`${request} danger`])
})

test('where the request is gone, the case of the danger has an alarm of its own', async () => {
  await world.collections.handoffs.remove({ _id: request }, 1)
  const id = await danger('Hodan')
  expect(raised()).toEqual([`${id} danger`])
})
