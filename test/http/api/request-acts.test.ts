/** What coordinators do about requests at the console, over the real use cases: done once, by the rules, and refused in words. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { seenOf } from '../../../src/app/board/seen.js'
import { StoreUnavailable } from '../../../src/store/collection.js'
import { type Acting, openActing } from '../../acting-stage.js'

let acting: Acting
beforeEach(async () => {
  acting = await openActing()
})
afterEach(() => acting.board.close())

describe('taking and giving back', () => {
  test('whoever takes a request that waits has it in one step; nobody is asked or called any more, and a line says who did', async () => {
    const request = await acting.waiting()
    const taken = await acting.done(request, { do: 'take' })
    expect(taken.handoff).toMatchObject({ state: 'with-staff', staff: `staff:${acting.sanne.id}` })
    expect(taken.history?.slice(-2)).toMatchObject([
      { what: 'to-staff', by: 'staff', who: `staff:${acting.sanne.id}` },
      { what: 'take', by: 'staff' },
    ])
    expect(await acting.alarms(request)).toEqual([])
    expect(await acting.town.heard('amina')).toEqual(['with-staff'])
    expect(await acting.town.heard('lone')).toEqual(['offer', 'taken'])
    expect(await acting.lines()).toEqual([{ who: acting.sanne.id, what: 'request-taken', about: request.receipt, area: 'demo' }])
    expect(await acting.refused(taken, { do: 'take' })).toEqual([409, 'already-yours', undefined])
    expect(await acting.refused(taken, { do: 'take' }, { by: acting.karin })).toEqual([409, 'taken-by-staff', { who: 'Sanne' }])
    expect(await acting.refused(taken, { do: 'let-go' }, { by: acting.karin })).toEqual([409, 'taken-by-staff', { who: 'Sanne' }])
    const back = await acting.done(taken, { do: 'let-go' })
    expect(back.handoff?.staff).toBeUndefined()
    expect(await acting.lines()).toHaveLength(2)
  })

  test('the alarm of a request that staff have is seen by whoever takes it', async () => {
    const request = await acting.withStaff()
    expect(await acting.alarms(request)).toMatchObject([{ state: 'open', about: { why: 'nobody-eligible' } }])
    await acting.done(request, { do: 'take' })
    expect(await acting.alarms(request)).toMatchObject([{ state: 'acknowledged', by: `staff:${acting.sanne.id}` }])
    expect((await acting.town.heard('amina')).at(-1)).toBe('staff')
  })

  test('a task that a volunteer has is not taken by accident', async () => {
    expect(await acting.refused(await acting.held(), { do: 'take' })).toEqual([409, 'has-helper', undefined])
    expect(await acting.lines()).toEqual([])
  })

  test('the same order again gives the same answer and has no second effect, also twice at once', async () => {
    const request = await acting.waiting()
    const asked = { id: 'same-order-again', seen: seenOf(request) }
    const answers = await Promise.all([acting.act(request, { do: 'take' }, asked), acting.act(request, { do: 'take' }, asked)])
    answers.push(await acting.act(request, { do: 'take' }, asked))
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      Array(3).fill([200, expect.objectContaining({ id: request._id, receipt: request.receipt })]),
    )
    const { history = [] } = await acting.town.request(request._id)
    expect(history.filter(({ what }) => what === 'take')).toHaveLength(1)
    expect(new Set((await acting.lines()).map(({ what }) => what))).toEqual(new Set(['request-taken']))
  })
})

describe('two on the same request', () => {
  test('the second is told what the first did, and nothing is done', async () => {
    const request = await acting.waiting()
    const seen = seenOf(request)
    const taken = await acting.done(request, { do: 'take' }, { seen })
    const [status, code, more] = await acting.refused(taken, { do: 'close', reason: 'helped', tell: true }, { by: acting.karin, seen })
    expect([status, code]).toEqual([409, 'changed-meanwhile'])
    expect(more).toEqual({ what: 'take', who: 'Sanne', at: expect.any(Number) })
    expect(await acting.lines()).toHaveLength(1)
  })

  test('of two at once one is heard', async () => {
    const request = await acting.waiting()
    const seen = seenOf(request)
    const both = await Promise.all([
      acting.act(request, { do: 'take' }, { seen }),
      acting.act(request, { do: 'close', reason: 'not-needed', tell: false }, { by: acting.karin, seen }),
    ])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]))
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('changed-meanwhile')
  })

  test('a volunteer who said yes meanwhile comes first, and is named', async () => {
    const request = await acting.waiting()
    const seen = seenOf(request)
    await acting.town.does('lone', request._id, { type: 'accept' })
    expect(await acting.refused(request, { do: 'take' }, { seen })).toEqual([
      409,
      'changed-meanwhile',
      expect.objectContaining({ what: 'accept', who: 'lone' }),
    ])
  })

  test('what another closed is said, never an error; an old order sent late does nothing', async () => {
    const request = await acting.waiting()
    const seen = seenOf(request)
    const closed = await acting.done(request, { do: 'close', reason: 'not-needed', tell: false }, { by: acting.karin })
    expect(await acting.refused(closed, { do: 'write', text: 'Hej' }, { seen })).toEqual([
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
      expect(await acting.refused(closed, wanted)).toEqual([409, 'is-over', undefined])
  })

  test('one that is erased while it is open on the screen is gone', async () => {
    const request = await acting.waiting()
    const seen = seenOf(request)
    await acting.board.stage.collections.handoffs.remove({ contact: request.contact }, 10)
    const { status, body } = await acting.act(request, { do: 'take' }, { seen })
    expect([status, body.code]).toEqual([404, 'request-gone'])
  })
})

describe('the end', () => {
  test('closing has a reason; the resident is told when they are to be, and whoever had it hears it', async () => {
    const request = await acting.held()
    const closed = await acting.done(request, { do: 'close', reason: 'not-reached', tell: true })
    expect(closed).toMatchObject({ state: 'closed', closed: { reason: 'not-reached', tell: 'waiting' }, handoff: { state: 'cancelled' } })
    expect((await acting.town.heard('lone')).slice(-2)).toEqual(['talk-ends', 'do-not-go'])
    const quiet = await acting.done(await (await acting.town.arrive('bent'), acting.town.asks('bent')), {
      do: 'close',
      reason: 'double',
      tell: false,
    })
    expect(quiet.closed?.tell).toBe('nobody')
  })

  test('the resident is told at once; when that cannot be done now, it is closed all the same', async () => {
    let told = 0
    Object.assign(acting.board.work, { tellClosed: () => (told++, Promise.reject(new StoreUnavailable('away'))) })
    await acting.done(await acting.waiting(), { do: 'close', reason: 'helped', tell: true })
    expect(told).toBe(1)
  })

  test('one of before there were rules is closed and noted, and nothing else', async () => {
    const { handoff: _, details: __, ...plain } = await acting.waiting()
    await acting.board.stage.collections.handoffs.insert({ ...plain, _id: 'plain', version: 1, history: [] })
    const request = await acting.town.request('plain')
    for (const wanted of [{ do: 'take' }, { do: 'let-go' }, { do: 'ask-more' }, { do: 'reassign' }] as const)
      expect(await acting.refused(request, wanted)).toEqual([409, 'plain-request', undefined])
    await acting.done(request, { do: 'note', text: 'En note' })
    const order = { id: 'closes-a-plain-one', seen: seenOf(request) }
    const closed = await acting.done(request, { do: 'close', reason: 'not-reached', tell: false }, order)
    expect(closed).toMatchObject({ state: 'closed', history: [{ what: 'cancel', who: `staff:${acting.sanne.id}` }] })
    await acting.done(request, { do: 'close', reason: 'not-reached', tell: false }, order)
  })

  test('passing on goes to a network of others, with the yes of the resident', async () => {
    const request = await acting.waiting()
    expect(await acting.refused(request, { do: 'pass-on', network: 'neighbours', consent: true })).toEqual([409, 'no-network', undefined])
    expect(await acting.refused(request, { do: 'pass-on', network: '__proto__', consent: true })).toEqual([409, 'no-network', undefined])
    expect((await acting.act(request, { do: 'pass-on', network: 'red-cross' } as never)).status).toBe(400)
    const passed = await acting.done(request, { do: 'pass-on', network: 'red-cross', consent: true })
    expect(passed.handoff).toMatchObject({ state: 'passed-on', passedTo: 'red-cross' })
    expect(acting.board.stage.cases).toMatchObject([{ handoff: request._id, network: 'red-cross' }])
  })

  test('a report is decided by somebody else than who made it', async () => {
    const request = await acting.held()
    await acting.town.does('lone', request._id, { type: 'report' })
    const frozen = await acting.town.request(request._id)
    expect(await acting.refused(frozen, { do: 'ask-more' })).toEqual([409, 'frozen', undefined])
    const decided = await acting.done(frozen, { do: 'decide-report', outcome: 'may-go-on' })
    expect(decided.handoff?.reports).toMatchObject([{ decided: { by: `staff:${acting.sanne.id}`, outcome: 'may-go-on' } }])
    expect(await acting.refused(decided, { do: 'decide-report', outcome: 'may-go-on' })).toEqual([409, 'nothing-to-decide', undefined])
  })
})

describe('who may', () => {
  test('staff of another area see no such request, by id or by number', async () => {
    const request = await acting.waiting()
    const other = await acting.somebody('Else', 'birkehaven')
    for (const named of [request._id, request.receipt, 'none']) {
      for (const body of [{ id: 'order-elsewhere', seen: seenOf(request), act: { do: 'take' } }, {}]) {
        const { status, body: said } = await acting.board.ask('POST /api/requests/:request/acts', { token: other.token, of: named, body })
        expect([status, said.code]).toEqual([404, 'request-gone'])
      }
    }
    expect(await acting.lines()).toEqual([])
  })

  test('a case of danger is there for those marked for it alone, who write nothing in the chat', async () => {
    await acting.town.arrive('amina')
    const request = await acting.town.asks('amina', { task: 'danger' })
    const seen = seenOf(request)
    expect((await acting.act(request, { do: 'take' }, { seen })).body.code).toBe('request-gone')
    const guard = await acting.somebody('Gerda', 'demo', { safeguarding: true })
    expect(await acting.refused(request, { do: 'write', text: 'Hej' }, { by: guard })).toEqual([409, 'danger-quiet', undefined])
    expect(await acting.refused(request, { do: 'close', reason: 'helped', tell: true }, { by: guard })).toEqual([
      409,
      'danger-quiet',
      undefined,
    ])
    const before = await acting.town.heard('amina')
    const taken = await acting.done(request, { do: 'take' }, { by: guard })
    expect(await acting.refused(taken, { do: 'let-go' }, { by: guard })).toEqual([409, 'staff-only', undefined])
    await acting.done(taken, { do: 'close', reason: 'helped', tell: false }, { by: guard })
    expect(await acting.town.heard('amina')).toEqual(before)
  })

  test('what is no act is refused before anything is done', async () => {
    const request = await acting.waiting()
    for (const wanted of [
      { do: 'dance' },
      { do: 'write', text: ' ' },
      { do: 'note', text: 'x'.repeat(2001) },
      { do: 'take', more: 1 },
      { do: 'close', reason: 'x', tell: true },
    ])
      expect((await acting.act(request, wanted as never)).body.code).toBe('unreadable')
    expect((await acting.act(request, { do: 'take' }, { id: '../x' })).body.code).toBe('unreadable')
  })
})
