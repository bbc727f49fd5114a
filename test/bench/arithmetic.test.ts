import { describe, expect, test } from '@jest/globals'
import { arrivals, median, orderOfRound, percentile, ratios, rightAndInOrder, sequence, spreadOf } from '../../bench/arithmetic.js'

test.each([
  [[], Number.NaN],
  [[7], 7],
  [[9, 1, 5], 5],
  [[10, 2, 9, 100], 9.5],
  [[-1, -3], -2],
])('the median of %j is %d', (values, wanted) => {
  expect(median(values)).toBe(wanted)
})

test('a percentile is a value that was measured, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)
  expect([0, 1, 50, 99, 100].map((share) => percentile(hundred, share))).toEqual([1, 1, 50, 99, 100])
  expect(percentile([3, 1, 2], 50)).toBe(2)
  expect(percentile([], 50)).toBeNaN()
})

test('measuring sorts numbers as numbers and leaves them where they are', () => {
  const values = [10, 9, 100]
  expect(spreadOf(values)).toEqual({ median: 10, min: 9, max: 100 })
  expect(values).toEqual([10, 9, 100])
})

describe('ratios', () => {
  test('are taken round by round: a slow round slows both and falls out', () => {
    expect(ratios([2, 20, 2], [1, 10, 1])).toEqual({ median: 2, min: 2, max: 2 })
    // The ratio of medians would be 3 / 2 = 1.5.
    expect(ratios([1, 3, 8], [1, 2, 8])).toEqual({ median: 1, min: 1, max: 1.5 })
  })

  test('need the same rounds', () => {
    expect(() => ratios([1, 2], [1])).toThrow(RangeError)
    expect(() => ratios([], [])).toThrow(RangeError)
  })
})

test('the order of contenders is reversed every other round', () => {
  expect([0, 1, 2].map((round) => orderOfRound(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'cba', 'abc'])
})

test.each([
  [['a', 'b', 'c'], true],
  [['a', 'c', 'b'], false],
  [['a', 'b'], false],
  [['a', 'b', 'c', 'c'], false],
  [['a', 'a', 'c'], false],
  [[], false],
])('answers %j to a, b, c are right and in order: %s', (got, right) => {
  expect(rightAndInOrder(['a', 'b', 'c'], got)).toBe(right)
})

test('messages come by chance at the rate that was asked for, the same in every run', () => {
  const times = arrivals(20_000, 150, sequence(1))
  expect(times).toEqual(arrivals(20_000, 150, sequence(1)))
  expect(times).not.toEqual(arrivals(20_000, 150, sequence(2)))
  expect(times.every((at, index) => at >= (times[index - 1] ?? 0))).toBe(true)
  const perSecond = 20_000 / ((times.at(-1) ?? 0) / 1000)
  expect(Math.abs(perSecond - 150)).toBeLessThan(5)
  // By chance: half of the gaps are shorter than ln 2 of the mean.
  const gaps = times.map((at, index) => at - (times[index - 1] ?? 0))
  expect(median(gaps) / (1000 / 150)).toBeCloseTo(Math.LN2, 1)
})
