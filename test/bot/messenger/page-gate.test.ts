import { describe, expect, test } from '@jest/globals'
import { backoff } from '../../../src/bot/messenger/backoff.js'
import { type Admission, PageGate } from '../../../src/bot/messenger/page-gate.js'

const NOW = 1_795_392_000_000
const MINUTE = 60_000
const openGate = () => new PageGate({ random: () => 0.5, changed: () => undefined })
const ask = (user: string, page = 'p', backlog = false) => ({ page, user, backlog })

const LEARNT = { blocked: false, reason: 'circuit', rest: 2 * MINUTE } as const

/** Sends that were let through and had their answer at once. */
const admit = (gate: PageGate, order: ReturnType<typeof ask>, now: number) => {
  const admission = gate.admit(order, now)
  if (typeof admission === 'string') gate.ended(order.page, now)
  return admission
}
const reasonOf = (admission: Admission) => (typeof admission === 'string' ? admission : admission.reason)
const brief = (notBefore: number) => ({ reason: 'rate', notBefore, hold: 'brief' })

describe('rates', () => {
  test('a page sends 300 at once, and one more after a three-hundredth of a second', () => {
    const gate = openGate()
    const sent = Array.from({ length: 300 }, (_, user) => admit(gate, ask(String(user)), NOW))
    expect(sent.every((admission) => admission === 'go')).toBe(true)
    expect(admit(gate, ask('next'), NOW)).toEqual(brief(NOW + 4))
    expect(admit(gate, ask('next'), NOW + 4)).toBe('go')
    expect(admit(gate, ask('next', 'other'), NOW)).toBe('go')
  })

  test('what has waited leaves room for those who write now', () => {
    const gate = openGate()
    const waited = Array.from({ length: 300 }, (_, user) => admit(gate, ask(`old ${user}`, 'p', true), NOW))
    expect(waited.filter((admission) => admission === 'go')).toHaveLength(240)
    expect(waited.at(-1)).toEqual(brief(NOW + 4))
    const live = Array.from({ length: 60 }, (_, user) => admit(gate, ask(`new ${user}`), NOW))
    expect(live.every((admission) => admission === 'go')).toBe(true)
    expect(reasonOf(admit(gate, ask('one more'), NOW))).toBe('rate')
  })

  test('200 calls wait for Meta at once; the next goes when one of them has its answer', () => {
    const gate = openGate()
    for (let user = 0; user < 200; user++) expect(gate.admit(ask(String(user)), NOW)).toBe('go')
    expect(gate.admit(ask('next'), NOW)).toEqual(brief(NOW + 1))
    gate.ended('p', NOW)
    expect(gate.admit(ask('next'), NOW)).toBe('go')
  })

  test('of the calls that wait for Meta some are kept for those who write now', () => {
    const gate = openGate()
    for (let user = 0; user < 160; user++) expect(gate.admit(ask(`old ${user}`, 'p', true), NOW)).toBe('go')
    expect(gate.admit(ask('old', 'p', true), NOW)).toEqual(brief(NOW + 1))
    for (let user = 0; user < 40; user++) expect(gate.admit(ask(`new ${user}`), NOW)).toBe('go')
    expect(gate.admit(ask('new'), NOW)).toEqual(brief(NOW + 1))
  })

  test('calls that were under way when a pause began do not make it longer', () => {
    const gate = openGate()
    for (let call = 0; call < 200; call++) gate.silent('p', NOW)
    expect(gate.holds('p', 'u', NOW)).toMatchObject({ reason: 'outage', notBefore: NOW + 5000 })
    expect(gate.admit(ask('u'), NOW + 5000)).toBe('probe')
    gate.silent('p', NOW + 5000)
    expect(gate.holds('p', 'u', NOW + 5000)).toMatchObject({ notBefore: NOW + 15_000 })
    for (let call = 0; call < 200; call++) gate.rest('q', undefined, NOW)
    expect(gate.holds('q', 'u', NOW)).toMatchObject({ reason: 'circuit', notBefore: NOW + MINUTE })
    expect(gate.admit(ask('u', 'q'), NOW + MINUTE)).toBe('go')
    gate.rest('q', undefined, NOW + MINUTE)
    expect(gate.holds('q', 'u', NOW + MINUTE)).toMatchObject({ notBefore: NOW + 3 * MINUTE })
  })

  test('one thread has a small rate of its own', () => {
    const gate = openGate()
    const sent = Array.from({ length: 10 }, () => admit(gate, ask('u'), NOW))
    expect(sent.every((admission) => admission === 'go')).toBe(true)
    expect(admit(gate, ask('u'), NOW)).toEqual(brief(NOW + 500))
    expect(admit(gate, ask('v'), NOW)).toBe('go')
  })

  test('a page near its limit is slow for a minute', () => {
    const gate = openGate()
    gate.slow('p', NOW)
    const sent = Array.from({ length: 5 }, (_, user) => reasonOf(admit(gate, ask(String(user)), NOW)))
    expect(sent).toEqual(['go', 'go', 'go', 'rate', 'rate'])
    const later = Array.from({ length: 9 }, (_, user) => admit(gate, ask(String(user)), NOW + 61_000))
    expect(later.every((admission) => admission === 'go')).toBe(true)
  })

  test('a clock that goes back gives nothing away and breaks nothing', () => {
    const gate = openGate()
    admit(gate, ask('u'), NOW)
    expect(admit(gate, ask('u'), NOW - MINUTE)).toBe('go')
  })

  test('more people than are remembered take nothing from each other', () => {
    const gate = openGate()
    gate.rest('p', 'patient', NOW)
    for (let user = 0; user < 25_000; user++) admit(gate, ask(String(user)), NOW + user * 10)
    expect(admit(gate, ask('newest'), NOW + 250_000)).toBe('go')
  })
})

