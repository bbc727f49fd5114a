import { expect, test } from '@jest/globals'
import { compileDanger, type DangerWords } from '../../../src/core/danger.js'

const ENGLISH: DangerWords = {
  groups: { negation: ['not, never'], he: ['he, she, my husband'], me: ['me, her'], hits: ['hits, beats'] },
  patterns: [
    { kind: 'violence', words: ['@he @hits @me'] },
    { kind: 'violence', certainty: 'unclear', words: ['afraid of @he'] },
    { kind: 'illness', words: ['not breathing'] },
    { kind: 'fire', words: ['(house|flat) ... burning'] },
  ],
  not: [
    { words: ['beats me at chess'] },
    { where: 'before', kinds: ['violence'], words: ['if'] },
    { where: 'sentence', words: ['(film|novel)'] },
    { where: 'message', kinds: ['fire'], words: ['drill'] },
  ],
}
const GERMAN: DangerWords = { groups: {}, never: 'å', patterns: [{ kind: 'fire', words: ['brand hier'] }] }
const DANISH: DangerWords = { groups: {}, patterns: [{ kind: 'fire', words: ['brand hier'] }] }
const find = compileDanger({ en: ENGLISH, de: GERMAN, da: DANISH })
const kindOf = (text: string) => find(text)?.kind

test.each([
  ['My husband hits me', 'violence'],
  ['my husband always hits me!!', 'violence'],
  // A denied blow is none, a denied breath is the danger itself.
  ['he never hits me', undefined],
  ['he hits not me', undefined],
  ['he is not breathing', 'illness'],
  // What stands on the words, before them, in the sentence and in the message.
  ['he always beats me at chess', undefined],
  ['what if he hits me', undefined],
  ['he said that if I go he hits me', 'violence'],
  ['in the film he hits me', undefined],
  ['I saw a film. He hits me', 'violence'],
  ['the house is burning. It is a drill', undefined],
])('%s → %s', (text, kind) => {
  expect(kindOf(text)).toBe(kind)
})

test('what is sure comes before what is unclear, then the most urgent', () => {
  expect(find('afraid of he')).toEqual({ kind: 'violence', certainty: 'unclear', language: 'en' })
  expect(find('afraid of she. She hits me')).toMatchObject({ certainty: 'sure' })
  expect(find('he hits me. The house is burning. She is not breathing')).toMatchObject({ kind: 'illness' })
})

test('the hint decides between languages that share the words, a letter a language has not rules it out', () => {
  expect(find('brand hier', 'da')).toMatchObject({ language: 'da' })
  expect(find('brand hier', 'de')).toMatchObject({ language: 'de' })
  expect(find('brand hier på', 'de')).toMatchObject({ language: 'da' })
})

test('only the first 2,000 characters are looked at', () => {
  expect(kindOf(`${'a '.repeat(990)}he is not breathing`)).toBe('illness')
  expect(kindOf(`${'a '.repeat(1000)}he is not breathing`)).toBeUndefined()
})
