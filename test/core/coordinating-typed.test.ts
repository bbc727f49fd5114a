/** What a coordinator types: words to a resident, a one-time word; and asking for somebody without a chat. */
import { beforeEach, describe, expect, test } from '@jest/globals'
import { NO_LOAD } from '../../src/core/volunteer-types.js'
import { NOW } from '../library.js'
import { acts, asks, last, library, MINUTE, type StaffChat, staffChat, text, VIEW } from './coordinating-chat.js'
import { effectsOf, KNOWN } from './talk.js'

let staff: StaffChat
beforeEach(() => {
  staff = staffChat()
})

describe('words to a resident', () => {
  beforeEach(() => void staff.alarm())

  test('are the next that are typed, and only those', () => {
    expect(text(staff.tap('write', 't1.0', 'H-4F7K'))).toContain('H-4F7K')
    expect(asks(staff.chat.says('Jeg ringer klokken 14'))).toEqual([{ type: 'write', text: 'Jeg ringer klokken 14' }])
    expect(text(staff.caseResult('write'))).toContain('Sendt til beboeren')
    expect(asks(staff.chat.says('Jeg ringer klokken 14'))).toEqual([])
  })

  test('outside the window are refused with what to do', () => {
    expect(text(staff.caseResult('write', { refused: 'window-closed' }))).toMatch(
      /24 timer[^]*human agent[^]*7 dage\. Ring, eller læg et brev/,
    )
  })

  test.each(['alarmer', 'fortryd'])('are not waited for after %s', (command) => {
    staff.tap('write')
    expect(asks(staff.chat.says(command))).toEqual([])
    expect(asks(staff.chat.says('Hej'))).toEqual([])
  })

  test('are not waited for after another button, nor half an hour later', () => {
    staff.tap('write')
    staff.tap('more')
    expect(asks(staff.chat.says('Hej'))).toEqual([])
    staff.tap('write')
    staff.chat.clock = { ...staff.chat.clock, now: NOW + 31 * MINUTE }
    const turn = staff.chat.says('Hej')
    expect(asks(turn)).toEqual([])
    expect(text(turn)).toContain('ikke sendt')
  })

  test('of danger are not written: another may hold the telephone', () => {
    staff.alarm({ ...VIEW, why: 'danger', task: 'danger', handoff: 't9.0' }, 'a9')
    expect(text(staff.tap('write', 't9.0'))).toContain('Ring i stedet')
    expect(asks(staff.chat.says('Hej'))).toEqual([])
  })
})

describe('a one-time word', () => {
  test.each(['OPG-2346-789A', 'opg-2346-789a', ' Opg 2346 789a ', 'OPG – 2346–789A', 'opg-2346789a'])('is typed: %s', (typed) => {
    expect(effectsOf(staff.chat.says(typed), 'word')).toEqual([{ type: 'word', word: 'OPG-2346-789A' }])
  })

  test('with letters that no word has is asked about too: it is wrong', () => {
    expect(effectsOf(staff.chat.says('OPG-OI1L-SSSS'), 'word')).toHaveLength(1)
  })

  test.each(['opgave', 'opgavetypen', 'OPG-2346-789', 'OPG-2346-789AB', 'mit ord er OPG-2346-789A', 'opgang 2346 789'])(
    'is not: %s',
    (typed) => {
      expect(effectsOf(staff.chat.says(typed), 'word')).toEqual([])
    },
  )

  test('is not masked at the door', () => {
    expect(library.hideSecrets('OPG-2346-789A').text).toBe('OPG-2346-789A')
  })

  test('makes a coordinator, a volunteer, or is wrong', () => {
    expect(text(staff.result({ command: 'word', is: 'coordinator', area: 'demo' }))).toContain(library.areas['demo']?.name)
    expect(text(staff.result({ command: 'word', is: 'wrong' }))).toContain('Bed om et nyt')
    expect(text(staff.result({ command: 'word', is: 'volunteer' }))).toContain('Velkommen')
    const volunteer = {
      state: 'approved',
      alias: 'Farah (prøve)',
      network: 'mothers',
      languages: [],
      area: 'demo',
      tasks: [],
      hours: [],
    } as const
    staff.chat.contact = { volunteer: { ...volunteer, adult: true, vetting: [], load: NO_LOAD } }
    expect(text(staff.result({ command: 'word', is: 'volunteer' }))).toBe(library.say('da', 'volunteering.role.approved'))
    staff.chat.contact = { volunteer: { ...volunteer, state: 'applied', adult: true, vetting: [], load: NO_LOAD } }
    expect(text(staff.result({ command: 'word', is: 'volunteer' }))).toBe(library.say('da', 'volunteering.state.applied'))
  })

  test('makes a volunteer who reads it in their own language', () => {
    const somali = staffChat({ ...KNOWN, language: { code: 'so', chosen: true } })
    const turn = somali.result({ command: 'word', is: 'volunteer' })
    expect(text(turn)).toBe(library.say('so', 'volunteering.role.approved'))
    expect(text(turn)).not.toBe(library.say('da', 'volunteering.role.approved'))
    expect(last(turn)?.quickReplies?.[0]?.title).toBe(library.say('so', 'volunteering.button.duty-on'))
  })
})

