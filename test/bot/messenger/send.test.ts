import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { SendOrder } from '../../../src/app/ports.js'
import { createBot } from '../../../src/bot/bot.js'
import type { MessengerAdapter } from '../../../src/bot/messenger/messenger-adapter.js'
import type { MessengerConfig } from '../../../src/bot/messenger/messenger-config.js'
import { MessengerSender } from '../../../src/bot/messenger/send.js'
import { handleWebhook } from '../../../src/bot/messenger/webhook.js'
import type { Event, Outbound } from '../../../src/core/types.js'
import { type GraphStub, type StubAnswer, startGraphStub } from '../../graph-stub.js'
import { APP, AT, cases, config, keys, newAdapter, PAGE, recordingLog, USER } from './messenger-test-kit.js'

const HOUR = 3_600_000
/** Far above any answer of the stub; short where the stub never answers. */
const TIMEOUT_MS = 10_000
const SHORT_MS = 100
let stub: GraphStub
let now: number
let sender: MessengerSender
let adapter: MessengerAdapter
let log: ReturnType<typeof recordingLog>
let heard: Event[]

function build(settings: Partial<MessengerConfig> = {}, timeoutMs = TIMEOUT_MS): void {
  log = recordingLog()
  heard = []
  const full = { ...config, graphApiUrl: stub.url, ...settings }
  const receive = async (_: unknown, event: Event) => {
    heard.push(event)
    return 'committed' as const
  }
  adapter = newAdapter({ config: full, log, now: () => now, timeoutMs, bot: createBot(receive, keys, () => now) })
  sender = new MessengerSender({ adapter, config: full, keys, log, now: () => now })
}

function order(message: Partial<Outbound> = {}, more: Partial<SendOrder> = {}): SendOrder {
  const conversation = {
    _id: 'c',
    version: 1,
    contact: 'k',
    channel: 'messenger',
    account: PAGE,
    user: USER,
    createdAt: AT,
    device: '',
  } as const
  return { conversation, message: { text: 'Hej!', language: 'da', ...message }, messageId: 'Turn.0', revision: 'r1', openedAt: AT, ...more }
}

function from(user: string): SendOrder['conversation'] {
  return { ...order().conversation, user }
}

const failing = (code: number, subcode?: number): StubAnswer => ({
  status: 400,
  body: { error: { code, error_subcode: subcode, message: 'm' } },
})
const texts = () => stub.messages().map(({ body }) => (body['message'] as { text: string }).text)

beforeAll(async () => {
  stub = await startGraphStub()
})
afterAll(() => stub.close())
beforeEach(() => {
  now = AT + 1000
  build()
})
afterEach(() => {
  stub.answerWith(() => undefined)
  ;(stub.requests as unknown[]).length = 0
})

