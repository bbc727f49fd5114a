/** Every route of the console's API with every role, with none, and with a foreign area; and what stands before all of them. */
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Express } from 'express'
import request from 'supertest'
import { ACCESS, type Access, type RouteName } from '../../../src/app/access.js'
import { ROLES } from '../../../src/core/staff-types.js'
import { apiRouter } from '../../../src/http/api/api-router.js'
import { createApp } from '../../../src/http/server.js'
import { StoreUnavailable } from '../../../src/store/collection.js'
import type { StaffDocument } from '../../../src/store/staff-documents.js'
import { type AccountsStage, only, openAccounts } from '../../accounts-stage.js'
import { type ConsoleStage, openConsole } from '../../console-stage.js'
import { starterLibrary } from '../../library.js'
import { headOfStream } from './event-stream.js'

const ORIGIN = 'https://opgang.example'
const AREAS = ['birkehaven', 'demo'].map((id) => ({ id, name: id }))
const NAMES = Object.keys(ACCESS) as RouteName[]
const NETWORK = { seen: 0, kind: 'board', names: { da: 'Bestyrelsen' }, areas: ['birkehaven'], tasks: ['talk'], settings: {} }
const WISH = { name: 'Karin', roles: [{ role: 'reader', areas: ['birkehaven'] }], safeguarding: false }

const countsByArea = (access: Access) => typeof access === 'object' && access.byArea

/** What a leader of another area is told of this one. */
const FOREIGN: Readonly<Record<string, readonly [asked: Asked, status: number]>> = {
  'GET /api/requests': [{ query: '?area=birkehaven' }, 403],
  'GET /api/places': [{ query: '?area=birkehaven' }, 403],
  'PUT /api/places/:area': [{ body: {} }, 403],
  'POST /api/places/:area/word': [{ body: {} }, 403],
  'PUT /api/networks/:network': [{ body: NETWORK }, 403],
  'PUT /api/mode': [{ body: { live: true } }, 403],
  'POST /api/requests': [{ body: { area: 'birkehaven' } }, 403],
  'GET /api/alarms': [{ query: '?area=birkehaven' }, 403],
  'GET /api/people': [{ query: '?area=birkehaven' }, 403],
  'GET /api/people/file': [{ query: '?area=birkehaven' }, 403],
}

const library = await starterLibrary()

let stage: AccountsStage
let board: ConsoleStage
let app: Express
let somebody: StaffDocument
beforeEach(async () => {
  board = await openConsole(library)
  stage = await openAccounts({ mail: false })
  await stage.add('Chief', only('administrator'))
  somebody = await stage.add('Somebody', only('reader', ['birkehaven']))
  app = appOf()
})
afterEach(() => Promise.all([stage.close(), board.close()]))

function appOf(): Express {
  const { log } = stage.deps
  const routers = [apiRouter({ accounts: stage.deps, work: board.work, areas: () => AREAS, secure: true, origins: () => [ORIGIN] })]
  return createApp({ trustProxy: 1, secure: true, routers, pages: tmpdir(), log })
}

interface Asked {
  readonly token?: string
  readonly body?: object
  readonly query?: string
  readonly staff?: string
  readonly headers?: Record<string, string>
}
async function ask(name: RouteName, { token, body, query = '', staff = somebody._id, headers = {} }: Asked = {}) {
  const [method = '', path = ''] = name.split(' ')
  const url = `${path.replace(':staff', staff).replace(':area', 'birkehaven').replace(/:\w+/, 'none')}${query}`
  const agent = request(app)
  const sent = agent[method.toLowerCase() as 'get'](url).set({
    origin: ORIGIN,
    'x-opgang': 'console',
    ...(token === undefined ? {} : { cookie: `__Host-opgang_staff=${token}` }),
    ...headers,
  })
  if (name === 'GET /api/events') return sent.buffer(true).parse(headOfStream)
  return body === undefined ? sent : sent.send(body)
}
const bodyOf = (name: RouteName) => (/^(POST|PUT) \/api\/staff(\/:staff)?$/.test(name) ? { body: WISH } : {})

