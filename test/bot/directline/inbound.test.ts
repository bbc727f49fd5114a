import { describe, expect, test } from '@jest/globals'
import { DirectLineError } from '../../../src/bot/directline/direct-line-error.js'
import { clientIdOf, readActivity, startActivity } from '../../../src/bot/directline/inbound.js'
import { readOrigin } from '../../../src/bot/directline/origin.js'
import { orderedIds } from './web-chat-server.js'

const read = (body: unknown) => readActivity(body, 'c1', orderedIds())
const FIRST = 'id00000000000000000001'

test('nothing a client says of itself, of time or of our own data is believed', () => {
  const posted = {
    type: 'message',
    id: 'mine',
    text: 'Hej',
    channelId: 'facebook',
    serviceUrl: 'https://evil.example',
    timestamp: '2000-01-01T00:00:00Z',
    localTimestamp: '2000-01-01T00:00:00Z',
    from: { id: 'opgang', role: 'bot' },
    recipient: { id: 'someone' },
    conversation: { id: 'another' },
    replyToId: 'x',
    entities: [{ type: 'x' }],
    channelData: { clientActivityID: 'a.1:b-2_C', opgang: { origin: { area: 'x' }, by: 'staff' }, other: 1 },
    name: 'taken',
  }
  expect(read(posted)).toEqual({
    id: 'web:c1:a.1:b-2_C',
    activity: {
      type: 'message',
      id: 'web:c1:a.1:b-2_C',
      text: 'Hej',
      channelId: 'directline',
      conversation: { id: 'c1', isGroup: false, name: '', conversationType: 'personal' },
      from: { id: 'resident', name: '' },
      recipient: { id: 'opgang', name: '' },
      channelData: { opgang: {} },
    },
  })
})

describe('ids', () => {
  test.each([undefined, '', 'with space', 'a/b', '~x', 'æ', 'x'.repeat(101), 7, {}])('clientActivityID %p is replaced by our own', (id) => {
    expect(read({ type: 'message', text: 'x', channelData: { clientActivityID: id } }).id).toBe(`web:c1:~${FIRST}`)
  })

  test('the client gets its own id back, and never one of ours', () => {
    expect(clientIdOf('web:c1:a:b', 'c1')).toBe('a:b')
    expect(clientIdOf(`web:c1:~${FIRST}`, 'c1')).toBeUndefined()
    expect(clientIdOf('start:c1', 'c1')).toBeUndefined()
    expect(clientIdOf('web:c2:a', 'c1')).toBeUndefined()
  })
})

describe('text', () => {
  test.each([
    ['control characters', 'a\u0000b\u0007c\u001b[31m\u007f\u0085d', 'abc[31md'],
    ['line ends', ' a\r\nb\rc\u2028d\te \n', 'a\nb\nc\nd\te'],
    ['half a pair', 'a\ud83db', 'ab'],
    ['a whole pair', '👨‍👩‍👧', '👨‍👩‍👧'],
    ['joiners and direction marks', 'می‌خواهم \u200fx', 'می‌خواهم \u200fx'],
    ['the longest', 'x'.repeat(2000), 'x'.repeat(2000)],
    ['the longest, when cleaned', `\u0000${'x'.repeat(2000)}  `, 'x'.repeat(2000)],
  ])('%s', (_name, text, clean) => {
    expect(read({ type: 'message', text }).activity?.text).toBe(clean)
  })
})

test.each([
  ['too long', { type: 'message', text: 'x'.repeat(2001) }, 'BadArgument'],
  ['empty', { type: 'message', text: ' \u0000\n' }, 'MissingProperty'],
  ['no text', { type: 'message' }, 'MissingProperty'],
  ['text that is none', { type: 'message', text: { a: 1 } }, 'BadArgument'],
  ['unknown type', { type: 'invoke' }, 'BadArgument'],
  ['edits', { type: 'messageUpdate', text: 'x' }, 'BadArgument'],
  ['no type', { text: 'x' }, 'BadArgument'],
  ['a list', [{ type: 'message', text: 'x' }], 'BadArgument'],
  ['nothing', undefined, 'BadArgument'],
])('refused: %s', (_name, body, code) => {
  expect(() => read(body)).toThrow(DirectLineError)
  expect(() => read(body)).toThrow(expect.objectContaining({ status: 400, code }))
})

test.each(['typing', 'event', 'conversationUpdate'])('%s is accepted and means nothing', (type) => {
  expect(read({ type, name: 'start', text: 'x' })).toEqual({ id: `web:c1:~${FIRST}` })
})

test('a reaction is passed on without its content', () => {
  expect(read({ type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }).activity).toMatchObject({ type: 'messageReaction' })
})

test.each([
  ['payload', 'o1.x.y', 'o1.x.y'],
  ['longest payload', 'x'.repeat(1000), 'x'.repeat(1000)],
  ['too long', 'x'.repeat(1001), undefined],
  ['object', { a: 1 }, undefined],
])('value: %s', (_name, value, kept) => {
  expect(read({ type: 'message', text: 'x', value }).activity?.value).toBe(kept)
})

test.each([
  ['da-DK', 'da-DK'],
  ['ckb', 'ckb'],
  ['zh-Hans-CN', 'zh-Hans-CN'],
  ['<script>', undefined],
  [7, undefined],
])('locale %p', (locale, kept) => {
  expect(read({ type: 'message', text: 'x', locale }).activity?.locale).toBe(kept)
})

test('of attachments only the kinds are kept', () => {
  const types = ['image/png', 'audio/ogg', 'video/mp4', 'application/pdf', 'application/vnd.microsoft.card.hero', 'x']
  const attachments = types.map((contentType) => ({ contentType, contentUrl: 'https://evil.example/', name: 'cpr.png' }))
  const { activity } = read({ type: 'message', attachments })
  expect(activity).toMatchObject({
    text: '',
    channelData: { opgang: { attachments: ['image', 'audio', 'video', 'file', 'other', 'other'] } },
  })
  expect(JSON.stringify(activity)).not.toMatch(/evil|cpr/)
})

test('the first activity of a conversation has one id and carries the origin', () => {
  expect(startActivity('c1', { area: 'gellerup' })).toMatchObject({
    id: 'start:c1',
    type: 'event',
    name: 'start',
    channelData: { opgang: { origin: { area: 'gellerup' } } },
  })
})

test.each([
  [
    { area: 'Gellerup', lang: 'AR', answer: 'corona/teenager' },
    { area: 'gellerup', language: 'ar', answer: 'corona/teenager' },
  ],
  // A device's locale is no choice: the resident is asked.
  [{ locale: 'da-DK', user: {} }, undefined],
  [{ area: 'a b', language: 'english', answer: 'corona' }, undefined],
  [{ area: 'x'.repeat(65), answer: '../etc/passwd' }, undefined],
  [{ area: { $gt: '' } }, undefined],
  [undefined, undefined],
  ['x', undefined],
])('origin %j', (body, origin) => {
  expect(readOrigin(body)).toEqual(origin)
})
