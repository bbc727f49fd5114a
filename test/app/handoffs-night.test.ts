/** A request of the evening before a night of clock change: nobody is asked before eight on a Danish wall, and staff's deadline runs from there. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { carryOut, type EngineWorld, MINUTE, moveIn, openEngine, requesting, settle } from './engine-world.js'

let world: EngineWorld
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
  await moveIn(world, 'Hodan', { dutySince: 0 })
})
afterEach(() => world.close())

test.each([
  ['summer time ends', '2026-10-24T19:30:00Z', '2026-10-25T07:00:00Z'],
  ['summer time begins', '2026-03-28T20:30:00Z', '2026-03-29T06:00:00Z'],
  ['nothing changes', '2026-11-24T20:30:00Z', '2026-11-25T07:00:00Z'],
])('the night in which %s', async (_, evening, morning) => {
  const goTo = async (at: number) => {
    world.time.advance(at - world.time.now())
    while ((await world.engine.look()) > 0);
  }
  await goTo(Date.parse(evening))
  await carryOut(world.engine, world.time, { who: 'Amina', id: 'request', effect: requesting({ when: 'tomorrow' }) })
  const eight = Date.parse(morning)
  const timers = (await world.collections.handoffs.get('request'))?.handoff?.timers.map(({ timer, due }) => [timer, due])
  expect(timers?.toSorted()).toEqual([
    ['T1', eight],
    ['T3', eight + 45 * MINUTE],
  ])
  await goTo(eight - 1)
  expect(world.heard.get('Hodan')).toBeUndefined()
  await goTo(eight)
  expect(world.heard.get('Hodan')).toHaveLength(1)
  await goTo(eight + 45 * MINUTE - 1)
  expect([...world.raised.values()]).toEqual([])
  await goTo(eight + 45 * MINUTE)
  await settle(world.engine, world.time)
  expect([...world.raised.values()]).toEqual(['request nobody-in-time'])
})

test('more are due than one look takes, and none can be done now: each has its turn before any has another', async () => {
  for (let at = 0; at < 250; at++) {
    await carryOut(world.engine, world.time, { who: 'Amina', id: `request${at}`, effect: requesting() })
  }
  world.trouble((call, when) => {
    if (call === 'raise' && when === 'before') throw new TypeError('never')
  })
  world.time.advance(46 * MINUTE)
  const looks: number[] = []
  for (let look = 0; look < 4; look++) looks.push(await world.engine.look())
  expect(looks.slice(0, 3).every((looked) => looked <= 100)).toBe(true)
  expect(looks[3]).toBe(0)
})