describe('who may use a route', () => {
  test('all that need somebody refuse nobody, and what looks like somebody', async () => {
    for (const name of NAMES.filter((one) => ACCESS[one] !== 'anyone')) {
      for (const token of [undefined, 'x', 'A'.repeat(44)])
        expect([name, (await ask(name, { ...(token === undefined ? {} : { token }), ...bodyOf(name) })).status]).toEqual([name, 401])
    }
  })

  test.each(ROLES)('%s: what the role has is open, all else is forbidden', async (role) => {
    for (const name of NAMES) {
      const access = ACCESS[name]
      if (access === 'anyone') continue
      const token = await stage.signIn(await stage.add('Caller', only(role)))
      const { status, body } = await ask(name, { token, ...bodyOf(name) })
      const may = access === 'signed-in' || (access.roles as readonly string[]).includes(role)
      if (may) expect([name, [401, 403].includes(status)]).toEqual([name, false])
      else expect([name, status, body.code]).toEqual([name, 403, 'forbidden'])
      // What was removed is there again for the next.
      const known = await stage.deps.staff.get(somebody._id)
      if (known !== undefined) await stage.deps.staff.replace({ ...somebody, version: known.version })
    }
  })

  test('without any role all that needs one is forbidden', async () => {
    const token = await stage.signIn(await stage.add('Nobody', []))
    for (const name of NAMES.filter((one) => typeof ACCESS[one] === 'object'))
      expect([name, (await ask(name, { token, ...bodyOf(name) })).status]).toEqual([name, 403])
  })

  test('an administrator of another area sees nobody of this one, and changes nothing here', async () => {
    const token = await stage.signIn(await stage.add('Elsewhere', [...only('administrator', ['demo']), ...only('coordinator', ['demo'])]))
    const expected: Readonly<Record<string, readonly [asked: Asked, status: number]>> = {
      'GET /api/staff': [{ query: '?area=birkehaven' }, 403],
      'POST /api/staff': [{ body: WISH }, 403],
      'PUT /api/staff/:staff': [{ body: WISH }, 404],
      'DELETE /api/staff/:staff': [{}, 404],
      'POST /api/staff/:staff/link': [{}, 404],
      'DELETE /api/staff/:staff/sessions': [{}, 404],
      'GET /api/audit': [{ query: '?area=birkehaven' }, 403],
      ...FOREIGN,
    }
    for (const name of NAMES.filter((one) => countsByArea(ACCESS[one]))) {
      const [asked, status] = expected[name] ?? [{}, 404]
      expect([name, (await ask(name, { token, ...asked })).status]).toEqual([name, status])
    }
    const list = await ask('GET /api/staff', { token })
    // Whoever works everywhere is seen with what they do here.
    expect(list.body.staff).toMatchObject([
      { name: 'Chief', roles: [{ role: 'administrator', areas: ['demo'] }], editable: false },
      { name: 'Elsewhere', editable: true },
    ])
    const chief = list.body.staff[0].id as string
    expect((await ask('DELETE /api/staff/:staff', { token, staff: chief })).body.code).toBe('foreign-area')
    // Nobody gives themselves more than they have.
    const self = list.body.staff[1].id as string
    const more = { ...WISH, roles: only('administrator') }
    expect((await ask('PUT /api/staff/:staff', { token, staff: self, body: more })).body.code).toBe('foreign-area')
    expect((await ask('GET /api/audit', { token })).body.lines.map(({ area }: { area: string }) => area)).toEqual(['demo'])
  })
})

