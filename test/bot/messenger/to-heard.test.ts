import { describe, expect, test } from '@jest/globals'
import { encodePayload } from '../../../src/bot/payload.js'
import { APP, AT, delivery, keys, openDoor, PAGE, USER } from './messenger-test-kit.js'

const IMAGE = { type: 'image', payload: { url: 'https://scontent.example/a.png' } }
const LIKE = 369239263222822
const echo = (message: object) => ({
  sender: { id: PAGE },
  recipient: { id: USER },
  message: { mid: 'm_e', is_echo: true, text: 'ord', ...message },
})
const message = (fields: object) => ({ message: { mid: 'm_1', ...fields } })

/** The events of one item, without what every event has. */
async function eventsOf(
  item: object,
  list?: 'standby',
): Promise<{ events: object[]; ids: string[]; counted: string[]; sentAt: (number | undefined)[]; all: string }> {
  const door = openDoor()
  expect(await door.post(delivery(item, list))).toBe(200)
  const events = door.heard.map(({ event: { id: _id, at: _at, sentAt: _sentAt, ...rest } }) => rest)
  return {
    events,
    ids: door.heard.map(({ event }) => event.id),
    counted: door.counted,
    sentAt: door.heard.map(({ event }) => event.sentAt),
    all: JSON.stringify(door.heard),
  }
}

