/** Time that stands still until a test moves it; sleepers wake when their time has come or they are aborted. */
import type { Time } from '../src/app/ports.js'

export interface ManualTime extends Time {
  advance(ms: number): void
  /** How many sleep now. */
  sleepers(): number
}

export function manualTime(start: number, drillAt?: number): ManualTime {
  let now = start
  const asleep = new Set<{ until: number; wake: () => void }>()
  return {
    now: () => now,
    contentNow: () => drillAt ?? now,
    drill: drillAt !== undefined,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const entry = { until: now + ms, wake: () => void (asleep.delete(entry) && resolve()) }
        asleep.add(entry)
        if (signal?.aborted) entry.wake()
        signal?.addEventListener('abort', entry.wake)
      }),
    advance(ms) {
      now += ms
      for (const entry of [...asleep]) if (entry.until <= now) entry.wake()
    },
    sleepers: () => asleep.size,
  }
}
