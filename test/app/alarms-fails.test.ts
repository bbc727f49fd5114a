/** Alarms that can never be looked at, and those that nobody has seen. */
import { expect, test } from '@jest/globals'
import { HOUR, openWorld, SANNES_CHAT, VIEW } from './alarms-world.js'

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

test('an alarm is unseen until somebody has seen it, though all on call were told in vain', async () => {
  const world = await openWorld()
  const sanne = await world.coordinator(SANNES_CHAT, 'sanne')
  await world.alarms.raise({ id: 'a1', area: VIEW.area, about: { ...VIEW, why: 'danger' } })
  const unseen = async () => [await world.alarms.isUnseen('t1.0', 'danger'), await world.alarms.isUnseen('t1.0', 'report')]
  expect(await unseen()).toEqual([true, false])
  await world.passes(HOUR)
  expect((await world.known('a1'))?.state).toBe('nobody')
  expect(await unseen()).toEqual([true, false])
  await world.alarms.acknowledge('a1', sanne)
  expect(await unseen()).toEqual([false, false])
  await world.stage.close()
})
