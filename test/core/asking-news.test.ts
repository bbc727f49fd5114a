/** What residents hear of a request that is sent, and what they answer. */
import { describe, expect, test } from '@jest/globals'
import type { Expected } from '../../src/core/request-types.js'
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
  resident,
  said,
  say,
  stateOf,
  titles,
  told,
  waiting,
} from './asking-world.js'
import { KNOWN, KNOWN_ARABIC, messages, texts } from './talk.js'

const MINUTE = 60_000

describe('a talk that begins', () => {
  test('is somebody who said yes: how long, nobody came and the door say so, and no wish waits', () => {
    const person = waiting('looking')
    hears(person, { what: 'widen', wish: 'gender', free: 2 })
    begin(person)
    expect(stateOf(person)).toBe('helper')
    const status = person.says('hvor langt')
    expect(texts(status)).toHaveLength(1)
    expect(said(status)).toContain(say('state.helper', { time: say('minutes', { count: 1 }) }))
    expect(titles(status)).toContain(say('nobody-came'))
  })

  test('is not so while a wish finds nobody: the receipt comes first, then the question, and no wait is said', () => {
    const person = resident()
    expect(messages(hears(person, { what: 'widen', wish: 'gender', free: 1 }))).toEqual([])
    const turn = opened(person, { nobody: true })
    expect(texts(turn)).toHaveLength(2)
    expect(texts(turn)[0]).not.toContain(say('wait.nobody'))
    expect(said(turn)).toBe(of(say('widen.again')))
    expect(titles(turn)).toEqual([say('widen.yes'), say('widen.no')])
  })

  test('may come before the receipt', () => {
    const person = resident()
    begin(person)
    opened(person)
    expect(stateOf(person)).toBe('helper')
  })
})

describe('the receipt says honestly how long', () => {
  const minutes = (count: number) => say('minutes', { count })
  const today = (time: string) => say('at.today', { time })
  test.each<[Expected, string]>([
    [{ known: true, half: 25, most: 60, requests: 9 }, say('wait.half-most', { half: minutes(25), most: minutes(60) })],
    [{ known: true, half: 150, requests: 9 }, say('wait.half', { half: say('hours', { count: 3 }) })],
    [{ known: false }, say('wait.unknown')],
    [{ nobody: true }, say('wait.nobody')],
    [{ nobody: true, nextAt: NOW - 1 }, say('wait.nobody')],
    [{ nobody: true, nextAt: Date.parse('2026-11-23T15:00:00Z') }, say('wait.nobody-until', { time: today('16.00') })],
    [
      { nobody: true, nextAt: Date.parse('2026-11-24T07:05:00Z') },
      say('wait.nobody-until', { time: say('at.tomorrow', { time: '08.05' }) }),
    ],
    [
      { nobody: true, nextAt: Date.parse('2026-11-28T07:00:00Z') },
      say('wait.nobody-until', { time: say('at.date', { date: '28. november 2026', time: '08.00' }) }),
    ],
    [{ staff: true }, say('wait.staff')],
  ])('%j', (expected, sentence) => {
    const person = resident()
    const receipt = opened(person, expected)
    expect(said(receipt)).toContain(say('receipt', { receipt: MEDICINE.receipt }))
    expect(said(receipt)).toContain(sentence)
    expect(titles(receipt)).toEqual([say('status'), say('cancel-request')])
    expect(stateOf(person)).toBe('staff' in expected ? 'staff' : 'looking')
  })

  test('the first "I am looking" is said by it; a later one is news', () => {
    const person = resident()
    opened(person)
    expect(texts(told(person, 'looking'))).toEqual([])
    told(person, 'with-staff')
    expect(said(told(person, 'looking'))).toBe(of(say('told.looking')))
  })
})

