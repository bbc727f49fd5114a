/** What residents can ask of a request that is sent, and what old buttons and refusals say. */
import { describe, expect, test } from '@jest/globals'
import { NOW } from '../library.js'
import {
  asksOf,
  begin,
  hears,
  library,
  MEDICINE,
  of,
  opened,
  press,
  refused,
  replies,
  resident,
  SHOPPING,
  said,
  say,
  stateOf,
  tapsRequest,
  titles,
  told,
  waiting,
} from './asking-world.js'
import { effectsOf, KNOWN, texts } from './talk.js'

const MINUTE = 60_000

describe('how long?', () => {
  test('of one that ended lately: it is no more; of older ones nothing', () => {
    const person = waiting()
    told(person, 'done')
    const turn = person.says('hvor langt')
    expect(said(turn)).toBe(of(say('refused.gone')))
    expect(titles(turn)).toContain(say('nobody-came'))
    person.clock = { ...person.clock, now: NOW + 49 * 60 * MINUTE }
    expect(texts(person.says('hvor langt')).join()).not.toContain(say('refused.gone'))
  })

  test('the state of each, and how long it has waited', () => {
    const person = waiting('looking')
    opened(person, { known: false }, SHOPPING)
    told(person, 'on-the-way', {}, SHOPPING)
    person.clock = { ...person.clock, now: NOW + 12.5 * MINUTE }
    const status = person.says('hvor langt')
    expect(said(status)).toContain(say('state.looking', { time: say('minutes', { count: 12 }) }))
    expect(said(status)).toContain(say('state.coming', { time: say('minutes', { count: 12 }) }))
    expect(said(status)).toContain(MEDICINE.receipt)
    expect(titles(status)).toEqual([say('cancel-request'), say('nobody-came'), say('show-door'), library.say('da', 'command.menu')])
  })

  test('in English, by its words', () => {
    const person = waiting('looking', { session: { ...KNOWN, language: { code: 'en', chosen: true } } })
    expect(said(person.says('how long?'))).toContain(say('state.looking', { time: say('minutes', { count: 1 }, 'en') }, 'en'))
  })

  test('without a request the words are ordinary words', () => {
    for (const words of ['hvor langt', 'fortryd', 'der kom ingen', 'vis dør']) {
      const person = resident()
      const turn = person.says(words)
      expect(texts(turn).length).toBeGreaterThan(0)
      expect(effectsOf(turn, 'handoff')).toEqual([])
      expect(person.session?.help).toBeUndefined()
    }
  })
})

describe('cancel', () => {
  test('one: one tap more, then it is called off', () => {
    const person = waiting()
    const asked = person.says('fortryd')
    expect(titles(asked)).toEqual([say('cancel.yes'), say('cancel.no')])
    expect(asksOf(press(person, asked, say('cancel.yes')))).toEqual([{ handoff: 'h1', as: 'resident', type: 'cancel' }])
    told(person, 'cancelled')
    const late = press(person, asked, say('cancel.yes'))
    expect(asksOf(late)).toEqual([])
    expect(texts(late)).toHaveLength(1)
  })

  test('yes and no in words', () => {
    const person = waiting()
    person.says('fortryd')
    expect(said(person.says('nej'))).toBe(of(say('cancel.kept')))
    person.says('fortryd')
    expect(asksOf(person.says('ja'))).toEqual([{ handoff: 'h1', as: 'resident', type: 'cancel' }])
  })

  test('a yes that comes after something else was said is not a yes to this', () => {
    const person = waiting()
    person.says('fortryd')
    person.clock = { ...person.clock, now: NOW + MINUTE }
    person.says('menu')
    expect(asksOf(person.says('ja'))).toEqual([])
  })

  test('several: which', () => {
    const person = waiting()
    opened(person, { known: false }, SHOPPING)
    const which = person.says('fortryd')
    expect(replies(which).map(({ action }) => action)).toEqual([
      ...['h1', 'h2'].map((handoff) => ({ do: 'request', act: 'cancel', of: handoff })),
      { do: 'request', act: 'cancel-no', of: '' },
    ])
    const kept = press(person, which, say('cancel.no'))
    expect([asksOf(kept), said(kept)]).toEqual([[], say('cancel.kept')])
    const sure = person.taps(replies(which)[1]?.action)
    expect(asksOf(press(person, sure, say('cancel.yes')))).toEqual([{ handoff: 'h2', as: 'resident', type: 'cancel' }])
  })
})

describe('nobody came', () => {
  test.each(['helper', 'coming', 'passed-on'] as const)('%s: it is taken further at once', (state) => {
    const person = waiting(state)
    expect(asksOf(person.says('der kom ingen'))).toEqual([{ handoff: 'h1', as: 'resident', type: 'nobody-came' }])
  })

  test('nobody has said yes yet: nothing is asked, and it is said', () => {
    const turn = waiting('looking').says('der kom ingen')
    expect(asksOf(turn)).toEqual([])
    expect(texts(turn)[0]).toBe(say('nobody-came.not-yet'))
  })

  test('of what staff have it is said how it stands, though somebody had it before', () => {
    const person = waiting('looking')
    begin(person)
    hears(person, { what: 'talk-ends' })
    told(person, 'with-staff')
    const turn = person.says('der kom ingen')
    expect(asksOf(turn)).toEqual([])
    expect(texts(turn)).toHaveLength(1)
    expect(said(turn)).toContain(say('state.staff', { time: say('minutes', { count: 1 }) }))
  })

  test('also of one that is over: which', () => {
    const person = waiting()
    told(person, 'done')
    const which = person.says('der kom ingen')
    expect(titles(which)).toEqual([MEDICINE.receipt])
    expect(asksOf(press(person, which, MEDICINE.receipt))).toEqual([{ handoff: 'h1', as: 'resident', type: 'nobody-came' }])
  })
})

