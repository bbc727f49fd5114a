import { describe, expect, test } from '@jest/globals'
import { scriptOf, wordsOf } from '../../../src/core/language/letters.js'

describe('wordsOf', () => {
  test.each([
    ['Hvad KOSTER det?', ['hvad', 'koster', 'det']],
    ['la’aan la`aan', ["la'aan", "la'aan"]],
    ['İstanbul', ['istanbul']],
    ['می‌خواهم', ['می', 'خواهم']],
    ['مَرْحَبـــا', ['مرحبا']],
    ['hjææææælp', ['hjæælp']],
    ['e\u0301t\u200be', ['éte']],
    ["'citat' 42 👍", ['citat']],
  ])('%j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})

test.each([
  ['ærlig', 'Latn'],
  ['việt', 'Latn'],
  ['ڕۆژ', 'Arab'],
  ['ѓ', 'Cyrl'],
  ['ትግርኛ', 'Ethi'],
  ['தமிழ்', 'Taml'],
  ['λόγος', undefined],
])('the script of %s', (word, script) => {
  expect(scriptOf(word)).toBe(script)
})
