import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { createWebhook } from '../../../src/bot/messenger/webhook.js'
import { startGraphStub } from '../../graph-stub.js'
import { APP, cases, config, PAGE, USER } from './messenger-test-kit.js'
import { from, order, senderRig } from './sender-rig.js'

const HOUR = 3_600_000
const rig = senderRig()

describe('a message', () => {
  test('goes to the page as Meta asks, with the token in a header and proof of the secret', async () => {
    expect(await rig.sender.send(order())).toEqual({ outcome: 'sent', platformId: 'm_stub_1' })
    const [request] = rig.stub.requests
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
    rig.build({ humanAgent: true })
    const late = request.body.tag === undefined ? {} : { openedAt: rig.now - 25 * HOUR }
    await rig.sender.send(
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
    expect(rig.stub.requests[0]?.body).toEqual({ ...request.body, message })
  })

  test('in parts is sent in order and confirmed by its last', async () => {
    const text = `${'a'.repeat(1999)}. ${'b'.repeat(1999)}. c`
    expect(await rig.sender.send(order({ text }))).toEqual({ outcome: 'sent', platformId: 'm_stub_3' })
    expect(rig.stub.messages().map(({ body }) => (body['message'] as { metadata: string }).metadata)).toEqual([
      'Turn.0/0',
      'Turn.0/1',
      'Turn.0',
    ])
  })

  test('that is empty is refused without asking Meta', async () => {
    expect(await rig.sender.send(order({ text: '' }))).toEqual({ outcome: 'refused', reason: 'permanent' })
    expect(rig.stub.requests).toEqual([])
  })

  test('of a page without a token waits', async () => {
    const conversation = from(USER, '999')
    expect(await rig.sender.send(order({}, { conversation }))).toEqual({
      outcome: 'later',
      reason: 'config',
      notBefore: rig.now + 300_000,
      hold: 'message',
    })
  })
})

describe('the window', () => {
  test.each<[string, [boolean, boolean], number, string | undefined]>([
    ['closed for the bot', [false, true], 25 * HOUR, undefined],
    ['open for a person under the tag', [true, true], 25 * HOUR, 'HUMAN_AGENT'],
    ['closed for a person without the feature', [true, false], 25 * HOUR, undefined],
    ['closed for a person after 7 days', [true, true], 7 * 24 * HOUR, undefined],
  ])('%s', async (_, [byPerson, humanAgent], age, tag) => {
    rig.build({ humanAgent })
    const outcome = await rig.sender.send(order({ byPerson }, { openedAt: rig.now - age }))
    if (tag === undefined) expect([outcome, rig.stub.requests.length]).toEqual([{ outcome: 'refused', reason: 'window_closed' }, 0])
    else expect(rig.stub.requests[0]?.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag })
  })

  test('the tag is never used inside it', async () => {
    rig.build({ humanAgent: true })
    await rig.sender.send(order({ byPerson: true }))
    expect(rig.stub.requests[0]?.body).toMatchObject({ messaging_type: 'RESPONSE' })
    expect(rig.stub.requests[0]?.body).not.toHaveProperty('tag')
  })
})

describe('beside messages', () => {
  test('read mark and typing are calls of their own that never fail', async () => {
    await rig.adapter.showTyping(USER, PAGE)
    expect(rig.stub.requests.map(({ body }) => body)).toEqual(
      ['mark_seen', 'typing_on'].map((action) => ({ recipient: { id: USER }, sender_action: action })),
    )
    rig.stub.answerWith(() => 'reset')
    await expect(rig.adapter.showTyping(USER, PAGE)).resolves.toBeUndefined()
    await expect(rig.adapter.showTyping(USER, 'unknown')).resolves.toBeUndefined()
  })

  test('Meta blocks and unblocks a page', async () => {
    rig.adapter.notePolicy(PAGE, 'block')
    expect([(await rig.sender.send(order())).outcome, rig.stub.requests.length, rig.log.lines[0]?.level]).toEqual(['later', 0, 'error'])
    rig.adapter.notePolicy(PAGE, 'unblock')
    expect(await rig.sender.send(order())).toMatchObject({ outcome: 'sent' })
  })

  test('Bot Framework may continue a conversation and send through its context', async () => {
    const reference = { channelId: 'facebook', serviceUrl: '', conversation: { id: USER }, user: { id: USER }, bot: { id: PAGE } } as never
    await rig.adapter.continueConversation(reference, async (context) => void (await context.sendActivity('Hej')))
    expect(rig.stub.requests[0]).toMatchObject({ page: PAGE, body: { recipient: { id: USER }, message: { text: 'Hej' } } })
    await expect(rig.adapter.updateActivity()).rejects.toThrow('cannot change')
    await expect(rig.adapter.deleteActivity()).rejects.toThrow('cannot take back')
  })
})

test('the echo of a message comes back over the webhook and confirms it', async () => {
  const echoes: [string, string][] = []
  const noteEcho = async (messageId: string, platformId: string) => void echoes.push([messageId, platformId])
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const signature = request.headers['x-hub-signature-256'] as string | undefined
    const deps = { config, adapter: rig.adapter, languages: () => [], noteEcho, count: () => {}, log: rig.log }
    const { status } = await createWebhook(deps)({ body: Buffer.concat(chunks), signature })
    response.writeHead(status).end()
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/messenger`
  const echoing = await startGraphStub({ webhook, appSecret: APP.secret, appId: APP.appId, now: () => rig.now })
  try {
    rig.build({ graphApiUrl: echoing.url })
    const outcome = await rig.sender.send(order({ text: 'Rød grød 😀' }))
    expect(await echoing.echoed()).toEqual([200])
    expect(echoes).toEqual([['Turn.0', outcome.outcome === 'sent' ? outcome.platformId : '']])
  } finally {
    await echoing.close()
    server.closeAllConnections()
    server.close()
  }
})
