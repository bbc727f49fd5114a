import { expect, test } from '@jest/globals'
import { lix, readingOf } from '../../src/app/lix.js'

test('words, long words and sentences are counted over all texts; a line ends a sentence', () => {
  expect(readingOf(['Kog vandet. Spørg kommunen!', 'Du skal:\n• koge det\n• vente'])).toEqual({ words: 9, longWords: 1, sentences: 5 })
})

test('a number that stands for a variable is one short word', () => {
  expect(readingOf(['Ring: {{area.municipality_phone}}.'])).toEqual({ words: 2, longWords: 0, sentences: 2 })
})

test('LIX is words a sentence and the share of long words', () => {
  expect(lix({ words: 20, longWords: 5, sentences: 2 })).toBe(35)
  expect(lix(readingOf([]))).toBe(0)
})
