/** A request as its resident makes it: what is asked, what is known already, and what is sent. */
import { describe, expect, test } from '@jest/globals'
import { intakeOf, library, PLACES, press, replies, resident, SHOP, said, say, TWO_AREAS, titles } from './asking-world.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, messages, texts } from './talk.js'

const FETCH = 'neighbours/medicine-send'

describe('the main path', () => {
  test('in Danish: five things are asked, a summary says them back, and a yes sends them', () => {
    const ingrid = resident()
    const asked = ingrid.goes(SHOP)
    expect(said(asked)).toBe(say('what.shopping', { kroner: 500 }))
    const when = ingrid.says('mælk og rugbrød')
    expect(said(when)).toBe(say('when'))
    expect(titles(when)).toEqual([say('when.now'), say('when.today'), say('when.tomorrow'), say('when.this-week'), say('cancel')])
    const where = press(ingrid, when, say('when.tomorrow'))
    expect(titles(where)).toEqual(['1', '2', '12 A', say('stairwell.none'), say('cancel')])
    const spoken = press(ingrid, where, '12 A')
    expect(said(spoken)).toBe(say('language'))
    const wishes = press(ingrid, spoken, say('language.only', { language: 'Dansk' }))
    const more = press(ingrid, wishes, say('wish.woman'))
    expect(said(more)).toBe(say('wishes.more', { wishes: say('wish.woman') }))
    const summary = press(ingrid, more, say('wish.stairwell'))
    for (const part of [
      'mælk og rugbrød',
      say('when.tomorrow'),
      '12 A',
      'Dansk',
      say('wish.woman'),
      say('wish.stairwell'),
      say('alias.default'),
    ]) {
      expect(said(summary)).toContain(part)
    }
    const sent = press(ingrid, summary, say('confirm'))
    expect(effectsOf(sent, 'openHandoff')).toEqual([
      {
        type: 'openHandoff',
        task: 'shopping',
        note: 'mælk og rugbrød',
        area: 'demo',
        language: 'da',
        details: {
          when: 'tomorrow',
          stairwell: '12 A',
          otherLanguages: [],
          wishes: { gender: 'woman', notFromStairwell: true },
          kept: [],
          minor: false,
          alias: say('alias.default'),
        },
      },
    ])
    expect(texts(sent)).toEqual([say('sent')])
    expect(ingrid.session?.help).toBeUndefined()
  })

  test('in Arabic, typed: digits, names of languages and words are read in her own', () => {
    const amina = resident({ session: KNOWN_ARABIC })
    amina.goes(FETCH)
    amina.says('صيدلية المحطة')
    amina.says(say('when.today', {}, 'ar'))
    const spoken = amina.says('١٢ A')
    expect(intakeOf(amina)?.stairwell).toBe('12 A')
    expect(said(spoken)).toBe(say('language', {}, 'ar'))
    amina.says('soomaali')
    amina.says('dansk')
    amina.says(say('done', {}, 'ar'))
    const summary = amina.says('لا')
    expect(said(summary)).toContain('صيدلية المحطة')
    expect(messages(summary).at(-1)?.language).toBe('ar')
    const sent = amina.says('نعم')
    expect(effectsOf(sent, 'openHandoff')[0]).toMatchObject({
      task: 'medicine',
      language: 'ar',
      details: { otherLanguages: ['so', 'da'], wishes: {}, when: 'today', stairwell: '12 A' },
    })
  })

  test.each([
    [SHOP, 'what.shopping'],
    [FETCH, 'what.medicine'],
    ['neighbours/visit-send', 'what'],
    ['everyday/letter-help', 'what.beside'],
  ])('%s is asked with what its task asks of both', (place, key) => {
    expect(said(resident().goes(place))).toBe(say(key, { kroner: 500 }))
  })
})

describe('what is known is not asked', () => {
  test('area and stairwell of the contact', () => {
    const known = resident()
    known.contact = { area: 'demo', stairwell: '2' }
    press(known, known.goes(SHOP), say('skip'))
    expect(said(known.taps({ do: 'intake', step: 'when', value: 'now' }))).toBe(say('language'))
    expect(intakeOf(known)).toMatchObject({ area: 'demo', stairwell: '2' })
  })

  test('the area is asked where there are several, once, and is remembered', () => {
    const somebody = resident({}, TWO_AREAS)
    press(somebody, somebody.goes(SHOP), say('skip'))
    const area = somebody.taps({ do: 'intake', step: 'when', value: 'now' })
    expect(said(area)).toBe(say('area'))
    const stairwell = somebody.says('sønder')
    expect(said(stairwell)).toBe(say('stairwell'))
    expect(effectsOf(stairwell, 'contact')).toEqual([{ type: 'contact', change: { area: 'sondervang' } }])
    press(somebody, stairwell, say('cancel'))
    press(somebody, somebody.goes(SHOP), say('skip'))
    expect(said(somebody.taps({ do: 'intake', step: 'when', value: 'now' }))).toBe(say('stairwell'))
  })

  test('languages that a volunteer has said', () => {
    const yusuf = resident()
    yusuf.contact = { area: 'demo', volunteer: { languages: ['tr', 'da'] } as never }
    press(yusuf, yusuf.goes(SHOP), say('skip'))
    yusuf.taps({ do: 'intake', step: 'when', value: 'now' })
    expect(said(yusuf.taps({ do: 'intake', step: 'where', value: 'none' }))).toBe(say('wishes'))
    expect(intakeOf(yusuf)?.otherLanguages).toEqual(['tr'])
  })
})

