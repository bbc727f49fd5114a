import { describe, expect, test } from '@jest/globals'
import { REPORT_DAYS, reportedPairs } from '../../src/core/handoff-report.js'
import {
  accept,
  coordinator,
  DAY,
  decide,
  first,
  inState,
  must,
  mustWith,
  NOON,
  offerTo,
  refusedAs,
  resident,
  second,
  timer,
  toldTo,
} from './handoff-world.js'

describe('a report', () => {
  test('ends the relay, keeps what was said, pauses the other and freezes the request', () => {
    const { handoff, events } = mustWith(inState('on-the-way'), { type: 'report' }, resident)
    expect(handoff).toMatchObject({ state: 'with-staff', frozen: true, timers: [] })
    expect(events).toEqual(
      expect.arrayContaining([
        { type: 'relay', is: 'ends', volunteer: 'first' },
        { type: 'keep-transcript', volunteer: 'first' },
        { type: 'pause', contact: 'first' },
        { type: 'alarm', why: 'report' },
      ]),
    )
    expect(toldTo(events, 'first')).toEqual(['relay-ended'])
    for (const command of [{ type: 'reopen' }, { type: 'done' }, { type: 'pass-on', network: 'x', consent: true }] as const)
      expect(refusedAs(handoff, command, coordinator)).toBe('frozen')
    expect(refusedAs(handoff, accept, second)).toBe('frozen')
    expect(refusedAs(handoff, { type: 'take' }, coordinator)).toBe('allowed, with-staff')
    expect(refusedAs(handoff, { type: 'cancel' }, resident)).toBe('allowed, cancelled')
  })

  test('by the helper pauses the resident', () => {
    const { handoff, events } = mustWith(inState('accepted'), { type: 'report' }, first)
    expect(events).toContainEqual({ type: 'pause', contact: 'resident' })
    expect(reportedPairs(handoff)).toEqual(['first'])
  })

  test('by staff for either side bars the same pair', () => {
    for (const about of ['first', 'resident'])
      expect(reportedPairs(must(inState('accepted'), { type: 'report', about }, coordinator))).toEqual(['first'])
    expect(refusedAs(inState('accepted'), { type: 'report' }, coordinator)).toBe('nobody-to-report')
    expect(refusedAs(inState('accepted'), { type: 'report', about: 'second' }, coordinator)).toBe('nobody-to-report')
  })

  test('of an earlier helper does not stop the help under way', () => {
    const other = must(must(inState('handed-back'), offerTo(['second']), timer), accept, second)
    const { handoff, events } = mustWith(other, { type: 'report', about: 'first' }, resident)
    expect(handoff).toMatchObject({ state: 'accepted', assignee: 'second', codeWord: 'lantern' })
    expect(handoff).not.toHaveProperty('frozen')
    expect(events).toContainEqual({ type: 'pause', contact: 'first' })
  })

  test('is possible for thirty days after they last talked, also when it is over', () => {
    for (const state of ['done', 'cancelled', 'passed-on', 'handed-back'] as const) {
      expect(refusedAs(inState(state), { type: 'report' }, resident, NOON + REPORT_DAYS * DAY)).toBe(`allowed, ${state}`)
      expect(refusedAs(inState(state), { type: 'report' }, resident, NOON + REPORT_DAYS * DAY + 1)).toBe('too-long-ago')
      expect(refusedAs(inState(state), { type: 'report' }, first, NOON + DAY)).toMatch(/^allowed/)
    }
    expect(refusedAs(inState('done'), { type: 'report', about: 'third' }, resident)).toBe('nobody-to-report')
    expect(refusedAs(inState('accepted'), { type: 'report', about: 'resident' }, resident)).toBe('nobody-to-report')
  })

  test('is made once, decided once, and not by those it is about', () => {
    const reported = must(inState('accepted'), { type: 'report' }, resident)
    expect(refusedAs(reported, { type: 'report' }, resident)).toBe('already-reported')
    expect(refusedAs(reported, decide('may-go-on', 'second'), coordinator)).toBe('nothing-to-decide')
    expect(refusedAs(reported, decide('may-go-on'), { as: 'coordinator', contact: 'first' })).toBe('own-report')
    expect(refusedAs(reported, decide('may-go-on'), { as: 'coordinator', contact: 'resident' })).toBe('own-report')
    const both = must(reported, { type: 'report' }, first)
    const half = mustWith(both, decide('stays-out'), coordinator)
    expect(half.events).toEqual([])
    expect(half.handoff.frozen).toBe(true)
    const { handoff, events } = mustWith(half.handoff, decide('may-go-on', 'resident'), coordinator)
    expect(events).toEqual([{ type: 'resume', contact: 'resident' }])
    expect(handoff).not.toHaveProperty('frozen')
    expect(refusedAs(handoff, decide('may-go-on'), coordinator)).toBe('nothing-to-decide')
    expect(reportedPairs(handoff)).toEqual(['first', 'first'])
  })
})

test('of two helpers in turn the one is reported whose talk began then, and the other goes on', () => {
  const LATER = NOON + 60_000
  const given = must(inState('accepted'), { type: 'hand-back', reason: 'ill' }, first, LATER)
  const held = must(must(given, offerTo(['second']), timer, LATER), { type: 'accept', codeWord: 'harbour' }, second, LATER)
  expect(held.relays.map(({ from }) => from)).toEqual([NOON, LATER])
  const of = (began?: number) => must(held, began === undefined ? { type: 'report' } : { type: 'report', began }, resident, LATER)
  expect([of(NOON).reports[0]?.about, of(NOON).state]).toEqual(['first', 'accepted'])
  expect([of(LATER).reports[0]?.about, of(LATER).state, of().reports[0]?.about]).toEqual(['second', 'with-staff', 'second'])
  expect(refusedAs(held, { type: 'report', began: NOON + 1 }, resident, LATER)).toBe('nobody-to-report')
})
