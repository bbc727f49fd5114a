import { describe, expect, test } from '@jest/globals'
import type { BotMessage, OwnMessage } from '../../src/web/chat/activity.js'
import { type Change, EMPTY_CONVERSATION, reduceConversation, viewConversation } from '../../src/web/chat/conversation-state.js'

const bot = (id: string, more: Partial<BotMessage> = {}): BotMessage => ({
  kind: 'bot',
  id,
  at: 1,
  text: id,
  language: 'da',
  fact: undefined,
  phones: [],
  role: undefined,
  byPerson: false,
  replies: [{ title: `under ${id}`, value: id, language: undefined }],
  ...more,
})
const own = (id: string, clientId?: string): OwnMessage => ({ kind: 'own', id, at: 1, text: id, clientId })
const received = (...items: (BotMessage | OwnMessage | { kind: 'typing' })[]): Change => ({ type: 'received', items })
const queued = (clientId: string): Change => ({ type: 'queued', send: { clientId, text: clientId, at: 2 } })
const delivery = (clientId: string, to: 'sending' | 'waiting' | 'sent' | 'refused'): Change => ({
  type: 'delivery',
  clientId,
  delivery: to,
})
const after = (...changes: Change[]) => viewConversation(changes.reduce(reduceConversation, EMPTY_CONVERSATION))
const keys = (...changes: Change[]): string[] => after(...changes).entries.map(({ key }) => key)

describe('what is shown', () => {
  test('a tapped answer stands at once and the buttons go away', () => {
    const view = after(received(bot('b1')), queued('k1'))
    expect(view.entries.map(({ key }) => key)).toEqual(['b1', 'k1'])
    expect(view.replies).toEqual([])
    expect(view.thinking).toBe(true)
  })

  test('what comes back takes the place of what was sent, under the same key', () => {
    const view = after(received(bot('b1')), queued('k1'), received(own('o1', 'k1'), bot('b2')))
    expect(view.entries.map(({ key }) => key)).toEqual(['b1', 'k1', 'b2'])
    expect(view.entries[1]).not.toHaveProperty('delivery')
    expect(view.replies).toEqual([{ title: 'under b2', value: 'b2', language: undefined }])
    expect(view.thinking).toBe(false)
  })

  test('nothing is shown twice, whether in one frame or in two', () => {
    expect(keys(received(bot('b1'), bot('b1')), received(bot('b1'), bot('b2')))).toEqual(['b1', 'b2'])
  })

  test('what is not sent yet stays last, whatever the bot says meanwhile', () => {
    expect(keys(queued('k1'), delivery('k1', 'waiting'), received(bot('b1')))).toEqual(['b1', 'k1'])
    expect(after(queued('k1'), delivery('k1', 'waiting'), received(bot('b1'))).replies).toEqual([])
  })

  test('a refused message stays, and the buttons come back', () => {
    const view = after(received(bot('b1')), queued('k1'), delivery('k1', 'refused'))
    expect(view.entries[1]).toMatchObject({ key: 'k1', delivery: 'refused' })
    expect(view.replies).toHaveLength(1)
    expect(view.thinking).toBe(false)
  })

  test('the list of languages has the page while it is all there is, and is not in the log afterwards', () => {
    const list = bot('b1', { role: 'languages', language: 'da' })
    expect(after(received(list))).toMatchObject({ firstScreen: list, language: undefined })
    expect(after(received(list), queued('k1'))).toMatchObject({ firstScreen: undefined })
    expect(keys(received(list), queued('k1'))).toEqual(['k1'])
    expect(keys(received(bot('b0'), list))).toEqual(['b0', 'b1'])
  })

  test('the language is that of the newest message of the bot', () => {
    expect(after(received(bot('b1'), bot('b2', { language: 'ar' }), own('o1'))).language).toBe('ar')
  })
})

describe('waiting for an answer', () => {
  test('a receipt that the answer overtook does not begin the waiting again', () => {
    expect(after(queued('k1'), received(own('o1', 'k1'), bot('b1')), delivery('k1', 'sent')).thinking).toBe(false)
  })

  test('it goes on while only the own message came back, and ends when nobody answers', () => {
    expect(after(queued('k1'), received(own('o1', 'k1'))).thinking).toBe(true)
    expect(after(queued('k1'), received(own('o1', 'k1')), { type: 'hushed' }).thinking).toBe(false)
  })

  test('without a line nobody is said to answer', () => {
    expect(after(queued('k1'), delivery('k1', 'waiting')).thinking).toBe(false)
  })

  test('the server may say that somebody types', () => {
    expect(after(received(bot('b1')), received({ kind: 'typing' })).thinking).toBe(true)
  })
})

test('another conversation begins empty, with what was not sent to the old one', () => {
  const changes = [received(bot('b1')), queued('k1'), delivery('k1', 'sent'), queued('k2'), delivery('k2', 'waiting')]
  expect(keys(...changes, { type: 'reset' })).toEqual(['k2'])
})
