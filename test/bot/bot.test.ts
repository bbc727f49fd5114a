/** The edge: an activity becomes an event, a message becomes an activity. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { type Activity, TestAdapter, TurnContext } from 'botbuilder'
import type { Address, Keys } from '../../src/app/ports.js'
import { createBot, fullText, toActivity } from '../../src/bot/bot.js'
import { decodePayload, encodePayload } from '../../src/bot/payload.js'
import type { Event, Outbound } from '../../src/core/types.js'

const NOW = 1_000_000
const KEYS: Keys = { mac: (purpose, text) => createHmac('sha256', purpose).update(text).digest('base64url') }

async function heard(activity: object): Promise<{ address: Address; event: Event } | undefined> {
  const received: { address: Address; event: Event }[] = []
  const bot = createBot(
    (address, event) => {
      received.push({ address, event })
      return Promise.resolve('committed')
    },
    KEYS,
    () => NOW,
  )
  const base = { type: 'message', id: 'm:1', channelId: 'facebook', conversation: { id: 'user-7' }, recipient: { id: 'page-1' } }
  await bot(new TurnContext(new TestAdapter(), { ...base, ...activity } as unknown as Activity))
  expect(received.length).toBeLessThanOrEqual(1)
  return received[0]
}
const event = async (activity: object) => (await heard(activity))?.event

describe('whose it is', () => {
  test.each([
    ['facebook', { channel: 'messenger', account: 'page-1', user: 'user-7' }],
    ['directline', { channel: 'web', account: '', user: 'user-7' }],
  ])('%s', async (channelId, address) => {
    expect((await heard({ channelId, text: 'hej' }))?.address).toEqual(address)
  })

  test('a channel that is not ours is refused by its name', async () => {
    await expect(heard({ channelId: 'skype', text: 'hej' })).rejects.toThrow('skype')
  })
})

describe('what a person did', () => {
  test("a message: the platform's id and time, our time of receipt, and what came with it", async () => {
    const activity = {
      text: 'hej',
      timestamp: new Date(999),
      channelData: { opgang: { attachments: ['audio'], origin: { area: 'demo' } }, raw: { secret: 1 } },
    }
    expect(await event(activity)).toEqual({
      id: 'm:1',
      at: NOW,
      sentAt: 999,
      type: 'message',
      text: 'hej',
      attachments: ['audio'],
      origin: { area: 'demo' },
    })
  })

  test('a message without a time, a text or extras', async () => {
    expect(await event({})).toEqual({ id: 'm:1', at: NOW, type: 'message', text: '' })
  })

  test.each([
    ['ar-SY', { locale: 'ar' }],
    ['DA', { locale: 'da' }],
    ['zh_TW', { locale: 'zh' }],
    ['<script>', {}],
    ['', {}],
  ])('of the locale %p only the language is kept', async (locale, kept) => {
    expect(await event({ text: 'hej', locale })).toEqual({ id: 'm:1', at: NOW, type: 'message', text: 'hej', ...kept })
  })

  const action = { do: 'goto', dialog: 'welcome', node: 'news' } as const
  const payload = encodePayload({ action, revision: 'r1' }, KEYS)

  test.each([
    ['as its value', { text: 'Nyt', value: payload }, 'Nyt'],
    ['as its text', { text: payload }, payload],
  ])('a button with its payload %s is the action', async (_, activity, text) => {
    expect(await event(activity)).toEqual({ id: 'm:1', at: NOW, type: 'tap', text, action, revision: 'r1' })
  })

  test.each([
    ['changed', `${payload.slice(0, -1)}${payload.endsWith('A') ? 'B' : 'A'}`],
    ["somebody else's", 'DEVELOPER_DEFINED_PAYLOAD'],
    ['the yes to erasure without a signature', 'MENU_DELETE-ME-YES'],
  ])('a payload that is %s is a tap without an action', async (_, value) => {
    const tap = await event({ text: 'x', value })
    expect(tap).toEqual({ id: 'm:1', at: NOW, type: 'tap', text: 'x' })
  })

  test('the menu of the page', async () => {
    expect(await event({ text: 'Sprog', value: 'MENU_LANGUAGE' })).toMatchObject({
      type: 'tap',
      action: { do: 'command', command: 'language' },
    })
  })

  test('words that only look like a menu payload stay words', async () => {
    expect(await event({ text: 'MENU_LANGUAGE' })).toMatchObject({ type: 'message', text: 'MENU_LANGUAGE' })
    expect(await event({ text: 'hej', value: { odd: true } })).toMatchObject({ type: 'message', text: 'hej' })
    expect(await event({ text: 'hej', value: '' })).toMatchObject({ type: 'message' })
  })

  test.each<[string, object, object | undefined]>([
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }, { type: 'reaction' }],
    ['a reaction taken back', { type: 'messageReaction', reactionsRemoved: [{ type: 'like' }] }, undefined],
    ['an edit', { type: 'messageUpdate', text: 'hej2' }, { type: 'edit', text: 'hej2' }],
    [
      'a start',
      { type: 'event', name: 'start', channelData: { opgang: { origin: { language: 'ar' } } } },
      { type: 'start', origin: { language: 'ar' } },
    ],
    ['a link', { type: 'event', name: 'referral' }, { type: 'referral' }],
    ['standby', { type: 'event', name: 'standby', text: 'hej' }, { type: 'standby', text: 'hej' }],
    [
      'taken by a person',
      { type: 'event', name: 'taken', channelData: { opgang: { by: 'person' } } },
      { type: 'control', control: 'taken', by: 'person' },
    ],
    ['returned', { type: 'event', name: 'returned' }, { type: 'control', control: 'returned', by: 'app' }],
    ['an event of others', { type: 'event', name: 'webchat/join' }, undefined],
    ['an event that would erase', { type: 'event', name: 'erase' }, undefined],
    ['an event that would be a result', { type: 'event', name: 'result' }, undefined],
    ['typing', { type: 'typing' }, undefined],
    ['members', { type: 'conversationUpdate' }, undefined],
  ])('%s', async (_, activity, expected) => {
    const got = await event(activity)
    if (expected === undefined) expect(got).toBeUndefined()
    else expect(got).toEqual({ id: 'm:1', at: NOW, ...expected })
  })

  test('what the door refuses, the adapter is told', async () => {
    const bot = createBot(
      () => Promise.reject(new Error('full')),
      KEYS,
      () => NOW,
    )
    const activity = { type: 'message', id: 'm:1', text: 'hej', channelId: 'directline', conversation: { id: 'u' }, recipient: { id: 'b' } }
    await expect(bot(new TurnContext(new TestAdapter(), activity as unknown as Activity))).rejects.toThrow('full')
  })
})

describe('what the bot says', () => {
  const message: Outbound = {
    text: 'Kog vandet.',
    language: 'da',
    fact: { kind: 'rule', line: 'Regel · Loven · tjekket 20. marts 2020', source: 'https://example.dk' },
    phones: [
      { title: 'Kontoret', number: '11111111' },
      { title: 'Vagten', number: '22222222' },
    ],
    quickReplies: [
      { title: 'Mere', action: { do: 'goto', dialog: 'welcome', node: 'news' } },
      { title: 'العربية', action: { do: 'language', language: 'ar' }, language: 'ar' },
    ],
  }

  test('one text says all: words, telephone numbers, how true it is and where it was seen', () => {
    expect(fullText(message)).toBe(
      'Kog vandet.\nKontoret: 11111111\nVagten: 22222222\n\nRegel · Loven · tjekket 20. marts 2020\nhttps://example.dk',
    )
    expect(fullText({ text: 'Hej.', language: 'da' })).toBe('Hej.')
  })

  test('an activity carries the id of the message, signed buttons, and its parts for a page', () => {
    const activity = toActivity(message, 't1.0', 'r1', KEYS)
    expect(activity).toMatchObject({ type: 'message', id: 't1.0', text: fullText(message), textFormat: 'plain', locale: 'da' })
    const actions = activity.suggestedActions?.actions ?? []
    expect(actions.map(({ type, title }) => [type, title])).toEqual([
      ['messageBack', 'Mere'],
      ['messageBack', 'العربية'],
    ])
    expect(actions.map(({ value }) => decodePayload(String(value), KEYS))).toEqual(
      message.quickReplies?.map(({ action }) => ({ action, revision: 'r1' })),
    )
    const extras = (activity.channelData as { opgang: object }).opgang
    expect(extras).toEqual({ body: 'Kog vandet.', fact: message.fact, phones: message.phones, titleLanguages: [undefined, 'ar'] })
  })

  test('a plain message has no buttons and no parts it does not need', () => {
    const activity = toActivity({ text: 'Hej.', language: 'da', byPerson: true, role: 'notice' }, 't1.1', 'r1', KEYS)
    expect(activity.suggestedActions).toBeUndefined()
    expect(activity.channelData).toEqual({ opgang: { body: 'Hej.', role: 'notice', byPerson: true } })
  })

  test('a tap on any of its buttons comes back as its action', async () => {
    const activity = toActivity(message, 't1.0', 'r1', KEYS)
    for (const [at, { value, title }] of (activity.suggestedActions?.actions ?? []).entries()) {
      expect(await event({ text: title, value: value as string })).toMatchObject({
        type: 'tap',
        action: message.quickReplies?.[at]?.action,
      })
    }
  })
})
