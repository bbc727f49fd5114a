import { describe, expect, test } from '@jest/globals'
import { draftHandoff } from '../../src/core/handoff.js'
import { coordinator, DAY, draft, first, inState, must, mustWith, NOON, refusedAs, resident, staff, TIMINGS } from './handoff-world.js'

describe('staff', () => {
  test('passing on needs the consent of the resident, and is asked about two days later', () => {
    expect(refusedAs(inState('accepted'), { type: 'pass-on', network: 'red-cross', consent: false }, first)).toBe('no-consent')
    const { handoff, events } = mustWith(inState('accepted'), { type: 'pass-on', network: 'red-cross', consent: true }, first)
    expect(handoff).toMatchObject({ state: 'passed-on', passedTo: 'red-cross' })
    expect(events).toContainEqual({ type: 'ask-if-helped', due: NOON + 2 * DAY })
  })

  test('one of them has it', () => {
    const taken = must(inState('with-staff'), { type: 'take' }, staff)
    expect(taken.staff).toBe('staff')
    expect(refusedAs(taken, { type: 'take' }, coordinator)).toBe('taken-by-staff')
    expect(refusedAs(taken, { type: 'take' }, staff)).toBe('already-yours')
    expect(must(taken, { type: 'reopen' }, staff)).not.toHaveProperty('staff')
  })

  test.each(['with-staff', 'passed-on'] as const)(
    '%s: a colleague takes over on purpose alone, and each gives back what they have',
    (state) => {
      const taken = must(inState(state), { type: 'take' }, staff)
      const over = mustWith(taken, { type: 'take', over: true }, coordinator)
      expect([over.handoff, over.events]).toEqual([{ ...taken, staff: 'coordinator' }, []])
      expect(refusedAs(over.handoff, { type: 'take', over: true }, coordinator)).toBe('already-yours')
      expect(refusedAs(over.handoff, { type: 'let-go' }, staff)).toBe('taken-by-staff')
      const back = mustWith(over.handoff, { type: 'let-go' }, coordinator)
      expect([back.handoff, back.events]).toEqual([inState(state), []])
      expect(refusedAs(back.handoff, { type: 'let-go' }, coordinator)).toBe(state)
    },
  )

  test('what no volunteer may have is given back to staff alone, also while a report waits', () => {
    const danger = must(draft({ task: 'danger' }), { type: 'confirm' }, resident)
    const taken = { ...must(danger, { type: 'take' }, staff), frozen: true as const }
    expect(must(taken, { type: 'let-go' }, staff)).toEqual({ ...danger, frozen: true })
    expect(must(taken, { type: 'take', over: true }, coordinator).staff).toBe('coordinator')
  })

  test('act for somebody who has no chat', () => {
    const handoff = must(
      draftHandoff({ resident: 'case', task: 'shopping', minor: false, timings: TIMINGS }),
      { type: 'confirm' },
      coordinator,
    )
    expect(handoff.state).toBe('open')
    expect(refusedAs(handoff, { type: 'cancel' }, coordinator)).toBe('allowed, cancelled')
  })
})
