import { setTimeout as wait } from 'node:timers/promises'
import type { Time } from './app/ports.js'
import type { Instant } from './core/types.js'

/** The machine's time; in a drill facts are judged by `drillAt` all along. */
export function systemTime(drillAt: Instant | undefined): Time {
  const now = () => Date.now()
  return {
    now,
    contentNow: () => drillAt ?? now(),
    drill: drillAt !== undefined,
    monotonic: () => performance.now(),
    sleep: (ms, signal) =>
      wait(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }).catch((error: unknown) => {
        if (!signal?.aborted) throw error
      }),
  }
}
