/** Whether a page may send to a person now: its stops, its rate, and each thread's rate. In memory; what must be known elsewhere is told. */
import type { PageStop } from '../../app/page-stops.js'
import type { Instant } from '../../core/types.js'

/** Meta's rate for text: 300 a second and page (Rate limiting, 23 Mar 2026). */
const PAGE_RATE = { burst: 300, perSecond: 300 }
/** Of the page's sends at hand, and of its calls under way, these are kept for people who write now, when others have waited (ours). */
const LIVE_RESERVE = 60
/** While Meta's usage headers say that the limit is near (ours). */
const SLOW_RATE = { burst: 3, perSecond: 3 }
const SLOW_MS = 60_000
/** Meta has a limit per thread and does not say which; ours is above any reader's pace. */
const THREAD_RATE = { burst: 10, perSecond: 2 }
/** Calls of a page that wait for Meta's answer at once: when Meta is slow, more would only wait longer (ours). */
const UNDER_WAY_MAX = 200
/** Of these, kept for people who write now, so that those who waited cannot take all while Meta is slow (ours). */
const LIVE_UNDER_WAY = 40
/** Threads remembered before idle ones are forgotten. */
const THREADS_MAX = 10_000

/** A page that Meta refuses is asked again after 5 minutes; a probe that is still out holds the others. */
const PROBE_MS = 300_000
const PROBE_OUT_MS = 15_000
/** A page that Meta restricted rests this long, then twice that, up to an hour. So does one person at `cool_down`. */
const REST_MS = 60_000
const REST_MAX_MS = 3_600_000
/** Calls in a row without a sign of life that open the breaker; then a pause, doubled each time up to a minute, so that all goes on soon. */
const OUTAGE_FAILURES = 5
const OUTAGE_REST_MS = 5000
const OUTAGE_REST_MAX_MS = 60_000

export interface Hold {
  readonly reason: string
  readonly notBefore: Instant
  readonly hold: 'message' | 'page' | 'brief'
}

/** `probe`: the page was silent; something harmless goes first. */
export type Admission = 'go' | 'probe' | Hold

export interface Ask {
  readonly page: string
  readonly user: string
  /** The message has waited: it leaves room for those who write now. */
  readonly backlog: boolean
}

type StopReason = 'config' | 'circuit' | 'outage' | 'cool_down'
export type BreakerState = 'closed' | 'circuit' | 'outage' | 'config' | 'policy'

interface Rate {
  readonly burst: number
  readonly perSecond: number
}
interface Bucket {
  tokens: number
  at: Instant
}
interface Stop {
  readonly reason: StopReason
  until: Instant
  readonly rest: number
  /** Somebody was let through to see whether it is over. */
  probing: boolean
}
interface PageState {
  readonly bucket: Bucket
  stop?: Stop | undefined
  blocked: boolean
  slowUntil: Instant
  underWay: number
  /** Calls in a row without a sign of life. */
  failures: number
}
interface ThreadState {
  readonly bucket: Bucket
  stop?: Stop | undefined
}

export interface GateDeps {
  /** 0–1, spreads pauses so that instances do not come back together. */
  readonly random: () => number
  /** A page stopped or goes on, as found here: for other instances, and for whoever watches. */
  readonly changed: (page: string, state: BreakerState, stop: PageStop) => void
}

export class PageGate {
  readonly #deps: GateDeps
  readonly #pages = new Map<string, PageState>()
  readonly #threads = new Map<string, ThreadState>()

  constructor(deps: GateDeps) {
    this.#deps = deps
  }

