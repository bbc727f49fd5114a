/** What staff do about a volunteer in the console's API, and what stands in the record of it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { blankHandoffs } from '../../../src/app/handoff-retention.js'
import { RETENTION_DAYS } from '../../../src/core/language-choice.js'
import type { StaffRole } from '../../../src/core/staff-types.js'
import { openTown } from '../../board-town.js'
import { type ConsoleStage, openConsole } from '../../console-stage.js'
import { NOW, starterLibrary } from '../../library.js'
import { addChat, addVolunteer, HOUR, heardOf, ON_DUTY, volunteerOf } from '../../people-stage.js'

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

const linesOf = async (what: string) => {
  const lines = await board.work.collections.audit.find({}, { sort: ['at', '_id'], limit: 100 })
  return lines.filter((line) => line.what === what).map(({ about, area }) => `${about} ${area}`)
}

describe('an answer to an applicant', () => {
  const decide = (of: string, yes: boolean) => board.ask('POST /api/people/:person/decision', { token, of, body: { yes } })
  const applies = async () => {
    const contact = await addChat(board, 'hodan')
    await addVolunteer(board, contact, { state: 'applied', alias: 'Hodan' })
    const { collections, alarms } = board.work
    const volunteer = { contact, network: 'neighbours', languages: ['so'], tasks: ['shopping'] }
    await alarms.raise({ id: 'alarm:1', area: 'demo', about: { why: 'application', area: 'demo', at: NOW, volunteer } })
    return { contact, alarm: async () => (await collections.alarms.get('alarm:1'))?.state }
  }

  test('is told once, ends the alarm, and stands in the record', async () => {
    const { contact, alarm } = await applies()
    expect((await decide(contact, true)).body).toMatchObject({ state: 'approved' })
    expect((await decide(contact, true)).status).toBe(200)
    const other = await decide(contact, false)
    expect([other.status, other.body.code]).toEqual([409, 'decided-before'])
    expect(await heardOf(board, 'hodan')).toEqual(['role approved'])
    expect(await alarm()).toBe('over')
    expect(await linesOf('person-approved')).toEqual([`${contact} demo`])
    expect(await linesOf('person-refused')).toEqual([])
  })

  test('a refusal is one too', async () => {
    const { contact } = await applies()
    expect((await decide(contact, false)).body).toMatchObject({ state: 'refused' })
    expect(await heardOf(board, 'hodan')).toEqual(['role refused'])
    expect(await linesOf('person-refused')).toEqual([`${contact} demo`])
  })

  test('a no becomes a yes when staff mean it, who are told so once; a yes never becomes a no', async () => {
    const { contact } = await applies()
    await decide(contact, false)
    // Whoever saw an applicant learns that somebody else has answered.
    expect((await decide(contact, true)).body.code).toBe('decided-before')
    const anew = (yes: boolean) => board.ask('POST /api/people/:person/decision', { token, of: contact, body: { yes, anew: true } })
    for (const _ of [1, 2]) expect((await anew(true)).body).toMatchObject({ state: 'approved' })
    expect((await anew(false)).body.code).toBe('decided-before')
    expect(await heardOf(board, 'hodan')).toEqual(['role refused', 'role approved'])
    expect(await linesOf('person-approved')).toEqual([`${contact} demo`])
    expect(await linesOf('person-refused')).toEqual([`${contact} demo`])
  })

  test('nobody is approved who has not promised confidentiality', async () => {
    await addVolunteer(board, 'Emil')
    const known = await board.work.collections.contacts.get('Emil')
    if (known?.volunteer === undefined) throw new Error('nobody')
    const { promise: _, ...volunteer } = known.volunteer
    await board.work.collections.contacts.replace({ ...known, volunteer: { ...volunteer, state: 'applied' } })
    expect((await decide('Emil', true)).body.code).toBe('no-promise')
    expect((await decide('Emil', false)).body).toMatchObject({ state: 'refused' })
    const anew = await board.ask('POST /api/people/:person/decision', { token, of: 'Emil', body: { yes: true, anew: true } })
    expect(anew.body.code).toBe('no-promise')
  })

  test('is yes or no', async () => {
    const { contact } = await applies()
    for (const body of [{}, { yes: 'true' }, { yes: true, by: 'x' }])
      expect((await board.ask('POST /api/people/:person/decision', { token, of: contact, body })).body.code).toBe('unreadable')
  })
})

describe('duty', () => {
  /** Time that passes may sign somebody out. */
  const later = async (ms: number) => {
    board.stage.time.advance(ms)
    token = (await board.staff('Sanne', coordinator('all'))).token
  }
  const duty = (of: string, on: boolean) => board.ask('POST /api/people/:person/duty', { token, of, body: { on } })

  test('begins while they can be written to, and lasts until they cannot', async () => {
    const contact = await addChat(board, 'hodan')
    await addVolunteer(board, contact)
    await later(23 * HOUR)
    expect((await duty(contact, true)).body).toMatchObject({ dutyUntil: NOW + 24 * HOUR })
    expect(await linesOf('person-duty-on')).toEqual([`${contact} demo`])
  })

  test('does not begin for somebody who has not written for a day, or never', async () => {
    const contact = await addChat(board, 'hodan')
    await addVolunteer(board, contact)
    await addVolunteer(board, 'volunteer:emil')
    await later(24 * HOUR)
    for (const who of [contact, 'volunteer:emil']) {
      const answer = await duty(who, true)
      expect([answer.status, answer.body.code]).toEqual([409, 'person-window-closed'])
    }
    // What was refused was not done.
    expect(await linesOf('person-duty-on')).toEqual([])
  })

  test('does not begin in a pause, nor before they are approved', async () => {
    const contact = await addChat(board, 'hodan')
    for (const [code, more] of [
      ['paused', { paused: 'self' }],
      ['report-waits', { paused: 'report' }],
      ['not-approved', { state: 'applied' }],
    ] as const) {
      await addVolunteer(board, contact, more)
      expect((await duty(contact, true)).body.code).toBe(code)
    }
  })

  test('is ended, and they are told', async () => {
    const contact = await addChat(board, 'hodan')
    await addVolunteer(board, contact, ON_DUTY)
    expect((await duty(contact, false)).body).not.toHaveProperty('dutyUntil')
    expect(await volunteerOf(board, contact)).not.toHaveProperty('openUntil')
    expect(await heardOf(board, 'hodan')).toEqual(['duty ended'])
    expect(await linesOf('person-duty-off')).toEqual([`${contact} demo`])
  })
})

