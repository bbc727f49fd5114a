/** Volunteers in the console's API: who sees whom, what is changed, and what stands in the record of it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { PersonView } from '../../../src/core/people-types.js'
import type { StaffRole } from '../../../src/core/staff-types.js'
import { StoreUnavailable } from '../../../src/store/collection.js'
import type { TurnDocument } from '../../../src/store/collections.js'
import { type ConsoleStage, openConsole } from '../../console-stage.js'
import { NOW, starterLibrary } from '../../library.js'
import { addChat, addVolunteer, HOUR, ON_DUTY, volunteerOf } from '../../people-stage.js'

const library = await starterLibrary()
const coordinator = (areas: StaffRole['areas']): readonly StaffRole[] => [{ role: 'coordinator', areas }]

let board: ConsoleStage
let token: string
let demo: string
beforeEach(async () => {
  board = await openConsole(library)
  token = (await board.staff('Sanne', coordinator('all'))).token
  demo = (await board.staff('Karim', coordinator(['demo']))).token
})
afterEach(() => board.close())

const ids = ({ body }: { body: { rows: { id: string }[] } }) => body.rows.map(({ id }) => id)
const linesOf = async (what: string) => {
  const lines = await board.work.collections.audit.find({}, { sort: ['at', '_id'], limit: 100 })
  return lines.filter((line) => line.what === what).map(({ about, area }) => `${about} ${area}`)
}
const viewOf = async (of: string): Promise<PersonView> => (await board.ask('GET /api/people/:person', { token, of })).body
const changeOf = ({ alias, network, area, languages, tasks, hours, vetting, adult, seen }: PersonView) => {
  return { alias, network, area, languages, tasks, hours, vetting, adult, seen }
}

/** Typed words stand in no address. */
const soughtAs = (text: string) => ({ 'x-opgang-find': encodeURIComponent(text) })

describe('the lists', () => {
  beforeEach(async () => {
    await addVolunteer(board, 'Amina', { state: 'applied' })
    await addVolunteer(board, 'Bilal', { ...ON_DUTY })
    await addVolunteer(board, 'Cemre', { ...ON_DUTY, paused: 'self' })
    await addVolunteer(board, 'Dorte', { area: 'birkehaven', paused: 'report' })
    await addVolunteer(board, 'Emil', { state: 'refused', area: 'birkehaven' })
    await addVolunteer(board, 'Farah', { dutySince: NOW - 30 * HOUR, openUntil: NOW - HOUR })
    await addChat(board, 'resident')
  })

  test('each holds those who belong there, and all are counted', async () => {
    const lists = {
      applied: ['Amina'],
      'on-duty': ['Bilal'],
      approved: ['Bilal', 'Cemre', 'Dorte', 'Farah'],
      paused: ['Cemre', 'Dorte'],
      refused: ['Emil'],
    }
    for (const [list, expected] of Object.entries(lists)) {
      const answer = await board.ask('GET /api/people', { token, query: `?list=${list}` })
      expect(ids(answer)).toEqual(expected)
      expect(answer.body.counts).toEqual({ applied: 1, 'on-duty': 1, approved: 4, paused: 2, refused: 1 })
      expect(answer.body.networks).toEqual([{ id: 'neighbours', names: { da: 'Naboer', en: 'Neighbours' } }])
    }
  })

  test('hold nobody of another area, and count none', async () => {
    const answer = await board.ask('GET /api/people', { token: demo, query: '?list=approved' })
    expect(ids(answer)).toEqual(['Bilal', 'Cemre', 'Farah'])
    expect(answer.body.counts).toEqual({ applied: 1, 'on-duty': 1, approved: 3, paused: 1, refused: 0 })
    const asked = await board.ask('GET /api/people', { token, query: '?list=approved&area=birkehaven' })
    expect(ids(asked)).toEqual(['Dorte'])
    expect((await board.ask('GET /api/people', { token: demo, query: '?area=birkehaven' })).body.code).toBe('foreign-area')
  })

  test('say what matters of each', async () => {
    const { body } = await board.ask('GET /api/people', { token, query: '?list=on-duty' })
    expect(body.rows).toEqual([
      {
        ...{ id: 'Bilal', alias: 'Bilal', network: 'neighbours', area: 'demo', languages: ['so', 'da'], tasks: ['shopping'] },
        ...{ state: 'approved', dutyUntil: NOW + HOUR, offersNow: 0, tasksNow: 0 },
      },
    ])
  })

  test('are filtered by network, and found by how a name begins', async () => {
    await addVolunteer(board, 'anne', { network: 'fathers' })
    await addVolunteer(board, 'Ane Marie')
    const find = async (sought: string, query = '') =>
      ids(await board.ask('GET /api/people', { token, query: `?list=approved${query}`, headers: soughtAs(sought) }))
    expect(ids(await board.ask('GET /api/people', { token, query: '?list=approved&network=fathers' }))).toEqual(['anne'])
    expect(await find('an')).toEqual(['Ane Marie', 'anne'])
    expect(await find('ane m')).toEqual(['Ane Marie'])
    expect(await find('DOR')).toEqual(['Dorte'])
    expect(await find('an', '&network=fathers')).toEqual(['anne'])
    expect(await find('%')).toEqual([])
    const { body } = await board.ask('GET /api/people', { token, query: '?list=approved', headers: soughtAs('an') })
    expect(body.counts.approved).toBe(2)
  })

  test('go on where the page before ended, and show nobody twice', async () => {
    for (let i = 0; i < 120; i += 1) await addVolunteer(board, `p${String(i).padStart(3, '0')}`, { alias: i % 2 === 0 ? 'Zahra' : 'zahra' })
    const seen: string[] = []
    let next: string | undefined
    do {
      const query = `?list=approved${next === undefined ? '' : `&next=${next}`}`
      const { body } = await board.ask('GET /api/people', { token, query, headers: soughtAs('za') })
      seen.push(...body.rows.map(({ id }: { id: string }) => id))
      next = body.next
    } while (next !== undefined)
    expect([seen.length, new Set(seen).size]).toEqual([120, 120])
    const gone = await board.ask('GET /api/people', { token, query: '?list=approved&next=nobody' })
    expect([gone.status, gone.body.code]).toEqual([409, 'changed-meanwhile'])
  })

  test('refuse what is no question', async () => {
    for (const query of ['?list=all', '?area=demo&area=demo'])
      expect([query, (await board.ask('GET /api/people', { token, query })).status]).toEqual([query, 400])
    for (const sought of ['%20', 'x'.repeat(41), '%E0%A4%A']) {
      const { status } = await board.ask('GET /api/people', { token, headers: { 'x-opgang-find': sought } })
      expect([sought, status]).toEqual([sought, 400])
    }
  })
})

