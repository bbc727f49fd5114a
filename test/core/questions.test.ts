/** What is kept of a text that found no answer, who is asked whether they want to be told, and how the answer comes back. */
import { describe, expect, test } from '@jest/globals'
import type { Library } from '../../src/core/library.js'
import { isAnswer, questionName } from '../../src/core/questions.js'
import type { Action, Outbound, Session, Turn } from '../../src/core/types.js'
import { NOW, starterLibrary } from '../library.js'
import { probeLibrary } from '../probe-library.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, messages, talk, texts } from './talk.js'

const HOUR = 3_600_000
const UNKNOWN = 'qwørty zxcvæb'
const starter = await starterLibrary()
const BOIL = ['Kog vandet i tre minutter.', 'اغلوا الماء ثلاث دقائق.'] as const
const NODES = `
start:
  say: Kog vandet i tre minutter.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2026-11-20 }
  questions: [Skal jeg koge vandet fra hanen, Må jeg drikke vandet fra hanen]
meter:
  ask: Hvad står der på måleren?
  expect: { type: digits, length: 5 }
  save: meter
  retry: Skriv fem tal.
room:
  ask: Hvilket rum?
  quick_replies: { kitchen: { title: Køkken, goto: probe/start } }
over:
  say: Gælder ikke mere.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2020-03-20, from: 2020-03-18, until: 2020-03-30 }
ask-someone:
  say: Vi kontakter nogen.
  handoff: contact
`
const library = await probeLibrary(NODES, { ar: { 'start.say.0': BOIL } })

const replies = (message: Outbound | undefined) => message?.quickReplies ?? []
const titles = (turn: Turn) => replies(messages(turn).at(-1)).map(({ title }) => title)
const actionCalled = (turn: Turn, does: Action['do']) =>
  replies(messages(turn).at(-1))
    .map(({ action }) => action)
    .find((action) => action.do === does)
const kept = (turn: Turn) => effectsOf(turn, 'question')
const say = (of: Library, key: string, language = 'da') => of.say(language, key)

describe('a text that found no answer', () => {
  test('is kept with its language, area and what came near', () => {
    const [question, ...more] = kept(talk(starter).says(`  ${UNKNOWN} dovendyr  `))
    expect(more).toEqual([])
    expect(question).toMatchObject({ text: `${UNKNOWN} dovendyr`, language: 'da', area: starter.defaultArea, missing: false })
    const near = starter.matcher.match(`${UNKNOWN} dovendyr`, 'da').slice(0, 3)
    expect(near.length).toBeGreaterThan(0)
    expect(question?.guesses).toEqual(near.map(({ dialog, node, score }) => ({ dialog, node, score })))
  })

  test('has one name for the same words in the same language, whatever their spelling of case and spaces', () => {
    const open = talk(starter)
    const [first, again] = [kept(open.says(UNKNOWN))[0], kept(open.says('QWØRTY   zxcvæb!'))[0]]
    expect(first?.question).toBe(again?.question)
    expect(questionName(UNKNOWN, 'ar')).not.toBe(first?.question)
    expect(open.session?.asked).toEqual([first?.question])
  })

  test.each(['👍', '??', 'ok', '12345', 'æh'])('%j is no question', (text) => {
    expect(kept(talk(starter).says(text))).toEqual([])
    expect(kept(talk(library, { session: { ...KNOWN, place: { dialog: 'probe', node: 'room', attempts: 0 } } }).says(text))).toEqual([])
  })

  test.each(['你好吗朋友', 'ماذا', 'சொல்லு'])('%j is one, in its own script', (text) => {
    expect(kept(talk(starter).says(text))).toHaveLength(1)
  })

  test('is cut to 500 characters, never inside one', () => {
    expect([...(kept(talk(starter).says(`qwørty ${'🦊ø'.repeat(400)}`))[0]?.text ?? '')]).toHaveLength(500)
  })

  test('is not kept where a question reads what is typed', () => {
    const open = talk(library)
    open.goes('probe/meter')
    const turn = open.says(UNKNOWN)
    expect(kept(turn)).toEqual([])
    expect(actionCalled(turn, 'tell-me')).toBeUndefined()
  })

  test('at a question with options it is kept, and the wish is offered below the options', () => {
    const open = talk(library)
    open.goes('probe/room')
    const turn = open.says(UNKNOWN)
    expect(kept(turn)).toHaveLength(1)
    expect(titles(turn)).toEqual(['Køkken', say(library, 'question.tell-me')])
    expect(open.session?.place).toMatchObject({ dialog: 'probe', node: 'room' })
  })

  test('written before a language was chosen is kept when the choice does not bring its answer', () => {
    const open = talk(starter, { session: undefined })
    expect(kept(open.says(UNKNOWN))).toEqual([])
    const turn = open.taps({ do: 'language', language: 'ar' })
    expect(kept(turn)).toMatchObject([{ text: UNKNOWN, language: 'ar' }])
    expect(open.session?.pendingText).toBeUndefined()
  })
})

