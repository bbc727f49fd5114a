import { describe, expect, test } from '@jest/globals'
import { asked, transition } from '../../src/core/handoff.js'
import { HAND_BACK_REASONS } from '../../src/core/handoff-types.js'
import {
  accept,
  coordinator,
  DAY,
  decide,
  draft,
  fire,
  first,
  HOUR,
  inState,
  MINUTE,
  must,
  mustWith,
  NOON,
  offerTo,
  refusedAs,
  resident,
  second,
  timer,
  toldTo,
  typesOf,
  volunteer,
} from './handoff-world.js'

describe('confirming', () => {
  test('opens the call-out and sets the time until staff have it', () => {
    const { handoff, events } = mustWith(draft(), { type: 'confirm' }, resident)
    expect(handoff).toMatchObject({ state: 'open', callOutAt: NOON, wave: 0 })
    expect(events).toContainEqual({ type: 'timer', timer: 'T3', due: NOON + 45 * MINUTE, turn: 1 })
    expect(events).toContainEqual({ type: 'call-out' })
  })

  test.each([
    ['danger', false, 'danger'],
    ['violence', false, 'danger'],
    ['keys', false, 'keys'],
    ['contact', false, 'for-staff'],
    ['repair-the-roof', false, 'unknown-task'],
    ['constructor', false, 'unknown-task'],
    ['medicine', true, 'minor'],
  ])('%s, minor %s: never a call-out', (task, minor, why) => {
    const { handoff, events } = mustWith(draft({ task, minor }), { type: 'confirm' }, resident)
    expect(handoff).toMatchObject({ state: 'with-staff', timers: [] })
    expect(events).toContainEqual({ type: 'alarm', why })
    expect(typesOf(events)).not.toContain('call-out')
    expect(refusedAs(handoff, { type: 'reopen' }, coordinator)).toBe('staff-only')
  })

  test.each(['offered', 'accepted', 'on-the-way'] as const)(
    '%s when its resident says that they are a child: staff have it, for good',
    (state) => {
      const { handoff, events } = mustWith(inState(state), { type: 'to-staff', why: 'minor' }, resident)
      expect(handoff).toMatchObject({ state: 'with-staff', minor: true, timers: [] })
      expect(handoff.offers.filter((one) => one.state === 'open')).toEqual([])
      expect(events).toContainEqual({ type: 'alarm', why: 'minor' })
      expect(refusedAs(handoff, { type: 'reopen' }, coordinator)).toBe('staff-only')
    },
  )

  test('only the resident whose request it is', () => {
    expect(refusedAs(draft(), { type: 'confirm' }, { as: 'resident', contact: 'somebody' })).toBe('not-yours')
  })
})

