import { request as httpRequest } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { issueToken } from '../../../src/bot/directline/token.js'
import { type Answer, keys, startWebChat, type WebChat } from './web-chat-server.js'

const MINUTE = 60_000
let chat: WebChat

beforeEach(async () => {
  chat = await startWebChat()
})
afterEach(() => chat.close())

interface Opened {
  readonly id: string
  readonly token: string
}

async function open(): Promise<Opened> {
  const { body } = await chat.call('POST', '/directline/conversations')
  return { id: body['conversationId'] ?? '', token: body['token'] ?? '' }
}

function post({ id, token }: Opened, body: unknown): Promise<Answer> {
  return chat.call('POST', `/directline/conversations/${id}/activities`, { token, body })
}

const say = (text: string, id?: string) => ({
  type: 'message',
  text,
  ...(id === undefined ? {} : { channelData: { clientActivityID: id } }),
})
const heard = (id: string) => chat.store.of(id).map(({ event }) => ('text' in event ? event.text : event.type))

test('a conversation is opened with a token, a stream and a first event that says where from', async () => {
  const { status, body, headers } = await chat.call('POST', '/directline/conversations', { body: { user: {}, language: 'da-DK' } })
  expect(status).toBe(201)
  expect(body).toMatchObject({ conversationId: expect.any(String), token: expect.any(String), expires_in: 1800 })
  const stream = `${chat.origin.replace('http', 'ws')}/directline/conversations/${body['conversationId']}/stream?watermark=&t=`
  expect(body['streamUrl']).toBe(`${stream}${encodeURIComponent(body['token'] ?? '')}`)
  expect(headers.get('Cache-Control')).toBe('no-store')
  expect(chat.store.of(body['conversationId'] ?? '')[0]?.event).toMatchObject({ type: 'start', origin: { language: 'da' } })
})

test('a generated token opens one conversation, however often', async () => {
  const { body } = await chat.call('POST', '/directline/tokens/generate')
  const token = body['token'] ?? ''
  const first = await chat.call('POST', '/directline/conversations', { token })
  const again = await chat.call('POST', '/directline/conversations', { token })
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.body['conversationId']).toBe(body['conversationId'])
  expect(heard(body['conversationId'] ?? '')).toEqual(['start'])
})

test('a renewed token opens the same conversation for another half hour', async () => {
  const { id, token } = await open()
  chat.time.advance(29 * MINUTE)
  const { body } = await chat.call('POST', '/directline/tokens/refresh', { token })
  chat.time.advance(29 * MINUTE)
  expect((await post({ id, token: body['token'] ?? '' }, say('Hej'))).status).toBe(200)
})

describe('who may', () => {
  const routes = [
    ['POST', '/tokens/refresh'],
    ['GET', '/conversations/ID'],
    ['GET', '/conversations/ID/activities'],
    ['POST', '/conversations/ID/activities'],
    ['POST', '/conversations/ID/upload'],
    ['GET', '/session/getsessionid'],
  ] as const

  test.each(routes)('%s %s wants a token that is ours and young', async (method, route) => {
    const { id, token } = await open()
    const call = (given?: string) => {
      return chat.call(method, `/directline${route.replace('ID', id)}`, given === undefined ? {} : { token: given })
    }
    expect(await call()).toMatchObject({ status: 401, body: { error: { code: 'MissingToken', message: expect.any(String) } } })
    expect(await call('undefined')).toMatchObject({ status: 401 })
    expect(await call(`${token}x`)).toMatchObject({ status: 403, body: { error: { code: 'Forbidden' } } })
    chat.time.advance(30 * MINUTE)
    expect(await call(token)).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } })
  })

  test.each(routes.filter(([, route]) => route.includes('ID')))(
    '%s %s is shut to the token of another conversation',
    async (method, route) => {
      const [mine, other] = [await open(), await open()]
      const body = method === 'POST' ? { body: say('Hej') } : {}
      const answer = await chat.call(method, `/directline${route.replace('ID', other.id)}`, { token: mine.token, ...body })
      expect(answer).toMatchObject({ status: 403, body: { error: { code: 'Forbidden' } } })
      expect(heard(other.id)).toEqual(['start'])
    },
  )

  test('a bad token opens no conversation instead of a new one', async () => {
    expect((await chat.call('POST', '/directline/conversations', { token: 'secret' })).status).toBe(403)
  })
})

