/** What a coordinator is offered in the chat about a request is what is not refused. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { HandoffAsk } from '../../src/core/help-types.js'
import { asking, carryOut, type EngineWorld, moveIn, openEngine, requesting } from './engine-world.js'

let world: EngineWorld
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'Amina')
  await world.collections.contacts.insert({ _id: 'Staff', version: 1, applied: [], coordinator: { areas: ['demo'] } })
})
afterEach(() => world.close())

let ids = 0
const staff = (ask: HandoffAsk) =>
  carryOut(world.engine, world.time, { who: 'Staff', id: `s${++ids}`, effect: asking('opened', ask, 'coordinator') })
const opens = (more: { task?: string }, details: Parameters<typeof requesting>[0] = {}) =>
  carryOut(world.engine, world.time, { who: 'Amina', id: 'opened', effect: { ...requesting(details), ...more } })
const may = async () => (await staff({ type: 'more' })) as { may?: readonly string[] }

test.each<[string, object, object, readonly string[]]>([
  ['danger', { task: 'danger' }, {}, ['take', 'close']],
  ['violence', { task: 'violence' }, {}, ['take', 'close']],
  ['a child', {}, { minor: true }, ['take', 'write', 'pass-on', 'close']],
  ['keys', { task: 'keys' }, {}, ['take', 'write', 'close']],
  ['what a volunteer may have, when nobody can', {}, {}, ['take', 'write', 'ask-more', 'pass-on', 'close']],
])('%s', async (_, request, details, expected) => {
  await opens(request, details)
  if (Object.keys(request).length + Object.keys(details).length === 0)
    await carryOut(world.engine, world.time, {
      who: 'Amina',
      id: 'staff',
      effect: asking('opened', { type: 'to-staff', why: 'asked-for-staff' }, 'resident'),
    })
  expect((await may()).may).toEqual(expected)
  if (!expected.includes('ask-more')) expect(await staff({ type: 'ask-more' })).toHaveProperty('refused')
  expect(await staff({ type: 'take' })).not.toHaveProperty('refused')
  expect((await may()).may).not.toContain('take')
})

test('what is over takes nothing, and what waits for volunteers is not taken', async () => {
  await moveIn(world, 'Farah', {})
  await opens({})
  expect((await may()).may).toEqual(['write', 'pass-on', 'close'])
  await staff({ type: 'cancel' })
  expect((await may()).may).toEqual([])
})

test('it ends as its state takes: nobody was helped while volunteers are asked', async () => {
  await moveIn(world, 'Farah', {})
  await opens({})
  expect(await staff({ type: 'ends' })).toMatchObject({ ends: ['not-needed'] })
  expect(await staff({ type: 'done' })).toHaveProperty('refused', 'waiting')
  await carryOut(world.engine, world.time, { who: 'Farah', id: 'accepts', effect: asking('opened', { type: 'accept' }) })
  expect(await staff({ type: 'ends' })).toMatchObject({ ends: ['helped', 'not-needed'] })
  await staff({ type: 'done' })
  expect(await staff({ type: 'ends' })).toMatchObject({ refused: 'done' })
})

test('whoever is no coordinator there learns nothing', async () => {
  await opens({})
  const effect = asking('opened', { type: 'more' }, 'coordinator')
  expect(await carryOut(world.engine, world.time, { who: 'Amina', id: 'asks', effect })).toMatchObject({ refused: 'not-yours' })
})