describe('accepting', () => {
  test('of a hundred at the same moment one has it', () => {
    const names = Array.from({ length: 100 }, (_, at) => `v${at}`)
    let handoff = must(must(draft(), { type: 'confirm' }, resident), offerTo(names), timer)
    const results = names.map((name) => {
      const outcome = transition(handoff, accept, volunteer(name), NOON)
      if ('refused' in outcome) return outcome.refused
      handoff = outcome.handoff
      return 'has it'
    })
    expect(results).toEqual(['has it', ...Array<string>(99).fill('taken')])
    expect(handoff).toMatchObject({ state: 'accepted', assignee: 'v0' })
  })

  test('gives both the code word, tells the others, and waits for a sign', () => {
    const { handoff, events } = mustWith(inState('offered'), accept, first)
    expect(handoff).toMatchObject({ assignee: 'first', codeWord: 'lantern', relays: [{ volunteer: 'first', from: NOON }] })
    expect(events).toContainEqual({ type: 'code-word', word: 'lantern', volunteer: 'first' })
    expect(events).toContainEqual({ type: 'relay', is: 'begins', volunteer: 'first' })
    expect([toldTo(events, 'second'), toldTo(events, 'third'), toldTo(events, 'resident')]).toEqual([['taken'], ['taken'], ['found']])
    expect(handoff.timers).toEqual([{ timer: 'T4', due: NOON + 30 * MINUTE, turn: 3 }])
  })

  test.each([
    ['taken', inState('accepted'), second],
    ['already-yours', inState('accepted'), first],
    ['done', inState('done'), second],
    ['cancelled', inState('cancelled'), second],
    ['passed-on', inState('passed-on'), second],
    ['with-staff', inState('with-staff'), second],
    ['not-offered', inState('offered'), volunteer('stranger')],
    ['not-offered', inState('done'), volunteer('stranger')],
    ['void', inState('handed-back'), first],
    ['declined', must(inState('offered'), { type: 'decline' }, second), second],
    ['own-request', inState('offered'), volunteer('resident')],
    ['not-yours', inState('offered'), coordinator],
  ])('%s', (reason, handoff, by) => expect(refusedAs(handoff, accept, by)).toBe(reason))

  test('a day late is too late, a moment before is not', () => {
    const handoff = inState('open')
    expect(refusedAs(handoff, accept, second, NOON + DAY - 1)).toBe('allowed, accepted')
    expect(refusedAs(handoff, accept, second, NOON + DAY)).toBe('too-late')
  })

  test('an offer stays good while the next wave is out', () => {
    const handoff = must(inState('open'), offerTo(['fourth'], NOON + 20 * MINUTE), timer, NOON + 10 * MINUTE)
    expect(refusedAs(handoff, accept, second, NOON + 12 * MINUTE)).toBe('allowed, accepted')
  })
})

describe('offering', () => {
  test('the first wave ends with T1, later ones with T2', () => {
    expect(inState('offered').timers.map(({ timer }) => timer)).toEqual(['T3', 'T1'])
    const later = must(inState('open'), offerTo(['fourth'], NOON + 20 * MINUTE), timer, NOON + 10 * MINUTE)
    expect(later).toMatchObject({ wave: 2, state: 'offered' })
    expect(later.timers.map(({ timer }) => timer)).toEqual(['T3', 'T2'])
  })

  test('never to the resident, to who declined, to who is asked already, or to a reported pair', () => {
    const declined = must(inState('offered'), { type: 'decline' }, first)
    expect(refusedAs(declined, offerTo(['resident', 'first', 'second']), timer)).toBe('nobody-to-ask')
    const reported = must(inState('accepted'), { type: 'report' }, resident)
    const again = must(must(reported, decide('may-go-on'), coordinator), { type: 'reopen' }, coordinator)
    expect(refusedAs(again, offerTo(['first']), timer)).toBe('nobody-to-ask')
    expect(must(again, offerTo(['first', 'second', 'second']), timer).offers.filter(({ state }) => state === 'open')).toEqual([
      { volunteer: 'second', at: NOON, wave: 1, state: 'open' },
    ])
  })

  test('not with a deadline that is over', () => {
    expect(refusedAs(inState('open'), offerTo(['fourth'], NOON), timer, NOON)).toBe('bad-time')
    expect(refusedAs(inState('open'), offerTo(['fourth'], Number.NaN), timer)).toBe('bad-time')
  })

  test('the last of a wave to decline opens the next, the others do not', () => {
    const two = must(must(inState('offered'), { type: 'decline' }, first), { type: 'decline' }, second)
    expect(two.state).toBe('offered')
    const { handoff, events } = mustWith(two, { type: 'decline' }, volunteer('third'))
    expect(handoff.state).toBe('open')
    expect(typesOf(events)).toContain('call-out')
    expect(handoff.timers.map(({ timer }) => timer)).toEqual(['T3'])
  })

  test('a change asks anew, but not those who declined, and does not put off staff', () => {
    const declined = must(inState('offered'), { type: 'decline' }, first)
    const { handoff, events } = mustWith(declined, { type: 'change' }, resident, NOON + 5 * MINUTE)
    expect(handoff).toMatchObject({ state: 'open', wave: 0 })
    expect(handoff.timers).toEqual(declined.timers.filter(({ timer }) => timer === 'T3'))
    expect([toldTo(events, 'first'), toldTo(events, 'second')]).toEqual([[], ['changed']])
    expect(asked(handoff)).toEqual({ asked: [], declinedBy: ['first'] })
    expect(refusedAs(handoff, accept, second)).toBe('void')
    expect(refusedAs(handoff, offerTo(['second']), timer)).toBe('allowed, offered')
  })

  test('a change into what is for staff goes there', () => {
    expect(refusedAs(inState('offered'), { type: 'change', task: 'keys' }, resident)).toBe('allowed, with-staff')
    expect(refusedAs(inState('offered'), { type: 'change', minor: true }, resident)).toBe('allowed, with-staff')
  })
})

