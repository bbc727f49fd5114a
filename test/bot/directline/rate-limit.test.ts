import { expect, test } from '@jest/globals'
import { createRateLimit } from '../../../src/bot/directline/rate-limit.js'

test('passes the limit at once, then one for each share of the window', () => {
  const limit = createRateLimit({ limit: 3, window: 60_000 })
  expect([limit('a', 0), limit('a', 0), limit('a', 0)]).toEqual([0, 0, 0])
  expect(limit('a', 0)).toBe(20_000)
  expect(limit('a', 19_999)).toBe(1)
  expect(limit('a', 20_000)).toBe(0)
  expect(limit('a', 20_000)).toBe(20_000)
})

test('keys do not share, and an idle key has its whole limit again', () => {
  const limit = createRateLimit({ limit: 1, window: 1000 })
  expect([limit('a', 0), limit('b', 0)]).toEqual([0, 0])
  expect(limit('a', 0)).toBeGreaterThan(0)
  expect(limit('a', 1000)).toBe(0)
})

test('memory is bounded: the key seen longest ago is forgotten', () => {
  const limit = createRateLimit({ limit: 1, window: 1000 }, 2)
  for (const key of ['a', 'b', 'c']) limit(key, 0)
  expect(limit('c', 0)).toBeGreaterThan(0)
  expect(limit('b', 0)).toBeGreaterThan(0)
  expect(limit('a', 0)).toBe(0)
})