describe('posting', () => {
  test('the same clientActivityID twice is one turn and one answer', async () => {
    const mine = await open()
    const [first, again] = [await post(mine, say('Hej', 'a')), await post(mine, say('Hej', 'a'))]
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.body).toEqual(first.body)
    expect(heard(mine.id)).toEqual(['start', 'Hej'])
  })

  test('the same clientActivityID in two conversations is two turns', async () => {
    const [mine, other] = [await open(), await open()]
    await post(mine, say('Hej', 'a'))
    await post(other, say('Hallo', 'a'))
    expect([heard(mine.id), heard(other.id)]).toEqual([
      ['start', 'Hej'],
      ['start', 'Hallo'],
    ])
  })

  test('times and events of the client change nothing', async () => {
    const mine = await open()
    await post(mine, { ...say('Hej'), timestamp: '2000-01-01T00:00:00Z', channelData: { opgang: { origin: { area: 'x' } } } })
    expect((await post(mine, { type: 'event', name: 'taken' })).status).toBe(200)
    expect((await post(mine, { type: 'event', name: 'start' })).status).toBe(200)
    expect((await post(mine, { type: 'typing' })).status).toBe(200)
    expect(heard(mine.id)).toEqual(['start', 'Hej'])
    const { event } = chat.store.of(mine.id)[1] ?? {}
    expect(event).not.toHaveProperty('sentAt')
    expect(event).not.toHaveProperty('origin')
  })

  test.each([
    ['not JSON', '{"type":', 400, 'BadSyntax'],
    ['too long a text', say('x'.repeat(2001)), 400, 'BadArgument'],
    ['empty', say('\u0000'), 400, 'MissingProperty'],
    ['unknown type', { type: 'invoke' }, 400, 'BadArgument'],
    ['oversize', say('x'.repeat(65 * 1024)), 413, 'MessageSizeTooBig'],
  ])('refused: %s', async (_name, body, status, code) => {
    const mine = await open()
    expect(await post(mine, body)).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(/\.$/) } } })
    expect(heard(mine.id)).toEqual(['start'])
  })

  test('another content type is refused', async () => {
    const mine = await open()
    const headers = { 'Content-Type': 'text/plain' }
    const path = `/directline/conversations/${mine.id}/activities`
    const answer = await chat.call('POST', path, { token: mine.token, body: say('Hej'), headers })
    expect(answer).toMatchObject({ status: 415, body: { error: { code: 'UnsupportedMediaType' } } })
  })

  test('an upload is refused with the reason', async () => {
    const { id, token } = await open()
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' }
    const answer = await chat.call('POST', `/directline/conversations/${id}/upload?userId=me`, { token, body: '--x', headers })
    expect(answer).toMatchObject({ status: 415, body: { error: { message: expect.stringContaining('Attachments cannot be received') } } })
  })
})

describe('reading', () => {
  test('activities behind the watermark, page by page', async () => {
    const { id, token } = await open()
    for (let n = 1; n <= 60; n += 1) {
      chat.store.commit(`web:${id}`, { type: 'message', id: `web:${id}:${n}`, at: 0, text: String(n) })
    }
    const read = async (watermark: string) => {
      const { body } = await chat.call('GET', `/directline/conversations/${id}/activities?watermark=${watermark}`, { token })
      return body as unknown as { activities: { text: string }[]; watermark: string }
    }
    const first = await read('')
    const second = await read(first.watermark)
    const third = await read(second.watermark)
    const texts = [...first.activities, ...second.activities].map(({ text }) => text)
    expect(texts).toEqual(['Velkommen', ...Array.from({ length: 60 }, (_, n) => [`${n + 1}`, `ekko: ${n + 1}`, 'mere?']).flat()])
    expect(third).toEqual({ activities: [], watermark: second.watermark })
  })

  test.each(['garbage', '999999.0', '-1'])('watermark %s reads from the beginning', async (watermark) => {
    const { id, token } = await open()
    const { body } = await chat.call('GET', `/directline/conversations/${id}/activities?watermark=${watermark}`, { token })
    expect(body['activities']).toMatchObject([{ text: 'Velkommen' }])
  })

  test('reconnecting gives a token and a stream behind the watermark', async () => {
    const { id, token } = await open()
    chat.time.advance(MINUTE)
    const { status, body } = await chat.call('GET', `/directline/conversations/${id}?watermark=1.1`, { token })
    expect(status).toBe(200)
    expect(body['token']).not.toBe(token)
    expect(body['streamUrl']).toContain('/stream?watermark=1.1&t=')
  })

  test('a conversation that does not exist, and an address that is none', async () => {
    const token = issueToken('nowhere', keys, chat.time.now())
    const gone = await chat.call('GET', '/directline/conversations/nowhere', { token })
    expect(gone).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } })
    expect(await chat.call('GET', '/v3/directline/x')).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } })
  })

  test('the session id that clients ask for', async () => {
    const { id, token } = await open()
    expect((await chat.call('GET', '/directline/session/getsessionid', { token })).body).toEqual({ sessionId: id })
  })
})