describe('somebody of another area', () => {
  test('is not there, whatever is asked', async () => {
    await addVolunteer(board, 'Dorte', { area: 'birkehaven' })
    await addVolunteer(board, 'Emil', { area: 'birkehaven', state: 'applied' })
    const body = changeOf(await viewOf('Dorte'))
    const asked = [
      ['GET /api/people/:person', 'Dorte', undefined],
      ['PUT /api/people/:person', 'Dorte', body],
      ['PUT /api/people/:person', 'Dorte', { wrong: 1 }],
      ['POST /api/people/:person/decision', 'Emil', { yes: true }],
      ['POST /api/people/:person/duty', 'Dorte', { on: false }],
      ['POST /api/people/:person/pause', 'Dorte', { on: true }],
      ['POST /api/people/:person/word', 'Dorte', undefined],
    ] as const
    for (const [name, of, sent] of asked) {
      const answer = await board.ask(name, { token: demo, of, ...(sent === undefined ? {} : { body: sent }) })
      expect([name, answer.status, answer.body.code]).toEqual([name, 404, 'not-found'])
    }
    expect((await volunteerOf(board, 'Dorte'))?.paused).toBeUndefined()
    expect((await volunteerOf(board, 'Emil'))?.state).toBe('applied')
  })

  test('a resident is nobody here', async () => {
    const resident = await addChat(board, 'resident')
    expect((await board.ask('GET /api/people/:person', { token, of: resident })).status).toBe(404)
  })
})

describe('one of them', () => {
  test('is shown with what may be chosen; looking is written down once in ten minutes by each', async () => {
    await addVolunteer(board, 'Bilal', { hours: [{ days: [1], from: 960, until: 1200 }], gender: 'man' })
    const view = await viewOf('Bilal')
    expect(view).toMatchObject({ alias: 'Bilal', hours: [{ days: [1], from: 960, until: 1200 }], gender: 'man', adult: true })
    expect(view.choices).toMatchObject({ stairwells: { demo: ['1', '3'], birkehaven: ['12'] }, networks: [{ id: 'neighbours' }] })
    expect(view.choices.tasks).toContain('shopping')
    expect(view.choices.tasks).not.toContain('danger')
    const limited: PersonView = (await board.ask('GET /api/people/:person', { token: demo, of: 'Bilal' })).body
    expect(Object.keys(limited.choices.stairwells)).toEqual(['demo'])
    board.stage.time.advance(9 * 60_000)
    await viewOf('Bilal')
    expect(await linesOf('person-viewed')).toEqual(['Bilal demo', 'Bilal demo'])
    board.stage.time.advance(2 * 60_000)
    await viewOf('Bilal')
    expect(await linesOf('person-viewed')).toHaveLength(3)
  })

  test('nothing is shown that could not be written down', async () => {
    await addVolunteer(board, 'Bilal')
    const { accounts } = board
    const insert = accounts.audit.insert.bind(accounts.audit)
    Object.assign(accounts.audit, { insert: () => Promise.reject(new StoreUnavailable('away')) })
    const { status, text } = await board.ask('GET /api/people/:person', { token, of: 'Bilal' })
    Object.assign(accounts.audit, { insert })
    expect([status, text.includes('shopping')]).toEqual([503, false])
  })
})

