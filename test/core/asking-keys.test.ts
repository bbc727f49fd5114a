/** An errand with a key is for staff, whatever it was begun as: who names a key is asked once, and nothing is guessed. */
import { describe, expect, test } from '@jest/globals'
import { intakeOf, library, press, resident, SHOP, said, say, summarised, titles } from './asking-world.js'
import { effectsOf, KNOWN, type Talk } from './talk.js'

const FETCH = 'kan nogen tage min nøgle og hente medicin'

/** Asked whether the helper is to have the key. */
function asked(words = FETCH): Talk {
  const person = resident()
  person.goes('neighbours/medicine-send')
  person.says(words)
  return person
}

/** On from where the time is asked, up to the summary. */
function answersTheRest(person: Talk) {
  person.taps({ do: 'intake', step: 'when', value: 'today' })
  person.taps({ do: 'intake', step: 'where', value: 'none' })
  person.taps({ do: 'intake', step: 'language', value: 'only' })
  return person.taps({ do: 'intake', step: 'wishes', value: 'none' })
}

function sends(person: Talk) {
  const summary = answersTheRest(person)
  return { text: said(summary), sent: effectsOf(press(person, summary, say('confirm')), 'openHandoff') }
}

describe('a key that is named', () => {
  test.each([
    FETCH,
    'take my key and fetch the parcel',
    'jeg kan ikke finde medicinen, nøglen ligger i skabet',
    'husnøglen hænger hos naboen',
    'ممكن حدا ياخد مفتاحي ويجيب الدوا',
    'furaha guriga qaado oo daawada ii keen',
    'anahtarımı alıp ilacı getirin',
    'میری چابی لے کر دوا لے آئیں',
    'візьміть мої ключі і принесіть ліки',
    'proszę wziąć klucze i przynieść lek',
    'کلیدم را بگیرید و دارو بیاورید',
    'መፍትሖይ ወሲድኩም መድሃኒት ኣምጽኡለይ',
    'mifteya min bibin û derman bînin',
    'uzmite ključ i donesite lijek',
  ])('is asked about: "%s"', (words) => {
    const person = asked(words)
    expect(intakeOf(person)).toMatchObject({ step: 'what', what: words, keys: 'asked' })
  })

  test.each(['Panodil fra apoteket på torvet', 'en skærm og et tastatur', 'milk, bread and a monkey puzzle', 'açık ekmek, furun', 'furan'])(
    'is not in "%s"',
    (words) => {
      expect(intakeOf(asked(words))).toMatchObject({ step: 'when', what: words })
    },
  )

  test('goes to staff with a yes: the summary says so, and no neighbour is called', () => {
    const person = resident()
    person.goes('neighbours/medicine-send')
    const turn = person.says(FETCH)
    expect([said(turn), titles(turn)]).toEqual([say('keys'), [say('keys.no'), say('keys.yes'), say('cancel')]])
    press(person, turn, say('keys.yes'))
    const { text, sent } = sends(person)
    expect(text).toContain(library.say('da', 'volunteering.task.keys'))
    expect(sent).toMatchObject([{ task: 'keys', note: FETCH }])
  })

  test.each(['nej', 'nej, jeg er hjemme', 'no'])('stays what it was with "%s"', (words) => {
    const person = asked()
    expect(said(person.says(words))).toBe(say('when'))
    const { text, sent } = sends(person)
    expect(text).not.toContain(library.say('da', 'volunteering.task.keys'))
    expect(sent).toMatchObject([{ task: 'medicine', note: FETCH }])
  })

  test('is asked about again after words that are no answer: they do not take the place of what is needed', () => {
    const person = asked()
    expect(said(person.says('det ved jeg ikke rigtigt'))).toBe(say('keys'))
    expect(intakeOf(person)?.what).toBe(FETCH)
  })

  test('is not sent by a button of a summary from before', () => {
    const person = resident()
    const summary = summarised(person)
    person.taps({ do: 'intake', step: 'change', value: 'what' })
    person.says(FETCH)
    expect(effectsOf(press(person, summary, say('confirm')), 'openHandoff')).toEqual([])
    expect(said(person.says('ja'))).toContain(library.say('da', 'volunteering.task.keys'))
  })

  test.each([
    [0, 'asked'],
    [20 * 60_000, undefined],
  ] as const)('before the request is begun is asked about first, for a quarter of an hour (%d ms after)', (later, keys) => {
    const person = resident()
    person.says(FETCH)
    person.clock = { ...person.clock, now: person.clock.now + later }
    const turn = person.goes('neighbours/medicine-send')
    expect(intakeOf(person)?.keys).toBe(keys)
    if (keys === undefined) return
    expect(said(press(person, turn, say('keys.yes')))).toBe(say('what.medicine'))
    person.says('Ørneapoteket')
    expect(sends(person).sent).toMatchObject([{ task: 'keys', note: 'Ørneapoteket' }])
    expect(said(person.goes('neighbours/medicine-send'))).toBe(say('what.medicine'))
  })

  test('is forgotten with the words that named it', () => {
    const person = asked()
    person.says('ja')
    answersTheRest(person)
    person.taps({ do: 'intake', step: 'change', value: 'what' })
    expect(said(person.says('Panodil'))).not.toContain(library.say('da', 'volunteering.task.keys'))
    expect(effectsOf(person.says('ja'), 'openHandoff')).toMatchObject([{ task: 'medicine' }])
  })

  test.each(library.languages.map(({ code }) => code))('is asked about in %s, and a typed yes is one', (code) => {
    const person = resident({ session: { ...KNOWN, language: { code, chosen: true } } })
    person.goes(SHOP)
    const turn = person.says('nøgle')
    expect(said(turn)).toContain(library.say(code, 'asking.keys'))
    person.says(library.say(code, 'asking.keys.yes'))
    expect(intakeOf(person)).toMatchObject({ keys: 'yes', step: 'when' })
  })
})