describe('before every route', () => {
  test('what changes something comes from our own page', async () => {
    const token = await stage.signIn(somebody)
    for (const name of NAMES.filter((one) => !one.startsWith('GET'))) {
      for (const headers of [{ origin: 'https://elsewhere.example' }, { origin: 'null' }, { origin: '' }]) {
        const { status, body } = await ask(name, { token, headers })
        expect([name, status, body.code]).toEqual([name, 403, 'cross-site'])
      }
    }
    const bare = await request(app)
      .delete('/api/session')
      .set({ origin: ORIGIN, cookie: `__Host-opgang_staff=${token}` })
    expect([bare.status, bare.body.code]).toEqual([403, 'cross-site'])
    expect((await ask('GET /api/passkeys', { token })).status).toBe(200)
  })

  test('nothing is kept by a browser, and every refusal says in both languages what to do', async () => {
    for (const name of NAMES) {
      const { status, headers, body } = await ask(name, {
        body: name.startsWith('GET') || name.startsWith('DELETE') ? undefined : { wrong: 1 },
      } as Asked)
      expect([name, headers['cache-control']]).toEqual([name, 'no-store'])
      if (status >= 400)
        expect(body).toEqual({
          code: expect.any(String),
          message: { da: expect.any(String), en: expect.any(String) },
          advice: { da: expect.any(String), en: expect.any(String) },
        })
    }
    const unknown = await request(app).get('/api/nothing')
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not-found'])
    const broken = await request(app)
      .post('/api/session/link')
      .set({ origin: ORIGIN, 'x-opgang': 'console', 'content-type': 'application/json' })
      .send('{')
    expect([broken.status, broken.body.code]).toEqual([400, 'unreadable'])
  })

  test('who tries too often waits', async () => {
    const codes: string[] = []
    for (let tries = 0; tries < 32; tries += 1) codes.push((await ask('POST /api/session/link', { body: { token: 'x' } })).body.code)
    expect([codes[29], codes[31]]).toEqual(['link-unknown', 'too-many'])
    const other = await ask('POST /api/session/link', { body: { token: 'x' }, headers: { 'x-forwarded-for': '192.0.2.7' } })
    expect(other.body.code).toBe('link-unknown')
  })

  test('one account is held back on all its devices, and nobody else is', async () => {
    const codes = async (token: string, times: number, at: number) => {
      const headers = { 'x-forwarded-for': `192.0.2.${at}` }
      const answers = await Promise.all(Array.from({ length: times }, () => ask('POST /api/passkeys/challenge', { token, headers })))
      return answers.filter(({ body }) => body.code === 'too-many').length
    }
    const devices = [await stage.signIn(somebody), await stage.signIn(somebody)] as const
    expect([await codes(devices[0], 50, 1), await codes(devices[1], 15, 2)]).toEqual([0, 5])
    expect(await codes(await stage.signIn(await stage.add('Other', only('reader'))), 5, 2)).toBe(0)
  })

  test('a store that is away is said, and nobody gets in', async () => {
    const away = () => Promise.reject(new StoreUnavailable('away'))
    const { deps } = stage
    const token = await stage.signIn(somebody)
    stage = { ...stage, deps: { ...deps, logins: { ...deps.logins, get: away } } }
    app = appOf()
    const { status, body, headers } = await ask('GET /api/passkeys', { token })
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'unavailable', '5'])
    expect(stage.logged.join('\n')).not.toContain(token)
  })
})

