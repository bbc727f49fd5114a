/** The pages behind a link, through the server's own headers, limits and log, and in a real browser. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { Express } from 'express'
import { SMTPServer } from 'smtp-server'
import request from 'supertest'
import { answerCase, type CaseLinkDeps, type CaseSeen, seeCase, sendCase } from '../../src/app/case-links.js'
import type { Network } from '../../src/core/places-types.js'
import { caseLinksRouter } from '../../src/http/case-links.js'
import { createApp } from '../../src/http/server.js'
import { openMail } from '../../src/outlets/mail.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import { type HandoffDocument, openCollections } from '../../src/store/collections.js'
import { openKeys } from '../../src/store/keys.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { NOW } from '../library.js'
import { axeFindings, complaintsOf, hasBrowser, launchBrowser } from '../web/browser.js'

const FIXTURES = join(import.meta.dirname, '../fixtures/mail')
const RED_CROSS: Network = {
  id: 'red-cross',
  kind: 'red-cross',
  names: { da: 'Røde Kors' },
  areas: ['birkehaven'],
  tasks: ['medicine'],
  settings: {},
  external: { mail: 'vagt@example.org' },
}
const timings = { t1: 10, t2: 20, t3: 45, t4: 30, t5: 15 }
const nothing = { wave: 0, offers: [], relays: [], reports: [], timers: [], turns: 0 }
const REQUEST: HandoffDocument = {
  _id: 'request',
  version: 1,
  contact: 'amina',
  conversation: 'web:amina',
  receipt: 'H-4F7K',
  task: 'medicine',
  network: 'mothers',
  note: '',
  area: 'birkehaven',
  language: 'so',
  state: 'open',
  openedAt: NOW,
  handoff: { ...nothing, resident: 'amina', task: 'medicine', minor: false, state: 'passed-on', timings, passedTo: 'red-cross' },
}
const TOKEN = 'AbC-_'.repeat(9).slice(0, 43)
const PATH = `/case/${TOKEN}`
const OPEN: CaseSeen = {
  is: 'open',
  receipt: 'H-4F7K',
  area: 'Birkehaven <script>alert(1)</script> & "Søndervang"',
  task: { da: 'Hente medicin', en: 'Fetch medicine' },
}

let seen: () => Promise<CaseSeen>
let outcome: () => Promise<CaseSeen>
let opened: string[]
let answers: { token: string; yes: boolean }[]
let logged: string[]
let app: Express

beforeEach(() => {
  seen = () => Promise.resolve(OPEN)
  outcome = () => Promise.resolve({ is: 'answered', yes: answers.at(-1)?.yes ?? false })
  opened = []
  answers = []
  logged = []
  const note = (message: string, fields?: object) =>
    void logged.push(`${message} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? `${value.stack}` : value))}`)
  const log = { info: note, warn: note, error: note }
  const router = caseLinksRouter({
    see: (token) => {
      opened.push(token)
      return seen()
    },
    answer: (token, yes) => {
      answers.push({ token, yes })
      return outcome()
    },
    log,
  })
  app = createApp({ trustProxy: 1, secure: true, routers: [router], pages: tmpdir(), log })
})

test('opening shows number, area and task with two buttons, and answers nothing', async () => {
  const { status, text, headers } = await request(app).get(PATH)
  expect(status).toBe(200)
  for (const word of [
    'H-4F7K',
    'Hente medicin',
    'Fetch medicine',
    'Vi tager den',
    'We cannot',
    `action="${PATH}/yes"`,
    `action="${PATH}/no"`,
  ])
    expect(text).toContain(word)
  expect(text).toContain('Birkehaven &#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;Søndervang&#34;')
  expect(text).not.toMatch(/<script|https?:|<img|onclick/)
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
  })
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  )
  expect(headers['set-cookie']).toBeUndefined()
  await request(app).head(PATH)
  await request(app).get(`${PATH}/yes`)
  expect([opened, answers]).toEqual([[TOKEN, TOKEN, TOKEN], []])
})

test('a button answers, whatever else the request carries', async () => {
  const yes = await request(app).post(`${PATH}/yes?answer=no`).type('form').send({ answer: 'no' })
  expect([yes.status, yes.text]).toEqual([200, expect.stringContaining('Jeres svar er gemt: Vi tager den.')])
  const no = await request(app).post(`${PATH}/no`)
  expect([no.status, no.text]).toEqual([200, expect.stringContaining('Your answer is saved: We cannot.')])
  expect(answers).toEqual([
    { token: TOKEN, yes: true },
    { token: TOKEN, yes: false },
  ])
  for (const path of [PATH, `${PATH}/maybe`, `${PATH}/yes/no`]) expect((await request(app).post(path)).status).toBe(404)
  for (const path of [PATH, `${PATH}/yes`]) expect((await request(app).put(path)).status).toBe(404)
  expect(answers).toHaveLength(2)
})

test.each([
  [{ is: 'unknown' }, 404, 'Linket virker ikke'],
  [{ is: 'late' }, 404, 'Linket er for gammelt'],
  [{ is: 'used', yes: false }, 410, 'Linket er brugt'],
  [{ is: 'gone' }, 410, 'Opgaven findes ikke mere'],
  [{ is: 'over' }, 410, 'Opgaven er ikke længere åben'],
  [{ is: 'busy' }, 409, 'Svaret er ved at blive gemt'],
] as const)('%j is said on a page of its own', async (is, status, words) => {
  seen = () => Promise.resolve(is)
  outcome = seen
  for (const got of [await request(app).get(PATH), await request(app).post(`${PATH}/yes`)]) {
    expect([got.status, got.text]).toEqual([status, expect.stringContaining(words)])
    expect(got.text).not.toMatch(/<form|H-4F7K/)
    expect(got.headers['cache-control']).toBe('no-store')
  }
  expect(logged).toEqual([])
})

test('the word of a link is in no log, whatever fails, and a fault is told in words', async () => {
  for (const failure of [new StoreUnavailable('disk full'), new Error('broken')]) {
    seen = () => Promise.reject(failure)
    outcome = seen
    for (const got of [await request(app).get(PATH), await request(app).post(`${PATH}/no`)]) {
      expect([got.status, got.headers['retry-after'], got.text]).toEqual([503, '60', expect.stringContaining('Det virker ikke lige nu')])
      expect(got.text).not.toMatch(/disk full|broken/)
    }
  }
  await request(app).get(`${PATH}/%E0%A4%A`)
  await request(app).post(`${PATH}/yes`).set('Content-Length', '999999999')
  expect(logged.filter((line) => line.startsWith('a link to a request could not be served'))).toHaveLength(4)
  expect(logged.join('\n')).not.toContain(TOKEN)
})

test('one address may ask so much a minute, and another is not held up by it', async () => {
  const get = (address: string) => request(app).get(PATH).set('X-Forwarded-For', address)
  const statuses = new Set<number>()
  for (let at = 0; at < 120; at++) statuses.add((await get('2001:db8::1')).status)
  expect([...statuses]).toEqual([200])
  const refused = await get('2001:db8::2')
  expect([refused.status, refused.headers['retry-after'], refused.text]).toEqual([
    429,
    '60',
    expect.stringContaining('For mange på én gang'),
  ])
  expect((await request(app).post(`${PATH}/yes`).set('X-Forwarded-For', '2001:db8::3')).status).toBe(429)
  expect(answers).toEqual([])
  expect((await get('192.0.2.1')).status).toBe(200)
})

test('from a request to a letter over TLS, and of twenty answers at the same moment one', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'opgang-case-'))
  const store = await openSqliteStore({ dir })
  const raw: string[] = []
  const pem = readFileSync(join(FIXTURES, 'server.pem'), 'utf8')
  const peer = new SMTPServer({
    key: pem,
    cert: pem,
    authOptional: true,
    onData: (stream, _session, done) => {
      stream.on('data', (chunk: Buffer) => raw.push(chunk.toString('latin1')))
      stream.on('end', () => done())
    },
  })
  const listening = peer.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  try {
    const collections = openCollections(store)
    const carriedOut: boolean[] = []
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const server = { host: '127.0.0.1', port: (listening.address() as AddressInfo).port, implicitTls: false }
    const from = { name: 'Opgang', address: 'opgang@example.dk' }
    const deps: CaseLinkDeps = {
      ...collections,
      keys: await openKeys(collections.keys, () => randomBytes(32).toString('base64url')),
      ids: { next: () => randomBytes(16).toString('base64url') },
      time: { now: () => NOW },
      mail: openMail({ server, from, tls: 'required', caFile: join(FIXTURES, 'authority.pem') }, log),
      places: () => ({ places: {}, networks: { 'red-cross': RED_CROSS } }),
      areaName: () => 'Birkehaven (demo)',
      taskName: (language) => (language === 'da' ? 'Hente medicin' : 'Fetch medicine'),
      publicUrl: 'https://opgang.example.dk',
      answer: async ({ yes }) => {
        carriedOut.push(yes)
        await new Promise((resolve) => setImmediate(resolve))
        return 'done'
      },
    }
    await collections.handoffs.insert(REQUEST)
    expect(await sendCase(deps, { id: 'order', handoff: 'request', network: 'red-cross' })).toBe('sent')
    const path = /https:\/\/opgang\.example\.dk(\/case\/[\w-]{43})\r\n/.exec(raw.join('').replaceAll('=\r\n', ''))?.[1] ?? 'no link'
    const router = caseLinksRouter({ see: (token) => seeCase(deps, token), answer: (token, yes) => answerCase(deps, token, yes), log })
    const real = createApp({ trustProxy: false, secure: true, routers: [router], pages: tmpdir(), log }).listen(0)
    await once(real, 'listening')
    for (let scan = 0; scan < 5; scan++) expect((await request(real).get(path)).text).toContain('Kan I tage opgaven?')
    const all = await Promise.all(Array.from({ length: 20 }, (_, at) => request(real).post(`${path}/${at % 2 === 0 ? 'yes' : 'no'}`)))
    const statuses = all.map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409 || status === 410)).toHaveLength(19)
    expect(carriedOut).toHaveLength(1)
    const after = await request(real).get(path)
    expect([after.status, after.text]).toEqual([410, expect.stringContaining(carriedOut[0] ? 'Vi tager den' : 'Det kan vi ikke')])
    await new Promise((resolve) => real.close(resolve))
  } finally {
    await new Promise<void>((resolve) => peer.close(resolve))
    await store.close()
    rmSync(dir, { recursive: true })
  }
})

const inBrowser = hasBrowser ? describe : describe.skip
inBrowser('in a browser', () => {
  test.each(['light', 'dark'] as const)('the pages are readable at 320 pixels, and axe finds nothing (%s)', async (colorScheme) => {
    const server = createServer(app).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const browser = await launchBrowser()
    try {
      // `secure` sends browsers to https, which they ignore from this machine.
      const page = await browser.newPage({ viewport: { width: 320, height: 640 }, colorScheme, locale: 'da-DK', javaScriptEnabled: true })
      const complaints = complaintsOf(page)
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`)
      const widest = () => page.evaluate(() => document.documentElement.scrollWidth)
      expect([await axeFindings(page), await widest()]).toEqual([[], 320])
      expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
        colorScheme === 'light' ? 'rgb(250, 248, 244)' : 'rgb(21, 25, 23)',
      )
      expect((await page.locator('button').first().boundingBox())?.height).toBeGreaterThanOrEqual(44)
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForSelector('text=Jeres svar er gemt: Vi tager den.')
      expect(await axeFindings(page)).toEqual([])
      expect([answers, complaints]).toEqual([[{ token: TOKEN, yes: true }], []])
    } finally {
      await browser.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