describe('stops', () => {
  test('a refused page waits 5 minutes; then one send probes and the others wait for it', () => {
    const gate = openGate()
    expect([gate.stop('p', NOW), gate.stop('p', NOW)]).toEqual([true, false])
    expect(admit(gate, ask('u'), NOW + 1)).toEqual({ reason: 'config', notBefore: NOW + 5 * MINUTE, hold: 'page' })
    const later = NOW + 5 * MINUTE
    expect(admit(gate, ask('u'), later)).toBe('go')
    expect(admit(gate, ask('v'), later)).toEqual({ reason: 'config', notBefore: later + 15_000, hold: 'page' })
    gate.passed('p', 'u', later)
    expect(admit(gate, ask('v'), later)).toBe('go')
  })

  test('a restricted page rests twice as long each time, an hour at most, and starts anew once a send passed', () => {
    const gate = openGate()
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
    expect(gate.holds('p', 'u', NOW)).toMatchObject({ reason: 'circuit', notBefore: NOW + MINUTE })
  })

  test('one person cools down alone', () => {
    const gate = openGate()
    gate.rest('p', 'u', NOW)
    expect(admit(gate, ask('u'), NOW)).toEqual({ reason: 'cool_down', notBefore: NOW + MINUTE, hold: 'message' })
    expect([admit(gate, ask('v'), NOW), gate.holdsPage('p', NOW)]).toEqual(['go', false])
  })

  test('a page that Meta blocked sends nothing until it is unblocked', () => {
    const gate = openGate()
    gate.block('p', true, NOW)
    expect(reasonOf(admit(gate, ask('u'), NOW))).toBe('policy')
    gate.passed('p', 'u', NOW)
    expect(reasonOf(admit(gate, ask('u'), NOW + 60 * MINUTE))).toBe('policy')
    gate.block('p', false, NOW)
    expect(admit(gate, ask('u'), NOW)).toBe('go')
  })

  test('five calls in a row without a sign of life open the breaker; a probe goes first, and an answer ends it', () => {
    const told: string[] = []
    const gate = new PageGate({ random: () => 0.5, changed: (_, state) => told.push(state) })
    expect(Array.from({ length: 4 }, () => gate.silent('p', NOW))).not.toContain(true)
    gate.alive('p', NOW)
    expect(Array.from({ length: 5 }, () => gate.silent('p', NOW))).toEqual([false, false, false, false, true])
    expect([gate.holdsPage('p', NOW), reasonOf(admit(gate, ask('u'), NOW + 4999))]).toEqual([true, 'outage'])
    expect(admit(gate, ask('u'), NOW + 5000)).toBe('probe')
    expect(reasonOf(admit(gate, ask('v'), NOW + 5000))).toBe('outage')
    gate.alive('p', NOW + 5001)
    expect(admit(gate, ask('v'), NOW + 5001)).toBe('go')
    expect(told).toEqual(['outage', 'closed'])
  })

  test('a page that stays silent is asked after 5, 10, 20, 40 and then every 60 seconds', () => {
    const gate = openGate()
    const rests: number[] = []
    for (let times = 0; times < 5; times++) gate.silent('p', NOW)
    for (let now = NOW, times = 0; times < 6; times++) {
      const until = gate.holds('p', 'u', now)?.notBefore ?? now
      rests.push((until - now) / 1000)
      now = until
      gate.silent('p', now)
    }
    expect(rests).toEqual([5, 10, 20, 40, 60, 60])
  })

  test('what another instance found holds here too, and what it knows to be over goes on', () => {
    const gate = openGate()
    gate.learn('p', LEARNT, NOW)
    expect(admit(gate, ask('u'), NOW)).toEqual({ reason: 'circuit', notBefore: NOW + 2 * MINUTE, hold: 'page' })
    expect(gate.breaker('p', NOW)).toBe('circuit')
    gate.learn('p', { blocked: true, reason: '', rest: 0 }, NOW)
    expect(reasonOf(admit(gate, ask('u'), NOW))).toBe('policy')
    expect(gate.breaker('p', NOW)).toBe('policy')
    gate.learn('p', { blocked: false, reason: '', rest: 0 }, NOW)
    expect(admit(gate, ask('u'), NOW)).toBe('go')
    expect(gate.breaker('p', NOW)).toBe('closed')
  })

  test('what another instance says of a page does not end an outage that was found here', () => {
    const gate = openGate()
    for (let times = 0; times < 5; times++) gate.silent('p', NOW)
    gate.learn('p', { blocked: false, reason: '', rest: 0 }, NOW)
    expect(reasonOf(admit(gate, ask('u'), NOW))).toBe('outage')
  })
})

test('pauses double, up to 5 minutes, spread by chance', () => {
  expect([1, 2, 3, 9, 10, 60, 2000].map((attempt) => backoff(attempt, 1))).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000, 300_000])
  expect([backoff(1, 0), backoff(1, 0.5), backoff(60, 0)]).toEqual([500, 750, 150_000])
})