describe('signing in and out', () => {
  test('the cookie is for this host, over https, and for no script; signing out ends it', async () => {
    const entered = await ask('POST /api/session/link', { body: { token: await stage.link(somebody) } })
    const cookie = String(entered.headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-opgang_staff=[\w-]{44}; Max-Age=604800; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/)
    const token = /=([\w-]{44});/.exec(cookie)?.[1] ?? ''
    const session = await ask('GET /api/session', { token })
    expect(session.body).toMatchObject({ mail: false, me: { name: 'Somebody' }, areas: [{ id: 'birkehaven' }] })
    expect(JSON.stringify(await stage.deps.logins.find({}, { sort: ['_id'], limit: 9 }))).not.toContain(token)
    const out = await ask('DELETE /api/session', { token })
    expect(String(out.headers['set-cookie'])).toContain('__Host-opgang_staff=; Path=/; Expires=Thu, 01 Jan 1970')
    expect((await ask('GET /api/session', { token })).body).toEqual({ mail: false })
  })

  test('whoever signs in where somebody is signed in ends that login', async () => {
    const other = await stage.add('Other', only('reader'))
    const token = await stage.signIn(other)
    const entered = await ask('POST /api/session/link', { token, body: { token: await stage.link(somebody) } })
    expect(entered.body.me.name).toBe('Somebody')
    expect((await ask('GET /api/passkeys', { token })).status).toBe(401)
    const refused = await stage.signIn(other)
    expect((await ask('POST /api/session/link', { token: refused, body: { token: 'x' } })).status).toBe(404)
    expect((await ask('GET /api/passkeys', { token: refused })).status).toBe(200)
  })

  test('in the record nobody passes for the command line by their name', async () => {
    const chief = await stage.signIn(await stage.add('command line', only('administrator')))
    stage.time.advance(1)
    await stage.link(somebody)
    const { lines } = (await ask('GET /api/audit', { token: chief })).body
    expect(lines).toMatchObject([
      { who: 'command line', what: 'link-made', by: 'command line' },
      { who: 'command line', what: 'signed-in-link' },
    ])
    expect(lines[1]).not.toHaveProperty('by')
  })

  test('other roles end every session, another name ends none', async () => {
    const chief = await stage.signIn(await stage.add('Other chief', only('administrator')))
    const token = await stage.signIn(somebody)
    await ask('PUT /api/staff/:staff', { token: chief, body: { ...WISH, name: 'New name' } })
    expect((await ask('GET /api/passkeys', { token })).status).toBe(200)
    await ask('PUT /api/staff/:staff', { token: chief, body: { ...WISH, roles: only('editor', ['demo']) } })
    expect((await ask('GET /api/passkeys', { token })).status).toBe(401)
    const next = await stage.signIn(somebody)
    expect((await ask('DELETE /api/staff/:staff/sessions', { token: chief })).status).toBe(204)
    expect((await ask('GET /api/passkeys', { token: next })).status).toBe(401)
  })

  test('what another administrator changed meanwhile is not overwritten, and signing in is no change', async () => {
    const token = await stage.signIn(await stage.add('Other chief', only('administrator')))
    const { body } = await ask('GET /api/staff', { token })
    const { seen } = body.staff.find(({ name }: { name: string }) => name === 'Somebody')
    const put = (change: object) => ask('PUT /api/staff/:staff', { token, body: { ...WISH, seen, ...change } })
    const key = { id: 'k', publicKey: 'k', counter: 0, transports: [], name: 'k', createdAt: 0 }
    expect(await stage.deps.staff.replace({ ...somebody, passkeys: [key] })).toBe('ok')
    const changed = await put({ name: 'First' })
    expect(changed.status).toBe(200)
    const late = await put({ roles: only('administrator') })
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile'])
    expect((await put({ name: 'Second', seen: changed.body.seen })).body.name).toBe('Second')
  })

  test('whoever asks for a link by mail is told the same, whether somebody has that address or not', async () => {
    const quiet = await openAccounts()
    try {
      await quiet.add('Sanne', only('reader'), { mail: 'sanne@example.org' })
      stage = { ...stage, deps: quiet.deps }
      app = appOf()
      const answers = []
      for (const mail of ['sanne@example.org', 'nobody@example.org', 'no address']) {
        const { status, text, headers } = await ask('POST /api/session/mail', { body: { mail } })
        answers.push([status, text, Object.keys(headers).toSorted()])
      }
      expect(answers).toEqual([answers[0], answers[0], answers[0]])
      expect(answers[0]?.[0]).toBe(204)
      while (quiet.letters.length === 0) await new Promise(setImmediate)
      expect(quiet.letters.map(({ to }) => to)).toEqual(['sanne@example.org'])
    } finally {
      await quiet.close()
    }
  })

  test('an invitation gives its link once, or mails it and shows it to nobody', async () => {
    const chief = await stage.signIn(await stage.add('Other chief', only('administrator')))
    const given = await ask('POST /api/staff', { token: chief, body: WISH })
    expect(given.body).toMatchObject({
      mail: 'no mail',
      link: expect.stringMatching(/^https:\/\/opgang\.example\/console#link=[\w-]{44}$/),
    })
    for (const [body, code] of [
      [{ ...WISH, mail: 'nobody' }, 'mail-wrong'],
      [{ ...WISH, roles: [] }, 'unreadable'],
      [{ ...WISH, roles: only('reader', ['atlantis']) }, 'unreadable'],
      [{ ...WISH, roles: [{ role: 'king', areas: 'all' }] }, 'unreadable'],
      [{ ...WISH, state: 'active' }, 'unreadable'],
    ] as const)
      expect((await ask('POST /api/staff', { token: chief, body })).body.code).toBe(code)
  })
})
