import { expect, test } from '@jest/globals'
import { BEGINNING, readTurns, readWatermark, writeWatermark } from '../../../src/bot/directline/outbound.js'
import type { TurnDocument } from '../../../src/store/collections.js'
import { echoTurn, keys, START } from './web-chat-server.js'

const reader = { conversation: 'c1', keys, areaName: (area: string | undefined) => (area === 'gellerup' ? 'Gellerup' : 'Opgang') }
const start = echoTurn('web:c1', 1, { type: 'start', id: 'start:c1', at: START })
const hello = echoTurn('web:c1', 2, { type: 'message', id: 'web:c1:mine', at: START, text: 'Hej' })

test('a turn is what the resident said and what the bot answered', () => {
  const { activities, watermark } = readTurns([hello], BEGINNING, reader)
  const envelope = { type: 'message', channelId: 'directline', conversation: { id: 'c1' }, timestamp: '2020-03-20T12:00:00.000Z' }
  expect(activities).toMatchObject([
    { ...envelope, id: 'web:c1:mine', text: 'Hej', from: { id: 'resident', role: 'user' }, channelData: { clientActivityID: 'mine' } },
    { ...envelope, id: 'turn2.0', text: 'ekko: Hej', from: { id: 'opgang', name: 'Gellerup', role: 'bot' }, replyToId: 'web:c1:mine' },
    { ...envelope, id: 'turn2.2', text: 'mere?', replyToId: 'web:c1:mine' },
  ])
  expect(watermark).toBe('2.3')
})

test('an event without words shows its answers only, with buttons', () => {
  const { activities } = readTurns([start], BEGINNING, reader)
  expect(activities).toHaveLength(1)
  expect(activities[0]?.suggestedActions?.actions[0]).toMatchObject({
    type: 'messageBack',
    title: 'Menu',
    value: expect.stringMatching(/^o1\./),
  })
})

test('a tap shows its title; an id of our own is no client id', () => {
  const tap = echoTurn('web:c1', 3, { type: 'tap', id: 'web:c1:~x', at: START, text: 'Menu' })
  const [own] = readTurns([tap], BEGINNING, reader).activities
  expect(own).toMatchObject({ text: 'Menu', id: 'web:c1:~x' })
  expect(own).not.toHaveProperty('channelData')
})

test('what was sent without words still shows that it arrived', () => {
  const picture = echoTurn('web:c1', 3, { type: 'message', id: 'web:c1:p', at: START, text: '', attachments: ['image'] })
  expect(readTurns([picture], BEGINNING, reader).activities[0]).toMatchObject({ text: '', channelData: { clientActivityID: 'p' } })
})

test('blanked and erased turns show nothing, and the place moves on', () => {
  expect(readTurns([{ ...hello, kept: false }], BEGINNING, reader)).toMatchObject({ activities: [], watermark: '2.3' })
  const erased: TurnDocument = { ...hello, kept: false, erased: true, event: { type: 'erase', id: '', at: START }, effects: [] }
  expect(readTurns([erased], BEGINNING, reader)).toMatchObject({ activities: [], watermark: '2.0' })
})

test.each([
  ['2.3', []],
  ['2.1', ['turn2.2']],
  ['2.0', ['turn2.0', 'turn2.2']],
  ['1.1', ['web:c1:mine', 'turn2.0', 'turn2.2']],
  ['', ['turn1.0', 'web:c1:mine', 'turn2.0', 'turn2.2']],
])('behind watermark %p', (watermark, ids) => {
  const position = readWatermark(watermark)
  const turns = [start, hello].filter(({ seq }) => seq >= position.seq)
  const set = readTurns(turns, position, reader)
  expect(set.activities.map(({ id }) => id)).toEqual(ids)
  expect(set.watermark).toBe('2.3')
})

test.each(['', '-', 'x', '1', '-1.0', '1.x', '1.2.3', '1e3.0', '9'.repeat(13) + '.0', undefined, ['1.0'], {}])(
  'watermark %p is the beginning',
  (text) => {
    expect(readWatermark(text)).toEqual(BEGINNING)
  },
)

test('a watermark says the same in both directions, and nothing at the beginning', () => {
  expect(writeWatermark(readWatermark('17.4'))).toBe('17.4')
  expect(writeWatermark(BEGINNING)).toBe('')
})