describe('what is heard', () => {
  test.each<[string, object, object]>([
    ['a text', message({ text: 'Hej' }), { type: 'message', text: 'Hej' }],
    ['a picture', message({ attachments: [IMAGE] }), { type: 'message', text: '', attachments: ['image'] }],
    [
      'a voice note',
      message({ attachments: [{ type: 'audio', payload: { url: 'x' } }] }),
      { type: 'message', text: '', attachments: ['audio'] },
    ],
    [
      'a place',
      message({ attachments: [{ type: 'location', payload: { coordinates: { lat: 55, long: 10 } } }] }),
      { type: 'message', text: '', attachments: ['location'] },
    ],
    ['a reel', message({ text: 'se', attachments: [{ type: 'reel' }] }), { type: 'message', text: 'se', attachments: ['share'] }],
    ['an unknown kind', message({ attachments: [{ type: 'hologram' }] }), { type: 'message', text: '', attachments: ['other'] }],
    [
      'a kind named like a property of every object',
      message({ attachments: [{ type: 'constructor' }] }),
      { type: 'message', text: '', attachments: ['other'] },
    ],
    [
      'a fallback without a payload',
      message({ attachments: [{ type: 'fallback' }] }),
      { type: 'message', text: '', attachments: ['share'] },
    ],
    ['a message of nothing that we know', message({ is_unsupported: true }), { type: 'message', text: '', attachments: ['other'] }],
    ['attachments of no form', message({ attachments: [null, 7] }), { type: 'message', text: '', attachments: ['other'] }],
    [
      'a sticker',
      message({ attachments: [{ type: 'sticker', payload: { sticker_id: 5 } }] }),
      { type: 'message', text: '', attachments: ['sticker'] },
    ],
    [
      'a sticker that comes twice',
      message({ attachments: [{ type: 'sticker', payload: { sticker_id: 5 } }, IMAGE] }),
      { type: 'message', text: '', attachments: ['sticker'] },
    ],
    [
      'a sticker as an image',
      message({ attachments: [{ ...IMAGE, payload: { url: 'x', sticker_id: 5 } }] }),
      { type: 'message', text: '', attachments: ['sticker'] },
    ],
    [
      'the thumb',
      message({
        attachments: [
          { ...IMAGE, payload: { url: 'x', sticker_id: LIKE } },
          { type: 'sticker', payload: { sticker_id: LIKE } },
        ],
      }),
      { type: 'message', text: '👍' },
    ],
    [
      'an advert',
      message({ text: 'Hej', referral: { ref: 'omr_vollsmose', source: 'ADS' } }),
      { type: 'message', text: 'Hej', origin: { area: 'vollsmose' } },
    ],
    [
      'a tap of ours',
      message({
        text: 'Menu',
        quick_reply: { payload: encodePayload({ revision: 'r1', action: { do: 'command', command: 'menu' } }, keys) },
      }),
      { type: 'tap', text: 'Menu', action: { do: 'command', command: 'menu' }, revision: 'r1' },
    ],
    ['a tap without a payload is no typed text', message({ text: 'Menu', quick_reply: {} }), { type: 'tap', text: 'Menu' }],
    [
      'a menu button',
      { postback: { mid: 'm_p', title: 'Hjælp', payload: 'MENU_HELP' } },
      { type: 'tap', text: 'Hjælp', action: { do: 'command', command: 'help' } },
    ],
    ['a button without a payload', { postback: { mid: 'm_p', title: 'Hjælp' } }, { type: 'tap', text: 'Hjælp' }],
    ['the start button', { postback: { mid: 'm_p', payload: 'GET_STARTED' } }, { type: 'start' }],
    [
      'a link without a source',
      { referral: { ref: 'ans_corona=teenager', type: 'OPEN_THREAD' } },
      { type: 'referral', origin: { answer: 'corona/teenager' } },
    ],
    ['a link without a ref', { referral: { source: 'SHORTLINK' } }, { type: 'referral' }],
    ['an edit', { message_edit: { mid: 'm_1', text: 'Hej igen', num_edit: 2 } }, { type: 'edit', text: 'Hej igen' }],
    [
      'a take-over',
      { take_thread_control: { previous_owner_app_id: APP.appId, metadata: '' } },
      { type: 'control', control: 'taken', by: 'person' },
    ],
    [
      'a thread that goes to another app',
      { pass_thread_control: { new_owner_app_id: 42 } },
      { type: 'control', control: 'taken', by: 'app' },
    ],
    [
      'a thread that goes to the inbox',
      { pass_thread_control: { new_owner_app_id: '263902037430900' } },
      { type: 'control', control: 'taken', by: 'person' },
    ],
    [
      'a thread that another app gives us',
      { pass_thread_control: { previous_owner_app_id: null, new_owner_app_id: Number(APP.appId) } },
      { type: 'control', control: 'returned', by: 'person' },
    ],
    ['an answer from the inbox', echo({ app_id: '26390203743090' }), { type: 'control', control: 'taken', by: 'person' }],
    ['an answer without an app', echo({}), { type: 'control', control: 'taken', by: 'person' }],
    ['an answer of another app', echo({ app_id: 42, metadata: 'abc.0' }), { type: 'control', control: 'taken', by: 'app' }],
  ])('%s', async (_, item, event) => {
    const heard = await eventsOf(item)
    expect(heard.events).toEqual([event])
    expect(heard.all).not.toMatch(/scontent|"ord"/)
  })

  test('in standby only words are kept, and an answer of somebody else holds the bot', async () => {
    expect((await eventsOf(message({ text: 'Hallo', quick_reply: { payload: 'x' } }), 'standby')).events).toEqual([
      { type: 'standby', text: 'Hallo' },
    ])
    expect((await eventsOf({ postback: { mid: 'm_p', title: 'Menu' } }, 'standby')).counted).toEqual(['standby'])
    expect((await eventsOf(echo({ app_id: 42 }), 'standby')).events).toEqual([{ type: 'control', control: 'taken', by: 'app' }])
  })
})

describe('what is only counted', () => {
  test.each<[string, object]>([
    ['delivery', { delivery: { watermark: AT } }],
    ['read', { read: { watermark: AT }, timestamp: undefined }],
    ['request_thread_control', { request_thread_control: { requested_owner_app_id: 1 } }],
    ['optin', { optin: { type: 'notification_messages' } }],
    ['account_linking', { account_linking: { status: 'linked' } }],
    ['unknown', { brand_new: { a: 1 } }],
    ['deleted', message({ is_deleted: true })],
    ['nobody', { sender: { user_ref: 'abc' }, postback: { payload: 'MENU_HELP' } }],
    ['nobody', { sender: undefined, ...message({ text: 'Hej' }) }],
    ['nobody', { sender: { id: PAGE }, ...message({ text: 'Hej' }) }],
    ['own_echo', echo({ app_id: APP.appId })],
    ['thread_released', { pass_thread_control: { new_owner_app_id: null } }],
  ])('%s', async (what, item) => {
    expect(await eventsOf(item)).toMatchObject({ events: [], counted: [what] })
  })
})

