/** What coordinators read of requests: the lists in their order, one request whole, and nothing of those they may not see. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { closeRequest } from '../../../src/app/help-desk.js'
import type { RequestPage, RequestView } from '../../../src/core/board-types.js'
import type { Places } from '../../../src/core/places-types.js'
import type { StaffRole } from '../../../src/core/staff-types.js'
import { type BoardWorld, boardWorld, MINUTE, type Person } from '../../app/board-world.js'
import { type ConsoleStage, openConsole, TOWN } from '../../console-stage.js'
import { starterLibrary } from '../../library.js'

const library = await starterLibrary()
const of = (...areas: string[]): readonly StaffRole[] => [{ role: 'coordinator', areas }]

const KARIN = { id: 'karin', name: 'Karin', hours: [] }
const PLACES = { ...TOWN, places: { ...TOWN.places, demo: { ...TOWN.places['demo'], onCall: [KARIN] } } } as Places

let board: ConsoleStage
let world: BoardWorld
let sanne: string
let guard: string
beforeEach(async () => {
  board = await openConsole(library, PLACES)
  world = boardWorld(board)
  sanne = (await board.staff('Sanne', of('demo'))).token
  guard = (await board.staff('Grethe', of('demo'), { safeguarding: true })).token
})
afterEach(() => board.close())

async function list(query = '', token = sanne): Promise<RequestPage> {
  const { status, body } = await board.ask('GET /api/requests', { token, query })
  expect(status).toBe(200)
  return body as RequestPage
}
async function view(request: string, token = sanne, query = ''): Promise<RequestView> {
  const { status, body } = await board.ask('GET /api/requests/:request', { token, of: request, query })
  expect(status).toBe(200)
  return body as RequestView
}
const refused = async (request: string, token = sanne) => {
  const { status, body } = await board.ask('GET /api/requests/:request', { token, of: request })
  return [status, body.code]
}
const idsOf = ({ rows }: RequestPage) => rows.map(({ id }) => id)

describe('the lists', () => {
  test('each request stands in the list of where it is, those who wait longest first', async () => {
    const amina = await world.person('Amina')
    const yusuf = await world.volunteer('Yusuf')
    const first = await world.asks(amina)
    await world.passes(MINUTE)
    const second = await world.asks(amina)
    expect(await list()).toMatchObject({ counts: { waiting: 2, going: 0, closed: 0 }, rows: [{ id: first }, { id: second }] })
    await world.act(yusuf, first, { type: 'accept' })
    const going = await list('?list=going')
    expect(going).toMatchObject({ counts: { waiting: 1, going: 1 }, rows: [{ id: first, state: 'accepted', helper: 'Yusuf', asked: 1 }] })
    expect(going.rows[0]).not.toHaveProperty('waitsSince')
    // Handed back: it waits again, but not longer than the other since then.
    await world.passes(MINUTE)
    await world.act(yusuf, first, { type: 'hand-back', reason: 'ill' })
    const waiting = await list()
    expect(idsOf(waiting)).toEqual([second, first])
    expect(waiting.rows[1]?.waitsSince).toBe(board.stage.time.now())
    await world.act(amina, second, { type: 'cancel' }, 'resident')
    await world.passes(MINUTE)
    await world.act(amina, first, { type: 'cancel' }, 'resident')
    expect(idsOf(await list('?list=closed'))).toEqual([first, second])
    expect(await list()).toMatchObject({ rows: [], counts: { waiting: 0, going: 0, closed: 2 } })
  })

  test('what staff have is going, with the name of who has it', async () => {
    const handoff = await world.asks(await world.person('Amina'))
    const { staff } = await board.staff('Bo', of('demo'))
    expect((await list()).rows).toMatchObject([{ state: 'with-staff', alarm: { why: 'nobody-eligible' } }])
    await world.act(await world.coordinator('karin'), handoff, { type: 'take' }, 'coordinator')
    expect(await list('?list=going')).toMatchObject({ rows: [{ id: handoff, staff: 'Karin' }], counts: { waiting: 0, going: 1 } })
    const taken = await world.known(handoff)
    if (taken.handoff === undefined) throw new Error('no rules')
    await board.stage.collections.handoffs.replace({ ...taken, handoff: { ...taken.handoff, staff: `staff:${staff._id}` } })
    expect((await list('?list=going')).rows).toMatchObject([{ staff: 'Bo' }])
  })

  test('danger stands first, and is neither line nor number to who is not marked for it', async () => {
    const amina = await world.person('Amina')
    const shopping = await world.asks(amina)
    await world.passes(MINUTE)
    const danger = await world.endangered(amina)
    expect(await list()).toMatchObject({ rows: [{ id: shopping }], counts: { waiting: 1 } })
    const all = await list('', guard)
    expect(idsOf(all)).toEqual([danger, shopping])
    expect(all).toMatchObject({ counts: { waiting: 2 }, rows: [{ danger: true }, {}] })
    expect(await list('?task=danger')).toMatchObject({ rows: [], counts: { waiting: 0 } })
    const pages = [await list('?size=1', guard)]
    pages.push(await list(`?size=1&next=${encodeURIComponent(pages[0]?.next ?? '')}`, guard))
    expect(pages.flatMap(idsOf)).toEqual([danger, shopping])
    expect(pages[1]).not.toHaveProperty('next')
  })

  test('only of the areas of who asks; a foreign one is refused', async () => {
    const amina = await world.person('Amina')
    const here = await world.asks(amina)
    const there = await world.asks(amina, { area: 'birkehaven' })
    expect(idsOf(await list())).toEqual([here])
    const both = (await board.staff('Both', of('demo', 'birkehaven'))).token
    expect(new Set(idsOf(await list('', both)))).toEqual(new Set([here, there]))
    expect(await list('?area=birkehaven', both)).toMatchObject({ rows: [{ id: there }], counts: { waiting: 1 } })
    const { status, body } = await board.ask('GET /api/requests', { token: sanne, query: '?area=birkehaven' })
    expect([status, body.code]).toEqual([403, 'foreign-area'])
  })

  test('by language and task, and what cannot be read is said', async () => {
    const amina = await world.person('Amina')
    const medicine = await world.asks(amina)
    await world.asks(amina, { task: 'shopping' })
    expect(idsOf(await list('?task=medicine&language=so'))).toEqual([medicine])
    expect(await list('?task=medicine')).toMatchObject({ counts: { waiting: 1 } })
    expect(await list('?language=ar')).toMatchObject({ rows: [], counts: { waiting: 0 } })
    for (const query of ['?list=all', '?size=0', '?size=1000', '?next=x', '?next=2.1.a', '?area=demo&area=demo', '?task=%27', '?language='])
      expect((await board.ask('GET /api/requests', { token: sanne, query })).body.code).toBe('unreadable')
  })
})

describe('one request', () => {
  test('who was asked and why, what happened with names, and the talk in order', async () => {
    const amina = await world.person('Amina')
    const yusuf = await world.volunteer('Yusuf')
    const hodan = await world.volunteer('Hodan')
    await world.volunteer('Leyla', { languages: ['tr'] })
    const handoff = await world.asks(amina)
    board.stage.time.advance(MINUTE)
    await world.act(hodan, handoff, { type: 'decline' })
    board.stage.time.advance(MINUTE)
    await world.act(yusuf, handoff, { type: 'accept' })
    board.stage.time.advance(1)
    await world.writes(yusuf, handoff, { text: 'Jeg kommer om en time' })
    await world.writes(amina, handoff, { text: 'شكرا' })
    await world.writes(yusuf, handoff, { card: 'come-at', value: '15.00' })
    const { receipt } = await world.known(handoff)
    const seen = await view(receipt)
    expect(seen).toMatchObject({
      ...{ id: handoff, receipt, task: 'medicine', state: 'accepted', note: 'two boxes', stairwell: '1', alias: 'Amina' },
      ...{ helper: 'Yusuf', asked: 2, declined: 1, wave: 1, others: [], network: 'Naboer' },
    })
    expect(seen.timeline.map(({ what, by, who }) => [what, by, who])).toEqual([
      ['confirm', 'resident', undefined],
      ['offer', undefined, expect.stringMatching(/^(Yusuf, Hodan|Hodan, Yusuf)$/)],
      ['decline', 'volunteer', 'Hodan'],
      ['accept', 'volunteer', 'Yusuf'],
    ])
    expect(seen.decisions).toMatchObject([
      { step: 'wave', notAsked: [{ why: { id: 'language', values: { language: 'so' } }, count: 1, names: ['Leyla'] }] },
    ])
    expect(new Map(seen.decisions[0]?.asked.map(({ name, answer }) => [name, answer]))).toEqual(
      new Map([
        ['Hodan', 'declined'],
        ['Yusuf', 'accepted'],
      ]),
    )
    expect(seen.talk.map(({ side, text }) => [side, text])).toEqual([
      ['helper', 'Jeg kommer om en time'],
      ['resident', 'شكرا'],
      ['helper', 'Jeg kan komme klokken 15.00.'],
    ])
    expect((await view(receipt, sanne, '?language=en')).talk[2]).toMatchObject({ text: 'I can come at 15.00.', language: 'en' })
    // Those who had it say it at the door; staff did not open it.
    expect(seen).not.toHaveProperty('codeWord')
    expect(seen.may).toEqual(['reassign', 'pass-on', 'close', 'write', 'note'])
    expect(seen.networks).toEqual([{ id: 'red-cross', name: 'Røde Kors' }])
  })

  test('those who were not asked: of the commonest reason first, then by reason and name, whoever came first', async () => {
    await world.volunteer('Torben', { paused: 'self' })
    await world.volunteer('Berit', { tasks: ['dog'] })
    for (const name of ['Leyla', 'Aslan']) await world.volunteer(name, { languages: ['tr'] })
    await world.volunteer('Yusuf')
    const [decision] = (await view(await world.asks(await world.person('Amina')))).decisions
    expect(decision?.notAsked.map(({ why, count, names }) => [why.id, count, names])).toEqual([
      ['language', 2, ['Aslan', 'Leyla']],
      ['other-tasks', 1, ['Berit']],
      ['paused', 1, ['Torben']],
    ])
  })

  test('for somebody without a chat: the code word is theirs to say, and words go to the helper', async () => {
    const yusuf = await world.volunteer('Yusuf')
    const handoff = await world.asks(await world.coordinator('karin'), { details: { behalf: true, alias: 'Ingrid' } })
    expect(await view(handoff)).not.toHaveProperty('codeWord')
    await world.act(yusuf, handoff, { type: 'accept' })
    const seen = await view(handoff)
    expect(seen).toMatchObject({ behalf: true, alias: 'Ingrid', codeWord: (await world.known(handoff)).handoff?.codeWord })
    expect(seen.may).toEqual(['reassign', 'say', 'show-door', 'pass-on', 'close', 'note'])
  })

  test('words of danger in a talk are an alarm to those who are marked for it alone', async () => {
    const yusuf = await world.volunteer('Yusuf')
    const handoff = await world.asks(await world.person('Amina'))
    await world.act(yusuf, handoff, { type: 'accept' })
    await world.alarms(yusuf, handoff)
    expect(await view(handoff, guard)).toMatchObject({ alarm: { why: 'danger' }, alarms: [{ why: 'danger', state: 'open', tried: [] }] })
    expect((await list('?list=going', guard)).rows).toMatchObject([{ alarm: { why: 'danger' } }])
    const seen = await view(handoff)
    expect([seen.alarms, seen.alarm, (await list('?list=going')).rows[0]?.alarm]).toEqual([[], undefined, undefined])
  })

  test('a door, shown and gone, is nowhere in it', async () => {
    const amina = await world.person('Amina')
    const yusuf = await world.volunteer('Yusuf')
    const handoff = await world.asks(amina)
    await world.act(yusuf, handoff, { type: 'accept' })
    await world.act(amina, handoff, { type: 'show-door', door: 'Birkevej 12, 3. tv' }, 'resident')
    await world.act(amina, handoff, { type: 'call-back', phone: '20 30 40 50' }, 'resident')
    expect((await world.known(handoff)).door).toBe('Birkevej 12, 3. tv')
    const seen = await view(handoff)
    expect(JSON.stringify(seen)).not.toContain('Birkevej')
    expect(seen.callBack).toBe('20 30 40 50')
  })

  test('a reported talk is read by those who decide after its words are gone, and frozen until then', async () => {
    const amina = await world.person('Amina')
    const yusuf = await world.volunteer('Yusuf')
    const handoff = await world.asks(amina)
    await world.act(yusuf, handoff, { type: 'accept' })
    await world.writes(yusuf, handoff, { text: 'giv mig dit kort' })
    await world.writes(yusuf, handoff, { card: 'hello' })
    await world.act(amina, handoff, { type: 'report' }, 'resident')
    const before = await view(handoff)
    expect(before.talk.map(({ text }) => text)).toEqual(['giv mig dit kort', 'Hej.'])
    expect(before).toMatchObject({ frozen: true, report: { side: 'helper' }, alarm: { why: 'report' }, alarms: [{ why: 'report' }] })
    expect(before.may).toEqual(['take', 'decide-report', 'close', 'write', 'note'])
    expect(before.candidates).toEqual([])
    const turns = await board.stage.collections.turns.find({ from: yusuf.contact }, { sort: ['from', 'at'], limit: 99 })
    for (const { from: _, ...turn } of turns)
      await board.stage.collections.turns.replace({ ...turn, event: { ...turn.event, words: { text: '' } } as never })
    expect((await view(handoff)).talk.map(({ side, text }) => [side, text])).toEqual([
      ['helper', 'giv mig dit kort'],
      ['helper', 'Hej.'],
    ])
  })

  test('somebody who was erased has no name and no words left', async () => {
    const amina = await world.person('Amina')
    const hodan = await world.volunteer('Hodan')
    const handoff = await world.asks(amina)
    await world.act(hodan, handoff, { type: 'decline' })
    await board.stage.collections.contacts.remove({ _id: hodan.contact }, 1)
    const seen = await view(handoff)
    expect(seen.decisions[0]?.asked).toMatchObject([{ name: '', answer: 'declined' }])
    expect(seen.timeline.find(({ what }) => what === 'decline')).toEqual({ at: expect.any(Number), what: 'decline', by: 'volunteer' })
  })

  test('who could be chosen by hand: the nearest first, and nobody whom a rule keeps away', async () => {
    const amina = await world.person('Amina')
    const handoff = await world.asks(amina)
    const next = await world.volunteer('Next', { area: 'birkehaven' })
    const same = await world.volunteer('Same', { stairwell: '3' })
    const near = await world.volunteer('Near', { stairwell: '1' })
    await world.volunteer('Off', { paused: 'self' })
    await world.volunteer('Other', { tasks: ['talk'] })
    await world.volunteer('Applied', { state: 'applied' })
    const seen = await view(handoff)
    expect(seen.may).toEqual(['take', 'ask-more', 'reassign', 'pass-on', 'close', 'write', 'note'])
    const chosen = (who: Person, name: string) => ({ id: who.contact, name, languages: ['so', 'da'] })
    expect(seen.candidates).toEqual([chosen(near, 'Near'), chosen(same, 'Same'), chosen(next, 'Next')])
    await world.act(await world.coordinator('karin'), handoff, { type: 'ask-more' }, 'coordinator')
    await world.passes(0)
    // Those of the area are asked now; the others may still be chosen.
    expect(await view(handoff)).toMatchObject({ state: 'offered', candidates: [chosen(next, 'Next')] })
    await world.act(near, handoff, { type: 'accept' })
    // Who lost it may have it after all.
    expect((await view(handoff)).candidates.map(({ name }) => name)).toEqual(['Same', 'Next'])
    await world.act(near, handoff, { type: 'done' })
    expect(await view(handoff)).toMatchObject({ candidates: [], networks: [], helper: 'Near' })
  })

  test('notes of staff, one’s own for ten minutes', async () => {
    const handoff = await world.asks(await world.person('Amina'))
    const bo = await board.staff('Bo', of('demo'))
    const at = board.stage.time.now()
    const staffNotes = [{ id: 'n1', at, by: `staff:${bo.staff._id}`, text: 'Ringet uden svar' }]
    await board.stage.collections.handoffs.replace({ ...(await world.known(handoff)), staffNotes })
    expect((await view(handoff)).notes).toEqual([{ id: 'n1', at, who: 'Bo', text: 'Ringet uden svar' }])
    const own = await view(handoff, bo.token)
    expect(own.notes).toEqual([{ id: 'n1', at, who: 'Bo', text: 'Ringet uden svar', mine: true }])
    expect(own.may).toContain('take-back-note')
    await world.passes(10 * MINUTE)
    const later = await view(handoff, bo.token)
    expect([later.notes[0]?.mine, later.may.includes('take-back-note')]).toEqual([undefined, false])
  })

  test('of another area, of danger, erased or never there: all the same words', async () => {
    const amina = await world.person('Amina')
    const there = await world.asks(amina, { area: 'birkehaven' })
    const danger = await world.endangered(amina)
    const receipts = await Promise.all([there, danger].map(async (id) => (await world.known(id)).receipt))
    for (const one of [there, danger, ...receipts, 'H-ZZZZ', 'none', '__proto__']) expect(await refused(one)).toEqual([404, 'request-gone'])
    expect(await view(danger, guard)).toMatchObject({ danger: true, may: ['take', 'close', 'note'], candidates: [], networks: [] })
    await board.stage.collections.handoffs.remove({ _id: danger }, 1)
    expect(await refused(danger, guard)).toEqual([404, 'request-gone'])
  })

  test('of two with one number the open one', async () => {
    const amina = await world.person('Amina')
    const [old, open] = [await world.asks(amina), await world.asks(amina)]
    await world.act(amina, old, { type: 'cancel' }, 'resident')
    await board.stage.collections.handoffs.replace({ ...(await world.known(old)), receipt: 'H-2222' })
    await board.stage.collections.handoffs.replace({ ...(await world.known(open)), receipt: 'H-2222' })
    expect((await view('h-2222')).id).toBe(open)
    expect((await view(old)).state).toBe('cancelled')
  })

  test('what is of before there were rules can be noted and closed', async () => {
    const amina = await world.person('Amina')
    const {
      handoff: _,
      details: __,
      history: ___,
      board: ____,
      outbox: _____,
      due: ______,
      ...old
    } = await world.known(await world.asks(amina))
    await board.stage.collections.handoffs.insert({ ...old, _id: 'old', version: 1, receipt: 'H-3333' })
    // It has its place from the first look on.
    expect(idsOf(await list())).toContain('old')
    expect(await view('old')).toMatchObject({ state: 'plain', timeline: [{ what: 'opened' }], may: ['close', 'write', 'note'], talk: [] })
    await closeRequest(
      { ...board.stage.collections, ids: board.work.ids, time: board.stage.time },
      {
        ...{ act: 'close', receipt: 'H-3333', reason: 'not-reached', tell: false },
      },
    )
    expect(await list('?list=closed')).toMatchObject({ rows: [{ id: 'old', closed: { reason: 'not-reached' } }], counts: { closed: 1 } })
    expect((await view('old')).timeline).toHaveLength(2)
  })
})
