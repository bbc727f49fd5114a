/** The tasks of a volunteer: by tap and by word, several at once, times that are agreed, and handing back. */
import { describe, expect, test } from '@jest/globals'
import { HAND_BACK_REASONS } from '../../src/core/handoff-types.js'
import type { HelpSession } from '../../src/core/request-types.js'
import type { Turn } from '../../src/core/types.js'
import { readTime } from '../../src/core/volunteering-time.js'
import { NOW } from '../library.js'
import { effectsOf, KNOWN_ARABIC, type Talk, texts } from './talk.js'
import { button, HOUR, last, library, says, taskView, titles, volunteerTalk } from './volunteering-world.js'

const at = (wall: string) => Date.parse(`${wall}:00+01:00`)
const changes = (turn: Turn) => effectsOf(turn, 'volunteer').map(({ change }) => change)
const asks = (turn: Turn) => effectsOf(turn, 'handoff').map(({ handoff, ask }) => ({ handoff, ...ask }))
const withTasks = (help: Partial<HelpSession> = {}, now = NOW, more = {}) =>
  volunteerTalk({ now, session: { help: { talks: [taskView('h1')], talk: 'h1', ...help }, ...more } })
const ends = (open: Talk, ask: string, refused?: string) =>
  open.happens({
    type: 'result',
    of: 't.0',
    result: { command: 'handoff', as: 'volunteer', handoff: 'h1', receipt: 'H-H1', ask, ...(refused === undefined ? {} : { refused }) },
  })
const told = (open: Talk, what: string) =>
  open.happens({ type: 'news', handoff: 'h1', receipt: 'H-H1', task: 'shopping', news: { what: 'told', told: what, side: 'volunteer' } })

describe('a task', () => {
  test('is shown with all that can be done', () => {
    const turn = withTasks().says('mine opgaver')
    expect(last(turn)?.text).toContain('H-H1')
    expect(titles(turn)).toEqual([
      'Jeg er på vej',
      'Aftal en tid',
      'Opgaven er løst',
      'Giv tilbage',
      'For tungt for mig',
      'Meld en bekymring',
    ])
  })

  test.each([
    ['på vej', 'on-the-way'],
    ['færdig', 'done'],
  ])('%j is %s for the talk that is open', (text, type) => {
    const open = withTasks({ talks: [taskView('h1'), taskView('h2')], talk: 'h2' })
    expect(asks(open.says(text))).toEqual([{ handoff: 'h2', type }])
  })

  test('of several without an open talk is asked for; the tap does it', () => {
    const open = withTasks({ talks: [taskView('h1'), taskView('h2', { task: 'dog' })] })
    open.session = { ...open.session, help: { talks: open.session?.help?.talks ?? [] } } as never
    const which = open.says('færdig')
    expect(asks(which)).toEqual([])
    expect(titles(which)).toEqual(['H-H1: Handle ind', 'H-H2: Lufte hund'])
    expect(asks(open.taps(button(which, 'H-H2: Lufte hund')))).toEqual([{ handoff: 'h2', type: 'done' }])
  })

  test('is not done by a word in the talk in which the writer is the one who is helped', () => {
    const open = withTasks({ talks: [taskView('r1', { side: 'resident' }), taskView('h1')], talk: 'r1' })
    const which = open.says('færdig')
    expect(asks(which)).toEqual([])
    expect(titles(which)).toEqual(['H-H1: Handle ind'])
  })

  test('that is on the way is said to both, once', () => {
    const open = withTasks()
    open.says('på vej')
    expect(texts(ends(open, 'on-the-way'))).toEqual([says('result.on-the-way', { receipt: 'H-H1' })])
    expect(open.session?.help?.talks?.[0]?.coming).toBe(true)
    // Who wrote that they come, and taps it then.
    const again = ends(open, 'on-the-way', 'already-yours')
    expect([texts(again), titles(again)]).toEqual([
      [says('result.on-the-way', { receipt: 'H-H1' })],
      ['Opgaven er løst', 'Aftal en tid', 'Giv tilbage'],
    ])
  })

  test.each([
    ['done', 'done', (open: Talk) => open.says('færdig')],
    ['hand-back', 'thanks', (open: Talk) => open.taps({ do: 'task', act: 'hand-back', of: 'h1', value: 'ill' })],
  ])('that ends by %s of the helper is thanked for once', (ask, news, ending) => {
    const open = withTasks()
    ending(open)
    expect(texts(ends(open, ask))).toEqual([says(`result.${ask}`, { receipt: 'H-H1' })])
    expect(texts(told(open, news))).toEqual([])
    expect(texts(told(open, news))).toEqual([says(`told.${news}`, { receipt: 'H-H1' })])
  })

  test.each([
    ['done', (open: Talk) => open.says('færdig')],
    ['hand-back', (open: Talk) => open.taps({ do: 'task', act: 'hand-back', of: 'h1', value: 'ill' })],
  ])('that ends by %s is thanked for first, and nothing comes behind what is asked then', (ask, ending) => {
    const open = withTasks()
    ending(open)
    const ended = open.happens({ type: 'news', handoff: 'h1', receipt: 'H-H1', task: 'shopping', news: { what: 'talk-ends' } } as never)
    expect(texts(ended)[0]?.startsWith(says(`result.${ask}`, { receipt: 'H-H1' }))).toBe(true)
    expect(texts(ends(open, ask))).toEqual([])
  })

  test('that the resident ends is told', () => {
    expect(texts(told(withTasks(), 'done'))).toEqual([says('told.done', { receipt: 'H-H1' })])
  })

  test.each(['on-the-way', 'agree-time', 'done', 'hand-back', 'too-heavy', 'pass-on', 'report', 'open', 'nonsense'])(
    'that is over answers a late tap on %s',
    (act) => {
      const turn = withTasks().taps({ do: 'task', act, of: 'h9' })
      expect(asks(turn)).toEqual([])
      expect(texts(turn)).toEqual([says('tasks.over')])
    },
  )

  test('that ended lately can still be reported', () => {
    const open = withTasks({ past: [{ handoff: 'h5', receipt: 'H-H5', side: 'helper', at: NOW }] })
    const ask = open.taps({ do: 'task', act: 'report', of: 'h5' })
    expect(asks(open.taps(button(ask, 'Ja, meld det')))).toEqual([{ handoff: 'h5', type: 'report' }])
  })
})