describe('show my door', () => {
  test('is no button any more once it is shown', () => {
    const person = waiting('looking')
    begin(person)
    expect(titles(person.says('hvor langt'))).toContain(say('show-door'))
    person.says('vis dør')
    person.says(DOOR)
    expect(titles(refused(person, 'show-door', undefined))).not.toContain(say('show-door'))
    expect(titles(person.says('hvor langt'))).not.toContain(say('show-door'))
  })

  test('a question back is sent to nobody before it is said whom it is for', () => {
    const person = waiting('looking')
    begin(person)
    person.says('vis dør')
    const asked = person.says('Hvorfor det?')
    expect(effectsOf(asked, 'relay')).toEqual([])
    expect(said(asked)).toBe(library.say('da', 'talking.who-for'))
  })

  const DOOR = 'Demovej 12 A, 3. tv, Hansen'

  test('after somebody said yes: who sees it, then it goes to the helper and nowhere else', () => {
    const person = waiting()
    const asked = person.says('vis dør')
    expect(said(asked)).toBe(say('door.ask', { alias: say('the-helper') }))
    const shown = person.says(DOOR)
    expect(asksOf(shown)).toEqual([{ handoff: 'h1', as: 'resident', type: 'show-door', door: DOOR }])
    expect(JSON.stringify(person.session)).not.toContain('Demovej')
    expect(texts(shown).join()).not.toContain('Demovej')
    expect(said(refused(person, 'show-door', undefined))).toBe(of(say('door.shown')))
  })

  test('a question or a greeting is no address', () => {
    const person = waiting()
    person.says('vis dør')
    expect(asksOf(person.says('Hvornår har kontoret åbent?'))).toEqual([])
    person.says('vis dør')
    expect(said(person.says('jeg er hjemme'))).toBe(say('door.retry'))
    expect(said(tapsRequest(person, 'door-not-now'))).toBe(say('door.skipped'))
    expect(person.session?.help?.question).toBeUndefined()
    expect(asksOf(tapsRequest(person, 'door-not-now'))).toEqual([])
  })

  test('nobody yet: later', () => {
    expect(said(waiting('looking').says('vis dør'))).toBe(say('door.nobody'))
  })

  test('it is not asked for any more when it is over', () => {
    const person = waiting()
    person.says('vis dør')
    told(person, 'cancelled')
    expect(asksOf(person.says(DOOR))).toEqual([])
  })

  test('two helpers: which', () => {
    const person = waiting()
    opened(person, { known: false }, SHOPPING)
    told(person, 'found', {}, SHOPPING)
    const which = person.says('vis dør')
    expect(said(which)).toBe(say('door.which'))
    person.taps(replies(which)[1]?.action)
    expect(asksOf(person.says(DOOR))).toMatchObject([{ handoff: 'h2' }])
  })
})

describe('refusals', () => {
  test.each([
    'waiting',
    'taken',
    'done',
    'cancelled',
    'passed-on',
    'with-staff',
    'frozen',
    'not-yours',
    'not-confirmed',
    'too-long-ago',
    'no-consent',
    'nobody-to-report',
    'already-reported',
    'gone',
    'bad-words',
  ])('%s has a sentence and a way on', (id) => {
    const person = waiting()
    const turn = refused(person, 'nobody-came', id)
    expect(said(turn)).toBe(of(say(`refused.${id}`)))
    expect(say(`refused.${id}`)).not.toContain('refused')
    expect(replies(turn).length).toBeGreaterThan(0)
    expect(stateOf(person)).toBe(['done', 'cancelled', 'gone'].includes(id) ? undefined : 'helper')
  })

  test('any other has a general one', () => {
    expect(said(refused(waiting(), 'cancel', 'stale-timer'))).toBe(of(say('refused.other')))
  })

  test('what was done is told by the news: no word twice', () => {
    expect(texts(refused(waiting(), 'cancel', undefined))).toEqual([])
  })
})

describe('buttons of long ago', () => {
  const ACTS = [
    'status',
    'nobody-came',
    'show-door',
    'door-not-now',
    'good',
    'not-good',
    'cancel',
    'cancel-yes',
    'cancel-no',
    'widen-yes',
    'widen-no',
    'pass-on-yes',
    'pass-on-no',
    'helped-yes',
    'helped-no',
    'constructor',
    '',
  ]

  test.each(ACTS)('%s of a request that nobody knows: one plain sentence, and nothing is done', (act) => {
    for (const person of [resident(), waiting('looking')]) {
      for (const stranger of ['h9', '__proto__']) {
        const turn = tapsRequest(person, act, stranger, 'gender')
        expect(texts(turn).length).toBeGreaterThan(0)
        expect(effectsOf(turn, 'handoff')).toEqual([])
      }
    }
  })

  test.each(ACTS)('%s of one that is over', (act) => {
    const person = waiting()
    told(person, 'done')
    expect(texts(tapsRequest(person, act)).length).toBeGreaterThan(0)
  })
})
