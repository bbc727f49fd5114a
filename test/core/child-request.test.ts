/** Somebody who has asked for help says, later, that they are a child: from then on it is for staff. */
import { describe, expect, test } from '@jest/globals'
import { begin, SHOPPING, told, waiting } from './asking-world.js'
import { effectsOf } from './talk.js'

const TO_STAFF = { type: 'handoff', handoff: 'h1', as: 'resident', ask: { type: 'to-staff', why: 'minor' } }

describe('a request that is out', () => {
  test.each(['jeg er 12 år', 'jeg går i 7. klasse', 'i am in 7th grade', '12 yaşındayım', 'عمري 13', 'jeg er bare et barn'])(
    'goes to staff at "%s"',
    (words) => {
      expect(effectsOf(waiting('looking').says(words), 'handoff')).toEqual([TO_STAFF])
    },
  )

  test.each(['helper', 'coming'] as const)('also from a helper (%s), in the middle of their talk', (state) => {
    const child = waiting(state)
    begin(child)
    expect(effectsOf(child.says('Hej, jeg går i 7. klasse'), 'handoff')).toEqual([TO_STAFF])
  })

  test('once for each request, and not again once staff have it', () => {
    const child = waiting('looking')
    told(child, 'looking', {}, SHOPPING)
    const given = effectsOf(child.says('jeg er 12 år'), 'handoff').map(({ handoff }) => handoff)
    expect(given).toEqual(['h1', 'h2'])
    told(child, 'with-staff')
    told(child, 'with-staff', {}, SHOPPING)
    expect(effectsOf(child.says('jeg er 12 år'), 'handoff')).toEqual([])
  })

  test('also when they say so to "are you over 18"', () => {
    const child = waiting('looking')
    child.says('jeg skriver for min mor')
    child.goes('everyday/letter-explain')
    expect(effectsOf(child.says('nej'), 'handoff')).toEqual([TO_STAFF])
  })

  test.each(['jeg er 34 år', 'min søn er 12 år', 'jeg er 10 minutter forsinket', 'jeg skriver for min mor'])(
    'stays out at "%s": who writes is grown up, or may be',
    (words) => {
      expect(effectsOf(waiting('coming').says(words), 'handoff')).toEqual([])
    },
  )

  test('stays out for whoever said that they are over 18', () => {
    const grown = waiting('looking')
    grown.says('jeg skriver for min mor')
    grown.goes('everyday/letter-explain')
    grown.says('ja')
    expect(effectsOf(grown.says('jeg er 10 år i Danmark'), 'handoff')).toEqual([])
  })

  test('stays with the professionals it was passed on to', () => {
    expect(effectsOf(waiting('passed-on').says('jeg er 12 år'), 'handoff')).toEqual([])
  })
})
