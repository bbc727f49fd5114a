/** The running product is told words, numbers and secrets in every shape; what it prints is searched for all of them. */
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { becomes } from '../becomes.js'
import { type GraphStub, type StubAnswer, startGraphStub } from '../graph-stub.js'
import { eventually, type Product, runCommand, startProduct } from './product.js'

const { secret, verifyToken, pages, appId } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/messenger/index.json'), 'utf8'),
) as { secret: string; verifyToken: string; pages: string[]; appId: string }
const [PAGE = ''] = pages

/** In everything that is said or sent. */
const WORD = 'Granatæble'
/** The word without its letter that encodings change, so that it is found in any of them. */
const FOUND = /granat|R3JhbmF0|dyYW5hd|HcmFuYX|6772616e6174/i
const CPR = '010203-1234'
const FOUND_CPR = /010203[-\s–]?1234/
const PAGE_TOKEN = 'EAAGpagetokenOfTheTests'
const METRICS_TOKEN = 'metrics-word-of-the-tests'
const TYPED_TOKEN = 'EAAGtokenThatSomebodyTyped'

interface Run {
  readonly dir: string
  readonly graph: GraphStub
  readonly product: Product
  readonly environment: Record<string, string>
  /** Tokens the product gave away. */
  readonly given: string[]
}

async function start(form: 'production' | 'development'): Promise<Run> {
  const dir = mkdtempSync(join(tmpdir(), 'opgang-words-'))
  const graph = await startGraphStub({ appSecret: secret, appId })
  const environment = {
    DATA_DIR: dir,
    NODE_ENV: form,
    LOG_LEVEL: 'debug',
    METRICS_TOKEN,
    MESSENGER_PAGES: `${PAGE}=${PAGE_TOKEN}`,
    MESSENGER_APP_ID: appId,
    MESSENGER_APP_SECRET: secret,
    MESSENGER_VERIFY_TOKEN: verifyToken,
    GRAPH_API_URL: graph.url,
  }
  return { dir, graph, environment, product: await startProduct(dir, environment), given: [] }
}

type Ask = (path: string, init?: RequestInit) => Promise<{ status: number; body: string }>
const asking =
  ({ product }: Run): Ask =>
  async (path, init) => {
    const response = await fetch(`${product.url}${path}`, init)
    return { status: response.status, body: await response.text() }
  }

let stamp = 1795400000000
function signed(ask: Ask, body: string, key = secret): Promise<{ status: number }> {
  const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
  return ask('/webhooks/messenger', { method: 'POST', body, headers: { 'x-hub-signature-256': signature } })
}
function batch(user: string, what: object, list: 'messaging' | 'standby' = 'messaging'): string {
  const event = { sender: { id: user }, recipient: { id: PAGE }, timestamp: (stamp += 1000), ...what }
  return JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: stamp, [list]: [event] }] })
}
const said = (mid: string, more: object) => ({ message: { mid, text: `${WORD} ${CPR} ${TYPED_TOKEN}`, ...more } })

