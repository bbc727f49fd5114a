/** Somebody who has asked for help says, later, that they are a child: from then on it is for staff. */
import { describe, expect, test } from '@jest/globals'
import { begin, intakeOf, library, press, replies, resident, SHOP, SHOPPING, said, say, titles, told, waiting } from './asking-world.js'
import { effectsOf, KNOWN, type Talk, texts } from './talk.js'

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

  test('one tap of a grown-up brings it back, where they read that staff have it; never the first button', () => {
    const grown = waiting('looking')
    grown.says('jeg er 12')
    const turn = told(grown, 'with-staff')
    const over18 = library.say('da', 'volunteering.sign-up.adult.yes')
    expect(said(turn)).toContain(say('minor.wrong', { button: over18 }))
    expect(titles(turn).indexOf(over18)).toBeGreaterThan(0)
    expect(effectsOf(press(grown, turn, over18), 'handoff')).toEqual([
      { type: 'handoff', handoff: 'h1', as: 'resident', ask: { type: 'of-age' } },
    ])
    told(grown, 'looking')
    expect(effectsOf(grown.says('jeg er 12'), 'handoff')).toEqual([])
    expect(titles(told(grown, 'with-staff'))).not.toContain(over18)
  })

  test('nothing brings it back for whoever has answered that they are under 18', () => {
    const child = waiting('looking')
    child.says('jeg skriver for min mor')
    child.goes('everyday/letter-explain')
    child.says('nej')
    expect(titles(told(child, 'with-staff'))).not.toContain(library.say('da', 'volunteering.sign-up.adult.yes'))
    expect(effectsOf(child.taps({ do: 'request', act: 'adult', of: 'h1', value: '' }), 'handoff')).toEqual([])
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

describe('a request that is being made', () => {
  const OVER_18 = library.say('da', 'volunteering.sign-up.adult.yes')
  const notice = `${say('minor')}\n\n${say('minor.wrong', { button: OVER_18 })}`
  const MEDICINE = 'neighbours/medicine-send'

  /** On from where the time is asked: everything answered, and sent. */
  function sends(person: Talk) {
    person.taps({ do: 'intake', step: 'when', value: 'today' })
    person.taps({ do: 'intake', step: 'where', value: 'none' })
    person.taps({ do: 'intake', step: 'language', value: 'only' })
    const summary = person.taps({ do: 'intake', step: 'wishes', value: 'none' })
    return effectsOf(press(person, summary, say('confirm')), 'openHandoff')
  }

  test.each(['jeg skriver for min mor, hun skal bruge mælk', 'jeg er 15 år og skal bruge mælk', 'mælk. jeg er 12'])(
    'of somebody who wrote "%s" says who will help, with one way out that is never the first button',
    (words) => {
      const person = resident()
      person.goes(SHOP)
      const turn = person.says(words)
      expect(texts(turn)).toEqual([notice, say('when')])
      expect(titles(turn).indexOf(OVER_18)).toBeGreaterThan(0)
      const where = person.taps({ do: 'intake', step: 'when', value: 'today' })
      expect([texts(where), titles(where).includes(OVER_18)]).toEqual([[say('stairwell')], true])
    },
  )

  test('goes to staff for whoever does not say otherwise', () => {
    const child = resident()
    child.goes(SHOP)
    child.says('jeg er 12 og skal bruge mælk')
    expect(sends(child)).toMatchObject([{ task: 'shopping', details: { minor: true } }])
  })

  test.each(['taps', 'types'] as const)(
    'goes to neighbours for a grown-up who %s that they are 18, where they were, and is asked no more',
    (how) => {
      const grown = resident()
      grown.goes(SHOP)
      const turn = grown.says('jeg skriver for min mor, hun skal bruge mælk')
      const again = how === 'taps' ? press(grown, turn, OVER_18) : grown.says(OVER_18)
      expect([texts(again), titles(again).includes(OVER_18)]).toEqual([[say('when')], false])
      expect(intakeOf(grown)).toMatchObject({ step: 'when', what: 'jeg skriver for min mor, hun skal bruge mælk' })
      expect(texts(grown.says('jeg er 12'))).not.toContain(notice)
      expect(sends(grown)).toMatchObject([{ details: { minor: false } }])
    },
  )

  test('is not sent by a button from before: they read who will help first', () => {
    const child = resident()
    press(child, child.goes(SHOP), say('skip'))
    child.taps({ do: 'intake', step: 'when', value: 'today' })
    child.taps({ do: 'intake', step: 'where', value: 'none' })
    child.taps({ do: 'intake', step: 'language', value: 'only' })
    const confirm = replies(child.taps({ do: 'intake', step: 'wishes', value: 'none' }))[0]
    child.says('menu')
    child.says('jeg går i 7. klasse')
    const turn = child.taps(confirm?.action)
    expect(effectsOf(turn, 'openHandoff')).toEqual([])
    expect([texts(turn)[0], said(turn).startsWith(say('summary'))]).toEqual([notice, true])
  })

  test('of whoever has answered "under 18" has no button to the contrary', () => {
    const child = resident()
    child.says('jeg skriver for min mor')
    child.goes('everyday/letter-explain')
    child.says('nej')
    const turn = child.goes(MEDICINE)
    expect(texts(turn)[0]).toBe(say('minor'))
    expect(titles(turn)).not.toContain(OVER_18)
    child.taps({ do: 'intake', step: 'adult', value: '' })
    expect(child.session?.child).toEqual({ is: 'minor' })
  })

  test.each(library.languages.map(({ code }) => code))('says it in %s', (code) => {
    const person = resident({ session: { ...KNOWN, language: { code, chosen: true }, child: { is: 'maybe' } } })
    const button = library.say(code, 'volunteering.sign-up.adult.yes')
    const turn = person.goes(SHOP)
    expect(texts(turn).join(' ')).toContain(library.say(code, 'asking.minor.wrong', { button }))
    expect(titles(turn)).toContain(button)
  })
})