describe('are you coming', () => {
  test('asks with one tap for each answer', () => {
    const open = withTasks()
    const turn = told(open, 'are-you-coming')
    expect(titles(turn)).toEqual(['Jeg er på vej', 'Aftal en tid', 'Giv tilbage'])
    expect(asks(open.taps(button(turn, 'Jeg er på vej')))).toEqual([{ handoff: 'h1', type: 'on-the-way' }])
  })
})

describe('agreeing a time', () => {
  test('by button: in half an hour, over midnight, tomorrow at ten', () => {
    const now = at('2026-11-23T23:45')
    const open = withTasks({}, now)
    const ask = open.taps({ do: 'task', act: 'agree-time', of: 'h1' })
    expect(asks(open.taps(button(ask, 'Om 30 min.')))).toEqual([{ handoff: 'h1', type: 'agree-time', at: at('2026-11-24T00:15') }])
    expect(texts(ends(open, 'agree-time'))[0]).toContain('i morgen kl. 00.15')
    expect(asks(open.taps(button(ask, 'I morgen kl. 10')))).toEqual([{ handoff: 'h1', type: 'agree-time', at: at('2026-11-24T10:00') }])
    open.clock = { ...open.clock, now: now + 3 * HOUR }
    const late = open.taps(button(ask, 'Om 2 timer'))
    expect(asks(late)).toEqual([])
    expect(texts(late)[0]).toContain(says('refused.bad-time'))
  })

  test('in words, in the open talk; other words are left to the talk', () => {
    const open = withTasks()
    open.taps({ do: 'task', act: 'agree-time', of: 'h1' })
    expect(asks(open.says('kl 15'))).toEqual([{ handoff: 'h1', type: 'agree-time', at: at('2026-11-23T15:00') }])
    open.taps({ do: 'task', act: 'agree-time', of: 'h1' })
    expect(asks(open.says('jeg spørger min kone'))).toEqual([])
    expect(asks(open.says('14.30'))).toEqual([])
  })

  test('in Arabic digits', () => {
    const open = withTasks({}, NOW, KNOWN_ARABIC)
    open.session = { ...KNOWN_ARABIC, help: { talks: [taskView('h1')] } }
    open.taps({ do: 'task', act: 'agree-time', of: 'h1' })
    expect(asks(open.says('الساعة ١٤:٣٠'))).toEqual([{ handoff: 'h1', type: 'agree-time', at: at('2026-11-23T14:30') }])
  })

  test('one that is none is asked again, and so is one that the request refuses', () => {
    const open = withTasks()
    open.taps({ do: 'task', act: 'agree-time', of: 'h1' })
    expect(texts(open.says('25.90'))[0]).toContain(says('refused.bad-time'))
    expect(asks(open.says('16.10'))).toHaveLength(1)
    expect(titles(ends(open, 'agree-time', 'bad-time'))).toContain('Om 1 time')
    expect(open.session?.help?.question).toEqual({ ask: 'time', handoff: 'h1' })
  })

  const DAY = at('2026-11-23T10:00')
  const NIGHT = at('2026-11-23T23:30')
  test.each([
    ['14.30', 'da', DAY, '2026-11-23T14:30'],
    ['kl. 15', 'da', DAY, '2026-11-23T15:00'],
    ['8', 'da', DAY, '2026-11-24T08:00'],
    ['3', 'da', DAY, '2026-11-23T15:00'],
    ['03:00', 'da', DAY, '2026-11-24T03:00'],
    ['i morgen kl 9.15', 'da', DAY, '2026-11-24T09:15'],
    ['kl 9 i morgen', 'da', DAY, '2026-11-24T09:00'],
    ['fredag kl. 10', 'da', DAY, '2026-11-27T10:00'],
    ['25/11 kl 14', 'da', DAY, '2026-11-25T14:00'],
    ['om 20 minutter', 'da', DAY, '2026-11-23T10:20'],
    ['om 2 timer', 'da', NIGHT, '2026-11-24T01:30'],
    ['00.30', 'da', NIGHT, '2026-11-24T00:30'],
    ['1.30', 'da', NIGHT, '2026-11-24T01:30'],
    ['3 pm', 'en', DAY, '2026-11-23T15:00'],
    ['tomorrow at 12.30 am', 'en', DAY, '2026-11-24T00:30'],
    ['saat 16:00', 'tr', DAY, '2026-11-23T16:00'],
    ['yarın saat 9', 'tr', DAY, '2026-11-24T09:00'],
    ['غدا الساعة ١٠', 'ar', DAY, '2026-11-24T10:00'],
    ['ساعت ۱۷', 'fa', DAY, '2026-11-23T17:00'],
  ])('%j (%s) is read', (text, language, now, wanted) => {
    expect(readTime(text, { language, now }, library.recognize)).toBe(at(wanted))
  })

  test.each(['24.00', '12.75', 'i dag kl 9', '25/12 kl 10', '13 pm', 'om 0 min'])('%j is a time that cannot be', (text) => {
    expect(readTime(text, { language: 'da', now: DAY }, library.recognize)).toBe('bad')
  })

  test.each([
    '',
    'ja',
    'jeg bor på 3. sal',
    'jeg kommer kl 15 hvis bussen kører som den skal',
    '20304050',
    '250 kr',
    '2 liter',
    '1.2.3',
    '9'.repeat(5000),
  ])('%j is no time', (text) => {
    expect(readTime(text, { language: 'da', now: DAY }, library.recognize)).toBeUndefined()
  })

  test('in the night that clocks change is what the wall shows next', () => {
    const twice = (now: string) => readTime('2.30', { language: 'da', now: Date.parse(now) }, library.recognize)
    expect(twice('2026-10-25T00:10:00Z')).toBe(Date.parse('2026-10-25T00:30:00Z'))
    expect(twice('2026-10-25T01:10:00Z')).toBe(Date.parse('2026-10-25T01:30:00Z'))
  })
})