describe('a message', () => {
  test('goes to the page as Meta asks, with the token in a header and proof of the secret', async () => {
    expect(await sender.send(order())).toEqual({ outcome: 'sent', platformId: 'm_stub_1' })
    const [request] = stub.requests
    const token = config.pages.get(PAGE) ?? ''
    expect(request).toMatchObject({ method: 'POST', path: `/v26.0/${PAGE}/messages` })
    expect(request?.body).toEqual({ recipient: { id: USER }, messaging_type: 'RESPONSE', message: { text: 'Hej!', metadata: 'Turn.0' } })
    expect(request?.headers.authorization).toBe(`Bearer ${token}`)
    expect([...(request?.query ?? [])]).toEqual([['appsecret_proof', createHmac('sha256', APP.secret).update(token).digest('hex')]])
  })

  test.each(
    cases<{
      request: {
        body: { message: { text?: string; metadata?: string; quick_replies?: { title: string }[]; attachment?: object }; tag?: string }
      }
    }>('send-request').filter(([, { request }]) => request.body.message.text),
  )('has the form of %s', async (_, { request }) => {
    const { text = '', metadata = 'Turn.0', quick_replies: replies } = request.body.message
    const quickReplies = replies?.map(({ title }) => ({ title, action: { do: 'command', command: 'menu' } as const }))
    build({ humanAgent: true })
    const late = request.body.tag === undefined ? {} : { openedAt: now - 25 * HOUR }
    await sender.send(
      order(
        { text, byPerson: request.body.tag !== undefined, ...(quickReplies ? { quickReplies } : {}) },
        { messageId: metadata, ...late },
      ),
    )
    const message = {
      ...request.body.message,
      metadata,
      ...(replies ? { quick_replies: replies.map((reply) => ({ ...reply, payload: expect.any(String) })) } : {}),
    }
    expect(stub.requests[0]?.body).toEqual({ ...request.body, message })
  })

  test('in parts is sent in order and confirmed by its last', async () => {
    const text = `${'a'.repeat(1999)}. ${'b'.repeat(1999)}. c`
    expect(await sender.send(order({ text }))).toEqual({ outcome: 'sent', platformId: 'm_stub_3' })
    expect(stub.messages().map(({ body }) => (body['message'] as { metadata: string }).metadata)).toEqual([
      'Turn.0/0',
      'Turn.0/1',
      'Turn.0',
    ])
  })

  test('that is empty is refused without asking Meta', async () => {
    expect(await sender.send(order({ text: '' }))).toEqual({ outcome: 'refused', reason: 'permanent' })
    expect(stub.requests).toEqual([])
  })

  test('of a page without a token waits', async () => {
    const conversation = { ...order().conversation, account: '999' }
    expect(await sender.send(order({}, { conversation }))).toEqual({ outcome: 'later', reason: 'config', notBefore: now + 300_000 })
  })
})

describe('the window', () => {
  test.each([
    ['closed for the bot', false, true, 25 * HOUR, undefined],
    ['open for a person under the tag', true, true, 25 * HOUR, 'HUMAN_AGENT'],
    ['closed for a person without the feature', true, false, 25 * HOUR, undefined],
    ['closed for a person after 7 days', true, true, 7 * 24 * HOUR, undefined],
  ])('%s', async (_, byPerson, humanAgent, age, tag) => {
    build({ humanAgent })
    const outcome = await sender.send(order({ byPerson }, { openedAt: now - age }))
    if (tag === undefined) expect([outcome, stub.requests.length]).toEqual([{ outcome: 'refused', reason: 'window_closed' }, 0])
    else expect(stub.requests[0]?.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag })
  })

  test('the tag is never used inside it', async () => {
    build({ humanAgent: true })
    await sender.send(order({ byPerson: true }))
    expect(stub.requests[0]?.body).toMatchObject({ messaging_type: 'RESPONSE' })
    expect(stub.requests[0]?.body).not.toHaveProperty('tag')
  })
})