describe('where', () => {
  const atStairwell = (places = PLACES) => {
    const person = resident({ session: { ...KNOWN, area: places === PLACES ? 'demo' : 'sondervang' } }, places)
    press(person, person.goes(SHOP), say('skip'))
    return { person, turn: person.taps({ do: 'intake', step: 'when', value: 'now' }) }
  }

  test('many stairwells are paged, never more buttons than Messenger shows, and all are reached', () => {
    const { person, turn } = atStairwell(TWO_AREAS)
    const seen = new Set<string>()
    let page = turn
    for (let at = 0; at < 3; at++) {
      expect(replies(page).length).toBeLessThanOrEqual(13)
      for (const title of titles(page)) seen.add(title)
      page = press(person, page, library.say('da', 'page.more'))
    }
    expect([...seen].filter((title) => /^\d+$/.test(title))).toHaveLength(25)
    expect(titles(page)).toEqual(titles(turn))
  })

  test.each([
    ['12a', '12 A'],
    ['opgang 2', '2'],
    ['Birkevej 12 A, 3. tv', '12 A'],
    ['7 b', '7 B'],
  ])('"%s" is stairwell %s: the rest of an address is not kept', (text, stairwell) => {
    const { person } = atStairwell()
    person.says(text)
    expect(intakeOf(person)?.stairwell).toBe(stairwell)
    expect(JSON.stringify(person.session)).not.toContain('Birkevej')
  })

  test('who does not say it cannot bar it', () => {
    const { person } = atStairwell()
    person.taps({ do: 'intake', step: 'where', value: 'none' })
    const wishes = person.taps({ do: 'intake', step: 'language', value: 'only' })
    expect(titles(wishes)).not.toContain(say('wish.stairwell'))
    person.taps({ do: 'intake', step: 'wishes', value: 'stairwell' })
    expect(intakeOf(person)?.notFromStairwell).toBeUndefined()
  })
})

describe('languages', () => {
  test('another offered one by its button; the list is paged back to the first page', () => {
    const person = resident()
    press(person, person.goes(SHOP), say('skip'))
    person.taps({ do: 'intake', step: 'when', value: 'now' })
    const language = person.taps({ do: 'intake', step: 'where', value: 'none' })
    const list = press(person, language, say('language.other'))
    expect(said(list)).toBe(say('language.which'))
    expect(titles(list)).not.toContain('Dansk')
    const more = press(person, list, 'Türkçe')
    expect(said(more)).toBe(say('language.more', { languages: 'Dansk, Türkçe' }))
    person.says('arabisk og engelsk')
    expect(intakeOf(person)?.otherLanguages).toEqual(['tr', 'ar', 'en'])
  })
})

describe('a few words', () => {
  /** Somebody who is asked for wishes, all in words. */
  const wishing = (when: string) => {
    const person = resident()
    person.goes(SHOP)
    for (const text of ['mælk', when, '2', 'arabisk', 'færdig']) person.says(text)
    return person
  }

  test.each([
    ['i morgen tak', 'tomorrow'],
    ['morgen', 'tomorrow'],
    ['det haster', undefined],
    ['helst i dag', 'today'],
  ])('"%s" is when: %s', (text, when) => {
    const person = resident()
    person.goes(SHOP)
    person.says('mælk')
    person.says(text)
    expect(intakeOf(person)?.when).toBe(when)
  })

  test.each(['en kvinde tak', 'kvinde', 'helst en kvinde'])('"%s" is a wish', (text) => {
    const person = wishing('i dag')
    expect(intakeOf(person)?.step).toBe('wishes')
    person.says(text)
    expect(intakeOf(person)?.gender).toBe('woman')
    person.says('færdig')
    expect(intakeOf(person)?.step).toBe('summary')
  })

  test.each(['en kvinde eller en mand', 'kommer der en kvinde?', 'jeg vil gerne vide om der er en kvinde'])('"%s" is none', (text) => {
    const person = wishing('i dag')
    person.says(text)
    expect(intakeOf(person)?.gender).toBeUndefined()
  })
})