describe('handing back', () => {
  test.each(HAND_BACK_REASONS)('for %s takes one tap more, and no blame', (reason) => {
    const open = withTasks()
    const ask = open.says('giv tilbage')
    expect(asks(ask)).toEqual([])
    expect(asks(open.taps(button(ask, says(`hand-back.${reason}`))))).toEqual([{ handoff: 'h1', type: 'hand-back', reason }])
  })

  test('can be thought better of', () => {
    const open = withTasks()
    expect(titles(open.taps(button(open.says('giv tilbage'), 'Behold opgaven')))).toContain('Opgaven er løst')
  })

  test('as too heavy: back, or on to people without an account here, after the resident is asked', () => {
    const open = withTasks()
    const ask = open.says('for tungt')
    expect(titles(ask)).toEqual(['Giv tilbage', 'Til Foreningen udenfor', 'Behold opgaven'])
    expect(asks(open.taps(button(ask, 'Giv tilbage')))).toEqual([{ handoff: 'h1', type: 'hand-back', reason: 'too-heavy' }])
    expect(asks(open.taps(button(ask, 'Til Foreningen udenfor')))).toEqual([{ handoff: 'h1', type: 'pass-on', network: 'beyond' }])
    expect(texts(ends(open, 'pass-on'))).toEqual([says('result.pass-on', { receipt: 'H-H1' })])
    expect(asks(open.taps({ do: 'task', act: 'pass-on', of: 'h1', value: 'mothers' }))).toEqual([])
  })

  test('offers no network that does not do the task', () => {
    expect(titles(withTasks({ talks: [taskView('h1', { task: 'medicine' })] }).says('for tungt'))).toEqual([
      'Giv tilbage',
      'Behold opgaven',
    ])
  })
})

test.each(['stop som frivillig', 'Stop volunteering'])('"%s" asks once more, also in a talk, and sends nobody the words', (text) => {
  const open = volunteerTalk({ session: { help: { talks: [taskView('h2')], talk: 'h2' } } })
  const turn = open.says(text)
  expect([changes(turn), asks(turn), turn.effects.filter(({ type }) => type === 'relay')]).toEqual([[], [], []])
  expect(texts(turn)[0]).toContain(says('leave.ask'))
  expect(changes(open.taps(button(turn, 'Ja, jeg stopper')))).toEqual([{ do: 'leave' }])
})
