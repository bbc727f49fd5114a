/** What coordinators do about requests at the console, over the real use cases: done once, by the rules, and refused in words. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { seenOf } from '../../../src/app/board/seen.js'
import type { RequestAct } from '../../../src/core/board-types.js'
import { StoreUnavailable } from '../../../src/store/collection.js'
import type { HandoffDocument } from '../../../src/store/collections.js'
import { only } from '../../accounts-stage.js'
import { openTown, type Town } from '../../board-town.js'
import { type ConsoleStage, openConsole } from '../../console-stage.js'
import { starterLibrary } from '../../library.js'

const MINUTE = 60_000
const CPR = '010170-1234'
const library = await starterLibrary()

let board: ConsoleStage
let town: Town
let sanne: { readonly id: string; readonly token: string }
let karin: { readonly id: string; readonly token: string }

beforeEach(async () => {
  board = await openConsole(library)
  town = openTown(board)
  sanne = await somebody('Sanne')
  karin = await somebody('Karin')
})
afterEach(() => board.close())

async function somebody(name: string, area = 'demo', more = {}) {
  const { staff, token } = await board.staff(name, only('coordinator', [area]), more)
  return { id: staff._id, token }
}

let orders = 0
interface Acting {
  readonly by?: { readonly token: string }
  readonly seen?: string
  readonly id?: string
}
const act = (
  request: Pick<HandoffDocument, '_id'>,
  wanted: RequestAct,
  { by = sanne, seen, id = `order-${++orders}-of-page` }: Acting = {},
) =>
  Promise.resolve(seen ?? town.request(request._id).then(seenOf)).then((token) =>
    board.ask('POST /api/requests/:request/acts', { token: by.token, of: request._id, body: { id, seen: token, act: wanted } }),
  )
const done = async (...asked: Parameters<typeof act>) => {
  const answer = await act(...asked)
  expect([answer.status, answer.body.code]).toEqual([200, undefined])
  await board.stage.settler.idle()
  return town.request(asked[0]._id)
}
const refused = async (...asked: Parameters<typeof act>) => {
  const before = JSON.stringify(await town.request(asked[0]._id))
  const { status, body } = await act(...asked)
  expect(body.message).toEqual({ da: expect.any(String), en: expect.any(String) })
  // Whatever is refused has changed nothing.
  expect(JSON.stringify(await town.request(asked[0]._id))).toBe(before)
  return [status, body.code, body.more]
}
const lines = async () => {
  const found = await board.stage.collections.audit.find({}, { sort: ['at', '_id'], limit: 100 })
  return found.filter(({ what }) => what.startsWith('request')).map(({ who, what, about, area }) => ({ who, what, about, area }))
}
const alarms = () =>
  board.stage.collections.alarms.find(
    { 'about.handoff': { in: ['effect1', 'effect2', 'effect3', 'effect4'] } },
    { sort: ['about.handoff'], limit: 20 },
  )

/** A request that waits with Lone, who was asked. */
async function waiting() {
  await town.arrive('amina')
  await town.arrive('lone', {})
  return town.asks('amina')
}

async function held() {
  const request = await waiting()
  await town.does('lone', request._id, { type: 'accept' })
  return town.request(request._id)
}

async function withStaff() {
  await town.arrive('amina')
  const request = await town.asks('amina')
  expect(request.handoff?.state).toBe('with-staff')
  return request
}