describe('the honest reply', () => {
  test('first menu, help, the wish, a person; then the person first', () => {
    const open = talk(starter)
    const wish = say(starter, 'question.tell-me')
    const [menu, help, person] = ['command.menu', 'command.help', 'person'].map((key) => say(starter, key))
    expect(titles(open.says(UNKNOWN))).toEqual([menu, help, wish, person])
    expect(titles(open.says('zxcvæb qwørty'))).toEqual([person, wish, menu, say(starter, 'command.language')])
    expect(titles(open.says('åsdfgh qwørty'))).toEqual([menu, help, wish, person])
  })

  test('the wish is stored for its own question, also from an older button, and thanked for in one line', () => {
    const open = talk(starter)
    const first = open.says(UNKNOWN)
    open.says('zxcvæb qwørty')
    const turn = open.taps(actionCalled(first, 'tell-me'))
    expect(effectsOf(turn, 'tell-me')).toEqual([{ type: 'tell-me', question: kept(first)[0]?.question }])
    expect(texts(turn)).toEqual([say(starter, 'question.tell-me.thanks')])
  })

  test('the wish can be typed too, and is no question itself', () => {
    const open = talk(starter)
    const [question] = kept(open.says(UNKNOWN))
    const turn = open.says(say(starter, 'question.tell-me').toUpperCase())
    expect(effectsOf(turn, 'tell-me')).toEqual([{ type: 'tell-me', question: question?.question }])
    expect(kept(turn)).toEqual([])
  })

  test("somebody else's question, or one of an erased life, cannot be wished for", () => {
    const open = talk(starter)
    const turn = open.taps({ do: 'tell-me', question: 'another' })
    expect(effectsOf(turn, 'tell-me')).toEqual([])
    expect(texts(turn)[0]).toBe(say(starter, 'old-button'))
  })

  test('nobody who is under 15 is asked for the consent, and an old button takes none', () => {
    const open = talk(starter)
    const action = actionCalled(open.says(UNKNOWN), 'tell-me')
    open.session = { ...(open.session ?? KNOWN), underage: true }
    const turn = open.says('zxcvæb qwørty')
    expect(kept(turn)).toHaveLength(1)
    expect(actionCalled(turn, 'tell-me')).toBeUndefined()
    expect(effectsOf(open.taps(action), 'tell-me')).toEqual([])
  })

  test('an open question stands again below the thanks', () => {
    const open = talk(library)
    open.goes('probe/room')
    const turn = open.taps(actionCalled(open.says(UNKNOWN), 'tell-me'))
    expect(texts(turn)).toEqual([say(library, 'question.tell-me.thanks'), 'Hvilket rum?'])
    expect(open.session?.place).toMatchObject({ node: 'room' })
  })
})

describe('none of the guesses', () => {
  const guessing: Library = {
    ...library,
    matcher: { ...library.matcher, match: () => [{ dialog: 'probe', node: 'start', score: 0.5, direct: true }] },
  }

  test('keeps what was asked and offers the person first: the guesses were the one clarification', () => {
    const open = talk(guessing)
    const guesses = open.says(UNKNOWN)
    expect(kept(guesses)).toEqual([])
    expect(open.session?.guessed).toEqual({ text: UNKNOWN, language: 'da' })
    const turn = open.taps(actionCalled(guesses, 'none-of-these'))
    expect(kept(turn)).toMatchObject([{ text: UNKNOWN, guesses: [{ dialog: 'probe', node: 'start', score: 0.5 }] }])
    expect(texts(turn)).toEqual([say(guessing, 'not-understood.again')])
    expect(actionCalled(turn, 'tell-me')).toEqual({ do: 'tell-me', question: kept(turn)[0]?.question })
    expect(open.session?.guessed).toBeUndefined()
  })

  test('of an older message, or tapped twice, keeps nothing and leads to the menu', () => {
    const open = talk(guessing)
    const old = actionCalled(open.says(UNKNOWN), 'none-of-these')
    open.says('zxcvæb qwørty')
    expect(kept(open.taps(old))).toEqual([])
    const newer = actionCalled(open.says('zxcvæb qwørty'), 'none-of-these')
    expect(kept(open.taps(newer))).toHaveLength(1)
    const again = open.taps(newer)
    expect(kept(again)).toEqual([])
    expect(open.session?.place).toMatchObject({ dialog: 'welcome', node: 'start' })
  })
})