describe('what is told', () => {
  test.each([
    ['asked-if-coming', { alias: 'Yusuf' }, say('told.asked-if-coming', { alias: 'Yusuf' }), 'helper'],
    [
      'time-agreed',
      { alias: 'Yusuf', at: NOW + 4 * 60 * MINUTE },
      say('told.time-agreed', { alias: 'Yusuf', time: 'i dag kl. 14.00' }),
      'coming',
    ],
    ['time-agreed', {}, say('told.time-set', { alias: say('helper') }), 'coming'],
    ['on-the-way', { alias: 'Yusuf' }, say('told.on-the-way', { alias: 'Yusuf' }), 'coming'],
    ['handed-on', { alias: 'Yusuf' }, say('told.handed-on', { alias: 'Yusuf' }), 'looking'],
    ['handed-back', {}, say('told.handed-back', { alias: say('helper') }), 'looking'],
    ['handed-on', { alias: 'Yusuf', staff: true }, say('told.handed-on.staff', { alias: 'Yusuf' }), 'staff'],
    ['handed-back', { staff: true }, say('told.handed-back.staff', { alias: say('helper') }), 'staff'],
    ['looking', {}, say('told.looking'), 'looking'],
    ['passed-on', {}, say('told.passed-on'), 'passed-on'],
    ['with-staff', {}, say('told.with-staff'), 'staff'],
    ['report-taken', {}, say('told.report-taken'), 'helper'],
    ['relay-ended', {}, say('told.relay-ended'), 'helper'],
  ] as const)('%s %j', (what, more, text, state) => {
    const person = waiting('helper')
    const turn = told(person, what, more)
    expect(said(turn)).toBe(of(text))
    expect(stateOf(person)).toBe(state)
    expect(titles(turn)).toContain(say('status'))
  })

  test('that staff have it is said once, with what led there', () => {
    const person = waiting('helper')
    expect(texts(told(person, 'handed-back', { alias: 'Yusuf', staff: true }))).toHaveLength(1)
    expect(texts(told(person, 'with-staff'))).toEqual([])
    expect(stateOf(person)).toBe('staff')
  })

  test.each(['done', 'cancelled'] as const)('%s ends it, and it is remembered', (what) => {
    const person = waiting('helper')
    expect(said(told(person, what))).toBe(of(say(`told.${what}`)))
    expect(person.session?.help).toEqual({ past: [{ handoff: 'h1', receipt: MEDICINE.receipt, side: 'resident', at: NOW }] })
  })

  test('that somebody is found is said by the talk', () => {
    const person = waiting('looking')
    expect(texts(told(person, 'found', { alias: 'Yusuf' }))).toEqual([])
    expect(stateOf(person)).toBe('helper')
  })

  test('the newest ten that ended are remembered', () => {
    const person = resident()
    for (let at = 0; at < 14; at++) {
      const one = { handoff: `h${at}`, receipt: `H-${at}`, task: 'shopping' }
      opened(person, { known: false }, one)
      told(person, 'done', {}, one)
      person.clock = { ...person.clock, now: person.clock.now + 1 }
    }
    expect(person.session?.help?.past?.map(({ handoff }) => handoff)).toEqual(Array.from({ length: 10 }, (_, at) => `h${at + 4}`))
  })

  test('in Arabic, with the name kept apart from the sentence', () => {
    const amina = waiting('helper', { session: KNOWN_ARABIC })
    const turn = told(amina, 'on-the-way', { alias: 'Yusuf' })
    expect(messages(turn)[0]).toMatchObject({ language: 'ar' })
    expect(messages(turn)[0]?.text).toContain('\u2068Yusuf\u2069')
    expect(messages(turn)[0]?.text.startsWith(`\u2068${MEDICINE.receipt}\u2069: `)).toBe(true)
  })
})

describe('a wish that nobody fits', () => {
  test.each([
    ['widen.yes', true],
    ['widen.no', false],
  ] as const)('%s', (title, yes) => {
    const person = waiting('looking')
    const asked = hears(person, { what: 'widen', wish: 'gender', free: 2 })
    expect(said(asked)).toBe(of(say('widen.gender', { count: 2 })))
    const answer = press(person, asked, say(title))
    expect(asksOf(answer)).toEqual([{ handoff: 'h1', as: 'resident', type: 'widen', wish: 'gender', yes }])
    const again = press(person, asked, say(title))
    expect(asksOf(again)).toEqual([])
    expect(texts(again)[0]).toBe(say('old-button'))
  })

  test('an answer to one wish is none to another', () => {
    const person = waiting('looking')
    const asked = hears(person, { what: 'widen', wish: 'gender', free: 1 })
    hears(person, { what: 'widen', wish: 'stairwell', free: 1 })
    expect(asksOf(press(person, asked, say('widen.yes')))).toEqual([])
  })

  test('yes in words, and asked once more with "how long"', () => {
    const person = waiting('looking')
    hears(person, { what: 'widen', wish: 'stairwell', free: 1 })
    expect(titles(person.says('hvor langt'))).toContain(say('widen.yes'))
    expect(asksOf(person.says('ja'))).toEqual([{ handoff: 'h1', as: 'resident', type: 'widen', wish: 'stairwell', yes: true }])
  })
})

