import { describe, expect, test } from '@jest/globals'
import { spreadOf } from '../../bench/arithmetic.js'
import {
  describeMiss,
  MEASURES,
  type MeasureId,
  markdownTable,
  missedGates,
  missedTargets,
  plainTable,
  type Result,
  rowsOf,
} from '../../bench/measures.js'

const good: Record<MeasureId, number> = {
  express: 1,
  raw: 2.6,
  order: 100,
  twice: 100,
  latency: 3,
  growth: 1.1,
  callOut: 1.2,
  memoryAtStart: 110,
  memorySaturated: 220,
  opening: 0.2,
}
function results(change: Partial<Record<MeasureId, number>> = {}): Result[] {
  return Object.entries({ ...good, ...change }).map(([id, value]) => ({ id: id as MeasureId, ...spreadOf([value]) }))
}

test('what reaches every target misses nothing', () => {
  expect(missedGates(results())).toEqual([])
  expect(missedTargets(results())).toEqual([])
})

describe('a missed gate is named', () => {
  test.each([
    ['express', 2.01],
    ['raw', 5.6],
    ['order', 99.9],
    ['twice', 0],
    ['latency', 10.5],
    ['growth', 1.51],
    ['callOut', 1.61],
    ['express', Number.NaN],
    ['order', Number.NaN],
  ] as const)('%s at %d', (id, value) => {
    const missed = missedGates(results({ [id]: value }))
    expect(missed.map((result) => result.id)).toEqual([id])
    expect(missed.map(describeMiss).join()).toContain(MEASURES[id].name)
  })

  test.each([
    ['express', 2],
    ['raw', 5.5],
    ['latency', 10],
    ['growth', 1.5],
    ['latency', -3],
  ] as const)('%s at %d is still good', (id, value) => {
    expect(missedGates(results({ [id]: value }))).toEqual([])
  })
})

test('what is only reported never fails, and its target is told', () => {
  const heavy = results({ memoryAtStart: 900, memorySaturated: 900, opening: 60 })
  expect(missedGates(heavy)).toEqual([])
  expect(missedTargets(heavy).map(({ id }) => id)).toEqual(['memoryAtStart', 'memorySaturated', 'opening'])
})

test('the middle of the rounds is judged, and the spread shown', () => {
  const result: Result = { id: 'express', ...spreadOf([0.9, 1.2, 7]), note: 'noisy' }
  expect(missedGates([result])).toEqual([])
  expect(rowsOf([result])).toEqual([['CPU per message against Express', '1.20 ×', '0.90–7.00', '≤ 2 ×', '≤ 1 ×', 'noisy']])
})

test('tables are aligned for a terminal and well formed for a README', () => {
  const rows = [
    ['a', '1'],
    ['longer', '22'],
  ]
  expect(plainTable(rows, ['name', 'n'])).toBe('name    n\na       1\nlonger  22')
  expect(markdownTable(rows, ['name', 'n'])).toBe('| name | n |\n|---|---|\n| a | 1 |\n| longer | 22 |')
})