  /** Takes one send, or says why and until when it must wait. The first after a stop is let through to probe; call {@link ended} after it. */
  admit({ page, user, backlog }: Ask, now: Instant): Admission {
    const state = this.#page(page, now)
    const thread = this.#thread(page, user, now)
    const held = this.holds(page, user, now)
    if (held !== undefined) return held
    if (state.underWay >= UNDER_WAY_MAX - (backlog ? LIVE_UNDER_WAY : 0)) return { reason: 'rate', notBefore: now + 1, hold: 'brief' }
    const rate = now < state.slowUntil ? SLOW_RATE : PAGE_RATE
    const reserve = backlog && rate === PAGE_RATE ? LIVE_RESERVE : 0
    const wait = take(state.bucket, rate, now, reserve) || take(thread.bucket, THREAD_RATE, now)
    if (wait > 0) return { reason: 'rate', notBefore: now + wait, hold: 'brief' }
    for (const stopped of [state, thread]) {
      if (stopped.stop !== undefined) Object.assign(stopped.stop, { until: now + PROBE_OUT_MS, probing: true })
    }
    state.underWay++
    return state.stop?.reason === 'outage' ? 'probe' : 'go'
  }

  /** A call that was let through has its answer, or none. */
  ended(page: string, now: Instant): void {
    const state = this.#page(page, now)
    state.underWay = Math.max(0, state.underWay - 1)
  }

  /** The stop that holds this page or person, without taking a send. */
  holds(page: string, user: string, now: Instant): Hold | undefined {
    const state = this.#page(page, now)
    if (state.blocked) return { reason: 'policy', notBefore: now + PROBE_MS, hold: 'page' }
    if (state.stop !== undefined && now < state.stop.until) return { reason: state.stop.reason, notBefore: state.stop.until, hold: 'page' }
    const { stop } = this.#thread(page, user, now)
    return stop === undefined || now >= stop.until ? undefined : { reason: stop.reason, notBefore: stop.until, hold: 'message' }
  }

  /** True while the whole page is held. */
  holdsPage(page: string, now: Instant): boolean {
    const { blocked, stop } = this.#page(page, now)
    return blocked || (stop !== undefined && now < stop.until)
  }

  /** Whether a page is stopped, and why, for whoever watches. */
  breaker(page: string, now: Instant): BreakerState {
    return breakerOf(this.#page(page, now))
  }

  /** Stops a page that is refused for its settings. True when it was not stopped before. */
  stop(page: string, now: Instant): boolean {
    const state = this.#page(page, now)
    const first = state.stop?.reason !== 'config'
    state.stop = { reason: 'config', until: now + PROBE_MS, rest: 0, probing: false }
    if (first) this.#tell(page, state)
    return first
  }

  /** Opens the breaker of a page, or of one person on it: each time for twice as long. True when it was closed before. */
  rest(page: string, user: string | undefined, now: Instant): boolean {
    const state = user === undefined ? this.#page(page, now) : this.#thread(page, user, now)
    const reason = user === undefined ? 'circuit' : 'cool_down'
    if (isResting(state.stop, reason, now)) return false
    const before = state.stop?.reason === reason ? state.stop.rest : 0
    const rest = Math.min(before * 2 || REST_MS, REST_MAX_MS)
    state.stop = { reason, until: now + rest, rest, probing: false }
    if (user === undefined) this.#tell(page, this.#page(page, now))
    return before === 0
  }

  /** A call got no sign of life from Meta. True when that opens the breaker. */
  silent(page: string, now: Instant): boolean {
    const state = this.#page(page, now)
    state.failures++
    if (state.failures < OUTAGE_FAILURES || (state.stop !== undefined && state.stop.reason !== 'outage')) return false
    if (isResting(state.stop, 'outage', now)) return false
    const before = state.stop?.rest ?? 0
    const rest = Math.min(before * 2 || OUTAGE_REST_MS, OUTAGE_REST_MAX_MS)
    state.stop = { reason: 'outage', until: now + Math.round(rest * (0.75 + this.#deps.random() / 2)), rest, probing: false }
    if (before === 0) this.#tell(page, state)
    return before === 0
  }

  /** Meta answered, if only with a refusal: an outage is over. */
  alive(page: string, now: Instant): void {
    const state = this.#page(page, now)
    state.failures = 0
    if (state.stop?.reason !== 'outage') return
    state.stop = undefined
    this.#tell(page, state)
  }

  /** A send went through: nothing holds this page or person. */
  passed(page: string, user: string, now: Instant): void {
    const state = this.#page(page, now)
    const stopped = state.stop !== undefined
    state.failures = 0
    state.stop = undefined
    this.#thread(page, user, now).stop = undefined
    if (stopped) this.#tell(page, state)
  }

  slow(page: string, now: Instant): void {
    this.#page(page, now).slowUntil = now + SLOW_MS
  }

  /** Meta's policy stops the page until Meta says otherwise. */
  block(page: string, blocked: boolean, now: Instant): void {
    const state = this.#page(page, now)
    if (state.blocked === blocked) return
    state.blocked = blocked
    this.#tell(page, state)
  }

  /** Another instance, or an earlier life, found this. */
  learn(page: string, { blocked, reason, rest }: PageStop, now: Instant): void {
    const state = this.#page(page, now)
    state.blocked = blocked
    // Whether Meta answers is found by each instance for itself.
    if (reason !== '') state.stop = { reason, until: now + rest, rest: reason === 'config' ? 0 : rest, probing: false }
    else if (state.stop?.reason !== 'outage') state.stop = undefined
  }

  #tell(page: string, state: PageState): void {
    const { blocked, stop } = state
    const shared = stop?.reason === 'config' || stop?.reason === 'circuit' ? stop.reason : ''
    this.#deps.changed(page, breakerOf(state), {
      blocked,
      reason: shared,
      rest: shared === 'config' ? PROBE_MS : shared === '' ? 0 : (stop?.rest ?? 0),
    })
  }

  #page(page: string, now: Instant): PageState {
    const known = this.#pages.get(page)
    if (known !== undefined) return known
    const made: PageState = { bucket: { tokens: PAGE_RATE.burst, at: now }, blocked: false, slowUntil: 0, underWay: 0, failures: 0 }
    this.#pages.set(page, made)
    return made
  }

