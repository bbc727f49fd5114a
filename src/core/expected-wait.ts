/** How long it takes until somebody comes, said honestly from what happened lately. */
import type { Instant } from './types.js'

const MINUTE_MS = 60_000
/** What happened longer ago says little about who is on duty now. */
const LATELY_MS = 14 * 24 * 60 * MINUTE_MS
/** Fewer than this is no experience. */
const LEAST = 5
const HALF = 0.5
const MOST = 0.8
/** Nobody can promise a minute. */
const ROUND_MINUTES = 5

/** A request like this one: the caller chooses by network, area, language or task. Open requests have neither of the ends. */
export interface PastRequest {
  readonly openedAt: Instant
  readonly acceptedAt?: Instant
  /** When it ended without anybody accepting. */
  readonly endedAt?: Instant
  /** Ended because nobody could: staff took over. Else the resident called it off, which says nothing of the rest of the wait. */
  readonly nobody?: boolean
}

/** Minutes, rounded up: half of the requests had somebody within `half`, four in five within `most` (absent when fewer had). */
export type ExpectedWait =
  | { readonly known: true; readonly half: number; readonly most?: number; readonly requests: number }
  | { readonly known: false }

/**
 * The share still waiting after each time is estimated as by Kaplan and Meier (1958), so that requests that were called off or still wait
 * do not make the wait look shorter; one that went to staff counts as never accepted. `history` in any order; the future is left out.
 */
export function expectedWait(history: readonly PastRequest[], now: Instant): ExpectedWait {
  const lately = history.filter(({ openedAt }) => openedAt <= now && now - openedAt <= LATELY_MS)
  const waits = lately.map((past) => waitOf(past, now)).toSorted((a, b) => a.minutes - b.minutes || Number(b.accepted) - Number(a.accepted))
  if (waits.filter(({ accepted, never }) => accepted || never).length < LEAST) return { known: false }
  const half = timeUntil(waits, HALF)
  if (half === undefined) return { known: false }
  const most = timeUntil(waits, MOST)
  return { known: true, half, ...(most === undefined ? {} : { most }), requests: waits.length }
}

interface Wait {
  readonly minutes: number
  readonly accepted: boolean
  readonly never: boolean
}

function waitOf({ openedAt, acceptedAt, endedAt, nobody }: PastRequest, now: Instant): Wait {
  if (acceptedAt !== undefined && acceptedAt <= now) return { minutes: (acceptedAt - openedAt) / MINUTE_MS, accepted: true, never: false }
  const never = nobody === true && endedAt !== undefined && endedAt <= now
  if (never) return { minutes: Number.POSITIVE_INFINITY, accepted: false, never }
  return { minutes: (Math.min(endedAt ?? now, now) - openedAt) / MINUTE_MS, accepted: false, never }
}

/** The first time at which at least this share had somebody; undefined when it never came to that. */
function timeUntil(waits: readonly Wait[], share: number): number | undefined {
  let waiting = 1
  for (const [at, { minutes, accepted }] of waits.entries()) {
    if (accepted) waiting *= 1 - 1 / (waits.length - at)
    // A hair of tolerance: four of five must not fail by a rounding of the last bit.
    if (accepted && 1 - waiting >= share - Number.EPSILON * waits.length)
      return Math.max(ROUND_MINUTES, Math.ceil(minutes / ROUND_MINUTES) * ROUND_MINUTES)
  }
  return undefined
}