const USER = '7412365890123456'
const EVENTS: readonly (readonly [name: string, body: string])[] = [
  ['a language', batch(USER, { message: { mid: 'm_1', text: 'dansk' } })],
  ['a message', batch(USER, said('m_2', {}))],
  ['a connection string', batch(USER, { message: { mid: 'm_2b', text: `mongodb://${WORD}:${TYPED_TOKEN}@db` } })],
  ['a tap with a title', batch(USER, said('m_3', { quick_reply: { payload: `${WORD} ${TYPED_TOKEN}` } }))],
  ['a postback', batch(USER, { postback: { mid: 'm_4', title: `${WORD} ${CPR}`, payload: `${WORD}${TYPED_TOKEN}` } })],
  ['an edit', batch(USER, { message_edit: { mid: 'm_2', text: `${WORD} rettet ${CPR}`, num_edit: 1 } })],
  ['what another app heard', batch(USER, said('m_5', {}), 'standby')],
  ['a sticker', batch(USER, said('m_6', { attachments: [{ type: 'image', payload: { sticker_id: 1, url: `https://x/${WORD}` } }] }))],
  [
    'an unknown attachment',
    batch(USER, said('m_7', { attachments: [{ type: WORD, title: WORD, payload: { url: `https://x/?token=${TYPED_TOKEN}` } }] })),
  ],
  ['a referral', batch(USER, { referral: { ref: `${WORD}-${CPR}`, source: WORD, type: WORD } })],
  ['a reaction', batch(USER, { reaction: { reaction: WORD, emoji: WORD, action: WORD, mid: 'm_2' } })],
  ['an unknown event', batch(USER, { [WORD]: { text: WORD } })],
  ['a policy matter', batch(USER, { policy_enforcement: { action: WORD, reason: `${WORD} ${CPR}` } })],
  ['a change of the feed', JSON.stringify({ object: 'page', entry: [{ id: PAGE, changes: [{ field: WORD, value: { message: WORD } }] }] })],
  ['a person who is a word', batch(WORD, said('m_8', {}))],
  ["a person in the page's inbox", batch(USER, said('m_9', { is_echo: true, app_id: 263902037430900, metadata: WORD }))],
]
const REFUSED: readonly (readonly [name: string, body: string])[] = [
  ['broken JSON', `{"object":"page","text":"${WORD} ${CPR}`],
  ['words instead of JSON', `${WORD} ${CPR} ${TYPED_TOKEN}`],
  ['another object', JSON.stringify({ object: WORD, text: CPR })],
]
const GRAPH_ANSWERS: readonly StubAnswer[] = [
  { status: 400, body: { error: { message: `${WORD} ${CPR} ${TYPED_TOKEN}`, type: WORD, code: 100, error_data: WORD, fbtrace_id: WORD } } },
  { status: 500, body: `<html>${WORD} ${CPR}</html>` },
  { status: 200, body: `{"text":"${WORD}` },
  { status: 302, body: '', headers: { location: `https://example.invalid/?access_token=${TYPED_TOKEN}` } },
  'half',
  'reset',
  // Last, because it stops the page.
  { status: 400, body: { error: { message: WORD, code: 190, error_user_msg: `${WORD} ${CPR}` } } },
]

async function overMessenger({ graph, product }: Run, ask: Ask): Promise<void> {
  // As Meta does: what a busy start cannot store in time comes again.
  for (const [name, body] of EVENTS) await becomes(async () => [name, (await signed(ask, body)).status], [name, 200])
  for (const [name, body] of REFUSED) expect([name, (await signed(ask, body)).status >= 400]).toEqual([name, true])
  expect((await signed(ask, batch(USER, said('m_10', {})), 'a wrong secret')).status).toBe(401)
  const wrong = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': `${TYPED_TOKEN}${WORD}`, 'hub.challenge': WORD })
  expect((await ask(`/webhooks/messenger?${wrong}`)).status).toBe(403)
  const forged = { method: 'POST', body: new URLSearchParams({ signed_request: `${WORD}.${TYPED_TOKEN}` }) }
  expect((await ask('/webhooks/messenger/data-deletion', forged)).status).toBe(400)
  for (const [at, answer] of GRAPH_ANSWERS.entries()) {
    const user = `930000000000000${at}`
    const askedBy = (id: string) => graph.messages().filter(({ body }) => (body['recipient'] as { id?: string }).id === id).length
    const asked = () => askedBy(user)
    graph.answerWith(({ body }) => ((body['recipient'] as { id?: string }).id === user ? answer : undefined))
    await signed(ask, batch(user, said(`m_g${at}`, {})))
    await eventually(() => asked() > 0)
    // Somebody else's message goes through: a page that is silent five times in a row would wait.
    await signed(ask, batch(`940000000000000${at}`, said(`m_w${at}`, {})))
    await eventually(() => askedBy(`940000000000000${at}`) > 0 || at === GRAPH_ANSWERS.length - 1)
  }
  await eventually(() => product.output.some((line) => line.includes('did not go out')))
}

