/** An alarm that can never be looked at. */
import { expect, test } from '@jest/globals'
import { openWorld, VIEW } from './alarms-world.js'

test.each(['open', 'acknowledged', 'over'] as const)('one that always fails while it is %s holds up none behind it', async (state) => {
  const world = await openWorld()
  const now = world.stage.time.now()
  const broken = { ...VIEW, why: 'no such reason' } as never
  const tried = [{ onCall: 'sanne', at: now, by: 'chat' as const, delivered: true }]
  await world.stage.collections.alarms.insert({ _id: 'broken', version: 1, area: VIEW.area, about: broken, state, tried, due: now - 1 })
  const alarms = world.another({
    tellResident: () => Promise.reject(new TypeError('never')),
    keys: {
      mac: () => {
        throw new TypeError('never')
      },
    },
  })
  await alarms.raise({ id: 'a1', area: VIEW.area, about: { ...VIEW, why: 'danger' } })
  expect(await alarms.look()).toBe(2)
  expect(world.letters.map(({ to }) => to)).toContain('sanne@example.org')
  expect(await alarms.look()).toBe(0)
  await world.stage.close()
})
