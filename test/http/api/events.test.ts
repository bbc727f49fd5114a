/** The stream of events over HTTP: who is told of what, when it ends, and who has a request open. */
import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { endLogin, whoIs } from '../../../src/app/accounts/logins.js'
import { changeStaff, removeStaff } from '../../../src/app/accounts/staff.js'
import { othersOf } from '../../../src/app/board/presence.js'
import { apiRouter } from '../../../src/http/api/api-router.js'
import { createHttpServer } from '../../../src/http/server.js'
import type { TurnDocument } from '../../../src/store/collections.js'
import { only } from '../../accounts-stage.js'
import { type ConsoleStage, ORIGIN, openConsole } from '../../console-stage.js'
import { NOW, starterLibrary } from '../../library.js'
import { until } from '../../stage.js'
import { type EventStream, openEvents } from './event-stream.js'

const SECOND = 1000
const library = await starterLibrary()
const SAFE = { safeguarding: true }

let board: ConsoleStage
let server: Server
let streams: EventStream[]
beforeEach(async () => {
  board = await openConsole(library)
  server = serve()
  server.listen(0)
  await once(server, 'listening')
  streams = []
})
afterEach(async () => {
  for (const stream of streams) stream.close()
  board.work.live.close()
  if (server.listening) await new Promise((resolve) => server.close(resolve))
  await board.close()
})

function serve(): Server {
  const { accounts, work } = board
  const routers = [apiRouter({ accounts, work, areas: () => [], secure: true, origins: () => [ORIGIN] })]
  return createHttpServer({ trustProxy: 1, secure: true, routers, pages: tmpdir(), log: work.log })
}

async function listen(token: string): Promise<EventStream> {
  const stream = await openEvents(server, token)
  streams.push(stream)
  return stream
}

/** A request as a conversation asks for it. */
async function opens(id: string, area: string, task = 'medicine'): Promise<void> {
  const turn = { _id: `turn ${id}`, conversation: 'web:amina', contact: 'amina', at: NOW, key: id } as TurnDocument
  await board.work.requests.apply({ type: 'openHandoff', task, area, language: 'da' }, id, turn)
}

/** What each has read, once a word that all of them are told has come. */
async function read(all: readonly EventStream[]): Promise<string[][]> {
  board.work.live.tell({ change: { what: 'mode', id: 'last' }, areas: 'all' })
  await until(() => all.every((stream) => stream.changes().some(({ id }) => id === 'last')))
  return all.map((stream) => [...new Set(stream.changes().map(({ what, id }) => `${what} ${id}`))].filter((line) => line !== 'mode last'))
}