async function overDirectLine(run: Run, ask: Ask): Promise<string> {
  const opened = JSON.parse((await ask('/v3/directline/conversations', { method: 'POST' })).body) as {
    conversationId: string
    token: string
  }
  const { conversationId: id, token } = opened
  run.given.push(token)
  const path = `/v3/directline/conversations/${id}/activities`
  const post = (body: string, more: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more } })
  const activity = (more: object) => JSON.stringify({ type: 'message', from: { id: WORD, name: WORD }, text: `${WORD} ${CPR}`, ...more })
  expect((await post(activity({}))).status).toBe(200)
  const shapes = [
    activity({ value: { text: WORD, secret: TYPED_TOKEN }, channelData: { clientActivityID: WORD, postBack: true } }),
    activity({ text: '', attachments: [{ contentType: WORD, name: WORD, contentUrl: `https://x/${WORD}`, content: CPR }] }),
    activity({ type: 'event', name: WORD, value: WORD }),
    activity({ type: WORD }),
    activity({ text: { [WORD]: CPR } }),
    activity({ text: WORD.repeat(10_000) }),
    `{"text":"${WORD} ${CPR}`,
    `"${WORD}"`,
  ]
  for (const shape of shapes) await post(shape)
  expect((await post(activity({}), { authorization: `Bearer ${TYPED_TOKEN}${encodeURIComponent(WORD)}` })).status).toBe(403)
  await post(activity({}), { 'content-type': 'text/plain' })
  await post(activity({}), { 'content-encoding': encodeURIComponent(WORD) })
  await post(activity({}), { cookie: `opgang=${encodeURIComponent(WORD)}${TYPED_TOKEN}` })
  await ask(`${path}?watermark=${WORD}`, { headers: { authorization: `Bearer ${token}` } })
  await ask(`/v3/directline/conversations/${WORD}/activities`, { headers: { authorization: `Bearer ${token}` } })
  await brokenStream(`${run.product.url.replace('http', 'ws')}/v3/directline/conversations/${id}/stream?t=${TYPED_TOKEN}${WORD}`)
  return id
}

function brokenStream(url: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    socket.on('error', () => undefined).on('close', () => resolve())
  })
}

async function elsewhere({ product }: Run, ask: Ask): Promise<void> {
  for (const path of [
    `/${WORD}?token=${TYPED_TOKEN}`,
    `/%E0%A4%A${WORD}`,
    `/assets/${WORD}`,
    `/chat/page?area=${WORD}`,
    `/deletion/${WORD}`,
  ])
    await ask(path, { headers: { referer: `https://x/${encodeURIComponent(WORD)}`, 'user-agent': encodeURIComponent(WORD) } })
  expect((await ask('/metrics', { headers: { authorization: `Bearer ${TYPED_TOKEN}` } })).status).toBe(401)
  const socket = connect(Number(new URL(product.url).port), '127.0.0.1')
  socket.end(`${WORD} ${CPR}\r\n\r\n`)
  await new Promise((resolve) =>
    socket
      .on('error', () => undefined)
      .resume()
      .on('close', resolve),
  )
}

describe.each(['production', 'development'] as const)('in the form of %s', (form) => {
  let run: Run
  let web: string
  beforeAll(async () => {
    run = await start(form)
    const ask = asking(run)
    await overMessenger(run, ask)
    web = await overDirectLine(run, ask)
    await elsewhere(run, ask)
    await run.product.stop()
  })
  afterAll(async () => {
    await run.graph.close()
    rmSync(run.dir, { recursive: true })
  })

  test('it was really told: the store has the words', async () => {
    const { stdout } = await runCommand('cli/log', ['--json'], run.environment)
    const rows = stdout.split('\n').filter((line) => line.includes(WORD))
    expect(rows.length).toBeGreaterThan(5)
    for (const type of ['message', 'tap', 'edit', 'standby']) expect(rows.some((row) => row.includes(`"type":"${type}"`))).toBe(true)
    expect(rows.some((row) => row.includes(`"web:${web}"`))).toBe(true)
  })

  test('it logs a line a turn, with ids and timings', () => {
    const turns = run.product.output.filter((line) => / turn |"message":"turn"/.test(line))
    expect(turns.length).toBeGreaterThan(10)
    for (const line of turns) expect(line).toMatch(/"conversation":"[a-z]+:[^"]+".*"ms":\d+/)
    expect(turns.some((line) => line.includes(`messenger:${PAGE}:${USER}`))).toBe(true)
    expect(turns.every((line) => line.startsWith('{') === (form === 'production'))).toBe(true)
  })

  test('nothing of what was said is printed, in any encoding', () => {
    // Ids are the platform's to choose, and ours to print: this one person has a word for an id.
    const lines = run.product.output.filter((line) => !line.includes(`messenger:${PAGE}:${WORD}`))
    expect(lines.filter((line) => FOUND.test(line) || FOUND_CPR.test(line))).toEqual([])
    expect(run.product.output.filter((line) => FOUND_CPR.test(line))).toEqual([])
  })

  test('no secret is printed, ours or theirs', () => {
    const secrets = [secret, verifyToken, PAGE_TOKEN, METRICS_TOKEN, TYPED_TOKEN, ...run.given]
    for (const each of secrets) expect(run.product.output.filter((line) => line.includes(each))).toEqual([])
  })
})
