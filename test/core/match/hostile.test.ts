/** Texts made to cost time: what is compared is bounded, whatever is sent. */
import { expect, test } from '@jest/globals'
import { normalize } from '../../../src/core/language/normalize.js'
import { countFeatures } from '../../../src/core/match/features.js'
import { trainRanker } from '../../../src/core/match/rank.js'

const rank = trainRanker(
  [
    { dialog: 'd', node: 'water', text: 'Skal jeg koge vandet?' },
    { dialog: 'd', node: 'rent', text: 'Huslejen er for dyr' },
  ],
  'da',
)
const HOSTILE: readonly (readonly [string, string])[] = [
  ['one letter', 'a'.repeat(2000)],
  ['emoji', '👩‍👩‍👧'.repeat(250)],
  ['zero-width', '\u200b'.repeat(2000)],
  ['mixed scripts', 'aбجሀத1'.repeat(350)],
  ['one letter a word', 'a b '.repeat(500)],
  ['marks', `a${'\u0301'.repeat(2000)}`],
  ['letters that normalising makes longer', '\ufdfa'.repeat(2000)],
  ['half characters', '\ud83d'.repeat(2000)],
]

test.each(HOSTILE)('%s: a score below an answer, no throw', (_, text) => {
  expect(rank(text).every(({ score }) => score < 0.6)).toBe(true)
})

test('no text of 500 characters has more than 6 features a character', () => {
  for (const [, text] of HOSTILE) {
    const normal = normalize(text.slice(0, 500), 'da').slice(0, 500)
    const count = [...countFeatures(normal).values()].reduce((total, times) => total + times, 0)
    expect(count).toBeLessThanOrEqual(6 * 500)
  }
})

test('only the first 500 characters count, before normalising and after', () => {
  expect(rank(`${'x '.repeat(250)}Huslejen er for dyr`)).toEqual(rank('x '.repeat(250)))
  expect(rank(`${'\ufdfa'.repeat(100)} Huslejen er for dyr`)).toEqual(rank('\ufdfa'.repeat(100)))
})

test('emoji and invisible characters alone are no text', () => {
  expect(rank('👩‍👩‍👧')).toEqual([])
  expect(rank('\u200b\u200d\ufe0f')).toEqual([])
})
