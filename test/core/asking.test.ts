/** A request as its resident makes it: what is asked, what is known already, and what is sent. */
import { describe, expect, test } from '@jest/globals'
import type { Intake } from '../../src/core/request-types.js'
import type { Session } from '../../src/core/types.js'
import { library, MEDICINE, opened, PLACES, press, replies, resident, said, say, TWO_AREAS, titles, told } from './asking-world.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, messages, type Talk, texts } from './talk.js'

const SHOP = 'neighbours/shopping-send'
const FETCH = 'neighbours/medicine-send'
const intakeOf = (person: Talk): Intake | undefined => person.session?.help?.intake

/** Up to the summary, by the shortest way. */
function summarised(person: Talk, place = SHOP) {
  press(person, person.goes(place), say('skip'))
  person.taps({ do: 'intake', step: 'when', value: 'today' })
  person.taps({ do: 'intake', step: 'where', value: 'none' })
  person.taps({ do: 'intake', step: 'language', value: 'only' })
  return person.taps({ do: 'intake', step: 'wishes', value: 'none' })
}

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
    ['everyday/letter-send', 'what.beside'],
  ])('%s is asked with what its task asks of both', (place, key) => {
    const [dialog = '', node = ''] = place.split('/')
    if (library.dialogs[dialog]?.nodes[node] === undefined) return
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

describe('the summary', () => {
  test('each of the five can be changed, and leads back', () => {
    const person = resident()
    const summary = summarised(person)
    const which = press(person, summary, say('change'))
    expect(titles(which)).toEqual([...['what', 'when', 'where', 'language', 'wishes'].map((step) => say(`change.${step}`)), say('back')])
    const what = press(person, which, say('change.what'))
    expect(said(what)).toBe(say('what.shopping', { kroner: 500 }))
    expect(said(person.says('kaffe'))).toContain('kaffe')
    for (const [step, value] of [
      ['when', 'now'],
      ['where', 'stairwell:1'],
      ['language', 'only'],
      ['wishes', 'none'],
    ] as const) {
      person.taps({ do: 'intake', step: 'change', value: step })
      expect(said(person.taps({ do: 'intake', step, value }))).toContain(say('summary'))
    }
    expect(intakeOf(person)).toMatchObject({ what: 'kaffe', when: 'now', stairwell: '1', step: 'summary' })
  })

  test('back changes nothing', () => {
    const person = resident()
    summarised(person)
    const before = intakeOf(person)
    const asked = person.taps({ do: 'intake', step: 'change', value: 'when' })
    press(person, asked, say('back'))
    expect(intakeOf(person)).toEqual(before)
  })

  test('a name of one’s own choice: letters, no numbers', () => {
    const person = resident()
    const asked = press(person, summarised(person), say('alias'))
    expect(said(asked)).toBe(say('alias.ask'))
    expect(said(person.says('ring 20304050'))).toBe(say('alias.retry'))
    const named = person.says('Amina')
    expect(said(named)).toContain(say('summary.alias', { alias: 'Amina' }))
    expect(effectsOf(press(person, named, say('confirm')), 'openHandoff')[0]?.details?.alias).toBe('Amina')
  })

  test('a second yes sends nothing more, and says how it stands', () => {
    const person = resident()
    const summary = summarised(person)
    press(person, summary, say('confirm'))
    const early = press(person, summary, say('confirm'))
    expect(effectsOf(early, 'openHandoff')).toEqual([])
    expect(texts(early)).toEqual([library.say('da', 'old-button')])
    opened(person)
    const late = press(person, summary, say('confirm'))
    expect(effectsOf(late, 'openHandoff')).toEqual([])
    expect(texts(late)[0]).toBe(say('old-button'))
    expect(said(late)).toContain(MEDICINE.receipt)
  })

  test('a yes to a summary that was changed since shows the new one', () => {
    const person = resident()
    const old = summarised(person)
    person.taps({ do: 'intake', step: 'change', value: 'when' })
    person.taps({ do: 'intake', step: 'when', value: 'now' })
    const again = press(person, old, say('confirm'))
    expect(effectsOf(again, 'openHandoff')).toEqual([])
    expect(said(again)).toContain(say('when.now'))
  })

  test('no in words asks what to change', () => {
    const person = resident()
    summarised(person)
    expect(said(person.says('nej'))).toBe(say('change.which'))
  })
})

describe('at any step', () => {
  const STEPS: readonly (readonly [string, (person: Talk) => void])[] = [
    ['what', (person) => void person.goes(SHOP)],
    ['when', (person) => void press(person, person.goes(SHOP), say('skip'))],
    ['summary', (person) => void summarised(person)],
  ]

  test.each(STEPS)('%s: cancel ends it, by button and by word', (_step, go) => {
    const person = resident()
    go(person)
    expect(said(person.says('fortryd'))).toBe(say('unsent'))
    expect(person.session?.help).toBeUndefined()
    go(person)
    person.taps({ do: 'intake', step: 'cancel', value: '' })
    expect(person.session?.help).toBeUndefined()
  })

  test.each(STEPS)('%s: menu and language are heard, and the request stays', (_step, go) => {
    const person = resident()
    go(person)
    const before = intakeOf(person)
    expect(said(person.says('menu'))).toBe('Hvad kan jeg hjælpe med?')
    person.says('sprog')
    expect(intakeOf(person)).toEqual(before)
    const status = person.says('hvor langt')
    expect(said(status)).toBe(say('unfinished'))
    press(person, status, say('go-on'))
    expect(intakeOf(person)).toEqual(before)
  })

  test('a question at a step of buttons is answered by Opgang, and the request stays', () => {
    const person = resident()
    press(person, person.goes(SHOP), say('skip'))
    const before = intakeOf(person)
    const answer = person.says('Hvornår har kontoret åbent?')
    expect(texts(answer).join()).toContain('00 00 00 01')
    expect(intakeOf(person)).toEqual(before)
  })

  test('the name of a language is no answer to what is needed', () => {
    const person = resident()
    person.goes(SHOP)
    person.says('english')
    expect(person.session?.language.code).toBe('en')
    expect(intakeOf(person)?.what).toBeUndefined()
  })

  test('an older button is an answer given anew: nothing is asked twice', () => {
    const person = resident()
    press(person, person.goes(SHOP), say('skip'))
    const where = person.taps({ do: 'intake', step: 'when', value: 'now' })
    const again = person.taps({ do: 'intake', step: 'when', value: 'this-week' })
    expect(said(again)).toBe(said(where))
    expect(intakeOf(person)?.when).toBe('this-week')
  })

  test.each([
    ['when', 'yesterday'],
    ['where', 'stairwell:99'],
    ['where', 'area:__proto__'],
    ['language', 'xx'],
    ['wishes', 'none'],
    ['page', '999'],
    ['page', '-1'],
    ['languages', 'x'],
    ['alias', ''],
    ['change', 'summary'],
    ['confirm', 'x'],
    ['__proto__', ''],
  ])('a button %s/%s that is none here asks again', (step, value) => {
    const person = resident()
    const when = press(person, person.goes(SHOP), say('skip'))
    const before = intakeOf(person)
    expect(said(person.taps({ do: 'intake', step, value }))).toBe(said(when))
    expect(intakeOf(person)).toEqual(before)
  })
})

test('for staff alone: the old path', () => {
  const person = resident()
  const turn = person.goes('welcome/person')
  expect(effectsOf(turn, 'openHandoff')).toMatchObject([{ task: 'contact' }])
  expect(intakeOf(person)).toBeUndefined()
})

test.each([
  ['maybe', true],
  ['minor', true],
  ['adult', false],
] as const)('whoever is %s of age is a minor: %s', (is, minor) => {
  const person = resident({ session: { ...KNOWN, child: { is } } as Session })
  const sent = press(person, summarised(person, 'neighbours/visit-send'), say('confirm'))
  expect(effectsOf(sent, 'openHandoff')[0]?.details?.minor).toBe(minor)
})

test('on behalf of somebody: their language, nothing of the coordinator’s own', () => {
  const sanne = resident({ session: { ...KNOWN, help: { intake: { task: 'medicine', step: 'what', behalf: true } } } })
  sanne.contact = { area: 'demo', stairwell: '1', coordinator: { areas: ['demo'] } }
  sanne.says('Hente medicin på stationens apotek')
  expect(said(sanne.taps({ do: 'intake', step: 'when', value: 'today' }))).toBe(say('stairwell'))
  expect(said(sanne.says('2'))).toBe(say('language.behalf'))
  sanne.says('somali')
  const sent = press(sanne, sanne.taps({ do: 'intake', step: 'wishes', value: 'none' }), say('confirm'))
  expect(effectsOf(sent, 'openHandoff')[0]).toMatchObject({ language: 'so', details: { behalf: true, otherLanguages: [], stairwell: '2' } })
})

test('a new request turns to Opgang: typed words do not go to a talk, and not to a request while one talks', () => {
  const talks = [{ handoff: 'h1', receipt: 'H-4F7K', task: 'medicine', side: 'resident' as const }] as never
  const person = resident({ session: { ...KNOWN, help: { talks, talk: 'h1' } } })
  person.goes(SHOP)
  expect(person.session?.help?.talk).toBeUndefined()
  person.session = { ...(person.session as Session), help: { ...person.session?.help, talk: 'h1' } }
  person.says('Hej, jeg er hjemme')
  expect(intakeOf(person)?.what).toBeUndefined()
})

test('two requests at once: the first goes on beside the second', () => {
  const person = resident()
  opened(person)
  told(person, 'found')
  const sent = press(person, summarised(person), say('confirm'))
  expect(effectsOf(sent, 'openHandoff')).toHaveLength(1)
  expect(person.session?.help?.requests?.map(({ handoff }) => handoff)).toEqual(['h1'])
})
