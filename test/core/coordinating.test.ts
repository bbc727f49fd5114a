/** A coordinator's chat: alarms as cards, the list, what can be done with a case, and what is said of all that cannot be. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import type { HandoffRefusal } from '../../src/core/handoff-types.js'
import type { Alarming, AlarmView, HandoffAsk, HelpAction } from '../../src/core/help-types.js'
import { type Turn } from '../../src/core/types.js'
import { NOW } from '../library.js'
import { acts, asks, last, library, MISSING, type StaffChat, staffChat, text, VIEW } from './coordinating-chat.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, texts } from './talk.js'

const APPLICANT: AlarmView = {
  why: 'application',
  area: 'demo',
  at: NOW,
  volunteer: { contact: 'c7', network: 'mothers', languages: ['so', 'da'], tasks: ['medicine', 'walk'] },
}

/** Titles are cut on Messenger behind twenty characters. */
const long = (turn: Turn) => (last(turn)?.quickReplies ?? []).map(({ title }) => title).filter((title) => title.length > 20)

let staff: StaffChat
beforeEach(() => {
  staff = staffChat()
})

describe('an alarm', () => {
  test('is a card with why, number, task, area, language and how long ago', () => {
    const turn = staff.alarm()
    const task = library.say('da', 'volunteering.task.medicine')
    const known = task === 'volunteering.task.medicine' ? 'medicine' : task
    expect(texts(turn)).toEqual([
      `Alarm. Ingen frivillig har taget opgaven i tide.\nH-4F7K: ${known}.\nOmråde: ${library.areas['demo']?.name}.\nSprog: Soomaali.\nFor 12 minutter siden.`,
    ])
    expect(acts(turn)).toEqual(['seen', 'take', 'show', 'more'])
    expect(turn.session.help?.alarms).toEqual([{ alarm: 'a1', about: VIEW }])
  })

  test.each<Alarming>([
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
    'could-not-be-reached',
    'ask-if-helped',
    'not-mailed',
    'network-said-no',
    'stuck',
    'application',
    'under-age',
  ])('says why in words: %s', (why) => {
    expect(text(staff.alarm({ ...VIEW, why }))).not.toMatch(MISSING)
    expect(
      text(
        staffChat({ ...KNOWN, language: { code: 'en', chosen: true } }).chat.happens({
          type: 'alarm',
          alarm: 'a',
          about: { ...VIEW, why },
        } as never),
      ),
    ).not.toMatch(MISSING)
  })

  test('is heard by coordinators only', () => {
    staff.chat.contact = {}
    expect(staff.alarm().effects).toEqual([])
    expect(staff.tap('take').effects).toMatchObject([
      { type: 'message', message: { text: expect.stringContaining('kun for koordinatorer') } },
    ])
  })

  test('is read in Danish by whoever reads neither Danish nor English', () => {
    staff = staffChat(KNOWN_ARABIC)
    expect(last(staff.alarm())).toMatchObject({ language: 'da', text: expect.stringContaining('Alarm.') })
  })

  test('is acknowledged with one tap, and says what became of it', () => {
    staff.alarm()
    expect(effectsOf(staff.tap('seen', 'a1'), 'acknowledge')).toEqual([{ type: 'acknowledge', alarm: 'a1' }])
    const ok = staff.result({ command: 'acknowledge', alarm: 'a1' })
    expect(text(ok)).toContain('går ikke videre')
    expect(acts(ok)).toEqual(['take', 'show', 'more', 'alarms'])
    expect(acts(staff.tap('open', 'a1'))).toEqual(['take', 'show', 'more'])
  })

  test.each(['gone', 'by-another'])("that is no one's any more (%s) is said and forgotten", (refused) => {
    staff.alarm()
    staff.tap('seen', 'a1')
    expect(text(staff.result({ command: 'acknowledge', alarm: 'a1', refused }))).toContain('Du skal ikke gøre mere')
    expect(staff.chat.session?.help?.alarms).toBeUndefined()
    expect(text(staff.tap('open', 'a1'))).toContain('er slut')
  })

  test('is acknowledged by whoever takes its case, without a word more', () => {
    staff.alarm()
    const turn = staff.tap('take', 't1.0', 'H-4F7K')
    expect(turn.effects).toEqual([
      { type: 'acknowledge', alarm: 'a1' },
      { type: 'handoff', handoff: 't1.0', as: 'coordinator', ask: { type: 'take' } },
    ])
    expect(staff.result({ command: 'acknowledge', alarm: 'a1' }).effects).toEqual([])
    expect(text(staff.caseResult('take'))).toContain('Du har H-4F7K nu')
    expect(effectsOf(staff.tap('take'), 'acknowledge')).toEqual([])
  })

  test('is not acknowledged by looking at its case', () => {
    staff.alarm()
    expect(staff.tap('show').effects).toEqual([{ type: 'handoff', handoff: 't1.0', as: 'coordinator', ask: { type: 'show' } }])
  })

  test('several of one case end with one sentence', () => {
    staff.alarm()
    staff.alarm({ ...VIEW, why: 'danger' }, 'a2')
    expect(staff.chat.happens({ type: 'alarm-over', alarm: 'a1' } as never).effects).toEqual([])
    expect(text(staff.chat.happens({ type: 'alarm-over', alarm: 'a2' } as never))).toContain('H-4F7K er slut')
  })

  test('of danger keeps its resident from being written to, also when another alarm of the case came later', () => {
    staff.alarm({ ...VIEW, why: 'danger' }, 'a1')
    staff.alarm({ ...VIEW, why: 'report' }, 'a2')
    expect(acts(staff.tap('more'))).not.toContain('write')
  })

  test('that is over is said to whoever had not seen it, once', () => {
    staff.alarm()
    expect(text(staff.chat.happens({ type: 'alarm-over', alarm: 'a1' } as never))).toContain('H-4F7K er slut')
    expect(staff.chat.happens({ type: 'alarm-over', alarm: 'a1' } as never).effects).toEqual([])
    staff.alarm()
    staff.tap('seen', 'a1')
    expect(staff.chat.happens({ type: 'alarm-over', alarm: 'a1' } as never).effects).toEqual([])
    expect(staff.chat.session?.help?.alarms).toBeUndefined()
  })

  test('of a new volunteer asks for an answer, and names nobody', () => {
    const turn = staff.alarm(APPLICANT)
    expect(text(turn)).toMatch(/Bydelsmødre[^]*Soomaali, Dansk/)
    expect(acts(turn)).toEqual(['approve', 'not-now', 'seen', 'alarms'])
    expect(staff.tap('approve', 'c7').effects).toEqual([
      { type: 'acknowledge', alarm: 'a1' },
      { type: 'approve', volunteer: 'c7', yes: true },
    ])
    expect(effectsOf(staff.tap('not-now', 'c7'), 'approve')).toEqual([{ type: 'approve', volunteer: 'c7', yes: false }])
    expect(text(staff.result({ command: 'approve' }))).toContain('får besked')
    for (const refused of ['gone', 'decided-before', 'not-yours'])
      expect(text(staff.result({ command: 'approve', refused }))).not.toMatch(MISSING)
  })
})

