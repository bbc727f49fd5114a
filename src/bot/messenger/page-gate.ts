/** Whether a page may send to a person now: its stops, its rate, and each thread's rate. In memory; a restart asks Meta again. */
import type { Instant } from '../../core/types.js'

/** Meta's rate for text: 300 a second and page (Rate limiting, 23 Mar 2026). */
const PAGE_RATE = { burst: 300, perSecond: 300 }
/** While Meta's usage headers say that the limit is near (ours). */
const SLOW_RATE = { burst: 3, perSecond: 3 }
const SLOW_MS = 60_000
/** Meta has a limit per thread and does not say which; ours is above any reader's pace. */
const THREAD_RATE = { burst: 10, perSecond: 2 }
/** A page that Meta refuses is asked again after 5 minutes; a probe that is still out holds the others. */
const PROBE_MS = 300_000
const PROBE_OUT_MS = 15_000
/** A page that Meta restricted rests this long, then twice that, up to an hour. So does one person at `cool_down`. */
const REST_MS = 60_000
const REST_MAX_MS = 3_600_000
/** Threads remembered before idle ones are forgotten. */
const THREADS_MAX = 10_000

export interface Hold {
  readonly reason: string
  readonly notBefore: Instant
}

interface Rate {
  readonly burst: number
  readonly perSecond: number
}
interface Bucket {
  tokens: number
  at: Instant
}
interface Stop {
  readonly reason: string
  until: Instant
  readonly rest: number
}
interface PageState {
  readonly bucket: Bucket
  stop?: Stop | undefined
  blocked: boolean
  slowUntil: Instant
}
interface ThreadState {
  readonly bucket: Bucket
  stop?: Stop | undefined
}

export class PageGate {
  readonly #pages = new Map<string, PageState>()
  readonly #threads = new Map<string, ThreadState>()

  /** Takes one send, or says why and until when it must wait. The first after a stop is let through to probe. */
  admit(page: string, user: string, now: Instant): Hold | undefined {
    const state = this.#page(page, now)
    const thread = this.#thread(page, user, now)
    const held = this.holds(page, user, now)
    if (held !== undefined) return held
    const wait = take(state.bucket, now < state.slowUntil ? SLOW_RATE : PAGE_RATE, now) || take(thread.bucket, THREAD_RATE, now)
    if (wait > 0) return { reason: 'rate', notBefore: now + wait }
    for (const stopped of [state, thread]) {
      if (stopped.stop !== undefined) stopped.stop.until = now + PROBE_OUT_MS
    }
    return undefined
  }

  /** The stop that holds this page or person, without taking a send. */
  holds(page: string, user: string, now: Instant): Hold | undefined {
    const state = this.#page(page, now)
    if (state.blocked) return { reason: 'policy', notBefore: now + PROBE_MS }
    const stop = [state.stop, this.#thread(page, user, now).stop].find((each) => each !== undefined && now < each.until)
    return stop === undefined ? undefined : { reason: stop.reason, notBefore: stop.until }
  }

  /** Stops a page that is refused for its settings. True when it was not stopped before. */
  stop(page: string, now: Instant): boolean {
    const state = this.#page(page, now)
    const first = state.stop?.reason !== 'config'
    state.stop = { reason: 'config', until: now + PROBE_MS, rest: 0 }
    return first
  }

  /** Opens the breaker of a page, or of one person on it: each time for twice as long. True when it was closed before. */
  rest(page: string, user: string | undefined, now: Instant): boolean {
    const state = user === undefined ? this.#page(page, now) : this.#thread(page, user, now)
    const reason = user === undefined ? 'circuit' : 'cool_down'
    const before = state.stop?.reason === reason ? state.stop.rest : 0
    const rest = Math.min(before * 2 || REST_MS, REST_MAX_MS)
    state.stop = { reason, until: now + rest, rest }
    return before === 0
  }

  /** A send went through: nothing holds this page or person. */
  passed(page: string, user: string, now: Instant): void {
    this.#page(page, now).stop = undefined
    this.#thread(page, user, now).stop = undefined
  }

  slow(page: string, now: Instant): void {
    this.#page(page, now).slowUntil = now + SLOW_MS
  }

  /** Meta's policy stops the page until Meta says otherwise. */
  block(page: string, blocked: boolean, now: Instant): void {
    this.#page(page, now).blocked = blocked
  }

  #page(page: string, now: Instant): PageState {
    const state = this.#pages.get(page) ?? { bucket: { tokens: PAGE_RATE.burst, at: now }, blocked: false, slowUntil: 0 }
    this.#pages.set(page, state)
    return state
  }

  #thread(page: string, user: string, now: Instant): ThreadState {
    const key = `${page}:${user}`
    const state = this.#threads.get(key) ?? { bucket: { tokens: THREAD_RATE.burst, at: now } }
    if (this.#threads.size >= THREADS_MAX && !this.#threads.has(key)) this.#forgetIdle(now)
    this.#threads.set(key, state)
    return state
  }

  #forgetIdle(now: Instant): void {
    const idle = (THREAD_RATE.burst / THREAD_RATE.perSecond) * 1000
    for (const [key, { bucket, stop }] of this.#threads) {
      if (now - bucket.at > idle && (stop === undefined || now - stop.until > stop.rest)) this.#threads.delete(key)
    }
  }
}

/** Takes a token; else the milliseconds until there is one. */
function take(bucket: Bucket, { burst, perSecond }: Rate, now: Instant): number {
  bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1000)
  bucket.at = now
  if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * 1000) / perSecond)
  bucket.tokens -= 1
  return 0
}