describe('limits', () => {
  test('thirty messages at once, then one each two seconds; typing is not counted', async () => {
    const mine = await open()
    for (let n = 0; n < 30; n += 1) expect((await post(mine, say('x'))).status).toBe(200)
    const refused = await post(mine, say('x'))
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'TooManyRequests' } } })
    expect(refused.headers.get('Retry-After')).toBe('2')
    expect((await post(mine, { type: 'typing' })).status).toBe(200)
    expect((await post(await open(), say('x'))).status).toBe(200)
    chat.time.advance(2000)
    expect((await post(mine, say('x'))).status).toBe(200)
  })

  test('sixty new conversations a minute from one address, by whichever door', async () => {
    const doors = ['/directline/conversations', '/directline/tokens/generate', '/directline/session']
    for (let n = 0; n < 60; n += 1) expect((await chat.call('POST', doors[n % 3] ?? '')).status).toBeLessThan(300)
    for (const door of doors) expect((await chat.call('POST', door)).status).toBe(429)
    chat.time.advance(1000)
    expect((await chat.call('POST', '/directline/conversations')).status).toBe(201)
  })

  test('six hundred posts a minute from one address', async () => {
    const mine = await open()
    for (let n = 0; n < 600; n += 1) await post(mine, { type: 'typing' })
    expect((await post(mine, { type: 'typing' })).status).toBe(429)
  })
})

test('without its store the chat says when to come again, and the same post is then one turn', async () => {
  const mine = await open()
  chat.store.down = true
  const refused = await post(mine, say('Hej', 'a'))
  expect(refused).toMatchObject({ status: 503, body: { error: { code: 'ServiceUnavailable' } } })
  expect(refused.headers.get('Retry-After')).toBe('2')
  chat.store.down = false
  expect((await post(mine, say('Hej', 'a'))).status).toBe(200)
  expect(heard(mine.id)).toEqual(['start', 'Hej'])
})

test('what breaks is answered and logged without a word of the person', async () => {
  const mine = await open()
  chat.store.exists = async () => {
    throw new TypeError('secret words')
  }
  const answer = await chat.call('GET', `/directline/conversations/${mine.id}`, { token: mine.token })
  expect(answer).toMatchObject({ status: 500, body: { error: { code: 'ServiceError' } } })
  expect(JSON.stringify([answer.body, chat.logged])).not.toContain('secret')
  expect(chat.logged).toContainEqual(['direct line request failed', { error: 'TypeError' }])
})

describe('other origins', () => {
  const preflight = (origin: string) => {
    return chat.call('OPTIONS', '/directline/conversations', { headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' } })
  }

  test('none is allowed by default', async () => {
    const { headers } = await preflight('https://other.example')
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('a configured one may, the others still may not', async () => {
    const allowing = await startWebChat({ allowedOrigins: ['https://area.example'] })
    const headersFor = async (method: string, origin: string) => {
      return (await allowing.call(method, '/directline/conversations', { headers: { Origin: origin } })).headers
    }
    const [asked, opened, other] = [
      await headersFor('OPTIONS', 'https://area.example'),
      await headersFor('POST', 'https://area.example'),
      await headersFor('OPTIONS', 'https://area.example.evil'),
    ]
    await allowing.close()
    expect(asked.get('Access-Control-Allow-Origin')).toBe('https://area.example')
    expect(asked.get('Access-Control-Allow-Headers')).toContain('authorization')
    expect(asked.get('Access-Control-Allow-Credentials')).toBeNull()
    expect(opened.get('Access-Control-Allow-Origin')).toBe('https://area.example')
    expect(other.get('Access-Control-Allow-Origin')).toBeNull()
  })
})

test('a public address is what streams are at', async () => {
  const published = await startWebChat({ publicUrl: 'https://opgang.example/' })
  const { body } = await published.call('POST', '/v3/directline/conversations')
  await published.close()
  expect(body['streamUrl']).toMatch(/^wss:\/\/opgang\.example\/v3\/directline\/conversations\/[^/]+\/stream\?/)
})

test('a request whose Host is not a host breaks nothing', async () => {
  const status = await new Promise((resolve) => {
    const asked = httpRequest(
      `${chat.origin}/directline/session`,
      { method: 'POST', headers: { Host: 'a b<>', Origin: 'null' } },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    asked.end()
  })
  expect(status).toBe(403)
})