describe('taking and giving back', () => {
  test('whoever takes a request that waits has it in one step; nobody is asked or called any more, and a line says who did', async () => {
    const request = await waiting()
    const taken = await done(request, { do: 'take' })
    expect(taken.handoff).toMatchObject({ state: 'with-staff', staff: `staff:${sanne.id}` })
    expect(taken.history?.slice(-2)).toMatchObject([
      { what: 'to-staff', by: 'staff', who: `staff:${sanne.id}` },
      { what: 'take', by: 'staff' },
    ])
    expect(await alarms()).toEqual([])
    expect(await town.heard('amina')).toEqual(['with-staff'])
    expect(await town.heard('lone')).toEqual(['offer', 'taken'])
    expect(await lines()).toEqual([{ who: sanne.id, what: 'request-taken', about: request.receipt, area: 'demo' }])
    expect(await refused(taken, { do: 'take' })).toEqual([409, 'already-yours', undefined])
    expect(await refused(taken, { do: 'take' }, { by: karin })).toEqual([409, 'taken-by-staff', { who: 'Sanne' }])
    expect(await refused(taken, { do: 'let-go' }, { by: karin })).toEqual([409, 'taken-by-staff', { who: 'Sanne' }])
    const back = await done(taken, { do: 'let-go' })
    expect(back.handoff?.staff).toBeUndefined()
    expect(await lines()).toHaveLength(2)
  })

  test('the alarm of a request that staff have is seen by whoever takes it', async () => {
    const request = await withStaff()
    expect(await alarms()).toMatchObject([{ state: 'open', about: { why: 'nobody-eligible' } }])
    await done(request, { do: 'take' })
    expect(await alarms()).toMatchObject([{ state: 'acknowledged', by: `staff:${sanne.id}` }])
    expect((await town.heard('amina')).at(-1)).toBe('staff')
  })

  test('a task that a volunteer has is not taken by accident', async () => {
    expect(await refused(await held(), { do: 'take' })).toEqual([409, 'has-helper', undefined])
    expect(await lines()).toEqual([])
  })

  test('the same order again gives the same answer and has no second effect, also twice at once', async () => {
    const request = await waiting()
    const asked = { id: 'same-order-again', seen: seenOf(request) }
    const answers = await Promise.all([act(request, { do: 'take' }, asked), act(request, { do: 'take' }, asked)])
    answers.push(await act(request, { do: 'take' }, asked))
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([200, { id: request._id, receipt: request.receipt }]))
    const { history = [] } = await town.request(request._id)
    expect(history.filter(({ what }) => what === 'take')).toHaveLength(1)
    expect(new Set((await lines()).map(({ what }) => what))).toEqual(new Set(['request-taken']))
  })
})