describe('deadlines', () => {
  test('each counts once, not before its time, and not after what it was for', () => {
    const offered = inState('offered')
    const [t3, t1] = offered.timers
    if (t3 === undefined || t1 === undefined) throw new Error('no timers')
    const come = (one: typeof t1) => ({ type: 'timer', timer: one.timer, turn: one.turn }) as const
    expect(refusedAs(offered, come(t1), timer, t1.due - 1)).toBe('too-early')
    const open = must(offered, come(t1), timer, t1.due)
    expect(refusedAs(open, come(t1), timer, t1.due)).toBe('stale-timer')
    expect(refusedAs(must(offered, accept, first), come(t3), timer, t3.due)).toBe('stale-timer')
    expect(refusedAs(offered, come(t3), resident, t3.due)).toBe('not-yours')
  })

  test('nobody at T3: staff have it and every offer is void', () => {
    const { handoff, events } = fire(inState('open'), 'T3')
    expect(handoff).toMatchObject({ state: 'with-staff', timers: [] })
    expect(events).toContainEqual({ type: 'alarm', why: 'nobody-in-time' })
    expect(toldTo(events, 'resident')).toEqual(['with-staff'])
    expect(refusedAs(handoff, accept, second)).toBe('with-staff')
  })

  test('who accepted and is silent is asked, then it is handed on, and the resident is told both times', () => {
    const questioned = fire(inState('accepted'), 'T4')
    expect(toldTo(questioned.events, 'first')).toEqual(['are-you-coming'])
    expect(toldTo(questioned.events, 'resident')).toEqual(['asked-if-coming'])
    expect(questioned.handoff.timers).toMatchObject([{ timer: 'T5', due: NOON + 45 * MINUTE }])
    const { handoff, events } = fire(questioned.handoff, 'T5')
    expect(handoff.state).toBe('handed-back')
    expect(handoff).not.toHaveProperty('assignee')
    expect(handoff).not.toHaveProperty('codeWord')
    expect([toldTo(events, 'first'), toldTo(events, 'resident')]).toEqual([['handed-on'], ['handed-on']])
    expect(typesOf(events)).toEqual(expect.arrayContaining(['relay', 'call-out']))
    // By then it is known whether anybody is there to look for.
    expect(events.at(-1)).toEqual({ type: 'tell', contact: 'resident', what: 'handed-on' })
    expect(refusedAs(handoff, accept, first)).toBe('void')
    expect(refusedAs(handoff, { type: 'on-the-way' }, first)).toBe('void')
  })

  test('"on my way" ends the waiting, also after the question', () => {
    expect(inState('on-the-way').timers).toEqual([])
    expect(must(fire(inState('accepted'), 'T4').handoff, { type: 'on-the-way' }, first).timers).toEqual([])
  })

  test.each(['accepted', 'on-the-way'] as const)('an agreed time moves it: %s', (state) => {
    const at = NOON + 5 * HOUR
    const handoff = must(inState(state), { type: 'agree-time', at }, first)
    expect(handoff).toMatchObject({ state: 'accepted', timers: [{ timer: 'T4', due: at + 30 * MINUTE }] })
    for (const bad of [NOON, NOON - 1, NOON + 8 * DAY, Number.NaN, Number.POSITIVE_INFINITY])
      expect(refusedAs(inState('accepted'), { type: 'agree-time', at: bad }, first)).toBe('bad-time')
  })

  test('waiting out quiet hours starts the time until staff afresh, waiting for hours does not', () => {
    const until = NOON + 10 * HOUR
    const afresh = must(inState('open'), { type: 'wait', until, afresh: true }, timer)
    expect(afresh.callOutAt).toBe(until)
    expect(afresh.timers).toMatchObject([
      { timer: 'T1', due: until },
      { timer: 'T3', due: until + 45 * MINUTE },
    ])
    const plain = must(inState('open'), { type: 'wait', until: NOON + 12 * MINUTE, afresh: false }, timer)
    expect(plain.timers).toMatchObject([{ timer: 'T3', due: NOON + 45 * MINUTE }, { timer: 'T1' }])
    expect(refusedAs(inState('open'), { type: 'wait', until: NOON, afresh: false }, timer)).toBe('bad-time')
  })
})