describe('what is told', () => {
  test('begins at once, with bytes that a proxy hands on, and beats', async () => {
    const { token } = await board.staff('Sanne', only('coordinator', ['demo']))
    const stream = await listen(token)
    expect([stream.status, stream.headers['content-type'], stream.headers['cache-control'], stream.headers['x-accel-buffering']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      'no-store, no-transform',
      'no',
    ])
    await until(() => stream.beats() === 1)
    expect(stream.text().indexOf('event: beat')).toBeGreaterThan(2048)
    board.stage.time.advance(15 * SECOND)
    await until(() => stream.beats() === 2)
  })

  test('to each what their roles and areas are for, and of danger to who may see it', async () => {
    const all = ['Sanne', 'Elsewhere', 'Safe', 'Chief', 'Reader'] as const
    const roles = [
      only('coordinator', ['demo']),
      only('coordinator', ['birkehaven']),
      only('coordinator', ['demo']),
      only('administrator'),
      only('reader'),
    ]
    const tokens: string[] = []
    for (const [at, name] of all.entries()) tokens.push((await board.staff(name, roles[at] ?? [], name === 'Safe' ? SAFE : {})).token)
    const readers = await Promise.all(tokens.map(listen))
    await opens('plain', 'demo')
    await opens('danger', 'demo', 'danger')
    await opens('foreign', 'birkehaven')
    const about = { why: 'nobody-eligible', area: 'demo', at: NOW, handoff: 'plain', task: 'medicine' } as const
    await board.work.alarms.raise({ id: 'alarm', area: 'demo', about })
    const { collections } = board.work
    await collections.contacts.insert({ _id: 'resident', version: 1, applied: [] })
    const place = await collections.places.get('birkehaven')
    if (place !== undefined) await collections.places.replace({ ...place, stairwells: ['14'] })
    await board.staff('New', only('reader', ['birkehaven']))
    const [sanne = [], elsewhere = [], safe = [], chief = [], reader = []] = await read(readers)
    const of = (lines: readonly string[], what: string) =>
      lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1))
    expect([of(sanne, 'request'), of(elsewhere, 'request'), of(safe, 'request')]).toEqual([['plain'], ['foreign'], ['plain', 'danger']])
    // A case of danger raises its own.
    expect([of(sanne, 'alarm'), of(elsewhere, 'alarm'), of(safe, 'alarm').length]).toEqual([['alarm'], [], 2])
    expect([of(sanne, 'place'), of(elsewhere, 'place'), of(chief, 'place')]).toEqual([[], ['birkehaven'], ['birkehaven']])
    expect([of(sanne, 'staff'), of(chief, 'staff').length, of(chief, 'request')]).toEqual([[], 1, []])
    expect(reader).toEqual([])
    expect(readers.map((stream) => stream.text()).join('')).not.toMatch(/resident|medicine|H-/)
  })

  test('volunteers to who knows the people of their area, also when they are gone', async () => {
    const { token } = await board.staff('Sanne', only('coordinator', ['demo']))
    const other = await board.staff('Elsewhere', only('administrator', ['birkehaven']))
    const readers = [await listen(token), await listen(other.token)]
    const form = { network: 'neighbours', alias: 'Hodan', languages: ['da'], area: 'demo', tasks: [], hours: [] }
    const volunteer = { ...form, state: 'approved', adult: true, vetting: [], load: { offers: {}, tasks: {}, lately: [] } } as const
    await board.work.collections.contacts.insert({ _id: 'hodan', version: 1, applied: [], volunteer })
    expect(await read(readers)).toEqual([['person hodan'], []])
    const before = readers[0]?.changes().length ?? 0
    await board.work.collections.contacts.remove({ _id: 'hodan' }, 1)
    await until(() => (readers[0]?.changes().length ?? 0) > before)
    expect(readers[0]?.changes().at(-1)).toEqual({ what: 'person', id: 'hodan' })
  })
})

describe('when it ends', () => {
  test('with the login, and with that one alone', async () => {
    const { token, staff } = await board.staff('Sanne', only('coordinator', ['demo']))
    const other = await board.staff('Other', only('coordinator', ['demo']))
    const [mine, theirs] = [await listen(token), await listen(other.token)]
    const signedIn = await whoIs(board.accounts, token, true)
    if (signedIn === undefined) throw new Error(`${staff.name} is not signed in`)
    await endLogin(board.accounts, signedIn)
    await until(mine.isOver)
    expect(theirs.isOver()).toBe(false)
    expect((await listen(token)).status).toBe(401)
  })

  test('when roles change, when somebody is removed, and when the mark for danger goes', async () => {
    const chief = { id: 'chief', areas: 'all' } as const
    const wish = { name: 'Sanne', roles: only('coordinator', ['demo']), safeguarding: true }
    await board.staff('Chief', only('administrator'))
    const [roles, removed, mark, name] = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (each) => board.staff(each, only('coordinator', ['demo']), SAFE)),
    )
    if (roles === undefined || removed === undefined || mark === undefined || name === undefined) throw new Error('four were made')
    const open = await Promise.all([roles, removed, mark, name].map(({ token }) => listen(token)))
    await changeStaff(board.accounts, chief, roles.staff._id, { ...wish, roles: only('coordinator', ['birkehaven']) })
    await removeStaff(board.accounts, chief, removed.staff._id)
    await changeStaff(board.accounts, chief, mark.staff._id, { ...wish, safeguarding: false })
    await changeStaff(board.accounts, chief, name.staff._id, wish)
    await until(() => open.slice(0, 3).every((stream) => stream.isOver()))
    await read(open.slice(3))
    expect(open[3]?.isOver()).toBe(false)
  })

  test('within half a minute where another instance ended the login, or nobody was there', async () => {
    const { token } = await board.staff('Sanne', only('coordinator', ['demo']))
    const asleep = board.stage.time.sleepers()
    const stream = await listen(token)
    const { logins } = board.accounts
    const [login] = await logins.find({}, { sort: ['_id'], limit: 1 })
    if (login !== undefined) await logins.replace({ ...login, until: board.stage.time.now() + 20 * SECOND })
    board.stage.time.advance(15 * SECOND)
    await until(() => stream.beats() === 2 && board.stage.time.sleepers() === asleep + 1)
    expect(stream.isOver()).toBe(false)
    board.stage.time.advance(15 * SECOND)
    await until(stream.isOver)
  })

  test('at the stop of the program, which waits for none', async () => {
    const { token } = await board.staff('Sanne', only('coordinator', ['demo']))
    const asleep = board.stage.time.sleepers()
    const stream = await listen(token)
    board.work.live.close()
    await new Promise((resolve) => server.close(resolve))
    await until(stream.isOver)
    expect(board.stage.time.sleepers()).toBe(asleep)
  })

  test('a reader who takes nothing is cut off', async () => {
    const { token } = await board.staff('Sanne', only('coordinator', ['demo']))
    const { port } = server.address() as AddressInfo
    const outgoing = request({ port, path: '/api/events', headers: { cookie: `__Host-opgang_staff=${token}` } }).end()
    const [response] = await once(outgoing, 'response')
    response.on('error', () => undefined)
    const { live } = board.work
    const long = 'x'.repeat(10_000)
    await until(() => {
      for (let at = 0; at < 100; at += 1) live.tell({ change: { what: 'request', id: `${long}${at}` }, areas: ['demo'] })
      return !live.listening()
    })
    response.destroy()
  })
})