describe('the list of alarms', () => {
  const waiting = (chat: StaffChat, ...alarms: [AlarmView, string][]) =>
    chat.result({ command: 'alarms', alarms: alarms.map(([about, alarm]) => ({ alarm, about })) })

  test('has what came by mail while the chat was closed, and not what is over since', () => {
    staff.alarm()
    staff.tap('seen', 'a1')
    staff.alarm({ ...VIEW, receipt: 'H-OVER' }, 'a2')
    const mailed = { ...VIEW, receipt: 'H-MAIL' }
    const turn = waiting(staff, [VIEW, 'a1'], [mailed, 'a3'])
    expect(text(turn)).toMatch(/^2 åbne alarmer[^]*H-4F7K[^]*H-MAIL/)
    expect(text(turn)).not.toContain('H-OVER')
    expect(staff.chat.session?.help?.alarms).toEqual([
      { alarm: 'a1', about: VIEW, seen: 'said' },
      { alarm: 'a3', about: mailed },
    ])
    expect(acts(staff.tap('open', 'a3'))).toEqual(['seen', 'take', 'show', 'more'])
  })

  test('is typed, and has a button for each', () => {
    staff.alarm()
    staff.alarm(APPLICANT, 'a2')
    const asked = effectsOf(staff.chat.says('alarmer'), 'alarms')
    expect(asked).toEqual([{ type: 'alarms', known: ['a1', 'a2'] }])
    const turn = waiting(staff, [VIEW, 'a1'], [APPLICANT, 'a2'])
    expect(text(turn)).toMatch(/^2 åbne alarmer[^]*1\. H-4F7K: .*12 minutter siden\.\n2\. En ny frivillig/)
    expect(
      last(turn)
        ?.quickReplies?.map(({ title }) => title)
        .slice(0, 2),
    ).toEqual(['H-4F7K', 'Frivillig 2'])
    expect(acts(turn)).toEqual(['open', 'open', 'behalf', 'menu'])
    expect(text(staff.tap('open', 'a1'))).toContain('Alarm.')
  })

  test('keeps the newest ten, each once, and fits on Messenger', () => {
    for (let n = 0; n < 12; n++) staff.alarm({ ...VIEW, receipt: `H-${n}` }, `a${n}`)
    staff.alarm({ ...VIEW, receipt: 'H-11' }, 'a11')
    expect(staff.chat.session?.help?.alarms?.map(({ alarm: id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `a${n + 2}`))
    const many = Array.from({ length: 12 }, (_, n): [AlarmView, string] => [{ ...VIEW, receipt: `H-${n}` }, `a${n}`])
    const list = waiting(staff, ...many)
    expect(last(list)?.quickReplies).toHaveLength(12)
    expect(text(list)).toMatch(/^12 åbne alarmer[^]*\n10\. H-9:/)
  })

  test('says that there is nothing, and means nothing to others', () => {
    staff.chat.says('alarmer')
    expect(text(waiting(staff))).toContain('ingen åbne alarmer')
    staff.chat.contact = {}
    expect(effectsOf(staff.chat.says('alarmer'), 'alarms')).toEqual([])
  })
})

describe('a case', () => {
  beforeEach(() => void staff.alarm())

  test('has behind More what it takes now, and nothing that would be refused', () => {
    expect(asks(staff.tap('more', 't1.0', 'H-4F7K'))).toEqual([{ type: 'more' }])
    expect(staff.chat.session?.help?.alarms).toEqual([{ alarm: 'a1', about: VIEW }])
    const turn = staff.caseResult('more', { may: ['decide', 'write', 'take'] })
    expect(acts(turn)).toEqual(['take', 'show', 'write', 'decide', 'alarms'])
    expect(text(turn)).toContain('H-4F7K')
    expect(acts(staff.caseResult('more', { may: [] }))).toEqual(['show', 'alarms'])
  })

  test.each<[string, HandoffAsk]>([
    ['ask-more', { type: 'ask-more' }],
    ['reopen', { type: 'reopen' }],
    ['helped', { type: 'done' }],
    ['not-needed', { type: 'cancel' }],
    ['may-go-on', { type: 'decide-report', about: '', outcome: 'may-go-on' }],
    ['stays-out', { type: 'decide-report', about: '', outcome: 'stays-out' }],
  ])('%s', (act, ask) => {
    expect(asks(staff.tap(act))).toEqual([ask])
    const done = text(staff.caseResult(ask.type))
    expect(done).toContain('H-4F7K')
    expect(done).not.toMatch(MISSING)
  })

  test.each<[HandoffAsk['type'], object, number]>([
    ['done', {}, 0],
    ['cancel', {}, 0],
    ['take', { refused: 'gone' }, 0],
    ['done', { refused: 'frozen' }, 1],
    ['take', {}, 1],
  ])('that ended has no alarm on the list any more: %s %j', (ask, more, left) => {
    expect(staff.caseResult(ask, more).session.help?.alarms ?? []).toHaveLength(left)
  })

  test('is passed on to networks without an account that do the task there', () => {
    const turn = staff.tap('pass-on')
    expect(last(turn)?.quickReplies?.map(({ title, action }) => [title, (action as HelpAction & { value?: string }).value])).toEqual([
      ['Røde Kors (prøve)', 'cross'],
      ['Fortryd', undefined],
    ])
    const consent = staff.tap('pass-to', 't1.0', 'cross')
    expect(asks(consent)).toEqual([])
    expect(text(consent)).toContain('Røde Kors (prøve)')
    expect(acts(consent)).toEqual(['said-yes', 'ask-first', 'cancel'])
    expect(long(consent)).toEqual([])
    expect(asks(staff.tap('ask-first', 't1.0', 'cross'))).toEqual([{ type: 'pass-on', network: 'cross' }])
    expect(asks(staff.tap('said-yes', 't1.0', 'cross'))).toEqual([{ type: 'pass-on', network: 'cross', consent: true }])
    expect(text(staff.caseResult('pass-on'))).toContain('Har beboeren sagt ja, er H-4F7K givet videre nu')
    staff.alarm({ ...VIEW, task: 'homework', handoff: 't2.0' }, 'a2')
    expect(text(staff.tap('pass-on', 't2.0'))).toContain('Ingen andre kan tage den')
  })

  test('of a report has two ways to decide it', () => {
    staff.alarm({ ...VIEW, why: 'report', handoff: 't2.0' }, 'a2')
    expect(acts(staff.tap('decide', 't2.0'))).toEqual(['may-go-on', 'stays-out', 'show', 'cancel'])
  })

  test('is shown in the lines that come back', () => {
    const turn = staff.caseResult('show', { lines: ['H-4F7K  hos de ansatte', '10.05 sendt'] })
    expect(texts(turn)).toEqual(['H-4F7K  hos de ansatte\n10.05 sendt'])
    expect(acts(turn)).toEqual(['take', 'write', 'more', 'alarms'])
    expect(text(staff.caseResult('show'))).toContain('ikke mere at vise')
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
    const turn = staff.caseResult('take', { refused })
    expect(text(turn)).not.toMatch(MISSING)
    expect(acts(turn)).toContain('alarms')
  })

  test.each(['mend', 'toString', '__proto__'])('an act that there is not (%s) gets a plain sentence', (act) => {
    expect(text(staff.tap(act))).toContain('gælder ikke mere')
  })
})
