/** A large network: who is asked is decided from those who are on duty, and the log still says how many were not. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { ContactDocument } from '../../src/store/collections.js'
import { NOW } from '../library.js'
import { carryOut, type EngineWorld, HOUR, moveIn, openEngine, requesting } from './engine-world.js'

const ON_DUTY = 8
const OFF_DUTY = 40

let world: EngineWorld
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'amina')
})
afterEach(() => world.close())

async function offDuty(name: string, hours: { days: number[]; from: number; until: number }[] = []): Promise<void> {
  await moveIn(world, name, { hours })
  const known = await world.collections.contacts.get(name)
  if (known?.volunteer === undefined) throw new Error('They did not move in')
  const { dutySince: _, openUntil: __, ...volunteer } = known.volunteer
  await world.collections.contacts.replace({ ...known, volunteer })
}

/** Ids of the contacts that pages brought. */
function readPages(): Set<string> {
  const { contacts } = world.collections
  const read = new Set<string>()
  const find = contacts.find.bind(contacts)
  contacts.find = async (...args) => {
    const page: ContactDocument[] = await find(...args)
    for (const { _id } of page) read.add(_id)
    return page
  }
  return read
}

async function ask(): Promise<{ asked: readonly string[]; last: { step: string; log: readonly object[]; nobody?: object } | undefined }> {
  await carryOut(world.engine, world.time, { who: 'amina', id: 'h1', effect: requesting() })
  const stored = await world.collections.handoffs.get('h1')
  return { asked: stored?.handoff?.offers.map(({ volunteer }) => volunteer) ?? [], last: stored?.decisions?.at(-1) }
}

test('of a large network only those on duty are read; the others are counted in the log', async () => {
  for (let at = 0; at < ON_DUTY; at++) await moveIn(world, `on${at}`, {})
  for (let at = 0; at < OFF_DUTY; at++) await offDuty(`off${at}`)
  const read = readPages()
  const { asked, last } = await ask()
  expect(asked).toHaveLength(3)
  expect([...read].filter((id) => id.startsWith('off'))).toEqual([])
  expect(read.size).toBe(ON_DUTY)
  expect(last?.log).toContainEqual({ volunteer: '', count: OFF_DUTY, asked: false, why: [{ id: 'off-duty' }] })
})

test('with nobody on duty the next hour of somebody off duty is still known', async () => {
  const hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: 10 * 60, until: 12 * 60 }]
  for (let at = 0; at < OFF_DUTY; at++) await offDuty(`off${at}`, hours)
  const { last } = await ask()
  expect(last?.step).toBe('staff')
  expect(last?.nobody).toEqual({ nextAt: expect.any(Number) })
  expect(last?.log).toContainEqual({ volunteer: '', count: OFF_DUTY, asked: false, why: [{ id: 'off-duty' }] })
})

test('who was asked and went off duty since is not waited for', async () => {
  await moveIn(world, 'hodan', { openUntil: NOW + HOUR / 12 })
  for (let at = 0; at < OFF_DUTY; at++) await offDuty(`off${at}`)
  expect((await ask()).asked).toEqual(['hodan'])
  world.time.advance(11 * 60_000)
  while ((await world.engine.look()) > 0);
  const stored = await world.collections.handoffs.get('h1')
  expect(stored?.handoff?.state).toBe('with-staff')
})
