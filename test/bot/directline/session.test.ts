import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Answer, keys, startWebChat, type WebChat } from './web-chat-server.js'

const DAY = 24 * 3_600_000
let chat: WebChat

beforeEach(async () => {
  chat = await startWebChat()
})
afterEach(() => chat.close())

const visit = (body: unknown = {}, headers: Record<string, string> = {}) => chat.call('POST', '/directline/session', { body, headers })
const cookieOf = ({ headers }: Answer) => /^opgang_device=[^;]+/.exec(headers.get('Set-Cookie') ?? '')?.[0] ?? ''
const events = (answer: Answer) => chat.store.of(answer.body['conversationId'] ?? '').map(({ event }) => event)

test('a first visit opens a conversation and leaves a cookie that no script can read', async () => {
  const answer = await visit({ area: 'gellerup', language: 'ar', answer: 'corona/teenager', other: '<script>' })
  expect(answer).toMatchObject({ status: 200, body: { resumed: false, expires_in: 1800, streamUrl: expect.stringMatching(/^ws:/) } })
  expect(answer.headers.get('Set-Cookie')).toMatch(
    /^opgang_device=[\w-]{22}; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  )
  expect(events(answer)).toMatchObject([{ type: 'start', origin: { area: 'gellerup', language: 'ar', answer: 'corona/teenager' } }])
})

test('over https the cookie travels on https only', async () => {
  const secure = await startWebChat({ publicUrl: 'https://opgang.example' })
  const { headers } = await secure.call('POST', '/directline/session')
  await secure.close()
  expect(headers.get('Set-Cookie')).toContain('; Secure')
})

test('a returning browser gets its conversation, a fresh token, and no second welcome', async () => {
  const first = await visit()
  chat.time.advance(DAY)
  const again = await visit({}, { Cookie: `theme=dark; ${cookieOf(first)}` })
  expect(again.body).toMatchObject({ resumed: true, conversationId: first.body['conversationId'] })
  expect(again.body['token']).not.toBe(first.body['token'])
  expect(cookieOf(again)).toBe(cookieOf(first))
  expect(events(again)).toHaveLength(1)
  const path = `/directline/conversations/${again.body['conversationId']}/activities`
  expect((await chat.call('GET', path, { token: again.body['token'] ?? '' })).status).toBe(200)
})

test('only the hash of the key is stored', async () => {
  const key = cookieOf(await visit()).split('=')[1] ?? ''
  expect(chat.store.opened[0]?.device).toBe(keys.mac('device', key))
  expect(JSON.stringify([chat.store.opened, chat.store.turns, chat.logged])).not.toContain(key)
})

test.each(['opgang_device=short', 'opgang_device=', `opgang_device=${'x'.repeat(22)}`, `xopgang_device=${'x'.repeat(22)}`, ';;=;'])(
  'cookie %p opens nothing and is replaced',
  async (cookie) => {
    await visit()
    const answer = await visit({}, { Cookie: cookie })
    expect(answer.body).toMatchObject({ resumed: false })
    expect(cookieOf(answer)).not.toBe(cookie)
  },
)

test('leaving forgets the browser on both sides', async () => {
  const first = await visit()
  const left = await chat.call('POST', '/directline/session/leave', { headers: { Cookie: cookieOf(first) } })
  expect(left.status).toBe(204)
  expect(left.headers.get('Set-Cookie')).toMatch(/^opgang_device=; Path=\/; Expires=Thu, 01 Jan 1970/)
  const again = await visit({}, { Cookie: cookieOf(first) })
  expect(again.body).toMatchObject({ resumed: false })
  expect(again.body['conversationId']).not.toBe(first.body['conversationId'])
})

test('leaving without a cookie is fine', async () => {
  expect((await chat.call('POST', '/directline/session/leave')).status).toBe(204)
})

test('a conversation that was made but never begun begins at the next visit', async () => {
  const device = keys.mac('device', 'k'.repeat(22))
  await chat.store.open('made', device)
  const answer = await visit({ area: 'gellerup' }, { Cookie: `opgang_device=${'k'.repeat(22)}` })
  expect(answer.body).toMatchObject({ resumed: true, conversationId: 'made' })
  expect(events(answer)).toMatchObject([{ type: 'start', origin: { area: 'gellerup' } }])
})

test('a link followed later is told once a day; reloading the first page is not a link', async () => {
  const [start, later] = [{ answer: 'corona/teenager' }, { answer: 'meals/start' }]
  const first = await visit(start)
  const headers = { Cookie: cookieOf(first) }
  await visit(start, headers)
  await visit(later, headers)
  await visit(later, headers)
  expect(events(first)).toMatchObject([{ type: 'start' }, { type: 'referral', origin: later }])
  chat.time.advance(2 * DAY)
  await visit(later, headers)
  await visit(start, headers)
  expect(events(first).map(({ origin }) => origin)).toEqual([start, later, later, start])
})

test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('a page of %s may not ask', async (origin) => {
  const first = await visit()
  const headers = { Cookie: cookieOf(first), Origin: origin }
  expect((await visit({}, headers)).status).toBe(403)
  expect((await chat.call('POST', '/directline/session/leave', { headers })).status).toBe(403)
  expect((await visit({}, { Cookie: cookieOf(first), Origin: chat.origin })).body).toMatchObject({ resumed: true })
})
