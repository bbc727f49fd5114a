/** What staff read of questions and votes in a terminal. */
import { expect, test } from '@jest/globals'
import type { Waiting } from '../../src/app/answer-back.js'
import { groupQuestions } from '../../src/app/question-groups.js'
import { showGroup, showVotes } from '../../src/app/question-list.js'
import type { QuestionDocument } from '../../src/store/collections.js'
import { NOW, starterLibrary } from '../library.js'

const library = await starterLibrary()

function question(more: Partial<QuestionDocument>): QuestionDocument {
  const asker = { contact: 'secret-contact', conversation: 'messenger:1:secret-user', askedBy: 't1.0', askedAt: NOW }
  const asked = { text: 'må jeg drikke vandet', language: 'da', area: 'demo', missing: false }
  const guesses = [{ dialog: 'preparedness', node: 'water-boil', score: 0.331 }]
  const open = { state: 'new' as const, wish: false, told: false, attempt: 0, kept: true }
  return { _id: 'q1', version: 1, ...asker, ...asked, ...open, guesses, ...more }
}
const show = (questions: readonly QuestionDocument[], waiting: ReadonlyMap<string, Waiting> = new Map()) =>
  groupQuestions(questions)
    .map((group) => showGroup(group, library, waiting))
    .join('\n\n')

test('a group: how many, in which languages and areas, since when, who waits, and what came near in Danish', () => {
  const shown = show([
    question({}),
    question({ _id: 'q2', language: 'ar', text: 'هل أشرب الماء', wish: true, area: 'other', askedAt: NOW + 60_000 }),
  ])
  expect(shown.split('\n')).toEqual([
    'q1 · new · 2× · ar, da · demo, other · newest 2026-11-23T10:01 · want to be told: 1',
    '  q1  da: \u2068må jeg drikke vandet\u2069',
    '  q2  ar: \u2068هل أشرب الماء\u2069',
    `  near: preparedness/water-boil 0.33  ${library.title('preparedness', 'water-boil', 'da')}`,
  ])
})

test('who asked is never shown, and what is written cannot steer the terminal', () => {
  const shown = show([question({ text: 'hej \u001B[2J\u202Edu\r\nder' })])
  expect(shown).not.toMatch(/secret/)
  expect(shown).toContain('\u2068hej  [2Jdu der\u2069')
})

test('what is in the way of an asker, a link, what was missing, words that are gone, an answer that is no more', () => {
  const linked = question({ state: 'linked', answer: { dialog: 'everyday', node: 'start' }, wish: true, missing: true })
  const gone = question({
    _id: 'q2',
    text: '',
    kept: false,
    answer: { dialog: 'everyday', node: 'start' },
    guesses: [{ dialog: 'x', node: 'y', score: 1 }],
  })
  const shown = show([linked, gone], new Map([['q1', 'window closed' as const]]))
  expect(shown).toContain('(missed in the first neighbour)  (linked: everyday/start)  (waiting: window closed)')
  expect(shown).toContain('q2  da: (its words are gone by age)')
  expect(shown).toContain('x/y 1.00  (is no more)')
  expect(show([linked], new Map([['q1', 'ready' as const]]))).toContain('(can be told now)')
})

test('a large group shows its newest and says how many more there are', () => {
  const many = Array.from({ length: 23 }, (_, at) => question({ _id: `q${at + 10}`, askedAt: NOW + at }))
  const shown = show(many)
  expect(shown).toContain('and 3 older')
  expect(shown).not.toContain('  q12  ')
  expect(shown).toContain('  q13  ')
})

test('votes by answer, text and language; small cells are hidden, an empty one is empty', () => {
  expect(
    showVotes([
      { by: ['everyday', 'keys', 'v2', 'da', true], count: 5 },
      { by: ['everyday', 'keys', 'v2', 'da', false], count: 4 },
      { by: ['everyday', 'keys', 'v1', 'ar', false], count: 12 },
    ]),
  ).toBe('everyday/keys · text v1 · ar · useful 0 · not useful 12\neveryday/keys · text v2 · da · useful 5 · not useful <5')
  expect(showVotes([])).toContain('Nobody')
})
