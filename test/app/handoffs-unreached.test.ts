/** An offer that does not reach a volunteer: staff hear of it, the timeline says so, and the request goes on. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { HandoffDocument, Sent, TurnDocument } from '../../src/store/collections.js'
import { NOW } from '../library.js'
import { carryOut, type EngineWorld, HOUR, MINUTE, moveIn, openEngine, requesting, settle, volunteerOf } from './engine-world.js'

let world: EngineWorld
beforeEach(async () => {
  world = await openEngine()
  await moveIn(world, 'amina')
})
afterEach(() => world.close())

/** A volunteer on Messenger who wrote so long ago, whatever their contact says. */
async function onMessenger(name: string, wroteAgo: number): Promise<void> {
  await moveIn(world, name, {})
  const { conversations } = world.collections
  const known = await conversations.get(`web::${name}`)
  if (known === undefined) throw new Error('They did not move in')
  await conversations.remove({ _id: known._id }, 1)
  await conversations.insert({ ...known, _id: `messenger::${name}`, channel: 'messenger', version: 1 })
  await turn(name, 1, { event: { id: 'first', type: 'start', at: NOW - wroteAgo }, openedAt: NOW - wroteAgo })
}

interface Taken {
  readonly event: object
  readonly openedAt?: number
  readonly sent?: Readonly<Record<string, Sent>>
}

async function turn(name: string, seq: number, { event, openedAt = NOW, sent = {} }: Taken): Promise<void> {
  const session = { language: { code: 'da' }, answers: {}, told: {}, openedAt }
  const own = { _id: `${name} ${seq}`, version: 1, conversation: `messenger::${name}`, contact: name, seq, key: `${name} ${seq}`, at: NOW }
  await world.collections.turns.insert({
    ...own,
    ...{ event, session, effects: [], erased: false, library: '', settle: { state: 'done', by: '', sent } },
  } as unknown as TurnDocument)
}

async function ask(): Promise<void> {
  await carryOut(world.engine, world.time, { who: 'amina', id: 'h1', effect: requesting() })
}
async function known(): Promise<HandoffDocument> {
  const found = await world.collections.handoffs.get('h1')
  if (found === undefined) throw new Error('no handoff')
  return found
}
const happened = async () => ((await known()).history ?? []).map(({ what }) => what)
const heard = (who: string) => (world.heard.get(who) ?? []).map((event) => (event.type === 'news' ? event.news.what : event.type))

test('an offer is never sent to a closed window: staff are told, the others are asked, and nobody waits', async () => {
  await onMessenger('hodan', 25 * HOUR)
  await moveIn(world, 'yusuf', {})
  await ask()
  expect([heard('hodan'), heard('yusuf')]).toEqual([[], ['offer']])
  expect([...world.raised.values()]).toEqual(['h1 could-not-be-reached'])
  expect(await happened()).toEqual(['confirm', 'offer', 'could-not-be-reached'])
  const { handoff } = await known()
  expect([handoff?.state, handoff?.offers.map(({ state }) => state).toSorted()]).toEqual(['offered', ['open', 'withdrawn']])
  // Their duty is over, their place is free, and no wave asks them again.
  const { openUntil = 0, load } = await volunteerOf(world, 'hodan')
  expect([openUntil <= world.time.now(), load.offers]).toEqual([true, {}])
})

test('with nobody else the call-out goes on at once', async () => {
  await onMessenger('hodan', 25 * HOUR)
  await ask()
  expect((await known()).handoff?.state).toBe('with-staff')
  expect([...world.raised.values()]).toEqual(['h1 could-not-be-reached', 'h1 nobody-eligible'])
})

test.each([
  ['refused', 'blocked', true],
  ['listed', 'window_closed', true],
  ['dropped', undefined, true],
  ['listed', 'unknown', false],
  ['sent', undefined, false],
] as const)('an offer that was %s (%s) at the end of its wave is told to staff: %s', async (state, reason, isTold) => {
  await onMessenger('hodan', HOUR)
  await ask()
  const event = world.heard.get('hodan')?.find(({ type }) => type === 'news')
  if (event === undefined) throw new Error('Nobody was asked')
  await turn('hodan', 2, { event, sent: { 0: { state, at: NOW, ...(reason === undefined ? {} : { reason }) } } })
  expect(await happened()).toEqual(['confirm', 'offer'])
  world.time.advance(10 * MINUTE)
  await settle(world.engine, world.time)
  expect((await happened()).includes('could-not-be-reached')).toBe(isTold)
  expect([...world.raised.values()].includes('h1 could-not-be-reached')).toBe(isTold)
})
