/** A rate limit with bounded memory: one number a key (the generic cell rate algorithm, ITU-T I.371). */
import type { Instant } from '../../core/types.js'

export interface Rate {
  /** How many at once, and how many in each window. */
  readonly limit: number
  /** Milliseconds. */
  readonly window: number
}

/** Counts one and answers 0 when it may pass; otherwise the milliseconds until the next may, and nothing is counted. */
export type RateLimit = (key: string, now: Instant) => number

/** Keys remembered by one limit; beyond it the one seen longest ago is forgotten (100,000 keys are about 10 MB). */
const KEYS_MAX = 100_000

export function createRateLimit({ limit, window }: Rate, keysMax: number = KEYS_MAX): RateLimit {
  const each = window / limit
  const due = new Map<string, Instant>()
  return (key, now) => {
    const earliest = Math.max(now, due.get(key) ?? now)
    const wait = earliest - now - (window - each)
    if (wait > 0) return wait
    due.delete(key)
    due.set(key, earliest + each)
    if (due.size > keysMax) forgetOldest(due)
    return 0
  }
}

function forgetOldest(due: Map<string, Instant>): void {
  const oldest = due.keys().next()
  if (!oldest.done) due.delete(oldest.value)
}
