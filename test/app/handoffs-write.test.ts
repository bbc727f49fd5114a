/** A person of the staff writes to a resident: inside 24 hours always, up to seven days only where Meta granted the Human Agent feature. */
import { afterEach, expect, test } from '@jest/globals'
import type { HandoffAsk } from '../../src/core/help-types.js'
import type { TurnDocument } from '../../src/store/collections.js'
import { NOW } from '../library.js'
import { asking, carryOut, type EngineWorld, HOUR, moveIn, openEngine, requesting } from './engine-world.js'

const DAY = 24 * HOUR
const WRITES: HandoffAsk = { type: 'write', text: 'Jeg ringer i morgen.' }

let world: EngineWorld
afterEach(() => world.close())

interface Told {
  /** How long ago the resident wrote last. */
  readonly ago: number
  readonly humanAgent: boolean
  readonly channel: 'messenger' | 'web'
}

/** What a coordinator hears who writes, and what the resident reads. */
async function written({ ago, humanAgent, channel }: Told): Promise<readonly [string | undefined, readonly string[]]> {
  world = await openEngine({ humanAgent })
  await moveIn(world, 'sanne')
  await world.collections.contacts.insert({ _id: 'sanne', version: 1, applied: [], coordinator: { areas: ['demo'], onCall: 'sanne' } })
  const conversation = `${channel}::amina`
  const address = { channel, account: '', user: 'amina' } as const
  await world.collections.conversations.insert({ _id: conversation, version: 1, contact: 'amina', ...address, createdAt: NOW, device: '' })
  const session = { language: { code: 'da', chosen: true }, answers: {}, told: {}, openedAt: NOW - ago }
  await world.collections.turns.insert({
    ...{ _id: 't1', version: 1, conversation, contact: 'amina', seq: 1, key: 'k1', at: NOW - ago, library: '', kept: true, erased: false },
    ...{ event: { id: 'e1', type: 'start', at: NOW - ago }, session, effects: [], settle: { state: 'done', by: '', sent: {} } },
  })
  const turn = { _id: 'h1', conversation, contact: 'amina', at: NOW, key: 'k2', session } as unknown as TurnDocument
  await world.engine.apply(requesting(), 'h1', turn)
  const result = await carryOut(world.engine, world.time, { who: 'sanne', id: 'w1', effect: asking('h1', WRITES, 'coordinator') })
  const read = (world.heard.get('amina') ?? []).flatMap((event) =>
    event.type === 'news' && event.news.what === 'written' ? [event.news.text] : [],
  )
  return [result?.command === 'handoff' ? result.refused : 'no result', read]
}

const GOES = [undefined, ['Jeg ringer i morgen.']]
const CLOSED = ['window-closed', []]

test.each([
  ['inside 24 hours', DAY, false, GOES],
  ['after 24 hours without the feature', DAY + 1, false, CLOSED],
  ['after 24 hours with it', DAY + 1, true, GOES],
  ['just under seven days with it', 7 * DAY - 1, true, GOES],
  ['from seven days on', 7 * DAY, true, CLOSED],
] as const)('on Messenger %s', async (_, ago, humanAgent, expected) => {
  expect(await written({ ago, humanAgent, channel: 'messenger' })).toEqual(expected)
})

test('on the page there is no window', async () => {
  expect(await written({ ago: 30 * DAY, humanAgent: false, channel: 'web' })).toEqual(GOES)
})