describe('a change', () => {
  beforeEach(() => addVolunteer(board, 'Bilal', { stairwell: '1', gender: 'man', lastFinished: NOW - HOUR, ...ON_DUTY }))
  const put = (body: object, as = token) => board.ask('PUT /api/people/:person', { token: as, of: 'Bilal', body })

  test('is what they are from then on, and what only the program knows stays', async () => {
    const wanted = {
      ...changeOf(await viewOf('Bilal')),
      ...{ alias: 'Bilal B', area: 'birkehaven', stairwell: '12', languages: ['ar'], tasks: ['medicine', 'talk'] },
      ...{ hours: [{ days: [1, 2], from: 960, until: 0 }], vetting: [{ kind: 'children', validTo: '2027-05-01' }] },
    }
    const { status, body } = await put(wanted)
    const { seen: _, ...kept } = wanted
    expect([status, body.alias, body.dutyUntil]).toEqual([200, 'Bilal B', NOW + HOUR])
    expect(await volunteerOf(board, 'Bilal')).toMatchObject({ ...kept, state: 'approved', lastFinished: NOW - HOUR, ...ON_DUTY })
    expect(await volunteerOf(board, 'Bilal')).not.toHaveProperty('gender')
    expect((await linesOf('person-changed')).toSorted()).toEqual(['Bilal birkehaven', 'Bilal demo'])
  })

  test('is refused where another was faster, and says what stands there now when it is asked for anew', async () => {
    const before = changeOf(await viewOf('Bilal'))
    expect((await put({ ...before, alias: 'First' })).status).toBe(200)
    const late = await put({ ...before, alias: 'Second' })
    expect([late.status, late.body.code]).toEqual([409, 'changed-meanwhile'])
    expect((await volunteerOf(board, 'Bilal'))?.alias).toBe('First')
    // The same again, as after an answer that was lost, is no other change.
    expect((await put({ ...before, alias: 'First' })).status).toBe(200)
    expect(await linesOf('person-changed')).toHaveLength(1)
  })

  test('is not kept up by what the volunteer does meanwhile', async () => {
    const before = changeOf(await viewOf('Bilal'))
    const known = await board.work.collections.contacts.get('Bilal')
    if (known?.volunteer !== undefined)
      await board.work.collections.contacts.replace({ ...known, volunteer: { ...known.volunteer, openUntil: NOW + 2 * HOUR } })
    expect((await put({ ...before, tasks: ['talk'] })).status).toBe(200)
    expect(await volunteerOf(board, 'Bilal')).toMatchObject({ tasks: ['talk'], openUntil: NOW + 2 * HOUR })
  })

  test('that makes no sense changes nothing, and is no line in the record', async () => {
    const before = await volunteerOf(board, 'Bilal')
    const form = changeOf(await viewOf('Bilal'))
    const wrong: readonly (readonly [code: string, wrong: object])[] = [
      ['alias-number', { alias: 'Bilal 12345678' }],
      ['unreadable', { alias: 'Bi\u0000lal' }],
      ['unreadable', { alias: '' }],
      ['stairwell-unknown', { stairwell: '99' }],
      ['unreadable', { network: 'red-cross' }],
      ['unreadable', { network: 'constructor' }],
      ['unreadable', { area: 'constructor' }],
      ['unreadable', { area: 'atlantis' }],
      ['unreadable', { languages: ['xx'] }],
      ['unreadable', { languages: [] }],
      ['unreadable', { tasks: ['danger'] }],
      ['unreadable', { hours: [{ days: [8], from: 0, until: 0 }] }],
      ['unreadable', { vetting: [{ kind: 'children', validTo: '2027-02-30' }] }],
      ['unreadable', { load: {} }],
    ]
    for (const [code, part] of wrong) {
      const answer = await put({ ...form, ...part })
      expect([part, answer.status, answer.body.code]).toEqual([part, 400, code])
    }
    expect(await volunteerOf(board, 'Bilal')).toEqual(before)
    expect(await linesOf('person-changed')).toEqual([])
  })

  test('asks them for what waits, where they can help now', async () => {
    // Somebody who may be free soon: else staff would have it, and nobody be asked.
    await addVolunteer(board, 'Busy', { ...ON_DUTY, tasks: ['medicine'], load: { offers: { a: NOW, b: NOW }, tasks: {}, lately: [] } })
    const details = { when: 'now', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'Amina' } as const
    const wanted = { task: 'medicine', network: 'neighbours', area: 'demo', language: 'so', note: '', details } as const
    const turn = { _id: 't1', contact: 'amina', at: NOW, key: 'k', session: { language: { code: 'da' } } } as TurnDocument
    await board.stage.requests.apply({ type: 'openHandoff', ...wanted }, 't1.0', turn)
    const offers = async () => Object.keys((await volunteerOf(board, 'Bilal'))?.load.offers ?? {}).length
    expect(await offers()).toBe(0)
    await put({ ...changeOf(await viewOf('Bilal')), tasks: ['shopping', 'medicine'] })
    expect(await offers()).toBe(1)
  })

  test('moves nobody to an area of others', async () => {
    const answer = await put({ ...changeOf(await viewOf('Bilal')), area: 'birkehaven' }, demo)
    expect([answer.status, answer.body.code]).toEqual([403, 'foreign-area'])
  })
})