describe('an error of Meta', () => {
  const expected: Readonly<Record<string, object>> = {
    config: { outcome: 'later', reason: 'config' },
    circuit_open: { outcome: 'later', reason: 'circuit' },
    permanent: { outcome: 'refused', reason: 'window_closed' },
    handoff: { outcome: 'refused', reason: 'thread_owned' },
    recipient_unavailable: { outcome: 'refused', reason: 'recipient_unavailable' },
    retry: { outcome: 'later', reason: 'retry' },
    unknown_outcome: { outcome: 'unknown' },
  }
  test.each(cases<{ response: { http_status?: number; body?: object }; expect: { class: string } }>('send-error'))(
    '%s',
    async (_, { response, expect: wanted }) => {
      if (response.body === undefined) build({}, SHORT_MS)
      stub.answerWith(() => (response.body === undefined ? 'hang' : { status: response.http_status ?? 400, body: response.body }))
      expect(await sender.send(order())).toMatchObject(expected[wanted.class] ?? { outcome: 'a class without a row' })
    },
  )

  test.each<[string, StubAnswer]>([
    ['HTML of a server between us', { status: 502, body: '<html>' }],
    ['an empty answer', { status: 200, body: '' }],
    ['no answer in time', 'hang'],
    ['a connection cut after the request', 'reset'],
    ['a connection cut inside the answer', 'half'],
    ['a redirect', { status: 302, body: '', headers: { location: 'http://127.0.0.1:9/' } }],
  ])('%s leaves it unknown', async (_, answer) => {
    if (answer === 'hang') build({}, SHORT_MS)
    stub.answerWith(() => answer)
    expect(await sender.send(order())).toEqual({ outcome: 'unknown', reason: 'unknown' })
    expect(stub.requests.length).toBe(1)
  })

  test('a server that is not there was given nothing', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    build({ graphApiUrl: `http://127.0.0.1:${port}/v26.0` })
    expect(await sender.send(order())).toEqual({ outcome: 'later', reason: 'retry', notBefore: now + 750 })
    expect(await sender.send(order())).toEqual({ outcome: 'later', reason: 'retry', notBefore: now + 1500 })
  })

  test('neither words nor tokens nor people are logged', async () => {
    for (const code of [190, 2, 551, 368, 100]) {
      build()
      stub.answerWith(() => failing(code))
      await sender.send(order({ text: 'hemmelige ord' }))
      expect(log.lines.length).toBeGreaterThan(0)
      expect(JSON.stringify(log.lines)).not.toMatch(new RegExp(`hemmelige|${config.pages.get(PAGE)}|${USER}|${APP.secret}`))
    }
  })

  test('a pause before a try doubles, and 1/99 is given up after three', async () => {
    stub.answerWith(() => failing(1, 99))
    const pauses: unknown[] = []
    for (let times = 0; times < 4; times++) {
      const outcome = await sender.send(order())
      pauses.push(outcome.outcome === 'later' ? outcome.notBefore - now : outcome)
    }
    expect(pauses).toEqual([750, 1500, 3000, { outcome: 'refused', reason: 'permanent' }])
  })

  test('a bad token stops the page, says so once, keeps the messages, and one probe resumes it', async () => {
    stub.answerWith(() => failing(190, 460))
    await sender.send(order())
    await sender.send(order({}, { messageId: 'Turn.1', conversation: from('2') }))
    expect([stub.requests.length, log.lines.filter(({ level }) => level === 'error').length]).toEqual([1, 1])
    stub.answerWith(() => undefined)
    now += 300_000
    expect(await sender.send(order())).toMatchObject({ outcome: 'sent' })
    expect(await sender.send(order({}, { messageId: 'Turn.1', conversation: from('2') }))).toMatchObject({ outcome: 'sent' })
  })

  test('another page is not held by it', async () => {
    stub.answerWith(({ page }) => (page === PAGE ? failing(368) : undefined))
    await sender.send(order())
    const conversation = { ...order().conversation, account: APP.pages[1] ?? '' }
    expect(await sender.send(order({}, { conversation }))).toMatchObject({ outcome: 'sent' })
  })

  test('613/2018338 cools down one person only', async () => {
    stub.answerWith(({ body }) => ((body['recipient'] as { id: string }).id === USER ? failing(613, 2018338) : undefined))
    expect(await sender.send(order())).toEqual({ outcome: 'later', reason: 'cool_down', notBefore: now + 60_000 })
    expect(await sender.send(order({}, { conversation: from('2') }))).toMatchObject({ outcome: 'sent' })
  })

  test('when another app has the thread the bot hears that it is taken', async () => {
    stub.answerWith(() => failing(10, 2018300))
    await sender.send(order())
    expect(heard).toEqual([{ id: `owned:${PAGE}:Turn.0`, at: now, type: 'control', control: 'taken', by: 'app' }])
  })

  test('a page near its limit is slowed', async () => {
    stub.answerWith(() => ({
      status: 200,
      body: { message_id: 'm' },
      headers: { 'x-business-use-case-usage': `{"${PAGE}":[{"type":"messenger","call_count":96}]}` },
    }))
    const outcomes: string[] = []
    for (let user = 0; user < 5; user++) outcomes.push((await sender.send(order({}, { conversation: from(String(user)) }))).outcome)
    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'sent', 'later'])
  })
})