describe('our own echoes', () => {
  test.each<[string, object, [string, string][]]>([
    ['as a number', { app_id: Number(APP.appId), metadata: 'AbC_-9.12' }, [['AbC_-9.12', 'm_e']]],
    ['as text', { app_id: APP.appId, metadata: 'AbC.0' }, [['AbC.0', 'm_e']]],
    ['without an app, by our metadata', { metadata: 'AbC.0' }, [['AbC.0', 'm_e']]],
    ['a part before the last confirms nothing', { app_id: APP.appId, metadata: 'AbC.0/0' }, []],
  ])('%s', async (_, fields, echoes) => {
    const door = openDoor()
    await door.post(delivery(echo(fields)))
    expect([door.echoes, door.heard, door.counted]).toEqual([echoes, [], []])
  })
})

describe('ids and times', () => {
  test.each<[string, unknown, number | undefined]>([
    ['milliseconds', AT, AT],
    ['seconds', AT / 1000, AT],
    ['seconds as text', String(AT / 1000), AT],
    ['milliseconds as text', String(AT), AT],
    ['none', undefined, undefined],
    ['nonsense', 'yesterday', undefined],
    ['below nothing', -5, undefined],
  ])('a time as %s', async (_, timestamp, at) => {
    expect((await eventsOf({ timestamp, ...message({ text: 'Hej' }) })).sentAt).toEqual([at])
  })

  test('a reaction taken back is no sign of life: it opens no window', async () => {
    expect((await eventsOf({ reaction: { action: 'unreact', mid: 'm_r' } })).ids).toEqual([])
  })

  test('every event names its message, and a redelivery has the same id', async () => {
    const items = [
      message({ text: 'Hej' }),
      { postback: { mid: 'm_1', payload: 'MENU_HELP' } },
      { message_edit: { mid: 'm_1', text: 'a', num_edit: 1 } },
      { message_edit: { mid: 'm_1', text: 'b', num_edit: 2 } },
      { reaction: { mid: 'm_1', action: 'react' } },
      { reaction: { mid: 'm_1', action: 'react' }, timestamp: AT + 1 },
      echo({ mid: 'm_1', app_id: 42 }),
    ]
    const first = (await Promise.all(items.map((item) => eventsOf(item)))).flatMap(({ ids }) => ids)
    const second = (await Promise.all(items.map((item) => eventsOf(item)))).flatMap(({ ids }) => ids)
    expect(new Set(first).size).toBe(items.length)
    expect(first.every((id) => id.includes('m_1') && id.includes(PAGE))).toBe(true)
    expect(second).toEqual(first)
  })

  test('a link has an id of who, when and what', async () => {
    const ids = async (item: object) => (await eventsOf(item)).ids[0]
    const link = { referral: { ref: 'omr_vollsmose' } }
    expect(await ids(link)).toBe(await ids(link))
    expect(await ids({ ...link, timestamp: AT + 1 })).not.toBe(await ids(link))
    expect(await ids({ referral: { ref: 'omr_gellerup' } })).not.toBe(await ids(link))
  })

  test('words that look like a long number behind a name stay words', async () => {
    const [event] = (await eventsOf(message({ text: ':1234567890123456, hej' }))).events
    expect(event).toMatchObject({ type: 'message', text: ':1234567890123456, hej' })
  })

  test('ids may be numbers, also those that a number cannot hold', async () => {
    const door = openDoor()
    const body = `{"object":"page","entry":[{"id":${PAGE},"time":${AT},"messaging":[{"sender":{"id": 98765432109876543},"recipient":{"id":${PAGE}},"timestamp":${AT},"message":{"mid":"m_1","text":"\\":98765432109876543, hej"}}]}]}`
    expect(await door.post(body)).toBe(200)
    expect(door.heard).toMatchObject([
      { address: { account: PAGE, user: '98765432109876543' }, event: { text: '":98765432109876543, hej' } },
    ])
  })
})