describe('two on the same request', () => {
  test('the second is told what the first did, and nothing is done', async () => {
    const request = await waiting()
    const seen = seenOf(request)
    const taken = await done(request, { do: 'take' }, { seen })
    const [status, code, more] = await refused(taken, { do: 'close', reason: 'helped', tell: true }, { by: karin, seen })
    expect([status, code]).toEqual([409, 'changed-meanwhile'])
    expect(more).toEqual({ what: 'take', who: 'Sanne', at: expect.any(Number) })
    expect(await lines()).toHaveLength(1)
  })

  test('of two at once one is heard', async () => {
    const request = await waiting()
    const seen = seenOf(request)
    const both = await Promise.all([
      act(request, { do: 'take' }, { seen }),
      act(request, { do: 'close', reason: 'not-needed', tell: false }, { by: karin, seen }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('changed-meanwhile')
  })

  test('a volunteer who said yes meanwhile comes first, and is named', async () => {
    const request = await waiting()
    const seen = seenOf(request)
    await town.does('lone', request._id, { type: 'accept' })
    expect(await refused(request, { do: 'take' }, { seen })).toEqual([
      409,
      'changed-meanwhile',
      expect.objectContaining({ what: 'accept', who: 'lone' }),
    ])
  })

  test('what another closed is said, never an error; an old order sent late does nothing', async () => {
    const request = await waiting()
    const seen = seenOf(request)
    const closed = await done(request, { do: 'close', reason: 'not-needed', tell: false }, { by: karin })
    expect(await refused(closed, { do: 'write', text: 'Hej' }, { seen })).toEqual([
      409,
      'changed-meanwhile',
      expect.objectContaining({ who: 'Karin' }),
    ])
    for (const wanted of [
      { do: 'take' },
      { do: 'let-go' },
      { do: 'ask-more' },
      { do: 'reassign' },
      { do: 'close', reason: 'helped', tell: false },
    ] as const)
      expect(await refused(closed, wanted)).toEqual([409, 'is-over', undefined])
  })

  test('one that is erased while it is open on the screen is gone', async () => {
    const request = await waiting()
    const seen = seenOf(request)
    await board.stage.collections.handoffs.remove({ contact: request.contact }, 10)
    const { status, body } = await act(request, { do: 'take' }, { seen })
    expect([status, body.code]).toEqual([404, 'request-gone'])
  })
})

describe('asking volunteers', () => {
  test('the next ones are asked now, while the first still may say yes; and when there are none it is said', async () => {
    await town.arrive('amina')
    for (const name of ['a', 'b', 'c', 'd']) await town.arrive(name, {})
    const request = await town.asks('amina')
    const asked = (document: HandoffDocument) => document.handoff?.offers.filter(({ state }) => state === 'open').length
    expect(asked(request)).toBe(3)
    const more = await done(request, { do: 'ask-more' })
    expect([more.handoff?.state, more.handoff?.wave, asked(more)]).toEqual(['offered', 2, 4])
    expect(more.history?.at(-1)).toMatchObject({ what: 'offer', who: `staff:${sanne.id}` })
    expect(await refused(more, { do: 'ask-more' })).toEqual([409, 'nobody-now', undefined])
    expect(await refused(more, { do: 'reassign' })).toEqual([409, 'nobody-now', undefined])
  })

  test('from staff it goes back to volunteers when there is somebody to ask, and stays with staff when there is not', async () => {
    const request = await withStaff()
    expect(await refused(request, { do: 'ask-more' })).toEqual([409, 'nobody-now', undefined])
    await town.arrive('lone', {})
    const more = await done(request, { do: 'ask-more' })
    expect(more.handoff?.state).toBe('offered')
    expect(await town.heard('lone')).toEqual(['offer'])
    expect(await alarms()).toMatchObject([{ state: 'over' }])
  })

  test('nobody is woken at night for what is not urgent', async () => {
    board.stage.time.advance(13 * 60 * MINUTE)
    sanne = await somebody('Sanne')
    await town.arrive('amina')
    await town.arrive('lone', {})
    const request = await town.asks('amina', { details: { when: 'tomorrow' } })
    expect(await refused(request, { do: 'ask-more' })).toEqual([409, 'quiet-hours', undefined])
  })

  test('whoever has it loses it kindly, and the one whom staff chose is asked', async () => {
    const request = await held()
    const hodan = await town.arrive('hodan', {})
    const moved = await done(request, { do: 'reassign', to: hodan })
    expect(moved.handoff?.state).toBe('offered')
    expect(moved.handoff?.offers.filter(({ state }) => state === 'open')).toMatchObject([{ volunteer: hodan }])
    expect((await town.heard('lone')).slice(-2)).toEqual(['talk-ends', 'handed-on'])
    expect(await town.heard('amina')).not.toContain('with-staff')
    expect((await town.heard('amina')).at(-1)).toBe('looking')
    expect(await alarms()).toEqual([])
    const { volunteer } = (await board.stage.collections.contacts.get(hodan)) ?? {}
    expect(Object.keys(volunteer?.load.offers ?? {})).toEqual([request._id])
    await town.does('hodan', request._id, { type: 'accept' })
    expect((await town.request(request._id)).handoff).toMatchObject({ state: 'accepted', assignee: hodan })
  })

  test('one who cannot be asked is refused with why, and the helper keeps the task', async () => {
    const request = await held()
    const away = await town.arrive('away', { dutySince: undefined as never, languages: ['so'] })
    const [status, code, more] = await refused(request, { do: 'reassign', to: away })
    expect([status, code]).toEqual([409, 'cannot-be-asked'])
    expect((more as { why: { id: string }[] }).why.map(({ id }) => id)).toEqual(['language', 'off-duty'])
    expect(await refused(request, { do: 'reassign', to: request.handoff?.assignee ?? '' })).toMatchObject([
      409,
      'cannot-be-asked',
      { why: [{ id: 'declined' }] },
    ])
    expect(await refused(request, { do: 'reassign', to: 'nobody' })).toEqual([409, 'cannot-be-asked', { why: [] }])
    expect(await refused(request, { do: 'reassign' })).toEqual([409, 'nobody-now', undefined])
    expect((await town.request(request._id)).handoff?.state).toBe('accepted')
  })
})

describe('words', () => {
  test('a person writes to the resident, without what must not be kept', async () => {
    const request = await waiting()
    await done(request, { do: 'write', text: `Vi ringer i morgen. ${CPR}` })
    expect(await town.read('amina')).toContain('Vi ringer i morgen. ▮▮▮▮▮▮-▮▮▮▮')
    expect(JSON.stringify(await board.stage.log(request.conversation))).not.toContain(CPR)
    expect((await town.request(request._id)).history?.at(-1)).toMatchObject({ what: 'written', who: `staff:${sanne.id}` })
  })

  test('when Messenger lets nobody write, it is said what else to do', async () => {
    const request = await waiting()
    board.stage.time.advance(25 * 60 * MINUTE)
    sanne = await somebody('Sanne')
    const { body, status } = await act(request, { do: 'write', text: 'Hej' })
    expect([status, body.code, body.message.da]).toEqual([409, 'window-closed', expect.stringMatching(/^Messenger lader ingen skrive nu/)])
  })

  test('a note is private, redacted, and taken back by its writer within ten minutes', async () => {
    const request = await waiting()
    const noted = await done(request, { do: 'note', text: `Datteren hedder Mia, ${CPR}` })
    expect(noted.staffNotes).toMatchObject([{ by: `staff:${sanne.id}`, text: 'Datteren hedder Mia, ▮▮▮▮▮▮-▮▮▮▮' }])
    // A note moves nothing: a colleague's act goes on.
    expect(seenOf(noted)).toBe(seenOf(request))
    const { id = '' } = noted.staffNotes?.[0] ?? {}
    expect(await refused(noted, { do: 'take-back-note', note: id }, { by: karin })).toEqual([409, 'note-not-yours', undefined])
    expect((await done(noted, { do: 'take-back-note', note: id })).staffNotes).toEqual([])
    expect(await refused(noted, { do: 'take-back-note', note: id })).toEqual([404, 'note-gone', undefined])
    const late = (await done(noted, { do: 'note', text: 'En mere' })).staffNotes?.[0]?.id ?? ''
    board.stage.time.advance(10 * MINUTE)
    expect(await refused(noted, { do: 'take-back-note', note: late })).toEqual([409, 'note-late', undefined])
    expect(await town.read('amina')).not.toContain('Mia')
    expect((await lines()).map(({ what }) => what)).toEqual(['request-noted', 'request-note-taken-back', 'request-noted'])
  })

  test('somebody with a chat speaks for themselves', async () => {
    expect(await refused(await held(), { do: 'say', text: 'Jeg er hjemme nu' })).toEqual([409, 'has-chat', undefined])
  })
})

describe('the end', () => {
  test('closing has a reason; the resident is told when they are to be, and whoever had it hears it', async () => {
    const request = await held()
    const closed = await done(request, { do: 'close', reason: 'not-reached', tell: true })
    expect(closed).toMatchObject({ state: 'closed', closed: { reason: 'not-reached', tell: 'waiting' }, handoff: { state: 'cancelled' } })
    expect((await town.heard('lone')).slice(-2)).toEqual(['talk-ends', 'do-not-go'])
    const quiet = await done(await (await town.arrive('bent'), town.asks('bent')), { do: 'close', reason: 'double', tell: false })
    expect(quiet.closed?.tell).toBe('nobody')
  })

  test('the resident is told at once; when that cannot be done now, it is closed all the same', async () => {
    let told = 0
    Object.assign(board.work, { tellClosed: () => (told++, Promise.reject(new StoreUnavailable('away'))) })
    await done(await waiting(), { do: 'close', reason: 'helped', tell: true })
    expect(told).toBe(1)
  })

  test('one of before there were rules is closed and noted, and nothing else', async () => {
    const { handoff: _, details: __, ...plain } = await waiting()
    await board.stage.collections.handoffs.insert({ ...plain, _id: 'plain', version: 1, history: [] })
    const request = await town.request('plain')
    for (const wanted of [{ do: 'take' }, { do: 'let-go' }, { do: 'ask-more' }, { do: 'reassign' }] as const)
      expect(await refused(request, wanted)).toEqual([409, 'plain-request', undefined])
    await done(request, { do: 'note', text: 'En note' })
    const order = { id: 'closes-a-plain-one', seen: seenOf(request) }
    const closed = await done(request, { do: 'close', reason: 'not-reached', tell: false }, order)
    expect(closed).toMatchObject({ state: 'closed', history: [{ what: 'cancel', who: `staff:${sanne.id}` }] })
    await done(request, { do: 'close', reason: 'not-reached', tell: false }, order)
  })

  test('passing on goes to a network of others, with the yes of the resident', async () => {
    const request = await waiting()
    expect(await refused(request, { do: 'pass-on', network: 'neighbours', consent: true })).toEqual([409, 'no-network', undefined])
    expect(await refused(request, { do: 'pass-on', network: '__proto__', consent: true })).toEqual([409, 'no-network', undefined])
    expect((await act(request, { do: 'pass-on', network: 'red-cross' } as never)).status).toBe(400)
    const passed = await done(request, { do: 'pass-on', network: 'red-cross', consent: true })
    expect(passed.handoff).toMatchObject({ state: 'passed-on', passedTo: 'red-cross' })
    expect(board.stage.cases).toMatchObject([{ handoff: request._id, network: 'red-cross' }])
  })

  test('a report is decided by somebody else than who made it', async () => {
    const request = await held()
    await town.does('lone', request._id, { type: 'report' })
    const frozen = await town.request(request._id)
    expect(await refused(frozen, { do: 'ask-more' })).toEqual([409, 'frozen', undefined])
    const decided = await done(frozen, { do: 'decide-report', outcome: 'may-go-on' })
    expect(decided.handoff?.reports).toMatchObject([{ decided: { by: `staff:${sanne.id}`, outcome: 'may-go-on' } }])
    expect(await refused(decided, { do: 'decide-report', outcome: 'may-go-on' })).toEqual([409, 'nothing-to-decide', undefined])
  })
})

describe('who may', () => {
  test('staff of another area see no such request, by id or by number', async () => {
    const request = await waiting()
    const other = await somebody('Else', 'birkehaven')
    for (const named of [request._id, request.receipt, 'none']) {
      for (const body of [{ id: 'order-elsewhere', seen: seenOf(request), act: { do: 'take' } }, {}]) {
        const { status, body: said } = await board.ask('POST /api/requests/:request/acts', { token: other.token, of: named, body })
        expect([status, said.code]).toEqual([404, 'request-gone'])
      }
    }
    expect(await lines()).toEqual([])
  })

  test('a case of danger is there for those marked for it alone, who write nothing in the chat', async () => {
    await town.arrive('amina')
    const request = await town.asks('amina', { task: 'danger' })
    const seen = seenOf(request)
    expect((await act(request, { do: 'take' }, { seen })).body.code).toBe('request-gone')
    const guard = await somebody('Gerda', 'demo', { safeguarding: true })
    expect(await refused(request, { do: 'write', text: 'Hej' }, { by: guard })).toEqual([409, 'danger-quiet', undefined])
    expect(await refused(request, { do: 'close', reason: 'helped', tell: true }, { by: guard })).toEqual([409, 'danger-quiet', undefined])
    const before = await town.heard('amina')
    const taken = await done(request, { do: 'take' }, { by: guard })
    expect(await refused(taken, { do: 'let-go' }, { by: guard })).toEqual([409, 'staff-only', undefined])
    await done(taken, { do: 'close', reason: 'helped', tell: false }, { by: guard })
    expect(await town.heard('amina')).toEqual(before)
  })

  test('what is no act is refused before anything is done', async () => {
    const request = await waiting()
    for (const wanted of [
      { do: 'dance' },
      { do: 'write', text: ' ' },
      { do: 'note', text: 'x'.repeat(2001) },
      { do: 'take', more: 1 },
      { do: 'close', reason: 'x', tell: true },
    ])
      expect((await act(request, wanted as never)).body.code).toBe('unreadable')
    expect((await act(request, { do: 'take' }, { id: '../x' })).body.code).toBe('unreadable')
  })
})

describe('for somebody without a chat', () => {
  const ORDER = {
    id: 'ingrids-order',
    task: 'medicine',
    area: 'demo',
    language: 'da',
    when: 'now',
    stairwell: 'opgang 3',
    note: `Posen ligger ved disken ${CPR}`,
    alias: ' Ingrid ',
    wishes: { gender: 'woman' },
  }
  const open = (body: object, by = sanne) => board.ask('POST /api/requests', { token: by.token, body })

  test('staff open it, carry the words to the helper, and read the code word', async () => {
    const lone = await town.arrive('lone', { gender: 'woman' })
    const { status, body } = await open(ORDER)
    expect([status, Object.keys(body).toSorted()]).toEqual([200, ['id', 'receipt']])
    const request = await town.request(body.id)
    expect(request).toMatchObject({
      note: 'Posen ligger ved disken ▮▮▮▮▮▮-▮▮▮▮',
      details: { alias: 'Ingrid', stairwell: '3', behalf: true, minor: false, wishes: { gender: 'woman' } },
      history: [{ what: 'confirm', by: 'staff', who: `staff:${sanne.id}` }, { what: 'offer' }],
      handoff: { state: 'offered', offers: [{ volunteer: lone }] },
    })
    expect(await lines()).toEqual([{ who: sanne.id, what: 'request-opened', about: body.receipt, area: 'demo' }])
    expect(await refused(request, { do: 'say', text: 'Hej' })).toEqual([409, 'no-helper', undefined])
    expect(await refused(request, { do: 'write', text: 'Hej' })).toEqual([409, 'no-chat', undefined])
    await town.does('lone', request._id, { type: 'accept' })
    const again = await open(ORDER)
    expect(again.body).toEqual({ ...body, codeWord: expect.stringMatching(/^\p{L}+ \d\d$/u) })
    const order = { id: 'said-once-only' }
    await done(request, { do: 'say', text: 'Ring på hos nabo, skriv til mia@example.dk' }, order)
    await done(request, { do: 'say', text: 'Ring på hos nabo, skriv til mia@example.dk' }, order)
    expect((await town.heard('lone')).filter((what) => what === 'relayed')).toHaveLength(1)
    const read = await town.read('lone')
    expect(read).toContain('Ring på hos nabo')
    expect(read).not.toContain('mia@example.dk')
    const log = await board.stage.log(request.conversation)
    expect(log.map(({ event }) => event.type)).toContain('news')
    expect(JSON.stringify(log)).not.toContain(CPR)
  })

  test('nobody can open its conversation, and another member of staff with the same id opens their own', async () => {
    const first = (await open(ORDER)).body.id
    const { device, user } = (await board.stage.collections.conversations.get((await town.request(first)).conversation)) ?? {}
    expect([device, user === ORDER.id]).toEqual(['', false])
    expect((await open(ORDER, karin)).body.id).not.toBe(first)
    const twice = await Promise.all([open({ ...ORDER, id: 'two-at-once' }), open({ ...ORDER, id: 'two-at-once' })])
    expect(twice[0]?.body).toEqual(twice[1]?.body)
  })

  test('what a resident could not ask for is refused in words', async () => {
    for (const [change, code] of [
      [{ area: 'birkehaven' }, 'foreign-area'],
      [{ area: 'atlantis' }, 'foreign-area'],
      [{ task: 'keys' }, 'task-not-offered'],
      [{ task: 'danger' }, 'task-not-offered'],
      [{ task: '__proto__' }, 'task-not-offered'],
      [{ language: 'xx' }, 'unreadable'],
      [{ alias: '22 33 44 55' }, 'alias-unusable'],
      [{ stairwell: 'den røde dør' }, 'stairwell-unusable'],
      [{ note: 'x'.repeat(501) }, 'unreadable'],
      [{ door: '2. tv' }, 'unreadable'],
    ] as const)
      expect([change, (await open({ ...ORDER, ...change })).body.code]).toEqual([change, code])
    expect(await board.stage.collections.handoffs.find({ state: 'open' }, { sort: ['openedAt', '_id'], limit: 9 })).toEqual([])
    expect(await lines()).toEqual([])
  })
})
