import { expect, test } from '@jest/globals'
import { findPhrases } from '../../../src/core/phrases/find-phrases.js'
import { parsePattern } from '../../../src/core/phrases/parse-pattern.js'
import { compilePhrases, type Phrases } from '../../../src/core/phrases/phrase-book.js'
import { readText } from '../../../src/core/phrases/read-text.js'
import { spellings, writtenForms, writtenFormsOf } from '../../../src/core/phrases/spell.js'

const finds = (words: string, text: string, more: Partial<Phrases<string>> = {}, how: { order?: 'any'; gap?: number } = {}) => {
  const groups = { he: ['he, the old man'], hits: ['hit*, *slag, strangles'], more: ['@he, she'] }
  const phrases = { language: 'en', groups, fuzzy: ['hits'], glued: [], ordinary: [], phrases: [{ words, ...how, means: 'x' }], ...more }
  return findPhrases(compilePhrases([phrases]), readText(text, 'en')).length > 0
}

test('brackets are alternatives, also in brackets and in the middle of a word', () => {
  expect(spellings('(b|)oog(a(y|)|t)')).toEqual(['boogay', 'booga', 'boogt', 'oogay', 'ooga', 'oogt'])
  expect(spellings('(a|b')).toEqual(['(a|b'])
  expect(writtenForms('slår', 'da')).toEqual([['slaar'], ['slar']])
  expect(writtenForms('Guši se', 'bs')).toEqual([
    ['gusi', 'se'],
    ['гуши', 'се'],
  ])
})

test('a choice that may be left out makes two ways of a pattern', () => {
  expect(parsePattern('a (b|) c')).toHaveLength(2)
  expect(parsePattern('a ... b').flat()).toEqual([
    { entries: ['a'], gap: 0 },
    { entries: ['b'], gap: 5 },
  ])
})

test.each([
  ['@he @hits', 'the old man often hits', true],
  ['@he @hits', 'he a b c hits', false],
  ['@he ... @hits', 'he a b c hits', true],
  ['@he + @hits', 'he a hits', false],
  ['@more @hits', 'the old man hits', true],
  ['@he @hits', 'he. Hits', false],
  ['@he @hits', 'he... hits', true],
  ['@he @hits', 'he dagslag', true],
  ['old man', 'old wise man', false],
  ['@he nothing', 'he nothing', true],
])('%s in "%s": %s', (words, text, found) => {
  expect(finds(words, text)).toBe(found)
})

test.each(['strangels', 'stranglse', 'stragles', 'strrangles', 'ztrangles', 'stran'])('one typing error in a long word: %s', (word) => {
  expect(finds('@hits', word)).toBe(!['ztrangles', 'stran'].includes(word))
})

test('a word that is right is no typing error of another', () => {
  expect(finds('@hits', 'stranglers', { ordinary: ['stranglers'] })).toBe(false)
})

test('glued words stand before an entry without a space', () => {
  expect(finds('@he', 'andhe', { glued: ['and'] })).toBe(true)
})

test('without order each group may stand before or after', () => {
  expect(finds('@he @hits', 'hits a he', {}, { order: 'any', gap: 1 })).toBe(true)
  expect(finds('@he @hits', 'hits a b he', {}, { order: 'any', gap: 1 })).toBe(false)
})

test('many entries together are written as each of them alone', () => {
  const entries = ['', '!!', 'slår', '(b|)oog*', 'To  ord', '-kant-', 'den der, (og|)', 'siǵma']
  expect(writtenFormsOf(entries, 'da')).toEqual(entries.map((entry) => writtenForms(entry, 'da')))
  expect(writtenFormsOf(['Guši se', 'kuća'], 'bs')).toEqual(['Guši se', 'kuća'].map((entry) => writtenForms(entry, 'bs')))
})

test('a word of several groups, some of which are named by others, stands in all of them', () => {
  const more = { groups: { he: ['@man, she'], man: ['he'], hits: ['he hits, hits'] } }
  expect(finds('@he @hits', 'he he hits', more)).toBe(true)
  expect(finds('@man @hits', 'she hits', more)).toBe(false)
  expect(finds('(he|@hits) @man', 'he he', more)).toBe(true)
})
