import { expect, test } from '@jest/globals'
import { normalize } from '../../../src/core/language/normalize.js'
import { trainRanker } from '../../../src/core/match/rank.js'

test.each(['bs', 'hr', 'sr'])('%s: Cyrillic and Latin letters are the same text', (language) => {
  const cyrillic = 'Љубав Његош џеп Ђак ћуприја жива чаша шума'
  const latin = 'Ljubav Njegoš džep Đak ćuprija živa čaša šuma'
  expect(normalize(cyrillic, language)).toBe(normalize(latin, language))
})

test('Ukrainian keeps its letters', () => {
  expect(normalize('Чи можна пити воду?', 'uk')).toBe('чи можна пити воду')
})

test('one set of examples serves both scripts', () => {
  const rank = trainRanker([{ dialog: 'd', node: 'rent', text: 'Ne mogu da platim kiriju' }], 'bs')
  expect(rank('не могу да платим кирију')[0]?.score).toBe(1)
})