describe('a pause', () => {
  const pause = (of: string, on: boolean) => board.ask('POST /api/people/:person/pause', { token, of, body: { on } })

  test('begins and ends', async () => {
    await addVolunteer(board, 'Bilal', ON_DUTY)
    expect((await pause('Bilal', true)).body).toMatchObject({ paused: 'self' })
    expect((await pause('Bilal', false)).body).not.toHaveProperty('paused')
    expect([await linesOf('person-paused'), await linesOf('person-resumed')]).toEqual([['Bilal demo'], ['Bilal demo']])
  })

  /** Lone has said yes to Amina, who reports her; Bent has nothing to do with it. */
  const reported = async () => {
    const town = openTown(board)
    const lone = await town.arrive('lone', {})
    for (const who of ['amina', 'bent']) await town.arrive(who)
    const request = await town.asks('amina')
    await town.asks('bent')
    await town.does('lone', request._id, { type: 'accept' })
    await town.does('amina', request._id, { type: 'report' }, 'resident')
    return { lone, request: await town.request(request._id) }
  }

  test('of a report is not ended while the report waits; one beside it is kept for then', async () => {
    const { lone } = await reported()
    const answer = await pause(lone, false)
    expect([answer.status, answer.body.code]).toEqual([409, 'report-waits'])
    expect(await linesOf('person-resumed')).toEqual([])
    expect((await pause(lone, true)).body).toMatchObject({ paused: 'report' })
    expect(await volunteerOf(board, lone)).toMatchObject({ paused: 'report', alsoPaused: 'self' })
  })

  test('of a report whose request is gone is ended by staff, and they are told', async () => {
    const { lone, request } = await reported()
    await board.work.collections.handoffs.remove({ contact: request.contact }, 10)
    expect((await pause(lone, false)).body).not.toHaveProperty('paused')
    await board.stage.settler.idle()
    const [chat] = await board.work.collections.conversations.find({ contact: lone }, { sort: ['contact'], limit: 1 })
    const heard = (await board.stage.log(chat?._id ?? '')).flatMap(({ event }) => (event.type === 'role' ? [event.is] : []))
    expect(heard).toEqual(['paused', 'resumed'])
    expect(await linesOf('person-resumed')).toEqual([`${lone} demo`])
  })

  test('of a report whose request was over and is blanked by age is ended by staff; the break they wanted themselves is left', async () => {
    const { lone, request } = await reported()
    await pause(lone, true)
    const { collections } = board.work
    const closed = { at: NOW, reason: 'helped', tell: 'nobody', attempt: 0, kept: true } as const
    await collections.handoffs.replace({ ...request, state: 'closed', closed })
    expect((await pause(lone, false)).body.code).toBe('report-waits')
    const late = NOW + (RETENTION_DAYS + 1) * 24 * HOUR
    expect(await blankHandoffs({ ...collections, time: { now: () => late }, scrub: async () => undefined })).toBe(1)
    expect((await pause(lone, false)).body).toMatchObject({ paused: 'self' })
    expect((await pause(lone, false)).body).not.toHaveProperty('paused')
  })
})

