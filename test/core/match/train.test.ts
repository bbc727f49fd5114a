import { describe, expect, test } from '@jest/globals'
import { countFeatures } from '../../../src/core/match/features.js'
import { seededDice, shuffle } from '../../../src/core/match/seeded.js'
import { trainingModel, trainModel } from '../../../src/core/match/train.js'
import { learningVectors } from '../../../src/core/match/vectors.js'
import { finish } from '../../../src/core/steps.js'

const EXAMPLES = [
  { label: 0, text: 'skal jeg koge vandet' },
  { label: 0, text: 'er vandet farligt at drikke' },
  { label: 1, text: 'jeg kan ikke betale huslejen' },
  { label: 1, text: 'hvad goer jeg ved huslejen' },
  { label: 2, text: 'vaskemaskinen virker ikke' },
]
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0)

test('a model learnt in pieces, others between them, is the one learnt at once', () => {
  const many = Array.from({ length: 120 }, (_, at) => ({ label: at % 3, text: `${EXAMPLES[at % 5]?.text} ${at}` }))
  const [one, other] = [trainingModel(many, 3), trainingModel(EXAMPLES, 3)]
  let pieces = 0
  for (;;) {
    other.next()
    const { done, value } = one.next()
    if (done) {
      const whole = trainModel(many, 3)
      for (const text of ['skal jeg koge', 'huslejen 7', 'hej']) expect(value.probabilities(text)).toEqual(whole.probabilities(text))
      break
    }
    pieces += 1
  }
  expect(pieces).toBeGreaterThan(30)
})

describe('the model', () => {
  const model = trainModel(EXAMPLES, 3)

  test.each(EXAMPLES)('knows $text', ({ label, text }) => {
    const scores = model.probabilities(text)
    expect(scores).toHaveLength(3)
    expect(scores[label]).toBeGreaterThan(0.6)
  })

  test.each(['', 'xyzzy plugh', '1234567890', 'مرحبا'])('keeps most for none of them: %p', (text) => {
    const scores = model.probabilities(text)
    expect(Math.max(...scores)).toBeLessThan(0.35)
    expect(sum(scores)).toBeLessThan(0.9)
  })

  test('probabilities lie between 0 and 1 and sum to no more than 1', () => {
    for (const { text } of EXAMPLES) {
      const scores = model.probabilities(`${text} og noget mere`)
      expect([...scores].every((score) => score > 0 && score < 1)).toBe(true)
      expect(sum(scores)).toBeLessThanOrEqual(1)
    }
  })

  test('is the same bit for bit when it is trained again', () => {
    const again = trainModel(EXAMPLES, 3)
    for (const text of ['huslejen', 'vand', 'virker vaskemaskinen i dag']) {
      expect(again.probabilities(text)).toEqual(model.probabilities(text))
    }
  })

  test('of one example is no yes to everything', () => {
    const one = trainModel([{ label: 0, text: 'skal jeg koge vandet' }], 1)
    expect(one.probabilities('skal jeg koge vandet')[0]).toBeGreaterThan(0.5)
    expect(one.probabilities('min hund hedder fido')[0]).toBeLessThan(0.5)
    expect(one.probabilities('')[0]).toBeLessThan(0.5)
  })

  test('of no example has no answers', () => {
    expect(trainModel([], 0).probabilities('hej')).toHaveLength(0)
  })
})

describe('features', () => {
  test('are pieces of 1 to 4 letters with the edges of the word, the word, and pairs of words', () => {
    // " ab ": a and b, 3 of two, 2 of three, 1 of four; and the word.
    expect(sum(countFeatures('ab').values())).toBe(9)
    expect(sum(countFeatures('ab ab').values())).toBe(19)
    expect(countFeatures('ab ab').size).toBe(10)
  })

  test('of a text with a typing error are half the same', () => {
    const right = countFeatures('vaskemaskinen')
    const shared = [...countFeatures('vaskemaskien').keys()].filter((feature) => right.has(feature))
    expect(shared.length).toBeGreaterThan(right.size / 2)
  })

  test('of words in another order differ by the pairs alone', () => {
    const one = countFeatures('koge vand')
    const other = countFeatures('vand koge')
    expect([...other.keys()].filter((feature) => !one.has(feature))).toHaveLength(1)
  })
})

describe('vectors', () => {
  test('have length 1 where the text says as much as an example, less where it says little, and nothing where nothing', () => {
    const vectors = finish(learningVectors(EXAMPLES, 3))
    const length = (text: string) => Math.hypot(...vectors.of(text).weights)
    expect(length('jeg kan ikke betale huslejen')).toBeCloseTo(1)
    expect(length('jeg kan ikke betale huslejen skal jeg koge vandet')).toBeCloseTo(1)
    expect(length('vandet')).toBeLessThan(0.9)
    expect(length('vandet')).toBeGreaterThan(length('er'))
    expect(vectors.of('xyzzy').features).toHaveLength(0)
  })

  test('a word of one answer weighs more than a word of all, however many examples of the one have it', () => {
    const texts = [0, 1, 2].map((label) => ({ label, text: 'jeg' }))
    const vectors = finish(learningVectors([...texts, ...Array.from({ length: 9 }, () => ({ label: 0, text: 'vand' }))], 3))
    const [common, own] = [vectors.of('jeg vand').weights[0] ?? 0, vectors.of('jeg vand').weights.at(-2) ?? 0]
    expect(own).toBeGreaterThan(common)
  })
})

test('the dice fall the same way from the same seed, everywhere between, and shuffling keeps all', () => {
  const [one, other] = [seededDice(7), seededDice(7)]
  const falls = Array.from({ length: 600 }, () => one(6))
  expect(falls).toEqual(Array.from({ length: 600 }, () => other(6)))
  for (const side of [0, 1, 2, 3, 4, 5]) expect(falls.filter((fall) => fall === side).length).toBeGreaterThan(60)
  const items = Array.from({ length: 50 }, (_, at) => at)
  const mixed = [...items]
  shuffle(mixed, seededDice(1))
  expect(mixed).not.toEqual(items)
  expect(mixed.toSorted((a, b) => a - b)).toEqual(items)
})
