/** "Was this useful?": when it is asked, what a vote says, and what was missing. */
import { describe, expect, test } from '@jest/globals'
import type { Action, Turn } from '../../src/core/types.js'
import { probeLibrary } from '../probe-library.js'
import { effectsOf, KNOWN, messages, talk, texts } from './talk.js'

const FACT = 'fact: { kind: rule, source: https://example.dk, owner: law, checked: 2026-11-20 }'
const many = (count: number) => Array.from({ length: count }, (_, at) => `    o${at}: { title: Valg ${at}, goto: probe/plain }`).join('\n')
const library = await probeLibrary(`
start:
  say: [Kog vandet., I tre minutter.]
  ${FACT}
  goto: room
room:
  ask: Hvilket rum?
  quick_replies: { plain: { title: Køkken, goto: probe/plain } }
plain: { say: Godt. }
alone:
  say: Kun dette.
  ${FACT}
reading:
  say: Aflæs måleren.
  ${FACT}
  ask: Hvad står der?
  expect: { type: digits, length: 5 }
  save: meter
  retry: Skriv fem tal.
over:
  say: Gammelt.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2020-03-20, from: 2020-03-18, until: 2020-03-30 }
eleven:
  say: Elleve.
  ${FACT}
  ask: Vælg.
  quick_replies:
${many(11)}
twelve:
  say: Tolv.
  ${FACT}
  ask: Vælg.
  quick_replies:
${many(12)}
`)
const say = (key: string) => library.say('da', key)
const buttons = (turn: Turn) => messages(turn).at(-1)?.quickReplies ?? []
const titles = (turn: Turn) => buttons(turn).map(({ title }) => title)
const vote = (turn: Turn, useful: boolean) => {
  const found = buttons(turn).find(({ action }) => action.do === 'useful' && action.useful === useful)
  if (found?.action.do !== 'useful') throw new Error('not asked')
  return found.action
}

describe('is asked', () => {
  test("under the last message of an answer, behind the dialog's own buttons, for the text that was read", () => {
    const turn = talk(library).goes('probe/start')
    expect(texts(turn)).toHaveLength(3)
    expect(titles(turn)).toEqual(['Køkken', say('useful.yes'), say('useful.no')])
    const { version, language } = library.texts('probe', 'start', 'da')
    expect(vote(turn, true)).toEqual({ do: 'useful', dialog: 'probe', node: 'start', version, language, useful: true })
  })

  test.each([
    ['what states no fact', 'plain'],
    ['an answer that is not shown because it does not hold', 'over'],
    ['an answer with a question that reads the next text', 'reading'],
    ['a full row of 13 buttons', 'twelve'],
  ])('never under %s', (_, node) => {
    expect(buttons(talk(library).goes(`probe/${node}`)).some(({ action }) => action.do === 'useful')).toBe(false)
  })

  test('where exactly both fit', () => {
    expect(titles(talk(library).goes('probe/eleven'))).toHaveLength(13)
  })

  test('not again under the thanks', () => {
    const open = talk(library)
    const turn = open.taps(vote(open.goes('probe/alone'), true))
    expect(texts(turn)).toEqual([say('useful.thanks')])
    expect(titles(turn)).toEqual([say('command.menu')])
  })
})

describe('a vote', () => {
  test('says which text, and nothing else; the dialog stays where it is', () => {
    const open = talk(library)
    const shown = open.goes('probe/start')
    const turn = open.taps(vote(shown, true))
    const { do: _, ...wanted } = vote(shown, true)
    expect(effectsOf(turn, 'useful')).toEqual([{ type: 'useful', ...wanted }])
    expect(texts(turn)).toEqual([say('useful.thanks'), 'Hvilket rum?'])
    expect(open.session?.place).toMatchObject({ node: 'room' })
    expect(open.session?.lastAnswer).toMatchObject({ dialog: 'probe', node: 'start' })
  })

  test('counts once each time the answer is shown', () => {
    const open = talk(library)
    const action = vote(open.goes('probe/alone'), true)
    expect(effectsOf(open.taps(action), 'useful')).toHaveLength(1)
    expect(effectsOf(open.taps(action), 'useful')).toHaveLength(0)
    open.goes('probe/alone')
    expect(effectsOf(open.taps(action), 'useful')).toHaveLength(1)
  })

  test('late, from an old version, counts for the version that was read', () => {
    const open = talk(library)
    open.goes('probe/alone')
    const old: Action = { do: 'useful', dialog: 'probe', node: 'alone', version: 'old', language: 'ar', useful: true }
    const turn = open.happens({ type: 'tap', text: 'x', action: old, sentAt: 1 } as never)
    expect(effectsOf(turn, 'useful')).toMatchObject([{ version: 'old', language: 'ar' }])
  })
})

describe('a no', () => {
  const no = () => {
    const open = talk(library)
    const turn = open.taps(vote(open.goes('probe/start'), false))
    return { open, turn }
  }

  test('asks what was missing; the next text is kept as a question, and the talk goes on where it was', () => {
    const { open, turn } = no()
    expect(texts(turn)).toEqual([say('useful.missing')])
    expect(titles(turn)).toEqual([say('useful.skip')])
    const next = open.says('hvor længe holder det kogte vand sig')
    expect(effectsOf(next, 'question')).toMatchObject([
      {
        text: 'hvor længe holder det kogte vand sig',
        missing: true,
        guesses: expect.arrayContaining([{ dialog: 'probe', node: 'start', score: 1 }]),
      },
    ])
    expect(texts(next)).toEqual([say('useful.missing.thanks'), 'Hvilket rum?'])
    expect(titles(next)).toEqual(['Køkken', say('question.tell-me')])
    expect(open.session?.missing).toBeUndefined()
    expect(effectsOf(open.says('gøffel bræzzø'), 'question')).toMatchObject([{ missing: false }])
  })

  test('can be skipped', () => {
    const { open } = no()
    expect(texts(open.taps({ do: 'skip' }))).toEqual(['Hvilket rum?'])
    expect(open.session?.missing).toBeUndefined()
    const typed = no().open.says(say('useful.skip'))
    expect([texts(typed), effectsOf(typed, 'question')]).toEqual([['Hvilket rum?'], []])
  })

  test('a command, or a button, is not what was missing', () => {
    const typed = no().open
    expect(effectsOf(typed.says('menu'), 'question')).toEqual([])
    expect(typed.session?.missing).toBeUndefined()
    const tapped = no().open
    tapped.goes('probe/alone')
    expect(tapped.session?.missing).toBeUndefined()
  })

  test('what has no word in it is not kept, and not thanked for', () => {
    const { open } = no()
    const turn = open.says('??')
    expect(effectsOf(turn, 'question')).toEqual([])
    expect(texts(turn)).toEqual(['Hvilket rum?'])
  })

  test('where nothing was open the menu follows', () => {
    const open = talk(library, { session: KNOWN })
    open.taps(vote(open.goes('probe/alone'), false))
    open.says('hvor længe holder det sig')
    expect(open.session?.place).toMatchObject({ dialog: 'welcome', node: 'start' })
  })
})