describe('a message in parts that breaks off', () => {
  const text = `${'a'.repeat(1999)}. ${'b'.repeat(1999)}. c`

  test('goes on with the part that failed', async () => {
    stub.answerWith((_, index) => (index === 1 ? failing(2) : undefined))
    expect(await sender.send(order({ text }))).toMatchObject({ outcome: 'later' })
    expect(await sender.send(order({ text }))).toMatchObject({ outcome: 'sent' })
    expect(texts().map((part) => part[0])).toEqual(['a', 'b', 'b', 'c'])
  })

  test('leaves out a part whose echo came', async () => {
    stub.answerWith((_, index) => (index === 1 ? 'reset' : undefined))
    expect(await sender.send(order({ text }))).toMatchObject({ outcome: 'unknown' })
    adapter.noteEcho('Turn.0', 1)
    expect(await sender.send(order({ text }))).toMatchObject({ outcome: 'sent' })
    expect(texts().map((part) => part[0])).toEqual(['a', 'b', 'c'])
  })
})

describe('beside messages', () => {
  test('read mark and typing are calls of their own that never fail', async () => {
    await adapter.showTyping(USER, PAGE)
    expect(stub.requests.map(({ body }) => body)).toEqual(
      ['mark_seen', 'typing_on'].map((action) => ({ recipient: { id: USER }, sender_action: action })),
    )
    stub.answerWith(() => 'reset')
    await expect(adapter.showTyping(USER, PAGE)).resolves.toBeUndefined()
    await expect(adapter.showTyping(USER, 'unknown')).resolves.toBeUndefined()
  })

  test('Meta blocks and unblocks a page', async () => {
    adapter.notePolicy(PAGE, 'block')
    expect([(await sender.send(order())).outcome, stub.requests.length, log.lines[0]?.level]).toEqual(['later', 0, 'error'])
    adapter.notePolicy(PAGE, 'unblock')
    expect(await sender.send(order())).toMatchObject({ outcome: 'sent' })
  })

  test('Bot Framework may continue a conversation and send through its context', async () => {
    const reference = { channelId: 'facebook', serviceUrl: '', conversation: { id: USER }, user: { id: USER }, bot: { id: PAGE } } as never
    await adapter.continueConversation(reference, async (context) => void (await context.sendActivity('Hej')))
    expect(stub.requests[0]).toMatchObject({ page: PAGE, body: { recipient: { id: USER }, message: { text: 'Hej' } } })
    await expect(adapter.updateActivity()).rejects.toThrow('cannot change')
    await expect(adapter.deleteActivity()).rejects.toThrow('cannot take back')
  })
})

test('the echo of a message comes back over the webhook and confirms it', async () => {
  const echoes: [string, string][] = []
  let arrived = () => {}
  const came = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const noteEcho = async (messageId: string, platformId: string) => {
    echoes.push([messageId, platformId])
    arrived()
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const signature = request.headers['x-hub-signature-256'] as string | undefined
    const { status } = await handleWebhook(
      { body: Buffer.concat(chunks), signature },
      { config, adapter, languages: () => [], noteEcho, count: () => {}, log },
    )
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/messenger`
  const echoing = await startGraphStub({ webhook, appSecret: APP.secret, appId: APP.appId, now: () => now })
  build({ graphApiUrl: echoing.url })
  const outcome = await sender.send(order({ text: 'Rød grød 😀' }))
  await came
  expect(echoes).toEqual([['Turn.0', outcome.outcome === 'sent' ? outcome.platformId : '']])
  await echoing.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