  #thread(page: string, user: string, now: Instant): ThreadState {
    const key = `${page}:${user}`
    const known = this.#threads.get(key)
    if (known !== undefined) return known
    if (this.#threads.size >= THREADS_MAX) this.#forgetIdle(now)
    const made: ThreadState = { bucket: { tokens: THREAD_RATE.burst, at: now } }
    this.#threads.set(key, made)
    return made
  }

  #forgetIdle(now: Instant): void {
    const idle = (THREAD_RATE.burst / THREAD_RATE.perSecond) * 1000
    for (const [key, { bucket, stop }] of this.#threads) {
      if (now - bucket.at > idle && (stop === undefined || now - stop.until > stop.rest)) this.#threads.delete(key)
    }
    // All are busy: the oldest tenth goes, so that the next thousand do not look through all again.
    const excess = this.#threads.size - THREADS_MAX * 0.9
    for (const key of [...this.#threads.keys()].slice(0, Math.max(0, excess))) this.#threads.delete(key)
  }
}

/** The call was under way when the pause began: it says nothing about whether the pause was long enough. */
function isResting(stop: Stop | undefined, reason: StopReason, now: Instant): boolean {
  return stop?.reason === reason && !stop.probing && now < stop.until
}

/** Takes a token and leaves `reserve`; else the milliseconds until there is one. */
function take(bucket: Bucket, { burst, perSecond }: Rate, now: Instant, reserve = 0): number {
  bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1000)
  bucket.at = now
  const needed = 1 + reserve
  if (bucket.tokens < needed) return Math.ceil(((needed - bucket.tokens) * 1000) / perSecond)
  bucket.tokens -= 1
  return 0
}

function breakerOf({ blocked, stop }: PageState): BreakerState {
  if (blocked) return 'policy'
  return stop === undefined || stop.reason === 'cool_down' ? 'closed' : stop.reason
}
