/** What staff must not learn or leave behind by asking the API in ways that its page does not. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { seenOf } from '../../../src/app/board/seen.js'
import type { PersonView } from '../../../src/core/people-types.js'
import { only } from '../../accounts-stage.js'
import { type BoardWorld, boardWorld, MINUTE } from '../../app/board-world.js'
import { type ConsoleStage, openConsole, TOWN } from '../../console-stage.js'
import { starterLibrary } from '../../library.js'
import { addVolunteer } from '../../people-stage.js'

const library = await starterLibrary()
const ELSEWHERE = {
  id: 'elsewhere',
  kind: 'board',
  names: { da: 'Bestyrelsen i Birkehaven' },
  areas: ['birkehaven'],
  tasks: ['talk'],
} as const
const PLACES = { ...TOWN, networks: { ...TOWN.networks, elsewhere: { ...ELSEWHERE, settings: {} } } }

let board: ConsoleStage
let demo: string
beforeEach(async () => {
  board = await openConsole(library, PLACES)
  demo = (await board.staff('Karim', only('coordinator', ['demo']))).token
})
afterEach(() => board.close())

const linesOf = async (what: string) => {
  const lines = await board.accounts.audit.find({}, { sort: ['at', '_id'], limit: 100 })
  return lines.filter((line) => line.what === what).map(({ about }) => about)
}

describe('another area', () => {
  test('the place of somebody there in the order of names is not told', async () => {
    await addVolunteer(board, 'Berit')
    await addVolunteer(board, 'Dorte', { area: 'birkehaven' })
    for (const next of ['Dorte', 'nobody']) {
      const { status, body } = await board.ask('GET /api/people', { token: demo, query: `?list=approved&next=${next}` })
      expect([next, status, body.code]).toEqual([next, 409, 'changed-meanwhile'])
    }
  })

  test('networks that help only there have no name here, and nobody is put into one; who is in one stays', async () => {
    await addVolunteer(board, 'Berit')
    const names = ({ body }: { body: { networks: readonly { id: string }[] } }) => body.networks.map(({ id }) => id)
    const list = { token: demo, query: '?list=approved' }
    expect(names(await board.ask('GET /api/people', list))).toEqual(['neighbours'])
    const view: PersonView = (await board.ask('GET /api/people/:person', { token: demo, of: 'Berit' })).body
    expect(view.choices.networks.map(({ id }) => id)).toEqual(['neighbours'])
    const { alias, area, languages, tasks, hours, vetting, adult, seen } = view
    const body = { alias, area, languages, tasks, hours, vetting, adult, seen, network: 'elsewhere' }
    expect((await board.ask('PUT /api/people/:person', { token: demo, of: 'Berit', body })).body.code).toBe('unreadable')
    await addVolunteer(board, 'Moved', { network: 'elsewhere' })
    expect(names(await board.ask('GET /api/people', list)).toSorted()).toEqual(['elsewhere', 'neighbours'])
    const moved: PersonView = (await board.ask('GET /api/people/:person', { token: demo, of: 'Moved' })).body
    expect(moved.choices.networks.map(({ id }) => id).toSorted()).toEqual(['elsewhere', 'neighbours'])
  })
})

describe('a request', () => {
  test('names who was not asked in areas of the reader alone, and counts the others', async () => {
    const world = boardWorld(board)
    const amina = await world.person('Amina')
    await world.volunteer('Leyla', { languages: ['tr'] })
    await world.volunteer('Dorte', { languages: ['tr'], area: 'birkehaven' })
    const handoff = await world.asks(amina)
    const everywhere = (await board.staff('Sanne', only('coordinator'))).token
    const notAsked = async (token: string) => {
      const { body } = await board.ask('GET /api/requests/:request', { token, of: handoff })
      return body.decisions[0].notAsked.map(({ count, names }: { count: number; names: string[] }) => [count, names.toSorted()])
    }
    expect(await notAsked(demo)).toEqual([[2, ['Leyla']]])
    expect(await notAsked(everywhere)).toEqual([[2, ['Dorte', 'Leyla']]])
  })
})

describe('the record', () => {
  test('can be read whatever somebody called an area', async () => {
    const { token } = await board.staff('Sanne', [...only('coordinator'), ...only('administrator')])
    for (const area of ['constructor', '__proto__', 'toString'])
      expect((await board.ask('GET /api/people/file', { token, query: `?area=${area}` })).status).toBe(200)
    const { status, body } = await board.ask('GET /api/audit', { token })
    expect(status).toBe(200)
    expect(body.lines.map(({ about }: { about: string }) => about)).toEqual(
      expect.arrayContaining(['constructor', '__proto__', 'toString']),
    )
    expect(await linesOf('people-exported')).toEqual(['constructor', '__proto__', 'toString'])
    const long = await board.ask('GET /api/people/file', { token, query: `?area=${'x'.repeat(101)}` })
    expect([long.status, long.body.code]).toEqual([400, 'unreadable'])
  })

  test('has a line of whoever is shown a volunteer by an answer that changes nothing', async () => {
    await addVolunteer(board, 'Berit')
    const again = () => board.ask('POST /api/people/:person/decision', { token: demo, of: 'Berit', body: { yes: true } })
    expect((await again()).body.alias).toBe('Berit')
    expect(await linesOf('person-viewed')).toEqual(['Berit'])
    await again()
    expect(await linesOf('person-viewed')).toEqual(['Berit'])
  })

  test('has a line of whoever is shown a request by the same order again', async () => {
    const world: BoardWorld = boardWorld(board)
    const handoff = await world.asks(await world.person('Amina'))
    const body = { id: 'order-of-page', seen: seenOf(await world.known(handoff)), act: { do: 'note', text: 'called' } }
    const order = () => board.ask('POST /api/requests/:request/acts', { token: demo, of: handoff, body })
    expect((await order()).body.notes).toHaveLength(1)
    await world.passes(60 * MINUTE)
    const looks = (await linesOf('request-viewed')).length
    expect((await order()).body.notes).toHaveLength(1)
    expect(await linesOf('request-noted')).toHaveLength(1)
    expect(await linesOf('request-viewed')).toHaveLength(looks + 1)
  })
})

describe('names', () => {
  test('of staff are on one line, and turn no other words round', async () => {
    const { token } = await board.staff('Chief', only('administrator'))
    const wish = (name: string) => ({ name, roles: only('reader', ['demo']), safeguarding: false })
    for (const name of ['Sanne\nKarin', 'Sanne\u202Eenirak', 'Sanne\u0000', '\u2066Sanne', 'Sanne\u2028Karin', '\ud800'])
      expect([name, (await board.ask('POST /api/staff', { token, body: wish(name) })).body.code]).toEqual([name, 'unreadable'])
    for (const name of ['Sanne Sørensen', 'أمينة'])
      expect([name, (await board.ask('POST /api/staff', { token, body: wish(name) })).status]).toEqual([name, 200])
  })

  test('of networks and stairwells too; no network is called as something that every object has', async () => {
    const { token } = await board.staff('Chief', only('administrator'))
    const network = (da: string) => ({ seen: 0, kind: 'board', names: { da }, areas: ['demo'], tasks: ['talk'], settings: {} })
    const place = (stairwell: string) => ({ seen: 1, stairwells: [stairwell], neighbours: [], officeHours: [], onCall: [] })
    for (const text of ['\u202Ex', '\ud800']) {
      expect((await board.ask('PUT /api/networks/:network', { token, of: 'board', body: network(text) })).body.code).toBe('unreadable')
      expect((await board.ask('PUT /api/places/:area', { token, of: 'demo', body: place(text) })).body.code).toBe('unreadable')
    }
    for (const id of ['constructor', '__proto__'])
      expect((await board.ask('PUT /api/networks/:network', { token, of: id, body: network('B') })).body.code).toBe('needs-mending')
  })

  test('of volunteers too', async () => {
    await addVolunteer(board, 'Berit')
    const view: PersonView = (await board.ask('GET /api/people/:person', { token: demo, of: 'Berit' })).body
    const { network, area, languages, tasks, hours, vetting, adult, seen } = view
    for (const alias of ['Be\u202Etir', 'Be\u2028rit', '\udc00'])
      expect(
        (
          await board.ask('PUT /api/people/:person', {
            ...{ token: demo, of: 'Berit' },
            body: { alias, network, area, languages, tasks, hours, vetting, adult, seen },
          })
        ).body.code,
      ).toBe('unreadable')
  })
})

describe('a login', () => {
  const HOUR = 60 * MINUTE
  const asked = (by: string) => board.ask('GET /api/mode', { token: demo, headers: { 'x-opgang': by } })

  test('is not kept alive by what the page asks by itself', async () => {
    for (let hours = 0; hours < 11; hours += 1) {
      board.stage.time.advance(HOUR)
      expect((await asked('live')).status).toBe(200)
    }
    board.stage.time.advance(HOUR)
    expect((await asked('live')).status).toBe(401)
  })

  test('is by what somebody does', async () => {
    for (let hours = 0; hours < 24; hours += 8) {
      board.stage.time.advance(8 * HOUR)
      expect((await asked('console')).status).toBe(200)
    }
  })
})