describe('how many', () => {
  test('four of one person, and one more when one is closed', async () => {
    const { token } = await board.staff('Sanne', only('coordinator', ['demo']))
    const four = [await listen(token), await listen(token), await listen(token), await listen(token)]
    expect((await listen(token)).status).toBe(429)
    four[0]?.close()
    let stream = await listen(token)
    // The server learns of it by the connection.
    while (stream.status === 429) stream = await listen(token)
    expect(stream.status).toBe(200)
  })

  test('whoever asks for the head alone gets it, and holds nothing open', async () => {
    const { token } = await board.staff('Sanne', only('coordinator', ['demo']))
    const { port } = server.address() as AddressInfo
    const headers = { cookie: `__Host-opgang_staff=${token}` }
    const [response] = await once(request({ port, path: '/api/events', method: 'HEAD', headers }).end(), 'response')
    expect(response.statusCode).toBe(204)
    expect(board.work.live.listening()).toBe(false)
  })
})

describe('who has a request open', () => {
  const PUT = 'PUT /api/requests/:request/presence'
  const DELETE = 'DELETE /api/requests/:request/presence'
  const others = (of: string, staff: string) => othersOf({ ...board.work.collections, time: board.work.time }, of, staff)

  test('is told to the others, by name, until they close it or say nothing for 45 s', async () => {
    await opens('plain', 'demo')
    const [sanne, karin] = [await board.staff('Sanne', only('coordinator', ['demo'])), await board.staff('Karin', only('coordinator'))]
    const [hers, karins] = [await listen(sanne.token), await listen(karin.token)]
    for (const { token } of [sanne, karin]) expect((await board.ask(PUT, { token, of: 'plain' })).status).toBe(204)
    expect([await others('plain', sanne.staff._id), await others('plain', karin.staff._id)]).toEqual([['Karin'], ['Sanne']])
    const isTold = (stream: EventStream, times: number) => stream.changes().filter(({ what }) => what === 'presence').length === times
    await until(() => isTold(hers, 1) && isTold(karins, 1))
    // Still there is no news.
    board.stage.time.advance(20 * SECOND)
    await board.ask(PUT, { token: karin.token, of: 'plain' })
    board.stage.time.advance(30 * SECOND)
    expect([await others('plain', sanne.staff._id), await others('plain', karin.staff._id)]).toEqual([['Karin'], []])
    expect((await board.ask(DELETE, { token: karin.token, of: 'plain' })).status).toBe(204)
    await until(() => isTold(hers, 2))
    expect(await others('plain', sanne.staff._id)).toEqual([])
    expect(isTold(karins, 1)).toBe(true)
  })

  test('what may not be seen is not there: another area, danger, and what never was', async () => {
    await opens('foreign', 'birkehaven')
    await opens('danger', 'demo', 'danger')
    const { token } = await board.staff('Sanne', only('coordinator', ['demo']))
    const safe = await board.staff('Safe', only('coordinator', ['demo']), SAFE)
    for (const id of ['foreign', 'danger', 'never']) {
      for (const route of [PUT, DELETE] as const) {
        const { status, body } = await board.ask(route, { token, of: id })
        expect([id, route, status, body.code]).toEqual([id, route, 404, 'not-found'])
      }
    }
    expect((await board.ask(PUT, { token: safe.token, of: 'danger' })).status).toBe(204)
    expect(await board.work.collections.presences.count({})).toEqual([{ by: [], count: 1 }])
  })
})
