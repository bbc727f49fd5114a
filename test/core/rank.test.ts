import { describe, expect, test } from '@jest/globals'
import { trainRanker } from '../../src/core/match/rank.js'

const EXAMPLES = [
  { dialog: 'water', node: 'boil', text: 'Skal jeg koge vandet?' },
  { dialog: 'water', node: 'boil', text: 'Er vandet farligt at drikke?' },
  { dialog: 'home', node: 'rent', text: 'Jeg kan ikke betale huslejen' },
  { dialog: 'home', node: 'rent', text: 'Hvad gør jeg ved huslejen?' },
  { dialog: 'home', node: 'washing', text: 'Vaskemaskinen virker ikke' },
]
const rank = trainRanker(EXAMPLES, 'da')
/** From here an answer is shown (`match/zones.ts`). */
const SURE = 0.6
/** Three nodes share what is left where a library of fifty would leave next to nothing to each. */
const MAYBE = 0.35

test.each(EXAMPLES)('$text: itself is certain', ({ dialog, node, text }) => {
  expect(rank(text)[0]).toEqual({ dialog, node, score: 1 })
})

describe('the likest node comes first', () => {
  test.each([
    ['without the right letters', 'skal jeg KOGE vandet!!', 'boil', 1],
    ['with a typing error', 'jeg kan ikke betale husljen', 'rent', SURE],
    ['in other words', 'er vandet farligt', 'boil', SURE],
    ['in part', 'husleje', 'rent', 0.1],
  ])('%s', (_, text, node, least) => {
    const [best, second] = rank(text)
    expect(best?.node).toBe(node)
    expect(best?.score).toBeGreaterThanOrEqual(least)
    expect(best?.score).toBeGreaterThan(second?.score ?? 0)
  })
})

test.each(['hej', 'qwrtz yxcvb', 'min hund hedder Fido og bor i Kolding', 'مرحبا', '1/1/1/1/1'])('%s is like nothing', (text) => {
  expect(rank(text)[0]?.score ?? 0).toBeLessThan(MAYBE)
})

test.each(['', '   ', '👍', '?!', 'constructor', '__proto__'])('%p is nothing, and throws nothing', (text) => {
  expect(rank(text).every(({ score }) => score > 0 && score < MAYBE)).toBe(true)
})

test('one long word among many unknown ones is not enough', () => {
  const sure = rank('kan ikke betale huslejen')[0]?.score ?? 0
  const lost = rank('kan ikke finde cykel hund tirsdag banan koncert bilen ferie huslejen vinter')[0]?.score ?? 0
  expect(sure).toBeGreaterThan(SURE)
  expect(lost).toBeLessThan(SURE)
  expect(lost).toBeLessThan(sure)
})

test('a node is judged by its best examples, not by how many it has', () => {
  const many = trainRanker(
    [...EXAMPLES, ...Array.from({ length: 40 }, (_, at) => ({ dialog: 'home', node: 'rent', text: `Huslejen ${at}` }))],
    'da',
  )
  expect(many('Skal jeg koge vandet?')[0]?.node).toBe('boil')
})

test('scores lie above 0, end at 1, fall, and are the same each time', () => {
  const ranked = rank('skal vandet i vaskemaskinen koges')
  expect(ranked.length).toBeGreaterThan(1)
  for (const { score } of ranked) expect(score > 0 && score <= 1).toBe(true)
  expect(ranked.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score).toSorted((a, b) => b - a))
  expect(trainRanker(EXAMPLES, 'da')('skal vandet i vaskemaskinen koges')).toEqual(ranked)
})

test('equals of two nodes are ranked by their names, not by the order of files', () => {
  const same = [
    { dialog: 'b', node: 'x', text: 'Hvornår er der åbent?' },
    { dialog: 'a', node: 'x', text: 'Hvornår er der åbent?' },
  ]
  expect(trainRanker(same, 'da')('Hvornår er der åbent?').map(({ dialog }) => dialog)).toEqual(['a', 'b'])
})

test('a text without end is compared by its beginning', () => {
  expect(rank(`${' '.repeat(200)}Skal jeg koge vandet?${' '.repeat(300)}${'x'.repeat(100_000)}`)[0]).toMatchObject({
    node: 'boil',
    score: 1,
  })
})

test('words of other scripts are compared as well', () => {
  const arabic = trainRanker(
    [
      { dialog: 'water', node: 'boil', text: 'هل أغلي الماء؟' },
      { dialog: 'home', node: 'rent', text: 'لا أستطيع دفع الإيجار' },
    ],
    'ar',
  )
  expect(arabic('هل اغلي الماء')[0]).toMatchObject({ node: 'boil', score: 1 })
  expect(arabic('لا استطيع دفع ايجار')[0]?.node).toBe('rent')
})
