/** What people type where the stairwell is asked: whole answers are read, also with floor and door, and danger stays danger. */
import { describe, expect, test } from '@jest/globals'
import { intakeOf, library, press, resident, SHOP, said, say, TWO_AREAS, titles } from './asking-world.js'
import { effectsOf, messages, type Talk } from './talk.js'

/** Up to where the stairwell is asked. */
function asked(): Talk {
  const person = resident()
  press(person, person.goes(SHOP), say('skip'))
  person.taps({ do: 'intake', step: 'when', value: 'today' })
  return person
}

describe('an area', () => {
  /** Up to where the area is asked. */
  function askedArea(): Talk {
    const person = resident({}, TWO_AREAS)
    press(person, person.goes(SHOP), say('skip'))
    person.taps({ do: 'intake', step: 'when', value: 'today' })
    return person
  }

  test.each([
    ['Birkehaven', 'demo', undefined],
    ['birke', 'demo', undefined],
    ['jeg bor i Søndervang', 'sondervang', undefined],
    ['Birkehaven opgang 3', 'demo', '3'],
    ['jeg bor i søndervang nr. 7, 2. sal', 'sondervang', '7'],
    ['Waxaan deganahay Birkehaven albaabka 3', 'demo', '3'],
  ])('is read from "%s", with its stairwell where that is said too', (text, area, stairwell) => {
    const person = askedArea()
    const turn = person.says(text)
    const { intake } = person.session?.help ?? {}
    expect([intake?.area, intake?.stairwell]).toEqual([area, stairwell])
    expect(said(turn)).toBe(say(stairwell === undefined ? 'stairwell' : 'language'))
  })

  test.each(['Birkehaven eller Søndervang', 'er det i Birkehaven?', 'nr. 7', 'bir'])('is not guessed from "%s"', (text) => {
    const person = askedArea()
    person.says(text)
    expect(intakeOf(person)).not.toHaveProperty('area')
  })
})

describe('a stairwell', () => {
  test.each([
    ['nr. 3 på 2. sal', '3'],
    ['3. opgang', '3'],
    ['opgang 3, 2. tv', '3'],
    ['number 3 second floor', '3'],
    ['3 on the second floor', '3'],
    ['3. sal i opgang 5', '5'],
    ['blok 3 opgang 2', '2'],
    ['Opgang 12 A, 2. sal til højre', '12 A'],
    ['12B 2.th', '12 B'],
    ['Jeg bor i nummer 3 på anden sal, til venstre', '3'],
    ['Nørregade 12, 2. sal', '12'],
    ['3rd entrance', '3'],
    ['Waxaan deganahay albaabka 3 dabaqa 2aad', '3'],
    ['أسكن في المدخل رقم ٣، الطابق الثاني', '3'],
    ['گھر نمبر 3 دوسری منزل', '3'],
    ['3-й під’їзд, 2 поверх', '3'],
    ['klatka 3, 2 piętro', '3'],
    ['3. kat, no 5', '5'],
    ['ulaz 3, drugi sprat', '3'],
    ['شماره ۳ طبقه دوم', '3'],
    ['ኣብ ቁጽሪ 3 ካልኣይ ደርቢ', '3'],
    ['hejmara 3 qata duyem', '3'],
  ])('is read from "%s"', (text, stairwell) => {
    const person = asked()
    const turn = person.says(text)
    expect(messages(turn).some(({ role }) => role === 'danger')).toBe(false)
    expect(intakeOf(person)).toMatchObject({ stairwell, step: 'language' })
  })

  test.each(['3. sal', 'lejlighed 3', 'kat 2', '112', 'opgang'])('is none in "%s": it is asked again', (text) => {
    const person = asked()
    const turn = person.says(text)
    expect(intakeOf(person)).not.toHaveProperty('stairwell')
    expect([said(turn), titles(turn).includes(say('stairwell.none'))]).toEqual([say('stairwell'), true])
  })

  test.each(['3, he is hitting me', '3, han slår mig', 'nr. 3 på 2. sal, det brænder', 'opgang 3 han har en kniv'])(
    'is no reason to overlook danger: "%s"',
    (text) => {
      const person = asked()
      const turn = person.says(text)
      expect(messages(turn).find(({ role }) => role !== 'notice')?.role).toBe('danger')
      expect(effectsOf(turn, 'openHandoff')).toMatchObject([{ task: 'danger' }])
      expect(intakeOf(person)).not.toHaveProperty('stairwell')
    },
  )

  test('where none is asked the same words are asked about as before', () => {
    const person = resident()
    const text = 'nr. 3 på 2. sal'
    expect(library.danger(text, 'da')?.certainty).toBe('unclear')
    expect(messages(person.says(text))[0]?.role).toBe('danger')
  })
})
