import { expect, test } from '@jest/globals'
import { hash } from '../../src/core/hash.js'

// Translations keep these: a changed vector would make every translation outdated. Computed once by another program.
test.each([
  ['', '11npb45kxvn'],
  ['a', '1eqjmndg2dd'],
  ['Hvad vil du vide om corona?', '1b98giq20kl'],
  ['كيف يمكنني مساعدتكم؟', '054zutyyxwa'],
  ['👍', '012d0m5fljh'],
  ['a'.repeat(1000), '09v3252uq3i'],
])('%j is %s for ever', (text, expected) => expect(hash(text)).toBe(expected))

test('near texts and 100,000 numbers differ', () => {
  expect(hash('Ring 112.')).not.toBe(hash('Ring 113.'))
  expect(new Set(Array.from({ length: 100_000 }, (_, index) => hash(String(index)))).size).toBe(100_000)
})
