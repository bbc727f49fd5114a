/** The doctor on the running product, with a Graph that answers as Meta would, or not. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import Database from 'libsql'
import { checkClock } from '../../src/cli/doctor/clock.js'
import { judgeRoom } from '../../src/cli/doctor/disk.js'
import { checkGraphVersion } from '../../src/cli/doctor/graph-version.js'
import { WEBHOOK_FIELDS } from '../../src/cli/doctor/pages.js'
import { COLLECTIONS } from '../../src/store/collections.js'
import { createStatements } from '../../src/store/sqlite-query.js'
import { type GraphStub, type StubAnswer, type StubRequest, startGraphStub } from '../graph-stub.js'
import { ROOT } from '../library.js'
import { freePort, type Product, runCommand, startProduct } from './product.js'

const PAGE = '104857600000001'
const APP = '555000111222333'
const SECRETS = { token: 'EAAtokenOfThePage', secret: 'first-app-secret', verify: 'verify-word' }

const dir = mkdtempSync(join(tmpdir(), 'opgang-doctor-'))
let graph: GraphStub
let product: Product
let settings: Record<string, string>

beforeAll(async () => {
  graph = await startGraphStub()
  settings = {
    DATA_DIR: dir,
    MESSENGER_PAGES: `${PAGE}=${SECRETS.token}`,
    MESSENGER_APP_ID: APP,
    MESSENGER_APP_SECRET: SECRETS.secret,
    MESSENGER_VERIFY_TOKEN: SECRETS.verify,
    GRAPH_API_URL: graph.url,
  }
  product = await startProduct(dir, settings)
  settings = { ...settings, PUBLIC_URL: product.url }
})
afterAll(async () => {
  await product.stop()
  await graph.close()
  rmSync(dir, { recursive: true })
})
beforeEach(() => {
  graph.reset()
  graph.answerWith((request) => asMeta(request))
})

interface Meta {
  readonly page?: StubAnswer
  readonly app?: string
  readonly fields?: readonly string[]
}
function asMeta({ path }: StubRequest, { page, app = APP, fields = WEBHOOK_FIELDS }: Meta = {}): StubAnswer | undefined {
  if (path.endsWith('/subscribed_apps')) return { status: 200, body: { data: [{ id: '1' }, { id: app, subscribed_fields: fields }] } }
  return page ?? { status: 200, body: { id: PAGE, name: 'Birkehaven' } }
}
const refusal = (code: number, message = '', error_subcode?: number): StubAnswer => ({
  status: 400,
  body: { error: { code, message, error_subcode, type: 'OAuthException' } },
})

async function doctor(more: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runCommand('cli/doctor', [], { ...settings, ...more })
  expect(stderr).toBe('')
  const lines = stdout.trimEnd().split('\n')
  for (const line of lines) expect(line).toMatch(/^[✓!✗] \S/)
  for (const secret of [...Object.values(SECRETS), 'second-app-secret']) expect(stdout).not.toContain(secret)
  return { code, lines, wrong: lines.filter((line) => line.startsWith('✗')), doubtful: lines.filter((line) => line.startsWith('!')) }
}

test('all is well: one line a check, and the page is asked with its proof and the token in a header', async () => {
  const before = readdirSync(dir).toSorted()
  const { code, lines, wrong, doubtful } = await doctor()
  expect([code, wrong]).toEqual([0, []])
  // The test's own address has no certificate, and the machine's disk is its own affair.
  expect(doubtful.filter((line) => !line.startsWith('! Disk'))).toEqual([expect.stringContaining('Meta delivers to https only')])
  for (const topic of ['Settings', 'Server', 'Webhook', `Page ${PAGE} (Birkehaven)`, 'Graph', 'Store', 'Mode', 'Clock', 'Disk'])
    expect(lines.some((line) => line.slice(2).startsWith(topic))).toBe(true)
  expect(graph.requests.filter(({ path }) => path.includes(PAGE)).map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /v26.0/${PAGE}`,
    `GET /v26.0/${PAGE}/subscribed_apps`,
  ])
  for (const { headers, query } of graph.requests.filter(({ path }) => path.includes(PAGE))) {
    expect(headers.authorization).toBe(`Bearer ${SECRETS.token}`)
    expect(query.get('appsecret_proof')).toMatch(/^[0-9a-f]{64}$/)
    expect(query.toString()).not.toContain(SECRETS.token)
  }
  expect(readdirSync(dir).toSorted()).toEqual(before)
})

test.each<[string, Meta, string]>([
  ['a token that has expired', { page: refusal(190, `Malformed access token ${SECRETS.token}`, 463) }, 'no longer good (error 190/463)'],
  ['another app secret', { page: refusal(100, 'Invalid appsecret_proof provided in the API argument') }, 'check MESSENGER_APP_SECRET'],
  ['a missing permission', { page: refusal(200) }, 'lacks a permission (error 200)'],
  ['a page that is not known', { page: refusal(100, '', 33) }, 'check the id and the token'],
  ['a page with another id', { page: { status: 200, body: { id: '7', name: SECRETS.token } } }, "check the page's id"],
  ['a Graph that answers a page of HTML', { page: { status: 502, body: '<html>' } }, 'Graph answered status 502'],
  ['a connection that is cut', { page: 'reset' }, 'Graph cannot be reached'],
  ['another app at the page', { app: '9' }, 'the app is not subscribed'],
  ['no messages', { fields: WEBHOOK_FIELDS.slice(1) }, 'not subscribed to messages;'],
])('%s is told, with what to do', async (_, meta, words) => {
  graph.answerWith((request) => asMeta(request, meta))
  const { code, wrong } = await doctor()
  expect([code, wrong]).toEqual([1, [expect.stringContaining(words)]])
})

test('a field that only the log wants is worth a look, no more', async () => {
  graph.answerWith((request) => asMeta(request, { fields: WEBHOOK_FIELDS.filter((field) => field !== 'message_reads') }))
  const { code, doubtful } = await doctor()
  expect([code, doubtful]).toEqual([0, expect.arrayContaining([expect.stringContaining('not subscribed to message_reads;')])])
})

test('the fields are those of the README', () => {
  const step = /^4\. .*?\n5\. /ms.exec(readFileSync(join(ROOT, 'README.md'), 'utf8'))?.[0] ?? ''
  const named = [...step.matchAll(/`([a-z_]+)`/g)].map(([, field = '']) => field)
  expect(WEBHOOK_FIELDS.toSorted()).toEqual(named.toSorted())
})

test('a server that runs with other secrets is found, each of two app secrets too', async () => {
  expect((await doctor({ MESSENGER_VERIFY_TOKEN: 'another-word' })).wrong).toEqual([expect.stringContaining('another verify token')])
  const { code, wrong } = await doctor({ MESSENGER_APP_SECRET: `${SECRETS.secret},second-app-secret` })
  expect([code, wrong]).toEqual([1, [expect.stringContaining('signed with the second app secret is refused')]])
})

test('nobody at the address, a red server, and something else behind it', async () => {
  const silent = await doctor({ PUBLIC_URL: `http://127.0.0.1:${await freePort()}` })
  expect(silent.wrong).toEqual([
    expect.stringMatching(/^✗ Server: .*nobody listens there/),
    expect.stringMatching(/^✗ Webhook: .*nobody listens there/),
  ])
  const other = await listening((_, response) => response.writeHead(503).end('the disk is full;\nmake room'))
  const red = await doctor({ PUBLIC_URL: other.url })
  expect(red.wrong).toEqual([
    expect.stringContaining('not ready: the disk is full; make room'),
    expect.stringContaining('answered the handshake with 503'),
  ])
  other.server.close()
})

test('without Messenger its checks are left out, with a line that says so', async () => {
  const { code, lines } = await doctor({ MESSENGER_PAGES: '', MESSENGER_APP_SECRET: '', MESSENGER_VERIFY_TOKEN: '', MESSENGER_APP_ID: '' })
  expect([code, lines]).toEqual([0, expect.arrayContaining([expect.stringContaining('its checks are left out')])])
  expect(graph.requests).toEqual([])
})

test('every problem of the settings is told, and nothing else is asked', async () => {
  const { code, lines } = await doctor({ PORT: 'many', PUBLIC_URL: 'opgang.dk' })
  expect(code).toBe(1)
  expect(lines).toEqual([expect.stringContaining('✗ Settings: PORT'), expect.stringContaining('✗ Settings: PUBLIC_URL')])
})

test('a store that was never made, and a damaged one', async () => {
  const place = mkdtempSync(join(tmpdir(), 'opgang-doctor-'))
  const none = await doctor({ DATA_DIR: join(place, 'none') })
  expect(none.wrong).toEqual([expect.stringContaining('nothing was ever stored'), expect.stringContaining('Disk:')])
  writeFileSync(join(place, 'opgang.db'), 'no database, but long enough to look like one'.repeat(100))
  expect((await doctor({ DATA_DIR: place })).wrong).toEqual([expect.stringMatching(/^✗ Store: .*put the newest backup in its place/)])
  rmSync(join(place, 'opgang.db'))
  const data = new Database(join(place, 'opgang.db'))
  for (const statement of createStatements(COLLECTIONS.turns)) data.exec(statement)
  data.exec(`INSERT INTO turns (id, version, checksum, doc) VALUES ('t1', 1, 5, '{"_id":"t1"}')`)
  data.close()
  expect((await doctor({ DATA_DIR: place })).wrong).toEqual([expect.stringContaining('the row "t1" of turns in opgang.db is damaged')])
  rmSync(place, { recursive: true })
})

describe('one by one', () => {
  test('a clock is judged by half a minute either way, and a cache in front changes nothing', async () => {
    const at = Date.parse('2026-11-25T12:00:00Z')
    const other = await listening((_, response) => response.writeHead(200, { date: new Date(at - 60_000).toUTCString(), age: '60' }).end())
    const found = async (ms: number) => (await checkClock({ Graph: other.url }, () => at + ms))[0]
    expect(await found(30_000)).toMatchObject({ mark: '✓' })
    expect(await found(31_000)).toMatchObject({ mark: '✗', line: expect.stringContaining('31 s ahead of Graph') })
    expect(await found(-31_000)).toMatchObject({ mark: '✗', line: expect.stringContaining('31 s behind Graph') })
    other.server.close()
    expect(await found(0)).toMatchObject({ mark: '!', line: expect.stringContaining('nothing was compared') })
  })

  test.each([
    [2, 20, '✓'],
    [0.9, 10, '!'],
    [4, 100, '!'],
  ] as const)('%d of %d GB free is %s', (free, total, mark) => {
    expect(judgeRoom('data', { free: free * 1024 ** 3, total: total * 1024 ** 3 }).mark).toBe(mark)
  })

  test.each([
    ['v26.0', '✓'],
    ['v22.0', '!'],
    ['v20.0', '✗'],
    ['v3.1', '✗'],
  ])('Graph %s is %s in March 2027', (version, mark) => {
    expect(checkGraphVersion(`https://graph.facebook.com/${version}`, Date.parse('2027-03-15')).mark).toBe(mark)
  })
})

async function listening(answer: Parameters<typeof createServer>[1]): Promise<{ server: Server; url: string }> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
