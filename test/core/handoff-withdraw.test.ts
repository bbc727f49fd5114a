/** An offer that is taken back before its volunteer answered. */
import { expect, test } from '@jest/globals'
import { asked } from '../../src/core/handoff.js'
import { accept, first, inState, must, mustWith, offerTo, refusedAs, staff, timer, toldTo, typesOf } from './handoff-world.js'

test('an offer taken back is no "no": they are told, the last one opens the next wave, and they may be asked anew', () => {
  const withdraw = (contact: string) => ({ type: 'withdraw-offer', volunteer: contact }) as const
  const two = must(must(inState('offered'), withdraw('first'), staff), withdraw('second'), timer)
  expect(two.state).toBe('offered')
  expect(refusedAs(two, withdraw('first'), staff)).toBe('not-offered')
  expect(refusedAs(two, accept, first)).toBe('void')
  const { handoff, events } = mustWith(two, withdraw('third'), staff)
  expect(toldTo(events, 'third')).toEqual(['offer-withdrawn'])
  expect(typesOf(events)).toContain('call-out')
  expect(asked(handoff)).toEqual({ asked: [], declinedBy: [] })
  expect(refusedAs(handoff, offerTo(['first']), timer)).toBe('allowed, offered')
})