describe('giving it back', () => {
  test.each(HAND_BACK_REASONS)('%s: thanked, rested, and the next wave opens', (reason) => {
    const { handoff, events } = mustWith(inState('on-the-way'), { type: 'hand-back', reason }, first, NOON + HOUR)
    expect(handoff).toMatchObject({ state: 'handed-back', callOutAt: NOON + HOUR, wave: 0 })
    expect(toldTo(events, 'first')).toEqual(['thanks'])
    const heavy = reason === 'too-heavy' || reason === 'not-safe'
    expect(events).toContainEqual({ type: 'rest', contact: 'first', heavy })
    expect(events.filter(({ type }) => type === 'alarm')).toEqual(heavy ? [{ type: 'alarm', why: reason }] : [])
    expect(typesOf(events)).toContain('call-out')
    expect(asked(handoff)).toEqual({ asked: [], declinedBy: ['first'] })
    expect(handoff.relays).toEqual([{ volunteer: 'first', from: NOON, until: NOON + HOUR }])
  })

  test('who was told that it is taken can be asked again', () => {
    expect(refusedAs(inState('handed-back'), accept, second)).toBe('void')
    const handoff = must(inState('handed-back'), offerTo(['first', 'second']), timer)
    expect(handoff.offers.filter(({ state }) => state === 'open').map(({ volunteer }) => volunteer)).toEqual(['second'])
    expect(must(handoff, { type: 'accept', codeWord: 'harbour' }, second)).toMatchObject({ assignee: 'second', codeWord: 'harbour' })
  })

  test('"nobody came" counts before and after the end, for thirty days', () => {
    const { handoff, events } = mustWith(inState('on-the-way'), { type: 'nobody-came' }, resident)
    expect(handoff.state).toBe('handed-back')
    expect(toldTo(events, 'first')).toEqual(['handed-on'])
    expect(events).toContainEqual({ type: 'alarm', why: 'nobody-came' })
    expect(refusedAs(inState('done'), { type: 'nobody-came' }, resident, NOON + 30 * DAY)).toBe('allowed, with-staff')
    expect(refusedAs(inState('done'), { type: 'nobody-came' }, resident, NOON + 30 * DAY + 1)).toBe('too-long-ago')
  })

  test('cancelling tells whoever was coming not to go, and whoever was asked', () => {
    expect(toldTo(mustWith(inState('on-the-way'), { type: 'cancel' }, resident).events, 'first')).toEqual(['do-not-go'])
    expect(toldTo(mustWith(inState('offered'), { type: 'cancel' }, resident).events, 'third')).toEqual(['cancelled'])
  })

  test('done: the talk ends, both are told, and the helper rests', () => {
    const { handoff, events } = mustWith(inState('on-the-way'), { type: 'done' }, resident, NOON + HOUR)
    expect(handoff).toMatchObject({ state: 'done', endedAt: NOON + HOUR, assignee: 'first' })
    expect(handoff).not.toHaveProperty('codeWord')
    expect(events).toContainEqual({ type: 'relay', is: 'ends', volunteer: 'first' })
    expect([toldTo(events, 'first'), toldTo(events, 'resident')]).toEqual([['done'], ['done']])
  })
})
