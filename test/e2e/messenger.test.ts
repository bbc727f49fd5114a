/** Messenger against the running product, on every store: signed requests in, Send API requests out, the log in between. */
import { createHmac } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { becomes } from '../becomes.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { eventually, type Product, runCommand, startProduct } from './product.js'
import { dropDatabases, FIRST_STORE, storedText } from './stores.js'

const FIXTURES = join(import.meta.dirname, '../fixtures/messenger')
const index = JSON.parse(readFileSync(join(FIXTURES, 'index.json'), 'utf8')) as {
  secret: string
  verifyToken: string
  pages: string[]
  appId: string
}
const [PAGE = ''] = index.pages
const PERSON = '7412365890123456'

let dir: string
let graph: GraphStub
let product: Product
let environment: Record<string, string>

interface Case {
  request: {
    method: string
    raw_body: string
    headers: Record<string, string>
    query?: Record<string, string>
    form?: Record<string, string>
  }
  expect: { http_status: number | number[] }
}
function cases(folder: string): [string, Case][] {
  return readdirSync(join(FIXTURES, folder)).map((name) => [name, JSON.parse(readFileSync(join(FIXTURES, folder, name), 'utf8')) as Case])
}

async function post(body: string | ArrayBuffer, headers: Record<string, string>): Promise<number> {
  const response = await fetch(`${product.url}/webhooks/messenger`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  await response.arrayBuffer()
  return response.status
}
function signed(body: string): Promise<number> {
  return post(body, { 'x-hub-signature-256': signatureOf(body) })
}
/** As Meta does: what a busy computer cannot store in time comes again. */
function tell(body: string): Promise<void> {
  return becomes(() => signed(body), 200)
}
function signatureOf(body: string): string {
  return `sha256=${createHmac('sha256', index.secret).update(body).digest('hex')}`
}
let stamp = 1795400000000
function message(user: string, message: object, more: { timestamp?: number; page?: string } = {}): string {
  const { timestamp = (stamp += 1000), page = PAGE } = more
  return JSON.stringify({
    object: 'page',
    entry: [{ id: page, time: timestamp, messaging: [{ sender: { id: user }, recipient: { id: page }, timestamp, message }] }],
  })
}
function textsTo(user: string): string[] {
  return graph
    .messages()
    .filter(({ body }) => (body['recipient'] as { id: string }).id === user)
    .map(({ body }) => (body['message'] as { text: string }).text)
}
interface Row {
  conversation: string
  seq: number
  channel: string
  language: string
  event: { id: string; type: string; text: string }
  effects: { type: string }[]
}
async function log(): Promise<Row[]> {
  const { stdout, code } = await runCommand('cli/log', ['--json'], environment)
  expect(code).toBe(0)
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)
}
/** Connections that are open before they are used: what is written first arrives first. */
async function openLines(count: number): Promise<(body: string) => Promise<number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: count })
  const ask = (path: string, body: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const outgoing = request(`${product.url}${path}`, { agent, method: body === '' ? 'GET' : 'POST', headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      })
      outgoing.on('error', reject).end(body)
    })
  await Promise.all(Array.from({ length: count }, () => ask('/healthz', '', {})))
  return (body) => ask('/webhooks/messenger', body, { 'x-hub-signature-256': signatureOf(body) })
}

afterAll(dropDatabases)