describe('a number of a request', () => {
  const shown = (turn: ReturnType<StaffChat['tap']>) => effectsOf(turn, 'handoff').map(({ handoff, as, ask }) => [handoff, as, ask.type])

  test.each(['H-92BC', 'h-92bc', ' h 92bc ', 'H–92BC', '92BC', '92bc'])('is typed: "%s"', (typed) => {
    expect(shown(staff.chat.says(typed))).toEqual([['H-92BC', 'coordinator', 'show']])
  })

  test('of an alarm that came into this chat is that case', () => {
    staff.alarm()
    expect(shown(staff.chat.says('4f7k'))).toEqual([['t1.0', 'coordinator', 'show']])
  })

  test('that there is not is told in words', () => {
    const turn = staff.result({ command: 'handoff', as: 'coordinator', handoff: 'H-92BC', receipt: '', ask: 'show', refused: 'gone' })
    expect(text(turn)).toBe(library.say('da', 'coordinating.refused.gone'))
  })

  test.each(['hvad', '2026', 'kl14', 'H-92B', 'H-92BCD', 'sagen H-92BC', 'hello'])('is not: "%s"', (typed) => {
    expect(shown(staff.chat.says(typed))).toEqual([])
  })

  test('is not masked at the door', () => {
    for (const typed of ['H-4F7K', '4F7K']) expect(library.hideSecrets(typed).text).toBe(typed)
  })

  test('is ordinary words to everybody else, and for a resident who is written to', () => {
    staff.tap('write')
    expect(asks(staff.chat.says('H-92BC'))).toEqual([{ type: 'write', text: 'H-92BC' }])
    staff.chat.contact = {}
    expect(shown(staff.chat.says('H-92BC'))).toEqual([])
  })
})

describe('asking for somebody', () => {
  test('offers every task that volunteers may have, on one page of Messenger', () => {
    const turn = staff.tap('behalf', '')
    expect(last(turn)?.quickReplies).toHaveLength(13)
    expect(acts(turn).at(-1)).toBe('cancel')
  })

  test('begins the request where residents begin it', () => {
    const turn = staff.tap('behalf-task', '', 'medicine')
    expect(turn.session.help?.intake).toEqual({ task: 'medicine', step: 'what', behalf: true })
    expect(text(turn)).toContain('for en anden')
    expect(staff.tap('cancel', '').session.help?.intake).toBeUndefined()
  })

  test('hears the words that come next, also after the menu or beside a talk, and one tap ends it', () => {
    const busy = staffChat({ ...KNOWN, place: { dialog: 'welcome', node: 'start' }, help: { talk: 'h1', talkSince: NOW } } as never)
    const turn = busy.tap('behalf-task', '', 'medicine')
    expect(busy.chat.says('Medicin fra apoteket').session.help?.intake).toMatchObject({ what: 'Medicin fra apoteket', step: 'when' })
    expect(last(turn)?.quickReplies).toHaveLength(1)
    expect(busy.chat.taps(last(turn)?.quickReplies?.[0]?.action).session.help?.intake).toBeUndefined()
  })

  test('asks about that person, and the coordinator tells them the code word', () => {
    const { chat, ...other } = staffChat()
    const begun = other.tap('behalf-task', '', 'medicine')
    const said = (turn: typeof begun) => text(turn).replace(/[\u2066-\u2069]/g, '')
    expect(said(chat.says('Medicin'))).toBe(library.say('da', 'coordinating.behalf.when'))
    expect(said(chat.says('i dag'))).toBe(library.say('da', 'coordinating.behalf.stairwell'))
    for (const words of ['3', 'dansk', 'nej', 'ja']) chat.says(words)
    const one = { handoff: 'h9', receipt: 'H-9', task: 'medicine' }
    other.result({ command: 'openHandoff', ...one, expected: { known: false } })
    expect(chat.session?.help).toEqual({ requests: [expect.objectContaining({ handoff: 'h9', behalf: true })] })
    const talk = { ...one, side: 'resident', alias: 'Nabo', other: 'Yusuf', otherLanguage: 'da', codeWord: 'birk 7' }
    const begins = chat.happens({ type: 'news', ...one, news: { what: 'talk-begins', talk } } as never)
    expect(said(begins)).toContain(library.say('da', 'coordinating.behalf.code-word', { word: 'birk 7' }))
  })

  test.each(['danger', 'keys', 'mend'])('is never for %s', (task) => {
    expect(staff.tap('behalf-task', '', task).session.help?.intake).toBeUndefined()
  })
})

const APPLICANT = {
  why: 'application' as const,
  area: 'demo',
  at: NOW,
  volunteer: { contact: 'c7', network: 'mothers', languages: ['so', 'da'], tasks: ['medicine', 'walk'] },
}

describe('a button of staff whose title is typed', () => {
  test('is about the one case or applicant there is, and asks which where there are several', () => {
    expect(effectsOf(staff.chat.says('Tag den'), 'handoff')).toEqual([])
    staff.alarm()
    expect(asks(staff.chat.says('Tag den'))).toEqual([{ type: 'take' }])
    expect(asks(staff.chat.says('mere'))).toEqual([{ type: 'more' }])
    staff.alarm(APPLICANT, 'a2')
    expect(effectsOf(staff.chat.says('godkend'), 'approve')).toEqual([{ type: 'approve', volunteer: 'c7', yes: true }])
    staff.alarm({ ...VIEW, handoff: 't2.0', receipt: 'H-TWO' }, 'a3')
    const which = staff.chat.says('Luk')
    expect([asks(which), effectsOf(which, 'alarms')]).toEqual([[], [expect.objectContaining({ type: 'alarms' })]])
    expect(text(staff.chat.says('Bed for en anden'))).toContain('Hvad skal personen have hjælp til?')
  })

  test('is ordinary words to everybody else, and in a talk', () => {
    staff.alarm()
    staff.chat.contact = {}
    expect(effectsOf(staff.chat.says('Tag den'), 'handoff')).toEqual([])
  })
})