describe('staff', () => {
  test.each([
    ['told', undefined, say('staff.told')],
    ['not-told', NOW + 6 * 60 * MINUTE, say('staff.not-told-before', { time: 'i dag kl. 16.00' })],
    ['not-told', NOW - 1, say('staff.not-told')],
    ['not-told', undefined, say('staff.not-told')],
    ['has-it', undefined, say('staff.has-it')],
  ] as const)('%s %s: nothing else is claimed, with 112 and the doctor where it is urgent', (is, before, text) => {
    const news = { what: 'staff', is, urgent: false, ...(before === undefined ? {} : { before }) } as const
    expect(said(hears(waiting(), news))).toBe(of(text))
    const urgent = said(hears(waiting(), { ...news, urgent: true }))
    expect(urgent).toBe(of(`${text}\n\n${say('staff.urgent', { phone: library.areas['demo']?.variables['doctor_phone'] ?? '' })}`))
  })

  test('nothing else says that staff were told', () => {
    const claim = say('staff.told').replace('.', '')
    const others = [
      'wait.staff',
      'told.with-staff',
      'told.report-taken',
      'nobody-came.giving',
      'state.staff',
      'staff.not-told',
      'refused.with-staff',
    ]
    for (const key of others) expect(say(key)).not.toContain(claim)
  })

  test('what a person writes is shown as theirs', () => {
    const turn = hears(waiting(), { what: 'written', text: 'Vi ringer i morgen. \u202ESanne' })
    expect(messages(turn)[0]).toMatchObject({ byPerson: true })
    expect(said(turn)).toContain(say('written', { owner: library.areas['demo']?.owner ?? '' }))
    expect(said(turn)).toContain(library.say('da', 'talking.opgang.alone'))
    expect(said(turn)).toContain('Vi ringer i morgen. Sanne')
  })
})

describe('passing on', () => {
  test.each([
    ['ja', true],
    ['nej', false],
  ])('%s: asked with what is sent, and only with consent', (word, consent) => {
    const person = waiting()
    const asked = hears(person, { what: 'may-pass-on', network: 'red-cross' })
    expect(said(asked)).toBe(of(say('pass-on.ask', { network: 'Røde Kors (demo)' })))
    const answer = person.says(word)
    expect(asksOf(answer)).toEqual([{ handoff: 'h1', as: 'resident', type: 'pass-on', network: 'red-cross', consent }])
    expect(asksOf(press(person, asked, say('pass-on.yes')))).toEqual([])
  })

  test('a yes to something else is no consent', () => {
    const person = waiting()
    hears(person, { what: 'may-pass-on', network: 'red-cross' })
    person.clock = { ...person.clock, now: NOW + MINUTE }
    told(person, 'on-the-way')
    expect(asksOf(person.says('ja'))).toEqual([])
    expect(titles(person.says('hvor langt'))).toContain(say('pass-on.yes'))
    expect(asksOf(person.says('ja'))).toMatchObject([{ type: 'pass-on', consent: true }])
  })

  test('by its button, in Arabic, with the network’s name in Arabic', () => {
    const amina = waiting('helper', { session: KNOWN_ARABIC })
    const asked = hears(amina, { what: 'may-pass-on', network: 'red-cross' })
    expect(said(asked)).toContain('الصليب الأحمر')
    expect(asksOf(press(amina, asked, say('pass-on.yes', {}, 'ar')))).toMatchObject([{ type: 'pass-on', consent: true }])
  })

  test('passed on: the telephone stands as a card', () => {
    const person = waiting()
    const turn = hears(person, { what: 'passed-on', network: 'red-cross', phone: '35 29 99 00' })
    expect(messages(turn)[0]?.phones).toEqual([{ title: 'Røde Kors (demo)', number: '35 29 99 00' }])
    expect(stateOf(person)).toBe('passed-on')
    expect(messages(hears(person, { what: 'passed-on', network: 'unknown' }))[0]?.phones).toBeUndefined()
  })

  test.each([
    ['helped.yes', true],
    ['helped.no', false],
  ] as const)('later: %s', (title, yes) => {
    const person = waiting('passed-on')
    const asked = hears(person, { what: 'were-you-helped' })
    expect(asksOf(press(person, asked, say(title)))).toEqual([{ handoff: 'h1', as: 'resident', type: 'helped', yes }])
    expect(person.session?.help?.question).toBeUndefined()
  })

  test('later, in words; but never while something else is asked for', () => {
    const person = waiting('passed-on')
    hears(person, { what: 'were-you-helped' })
    expect(asksOf(person.says('nej'))).toEqual([{ handoff: 'h1', as: 'resident', type: 'helped', yes: false }])
    const busy = waiting('coming')
    busy.says('vis dør')
    hears(busy, { what: 'were-you-helped' })
    expect(asksOf(busy.says('Demovej 2, 3. tv, Sørensen'))).toMatchObject([{ type: 'show-door' }])
  })
})

test('a request that this conversation had not heard of is known from its news', () => {
  const person = resident({ session: KNOWN })
  expect(said(told(person, 'handed-on'))).toContain(MEDICINE.receipt)
  expect(person.session?.help?.requests).toEqual([{ ...MEDICINE, state: 'looking', since: NOW }])
})
