/** A coordinator's chat: alarms as cards, what can be done with a case, words to its resident, and what is said of all that cannot be. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { AlarmReason, HandoffRefusal } from '../../src/core/handoff-types.js'
import type { AlarmView, HandoffAsk, HelpAction } from '../../src/core/help-types.js'
import type { Places } from '../../src/core/places-types.js'
import type { Outbound, Turn } from '../../src/core/types.js'
import { NO_LOAD } from '../../src/core/volunteer-types.js'
import { NOW, starterLibrary } from '../library.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, messages, type Talk, talk, texts } from './talk.js'

const MINUTE = 60_000
const library = await starterLibrary()
const network = { kind: 'red-cross', areas: ['demo'], tasks: ['medicine'], settings: {} } as const
const places: Places = {
  places: {},
  networks: {
    mothers: { ...network, id: 'mothers', names: { da: 'Bydelsmødre (prøve)' } },
    cross: { ...network, id: 'cross', names: { da: 'Røde Kors (prøve)', en: 'Red Cross (demo)' }, external: { phone: '70 00 00 00' } },
    far: { ...network, id: 'far', areas: ['sondervang'], names: { da: 'Langt væk' }, external: {} },
    other: { ...network, id: 'other', tasks: ['walk'], names: { da: 'Gåtur' }, external: {} },
  },
}
const VIEW: AlarmView = {
  why: 'nobody-in-time',
  area: 'demo',
  at: NOW - 12 * MINUTE,
  handoff: 't1.0',
  receipt: 'H-4F7K',
  task: 'medicine',
  language: 'so',
}
const APPLICANT: AlarmView = {
  why: 'application',
  area: 'demo',
  at: NOW,
  volunteer: { contact: 'c7', network: 'mothers', languages: ['so', 'da'], tasks: ['medicine', 'walk'] },
}

let chat: Talk
beforeEach(() => {
  chat = begin()
})

function begin(session = KNOWN): Talk {
  const begun = talk(library, { session, scene: { places } })
  begun.contact = { coordinator: { areas: ['demo'], onCall: 'sanne' } }
  return begun
}
const alarm = (about: AlarmView = VIEW, id = 'a1') => chat.happens({ type: 'alarm', alarm: id, about } as never)
const tap = (act: string, of = 't1.0', value?: string) => chat.taps({ do: 'staff', act, of, ...(value === undefined ? {} : { value }) })
const result = (more: object) => chat.happens({ type: 'result', of: 'x.0', result: more } as never)
const caseResult = (ask: HandoffAsk['type'], more: object = {}) =>
  result({ command: 'handoff', as: 'coordinator', handoff: 't1.0', receipt: 'H-4F7K', ask, ...more })
const last = (turn: Turn): Outbound | undefined => messages(turn).at(-1)
const acts = (turn: Turn) =>
  (last(turn)?.quickReplies ?? []).map(({ action }) =>
    action.do === 'staff' ? action.act : action.do === 'command' ? action.command : '?',
  )
const asks = (turn: Turn) => effectsOf(turn, 'handoff').map(({ ask }) => ask)
const text = (turn: Turn) => texts(turn).join('\n')
/** A phrase that is missing is said as its own id. */
const missing = /coordinating\.|\{\{/
/** Titles are cut on Messenger behind twenty characters. */
const long = (turn: Turn) => (last(turn)?.quickReplies ?? []).map(({ title }) => title).filter((title) => title.length > 20)

describe('an alarm', () => {
  test('is a card with why, number, task, area, language and how long ago', () => {
    const turn = alarm()
    const task = library.say('da', 'volunteering.task.medicine')
    const known = task === 'volunteering.task.medicine' ? 'medicine' : task
    expect(texts(turn)).toEqual([
      `Alarm. Ingen frivillig har taget opgaven i tide.\nH-4F7K: ${known}.\nOmråde: ${library.areas['demo']?.name}.\nSprog: Soomaali.\nFor 12 minutter siden.`,
    ])
    expect(acts(turn)).toEqual(['seen', 'take', 'show', 'more'])
    expect(turn.session.help?.alarms).toEqual([{ alarm: 'a1', about: VIEW }])
  })

  test.each<AlarmReason | 'application'>([
    'minor',
    'danger',
    'keys',
    'for-staff',
    'unknown-task',
    'nobody-in-time',
    'nobody-eligible',
    'nobody-came',
    'silent',
    'report',
    'too-heavy',
    'not-safe',
    'asked-for-staff',
    'application',
  ])('says why in words: %s', (why) => {
    expect(text(alarm({ ...VIEW, why }))).not.toMatch(missing)
    expect(
      text(
        begin({ ...KNOWN, language: { code: 'en', chosen: true } }).happens({
          type: 'alarm',
          alarm: 'a',
          about: { ...VIEW, why },
        } as never),
      ),
    ).not.toMatch(missing)
  })

  test('is heard by coordinators only', () => {
    chat.contact = {}
    expect(alarm().effects).toEqual([])
    expect(tap('take').effects).toMatchObject([{ type: 'message', message: { text: expect.stringContaining('kun for koordinatorer') } }])
  })

  test('is read in Danish by whoever reads neither Danish nor English', () => {
    chat = begin(KNOWN_ARABIC)
    expect(last(alarm())).toMatchObject({ language: 'da', text: expect.stringContaining('Alarm.') })
  })

  test('is acknowledged with one tap, and says what became of it', () => {
    alarm()
    expect(effectsOf(tap('seen', 'a1'), 'acknowledge')).toEqual([{ type: 'acknowledge', alarm: 'a1' }])
    const ok = result({ command: 'acknowledge', alarm: 'a1' })
    expect(text(ok)).toContain('går ikke videre')
    expect(acts(ok)).toEqual(['take', 'show', 'more', 'alarms'])
    expect(acts(tap('open', 'a1'))).toEqual(['take', 'show', 'more'])
  })

  test.each(['gone', 'by-another'])("that is no one's any more (%s) is said and forgotten", (refused) => {
    alarm()
    tap('seen', 'a1')
    expect(text(result({ command: 'acknowledge', alarm: 'a1', refused }))).toContain('Du skal ikke gøre mere')
    expect(chat.session?.help?.alarms).toBeUndefined()
    expect(text(tap('open', 'a1'))).toContain('er slut')
  })

  test('is acknowledged by whoever takes its case, without a word more', () => {
    alarm()
    const turn = tap('take', 't1.0', 'H-4F7K')
    expect(turn.effects).toEqual([
      { type: 'acknowledge', alarm: 'a1' },
      { type: 'handoff', handoff: 't1.0', as: 'coordinator', ask: { type: 'take' } },
    ])
    expect(result({ command: 'acknowledge', alarm: 'a1' }).effects).toEqual([])
    expect(text(caseResult('take'))).toContain('Du har H-4F7K nu')
    expect(effectsOf(tap('take'), 'acknowledge')).toEqual([])
  })

  test('is not acknowledged by looking at its case', () => {
    alarm()
    expect(tap('show').effects).toEqual([{ type: 'handoff', handoff: 't1.0', as: 'coordinator', ask: { type: 'show' } }])
  })

  test('that is over is said to whoever had not seen it, once', () => {
    alarm()
    expect(text(chat.happens({ type: 'alarm-over', alarm: 'a1' } as never))).toContain('H-4F7K er slut')
    expect(chat.happens({ type: 'alarm-over', alarm: 'a1' } as never).effects).toEqual([])
    alarm()
    tap('seen', 'a1')
    expect(chat.happens({ type: 'alarm-over', alarm: 'a1' } as never).effects).toEqual([])
    expect(chat.session?.help?.alarms).toBeUndefined()
  })

  test('of a new volunteer asks for an answer, and names nobody', () => {
    const turn = alarm(APPLICANT)
    expect(text(turn)).toMatch(/Bydelsmødre[^]*Soomaali, Dansk/)
    expect(acts(turn)).toEqual(['approve', 'not-now', 'seen', 'alarms'])
    expect(tap('approve', 'c7').effects).toEqual([
      { type: 'acknowledge', alarm: 'a1' },
      { type: 'approve', volunteer: 'c7', yes: true },
    ])
    expect(effectsOf(tap('not-now', 'c7'), 'approve')).toEqual([{ type: 'approve', volunteer: 'c7', yes: false }])
    expect(text(result({ command: 'approve' }))).toContain('får besked')
    for (const refused of ['gone', 'decided-before', 'not-yours'])
      expect(text(result({ command: 'approve', refused }))).not.toMatch(missing)
  })
})

describe('the list of alarms', () => {
  test('is typed, and has a button for each', () => {
    alarm()
    alarm(APPLICANT, 'a2')
    const turn = chat.says('alarmer')
    expect(text(turn)).toMatch(/^2 åbne alarmer[^]*1\. H-4F7K: .*12 minutter siden\.\n2\. En ny frivillig/)
    expect(
      last(turn)
        ?.quickReplies?.map(({ title }) => title)
        .slice(0, 2),
    ).toEqual(['H-4F7K', 'Ny frivillig 2'])
    expect(acts(turn)).toEqual(['open', 'open', 'behalf', 'menu'])
    expect(text(tap('open', 'a1'))).toContain('Alarm.')
  })

  test('keeps the newest ten, each once, and fits on Messenger', () => {
    for (let n = 0; n < 12; n++) alarm({ ...VIEW, receipt: `H-${n}` }, `a${n}`)
    alarm({ ...VIEW, receipt: 'H-11' }, 'a11')
    expect(chat.session?.help?.alarms?.map(({ alarm: id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `a${n + 2}`))
    expect(last(chat.says('alarmer'))?.quickReplies).toHaveLength(12)
  })

  test('says that there is nothing, and means nothing to others', () => {
    expect(text(chat.says('alarmer'))).toContain('ingen åbne alarmer')
    chat.contact = {}
    expect(text(chat.says('alarmer'))).not.toContain('ingen åbne alarmer')
  })
})

describe('a case', () => {
  beforeEach(() => void alarm())

  test('has all that can be done behind More', () => {
    expect(acts(tap('more'))).toEqual(['take', 'show', 'write', 'ask-more', 'pass-on', 'reopen', 'close', 'alarms'])
    expect(acts(tap('more', 'unknown'))).toContain('decide')
  })

  test.each<[string, HandoffAsk]>([
    ['ask-more', { type: 'ask-more' }],
    ['reopen', { type: 'reopen' }],
    ['helped', { type: 'done' }],
    ['not-needed', { type: 'cancel' }],
    ['may-go-on', { type: 'decide-report', about: '', outcome: 'may-go-on' }],
    ['stays-out', { type: 'decide-report', about: '', outcome: 'stays-out' }],
  ])('%s', (act, ask) => {
    expect(asks(tap(act))).toEqual([ask])
    const done = text(caseResult(ask.type))
    expect(done).toContain('H-4F7K')
    expect(done).not.toMatch(missing)
  })

  test('is closed for one of two reasons', () => {
    const turn = tap('close', 't1.0', 'H-4F7K')
    expect(acts(turn)).toEqual(['helped', 'not-needed', 'cancel'])
    expect(text(turn)).toContain('H-4F7K')
    expect(long(turn)).toEqual([])
  })

  test('is passed on to networks without an account that do the task there', () => {
    const turn = tap('pass-on')
    expect(last(turn)?.quickReplies?.map(({ title, action }) => [title, (action as HelpAction & { value?: string }).value])).toEqual([
      ['Røde Kors (prøve)', 'cross'],
      ['Fortryd', undefined],
    ])
    expect(asks(tap('pass-to', 't1.0', 'cross'))).toEqual([{ type: 'pass-on', network: 'cross' }])
    expect(text(caseResult('pass-on'))).toContain('Beboeren bliver spurgt')
    alarm({ ...VIEW, task: 'homework', handoff: 't2.0' }, 'a2')
    expect(text(tap('pass-on', 't2.0'))).toContain('Ingen andre kan tage den')
  })

  test('of a report has the decision behind More', () => {
    alarm({ ...VIEW, why: 'report', handoff: 't2.0' }, 'a2')
    expect(acts(tap('more', 't2.0'))).toContain('decide')
    expect(acts(tap('decide', 't2.0'))).toEqual(['may-go-on', 'stays-out', 'show', 'cancel'])
  })

  test('is shown in the lines that come back', () => {
    const turn = caseResult('show', { lines: ['H-4F7K  hos de ansatte', '10.05 sendt'] })
    expect(texts(turn)).toEqual(['H-4F7K  hos de ansatte\n10.05 sendt'])
    expect(acts(turn)).toEqual(['take', 'write', 'more', 'alarms'])
    expect(text(caseResult('show'))).toContain('ikke mere at vise')
  })

  const REFUSALS: readonly (HandoffRefusal | 'gone' | 'window-closed' | 'bad-words')[] = [
    'not-confirmed',
    'waiting',
    'taken',
    'done',
    'cancelled',
    'passed-on',
    'with-staff',
    'frozen',
    'not-yours',
    'own-request',
    'already-yours',
    'not-offered',
    'declined',
    'void',
    'too-late',
    'taken-by-staff',
    'own-report',
    'nobody-to-ask',
    'bad-time',
    'no-consent',
    'staff-only',
    'nobody-to-report',
    'too-long-ago',
    'already-reported',
    'nothing-to-decide',
    'stale-timer',
    'too-early',
    'gone',
    'window-closed',
    'bad-words',
  ]
  test.each(REFUSALS)('refused in words, with what to do now: %s', (refused) => {
    const turn = caseResult('take', { refused })
    expect(text(turn)).not.toMatch(missing)
    expect(acts(turn)).toContain('alarms')
  })

  test.each(['mend', 'toString', '__proto__'])('an act that there is not (%s) gets a plain sentence', (act) => {
    expect(text(tap(act))).toContain('gælder ikke mere')
  })
})

describe('words to a resident', () => {
  beforeEach(() => void alarm())

  test('are the next that are typed, and only those', () => {
    expect(text(tap('write', 't1.0', 'H-4F7K'))).toContain('H-4F7K')
    expect(asks(chat.says('Jeg ringer klokken 14'))).toEqual([{ type: 'write', text: 'Jeg ringer klokken 14' }])
    expect(text(caseResult('write'))).toContain('Sendt til beboeren')
    expect(asks(chat.says('Jeg ringer klokken 14'))).toEqual([])
  })

  test('outside the window are refused with what to do', () => {
    expect(text(caseResult('write', { refused: 'window-closed' }))).toMatch(/24 timer[^]*human agent[^]*7 dage\. Ring, eller læg et brev/)
  })

  test.each(['alarmer', 'fortryd'])('are not waited for after %s', (command) => {
    tap('write')
    expect(asks(chat.says(command))).toEqual([])
    expect(asks(chat.says('Hej'))).toEqual([])
  })

  test('are not waited for after another button, nor half an hour later', () => {
    tap('write')
    tap('more')
    expect(asks(chat.says('Hej'))).toEqual([])
    tap('write')
    chat.clock = { ...chat.clock, now: NOW + 31 * MINUTE }
    const turn = chat.says('Hej')
    expect(asks(turn)).toEqual([])
    expect(text(turn)).toContain('ikke sendt')
  })

  test('of danger are not written: another may hold the telephone', () => {
    alarm({ ...VIEW, why: 'danger', task: 'danger', handoff: 't9.0' }, 'a9')
    expect(text(tap('write', 't9.0'))).toContain('Ring i stedet')
    expect(asks(chat.says('Hej'))).toEqual([])
    expect(acts(tap('more', 't9.0'))).toEqual(['take', 'show', 'close', 'alarms'])
  })
})

describe('a one-time word', () => {
  test.each(['OPG-2346-789A', 'opg-2346-789a', ' Opg 2346 789a ', 'OPG – 2346–789A', 'opg-2346789a'])('is typed: %s', (typed) => {
    expect(effectsOf(chat.says(typed), 'word')).toEqual([{ type: 'word', word: 'OPG-2346-789A' }])
  })

  test('with letters that no word has is asked about too: it is wrong', () => {
    expect(effectsOf(chat.says('OPG-OI1L-SSSS'), 'word')).toHaveLength(1)
  })

  test.each(['opgave', 'opgavetypen', 'OPG-2346-789', 'OPG-2346-789AB', 'mit ord er OPG-2346-789A', 'opgang 2346 789'])(
    'is not: %s',
    (typed) => {
      expect(effectsOf(chat.says(typed), 'word')).toEqual([])
    },
  )

  test('is not masked at the door', () => {
    expect(library.hideSecrets('OPG-2346-789A').text).toBe('OPG-2346-789A')
  })

  test('makes a coordinator, a volunteer, or is wrong', () => {
    expect(text(result({ command: 'word', is: 'coordinator', area: 'demo' }))).toContain(library.areas['demo']?.name)
    expect(text(result({ command: 'word', is: 'wrong' }))).toContain('Bed om et nyt')
    expect(text(result({ command: 'word', is: 'volunteer' }))).toContain('Velkommen')
    const volunteer = {
      state: 'approved',
      alias: 'Farah (prøve)',
      network: 'mothers',
      languages: [],
      area: 'demo',
      tasks: [],
      hours: [],
    } as const
    chat.contact = { volunteer: { ...volunteer, adult: true, vetting: [], load: NO_LOAD } }
    expect(text(result({ command: 'word', is: 'volunteer' }))).toContain('Farah (prøve)')
  })
})

describe('asking for somebody', () => {
  test('offers every task that volunteers may have, on one page of Messenger', () => {
    const turn = tap('behalf', '')
    expect(last(turn)?.quickReplies).toHaveLength(13)
    expect(acts(turn).at(-1)).toBe('cancel')
  })

  test('begins the request where residents begin it', () => {
    const turn = tap('behalf-task', '', 'medicine')
    expect(turn.session.help?.intake).toEqual({ task: 'medicine', step: 'what', behalf: true })
    expect(text(turn)).toContain('for en anden')
    expect(tap('cancel', '').session.help?.intake).toBeUndefined()
  })

  test.each(['danger', 'keys', 'mend'])('is never for %s', (task) => {
    expect(tap('behalf-task', '', task).session.help?.intake).toBeUndefined()
  })
})