describe('the answer that comes back', () => {
  const answered = (at: { dialog: string; node: string }) => ({
    type: 'answered' as const,
    question: 'q1',
    text: 'må jeg drikke \u202Evandet',
    ...at,
  })
  const START = { dialog: 'probe', node: 'start' }
  const come = (session: Session, at = START) => {
    const open = talk(library, { session })
    const turn = open.happens(answered(at))
    return { open, turn }
  }

  test('says what was asked, then the answer, and opens no window', () => {
    const { open, turn } = come({ ...KNOWN, openedAt: NOW - HOUR, missed: true })
    const [notice, answer] = texts(turn)
    expect(notice).toBe(library.say('da', 'question.answered', { text: '\u2068må jeg drikke vandet\u2069' }))
    expect(answer).toBe(BOIL[0])
    expect(effectsOf(turn, 'told')).toEqual([{ type: 'told', question: 'q1', told: true }])
    expect(open.session).toMatchObject({ openedAt: NOW - HOUR, missed: true, lastAnswer: START })
  })

  test("comes in the asker's own language, after a lapse with the word that it is automatic", () => {
    const { turn } = come({ ...KNOWN_ARABIC, activeAt: NOW - 25 * HOUR })
    expect(messages(turn).map(({ language }) => language)).toEqual(['ar', 'ar'])
    expect(texts(turn)[0]).toContain(library.say('ar', 'disclosure.short'))
    expect(texts(turn)[1]).toBe(BOIL[1])
  })

  test.each([
    ['a person has the thread', { ...KNOWN, silentUntil: NOW + HOUR }, START],
    ['a command is out', { ...KNOWN, place: { ...START, attempts: 0, waitsForCall: true } }, START],
    ['there is no translation', KNOWN_ARABIC, { dialog: 'probe', node: 'over' }],
    ['it does not hold now', KNOWN, { dialog: 'probe', node: 'over' }],
    ['the node is gone', KNOWN, { dialog: 'probe', node: 'gone' }],
    ['it is no node', KNOWN, { dialog: 'toString', node: 'call' }],
  ] as const)('waits, and says nothing, while %s', (_, session, at) => {
    const { open, turn } = come(session, at)
    expect(messages(turn)).toEqual([])
    expect(effectsOf(turn, 'told')).toEqual([{ type: 'told', question: 'q1', told: false }])
    expect(open.session).toEqual(session)
  })

  test('waits for a translation: a Danish answer is none to somebody who reads Arabic', async () => {
    const danish = await probeLibrary(NODES)
    const turn = talk(danish, { session: KNOWN_ARABIC }).happens(answered(START))
    expect(effectsOf(turn, 'told')).toEqual([{ type: 'told', question: 'q1', told: false }])
    expect(messages(turn)).toEqual([])
  })

  test('a question that reads an answer stands again below it', () => {
    const place = { dialog: 'probe', node: 'meter', attempts: 1 }
    const { open, turn } = come({ ...KNOWN, place })
    expect(texts(turn).slice(1)).toEqual([BOIL[0], 'Hvad står der på måleren?'])
    expect(open.session?.place).toEqual(place)
    open.says('12345')
    expect(open.session?.answers).toEqual({ meter: '12345' })
  })
})

test.each([
  ['probe/start', true],
  ['probe/over', true],
  ['probe/room', false],
  ['probe/ask-someone', false],
  ['probe/nowhere', false],
  ['constructor/name', false],
])('%s as an answer that staff may link: %s', (place, is) => {
  const [dialog = '', node = ''] = place.split('/')
  expect(isAnswer(library, { dialog, node })).toBe(is)
})
