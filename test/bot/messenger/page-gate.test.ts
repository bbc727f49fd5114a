import { describe, expect, test } from '@jest/globals'
import { backoff } from '../../../src/bot/messenger/backoff.js'
import { PageGate } from '../../../src/bot/messenger/page-gate.js'

const NOW = 1_795_392_000_000
const MINUTE = 60_000

describe('rates', () => {
  test('a page sends 300 at once, and one more after a three-hundredth of a second', () => {
    const gate = new PageGate()
    const sent = Array.from({ length: 300 }, (_, user) => gate.admit('p', String(user), NOW))
    expect(sent.every((hold) => hold === undefined)).toBe(true)
    expect(gate.admit('p', 'next', NOW)).toEqual({ reason: 'rate', notBefore: NOW + 4 })
    expect(gate.admit('p', 'next', NOW + 4)).toBeUndefined()
    expect(gate.admit('other', 'next', NOW)).toBeUndefined()
  })

  test('one thread has a small rate of its own', () => {
    const gate = new PageGate()
    const sent = Array.from({ length: 10 }, () => gate.admit('p', 'u', NOW))
    expect(sent.every((hold) => hold === undefined)).toBe(true)
    expect(gate.admit('p', 'u', NOW)).toEqual({ reason: 'rate', notBefore: NOW + 500 })
    expect(gate.admit('p', 'v', NOW)).toBeUndefined()
  })

  test('a page near its limit is slow for a minute', () => {
    const gate = new PageGate()
    gate.slow('p', NOW)
    const sent = Array.from({ length: 5 }, (_, user) => gate.admit('p', String(user), NOW)?.reason)
    expect(sent).toEqual([undefined, undefined, undefined, 'rate', 'rate'])
    expect(Array.from({ length: 9 }, (_, user) => gate.admit('p', String(user), NOW + 61_000))).not.toContainEqual(expect.anything())
  })

  test('a clock that goes back gives nothing away and breaks nothing', () => {
    const gate = new PageGate()
    gate.admit('p', 'u', NOW)
    expect(gate.admit('p', 'u', NOW - MINUTE)).toBeUndefined()
  })
})

describe('stops', () => {
  test('a refused page waits 5 minutes; then one send probes and the others wait for it', () => {
    const gate = new PageGate()
    expect([gate.stop('p', NOW), gate.stop('p', NOW)]).toEqual([true, false])
    expect(gate.admit('p', 'u', NOW + 1)).toEqual({ reason: 'config', notBefore: NOW + 5 * MINUTE })
    const later = NOW + 5 * MINUTE
    expect(gate.admit('p', 'u', later)).toBeUndefined()
    expect(gate.admit('p', 'v', later)).toEqual({ reason: 'config', notBefore: later + 15_000 })
    gate.passed('p', 'u', later)
    expect(gate.admit('p', 'v', later)).toBeUndefined()
  })

  test('a restricted page rests twice as long each time, an hour at most, and starts anew once a send passed', () => {
    const gate = new PageGate()
    const rests: number[] = []
    for (let now = NOW, times = 0; times < 8; times++) {
      gate.rest('p', undefined, now)
      const until = gate.holds('p', 'u', now)?.notBefore ?? now
      rests.push((until - now) / MINUTE)
      now = until
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    gate.passed('p', 'u', NOW)
    gate.rest('p', undefined, NOW)
    expect(gate.holds('p', 'u', NOW)).toEqual({ reason: 'circuit', notBefore: NOW + MINUTE })
  })

  test('one person cools down alone', () => {
    const gate = new PageGate()
    gate.rest('p', 'u', NOW)
    expect(gate.admit('p', 'u', NOW)).toEqual({ reason: 'cool_down', notBefore: NOW + MINUTE })
    expect(gate.admit('p', 'v', NOW)).toBeUndefined()
  })

  test('a page that Meta blocked sends nothing until it is unblocked', () => {
    const gate = new PageGate()
    gate.block('p', true, NOW)
    expect(gate.admit('p', 'u', NOW)?.reason).toBe('policy')
    gate.passed('p', 'u', NOW)
    expect(gate.admit('p', 'u', NOW + 60 * MINUTE)?.reason).toBe('policy')
    gate.block('p', false, NOW)
    expect(gate.admit('p', 'u', NOW)).toBeUndefined()
  })
})

test('pauses double, up to 5 minutes, spread by chance', () => {
  expect([1, 2, 3, 9, 10, 60, 2000].map((attempt) => backoff(attempt, 1))).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000, 300_000])
  expect([backoff(1, 0), backoff(1, 0.5), backoff(60, 0)]).toEqual([500, 750, 150_000])
})