describe('a one-time word', () => {
  test('brings a volunteer of a file into a chat, for a quarter of an hour', async () => {
    await addVolunteer(board, 'volunteer:emil', { alias: 'Emil', file: 'emil' })
    const row = (await board.ask('GET /api/people', { token, query: '?list=approved' })).body.rows[0]
    expect(row).toMatchObject({ id: 'volunteer:emil', withoutChat: true })
    const { body } = await board.ask('POST /api/people/:person/word', { token, of: 'volunteer:emil' })
    expect(body).toEqual({ word: expect.stringMatching(/^OPG-\w{4}-\w{4}$/), until: NOW + 15 * 60_000 })
    expect(await linesOf('person-word')).toEqual(['volunteer:emil demo'])
    // Once they have come into the chat nobody has this id any more.
    await board.work.collections.contacts.remove({ _id: 'volunteer:emil' }, 1)
    const chief = (await board.staff('Chief', [{ role: 'administrator', areas: 'all' }])).token
    const { lines } = (await board.ask('GET /api/audit', { token: chief })).body
    expect(lines.find(({ what }: { what: string }) => what === 'person-word')).toMatchObject({ about: 'emil' })
    const stored = JSON.stringify(await board.work.collections.oneTimes.find({}, { sort: ['until'], limit: 9 }))
    expect(stored).not.toContain(body.word)
  })

  test('is not made for somebody who writes already', async () => {
    await addVolunteer(board, 'Bilal')
    expect((await board.ask('POST /api/people/:person/word', { token, of: 'Bilal' })).body.code).toBe('person-has-chat')
  })
})

describe('the file', () => {
  test('is for a spreadsheet, holds the caller’s areas alone, and stands in the record', async () => {
    await addVolunteer(board, 'a', { alias: '=Amina;', hours: [{ days: [1, 2, 3, 4, 5], from: 960, until: 1200 }] })
    await addVolunteer(board, 'b', { alias: 'Bilal', state: 'applied', vetting: [{ kind: 'children', validTo: '2027-05-01' }] })
    await addVolunteer(board, 'c', { alias: 'Cemre', area: 'birkehaven' })
    await addVolunteer(board, 'd', { alias: 'Dorte', state: 'refused' })
    const { status, headers, text } = await board.ask('GET /api/people/file', { token: demo })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=frivillige.csv',
      'cache-control': 'no-store',
    })
    const [head, ...rows] = text.split('\r\n')
    expect(head?.startsWith('\uFEFF"Navn";"Netværk";"Område"')).toBe(true)
    expect(rows).toHaveLength(3)
    expect(rows[0]).toContain('"Bilal";"Naboer";"demo";"";"so, da";"Handle ind";"";"";"venter på svar"')
    expect(rows[1]).toContain(`"'=Amina;"`)
    expect(rows[1]).toContain('"mon-fri 16:00-20:00"')
    expect(text).not.toMatch(/Cemre|Dorte/)
    expect(await linesOf('people-exported')).toEqual(['demo demo'])
    expect((await board.ask('GET /api/people/file', { token: demo, query: '?area=birkehaven' })).status).toBe(403)
  })
})