describe.each(FIRST_STORE)('on %s', (_, makeStore) => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'opgang-e2e-'))
    graph = await startGraphStub({ appSecret: index.secret, appId: index.appId })
    environment = {
      DATA_DIR: dir,
      MESSENGER_PAGES: index.pages.map((page) => `${page}=token-of-${page}`).join(','),
      MESSENGER_APP_ID: index.appId,
      MESSENGER_APP_SECRET: index.secret,
      MESSENGER_VERIFY_TOKEN: index.verifyToken,
      GRAPH_API_URL: graph.url,
      ...makeStore(),
    }
    product = await startProduct(dir, environment)
  })
  afterAll(async () => {
    await product.stop()
    await graph.close()
    rmSync(dir, { recursive: true })
  })

  test.each(cases('webhook'))('%s is answered 200, twice', async (_, { request }) => {
    // As Meta does: what a busy start cannot store in time comes again.
    for (let times = 0; times < 2; times++) await becomes(() => post(request.raw_body, request.headers), 200)
  })

  test("what was posted twice is one turn, with the platform's message id", async () => {
    const rows = await log()
    const bodies = cases('webhook').map(([, { request }]) => request.raw_body)
    const mids = new Set(bodies.flatMap((body) => [...body.matchAll(/"mid":"(m_[^"]+)"/g)].map(([, mid = '']) => mid)))
    for (const mid of mids) expect(rows.filter(({ event }) => event.id.includes(mid)).length).toBeLessThanOrEqual(1)
    expect(rows.filter(({ event }) => event.type === 'message' && event.text.startsWith('Hej, hvad må min søn'))).toHaveLength(1)
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1))
  })

  test('a reply is a correct Send API request', () => {
    const [first] = graph.messages()
    expect(first).toMatchObject({
      method: 'POST',
      path: `/v26.0/${PAGE}/messages`,
      body: {
        recipient: { id: PERSON },
        messaging_type: 'RESPONSE',
        message: { text: expect.stringContaining('Jeg svarer automatisk'), metadata: expect.stringMatching(/^[\w-]{22}\.\d+$/) },
      },
    })
    expect(first?.headers.authorization).toBe(`Bearer token-of-${PAGE}`)
  })

  test.each([...cases('webhook-reject')])('%s is refused and answered never', async (_, { request }) => {
    const before = graph.messages().length
    expect(await post(request.raw_body, request.headers)).toBe(401)
    expect(graph.messages()).toHaveLength(before)
  })

  test.each(cases('verify'))('%s', async (_, { request, expect: wanted }) => {
    const response = await fetch(`${product.url}/webhooks/messenger?${new URLSearchParams(request.query)}`)
    expect(response.status).toBe(wanted.http_status)
    const body = await response.text()
    expect(body === request.query?.['hub.challenge']).toBe(wanted.http_status === 200)
  })

  test('a body that is not ours to read is refused with the right status', async () => {
    expect(await post('{}', {})).toBe(401)
    expect(await signed('not json')).toBe(400)
    expect(await signed(JSON.stringify({ object: 'instagram', entry: [] }))).toBe(404)
    expect(await post(new ArrayBuffer(5 * 1024 * 1024 + 1), {})).toBe(413)
    expect(
      await signed(
        JSON.stringify({ object: 'page', entry: [null, 1, { messaging: [{}, null, { sender: { id: 5 } }] }, { changes: [{}] }] }),
      ),
    ).toBe(200)
  })

  test('Arabic is chosen, the menu comes in Arabic, and a tapped button is followed by its payload', async () => {
    const user = '9000000000000001'
    await tell(message(user, { mid: 'm_ar_1', text: 'العربية' }))
    await eventually(() => textsTo(user).length >= 2)
    const menu = graph
      .messages()
      .filter(({ body }) => (body['recipient'] as { id: string }).id === user)
      .at(-1)
    const replies = (menu?.body['message'] as { quick_replies: { title: string; payload: string }[] } | undefined)?.quick_replies ?? []
    expect(replies.every(({ title }) => [...new Intl.Segmenter().segment(title)].length <= 20)).toBe(true)
    const before = textsTo(user).length
    await tell(message(user, { mid: 'm_ar_2', text: 'whatever the phone shows', quick_reply: { payload: replies[0]?.payload } }))
    await eventually(() => textsTo(user).length > before)
    const rows = (await log()).filter(({ conversation }) => conversation.endsWith(user))
    expect(rows.map(({ language, event }) => [language, event.type])).toEqual([
      ['ar', 'message'],
      ['ar', 'tap'],
    ])
    const tampered = `${replies[0]?.payload.slice(0, -3)}AAA`
    await tell(message(user, { mid: 'm_ar_3', text: 'x', quick_reply: { payload: tampered } }))
    await eventually(() => textsTo(user).length > before + 2)
    expect(textsTo(user).at(-1)).toBe(textsTo(user).at(1))
  })

  test('messages 5 ms apart are answered in order, 60 of 60', async () => {
    const users = Array.from({ length: 60 }, (_, at) => `91000000000000${String(at).padStart(2, '0')}`)
    const send = await openLines(2)
    for (const user of users) {
      const first = send(message(user, { mid: `m_${user}_a`, text: 'dansk' }, { timestamp: 1795500000000 }))
      await new Promise((resolve) => setTimeout(resolve, 5))
      const second = send(message(user, { mid: `m_${user}_b`, text: 'hjælp' }, { timestamp: 1795500000005 }))
      expect(await Promise.all([first, second])).toEqual([200, 200])
    }
    await eventually(() => users.every((user) => textsTo(user).length >= 3))
    const [, menu, help] = textsTo(users[0] ?? '')
    expect(users.filter((user) => textsTo(user)[1] === menu && textsTo(user)[2] === help)).toHaveLength(60)
  })

  test('a person in the inbox silences the bot until the thread comes back', async () => {
    const user = '9200000000000001'
    await tell(message(user, { mid: 'm_s1', text: 'dansk' }))
    await eventually(() => textsTo(user).length >= 2)
    const echo = {
      sender: { id: PAGE },
      recipient: { id: user },
      timestamp: (stamp += 1000),
      message: { mid: 'm_s2', is_echo: true, app_id: 263902037430900, text: 'Hej fra kontorets kaktus' },
    }
    await tell(JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: stamp, messaging: [echo] }] }))
    const before = textsTo(user).length
    await tell(message(user, { mid: 'm_s3', text: 'hjælp' }))
    await tell(message(user, { mid: 'm_s4', text: 'menu' }))
    const { code, stdout } = await runCommand('cli/conversations', ['resume', `messenger:${PAGE}:${user}`], environment)
    expect([code, stdout]).toEqual([0, 'The bot answers again.\n'])
    expect(textsTo(user)).toHaveLength(before)
    await tell(message(user, { mid: 'm_s5', text: 'hjælp' }))
    await eventually(() => textsTo(user).length > before)
    const stored = await storedText(environment)
    expect([stored.includes(user), stored.includes('kaktus')]).toEqual([true, false])
  })

  test('the data deletion callback answers what Meta asks, with an honest page', async () => {
    const [payload] = [
      Buffer.from(
        JSON.stringify({ algorithm: 'HMAC-SHA256', user_id: '10223344556677889', issued_at: Math.floor(Date.now() / 1000) }),
      ).toString('base64url'),
    ]
    const signature = createHmac('sha256', index.secret)
      .update(payload ?? '')
      .digest('base64url')
    const ask = () =>
      fetch(`${product.url}/webhooks/messenger/data-deletion`, {
        method: 'POST',
        body: new URLSearchParams({ signed_request: `${signature}.${payload}` }),
      })
    const answer = (await (await ask()).json()) as { url: string; confirmation_code: string }
    expect(await (await ask()).json()).toEqual(answer)
    const page = await (await fetch(`${product.url}${new URL(answer.url).pathname}`)).text()
    expect(page).toContain(answer.confirmation_code)
    expect(page).toContain('slet mig')
    const forged = await fetch(`${product.url}/webhooks/messenger/data-deletion`, {
      method: 'POST',
      body: new URLSearchParams({ signed_request: `x.${payload}` }),
    })
    expect(forged.status).toBe(400)
  })

  test('an answer that was cut off by a crash goes out after the restart, once', async () => {
    const user = '9300000000000001'
    graph.answerWith((request) => ((request.body['recipient'] as { id: string } | undefined)?.id === user ? 'hang' : undefined))
    await tell(message(user, { mid: 'm_k1', text: 'dansk' }))
    await eventually(() => textsTo(user).length === 1)
    await product.kill()
    const [cut] = graph.messages().filter(({ body }) => (body['recipient'] as { id: string }).id === user)
    graph.answerWith(() => undefined)
    product = await startProduct(dir, environment)
    // The cut message did arrive at Meta: its echo comes to the new process, so it is not sent again.
    const metadata = (cut?.body['message'] as { metadata: string } | undefined)?.metadata ?? ''
    await becomes(() => graph.echo(`${product.url}/webhooks/messenger`, { mid: 'm_late', metadata, page: PAGE, user }), 200)
    await tell(message(user, { mid: 'm_k1', text: 'dansk' }))
    // Where others may live, 15 s of stillness tell that the killed one does not.
    await eventually(() => textsTo(user).length >= 2, 40_000)
    expect(textsTo(user).filter((text) => text === textsTo(user)[0])).toHaveLength(1)
  })

  test("the program's own log holds no words of people and no secret", () => {
    const lines = product.output.join('\n')
    for (const secret of ['hjælp', 'token-of', index.secret, 'søn']) expect(lines).not.toContain(secret)
  })
})
