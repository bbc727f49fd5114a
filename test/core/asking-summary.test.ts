/** The summary of a request, what can be done at any step, and who asks. */
import { describe, expect, test } from '@jest/globals'
import { offerRequest } from '../../src/core/asking.js'
import { type Draft, tell } from '../../src/core/draft.js'
import type { HelpSession, Intake } from '../../src/core/request-types.js'
import type { Area, Scene, Session } from '../../src/core/types.js'
import {
  intakeOf,
  library,
  MEDICINE,
  opened,
  PLACES,
  press,
  resident,
  SHOP,
  said,
  say,
  summarised,
  TWO_AREAS,
  titles,
  told,
} from './asking-world.js'
import { CLOCK, effectsOf, KNOWN, type Talk, texts } from './talk.js'

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

  test('the area too, where there are several', () => {
    const person = resident({ session: { ...KNOWN, area: 'demo' } }, TWO_AREAS)
    summarised(person)
    const stairwell = person.taps({ do: 'intake', step: 'change', value: 'where' })
    const area = press(person, stairwell, say('area.other'))
    expect(said(area)).toBe(say('area'))
    expect(titles(area)).not.toContain(say('back'))
    press(person, area, library.areas['sondervang']?.name ?? '')
    expect(said(person.says('7'))).toContain(say('summary'))
    expect(intakeOf(person)).toMatchObject({ area: 'sondervang', stairwell: '7' })
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

  test('what is typed after one went elsewhere is no answer, and one tap goes on', () => {
    const person = resident()
    person.goes(SHOP)
    person.says('menu')
    person.says('Hvornår har kontoret åbent?')
    expect(intakeOf(person)?.what).toBeUndefined()
    person.taps({ do: 'intake', step: 'go-on', value: '' })
    person.says('kaffe')
    expect(intakeOf(person)?.what).toBe('kaffe')
    person.taps({ do: 'intake', step: 'when', value: 'now' })
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
  const person = resident({ session: { ...KNOWN, child: { is } } })
  const sent = press(person, summarised(person, 'neighbours/visit-send'), say('confirm'))
  expect(effectsOf(sent, 'openHandoff')[0]?.details?.minor).toBe(minor)
})

test.each([
  ['may be a minor', {}, true],
  ['is none once they said that they are 18', { child: { is: 'adult' } }, false],
] as const)('whoever chose the answers for teenagers %s', (_, told, minor) => {
  const person = resident({ session: { ...KNOWN, audience: 'teenager', ...told } })
  const sent = press(person, summarised(person, 'neighbours/visit-send'), say('confirm'))
  expect(effectsOf(sent, 'openHandoff')[0]?.details?.minor).toBe(minor)
})

test('on behalf of somebody: their language, nothing of the coordinator’s own', () => {
  const sanne = resident({ session: { ...KNOWN, help: { intake: { task: 'medicine', step: 'what', behalf: true } } } })
  sanne.contact = { area: 'demo', stairwell: '1', coordinator: { areas: ['demo'] } }
  sanne.says('Hente medicin på stationens apotek')
  expect(said(sanne.taps({ do: 'intake', step: 'when', value: 'today' }))).toBe(library.say('da', 'coordinating.behalf.stairwell'))
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

describe('one tap back to it', () => {
  const answered = (help: HelpSession): Draft => {
    const area = library.areas['demo'] as Area
    const scene: Scene = { conversation: { id: 'c', channel: 'messenger' }, session: KNOWN, contact: {}, area, places: PLACES }
    const draft: Draft = { scene, library, clock: CLOCK, session: { ...KNOWN, help }, effects: [], notices: [] }
    tell(draft, 'Et svar.')
    offerRequest(draft)
    return draft
  }
  const intake: Intake = { task: 'shopping', step: 'when' }

  test('stands under what Opgang answers meanwhile', () => {
    expect(titles(answered({ intake }))).toEqual([say('go-on')])
  })

  test('not without a request, nor in a talk, nor under its own questions', () => {
    expect(titles(answered({}))).toEqual([])
    expect(titles(answered({ intake, talk: 'h1' }))).toEqual([])
    const draft = answered({})
    draft.session = { ...draft.session, help: { intake } }
    tell(draft, 'Hvornår?', [{ title: 'I dag', action: { do: 'intake', step: 'when', value: 'today' } }])
    offerRequest(draft)
    expect(titles(draft)).toEqual(['I dag'])
  })
})
