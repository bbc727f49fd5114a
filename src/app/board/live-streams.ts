/** Open streams of events: each reader's login is looked at again and again, and what reaches them is what they may see. */
import type { BoardChange } from '../../core/board-types.js'
import type { StaffDocument } from '../../store/staff-documents.js'
import type { AccountsDeps } from '../accounts/accounts-deps.js'
import type { SignedIn } from '../accounts/logins.js'
import type { Log, Time } from '../ports.js'
import type { Live } from './live.js'
import { isFor } from './live-notes.js'

/** All numbers are ours. Pages that one person has open at once: */
const OF_PERSON_MAX = 4
/** … and all together. */
const STREAMS_MAX = 500
/** A sign of life in milliseconds: often enough for proxies, which cut what is silent for 30 s or 60 s. */
const BEAT_MS = 15_000
/** Every second beat it is asked whether the login still holds. */
const CHECK_BEATS = 2

export interface StreamsDeps extends Pick<AccountsDeps, 'logins' | 'staff'> {
  readonly live: Live
  readonly time: Pick<Time, 'now' | 'sleep'>
  readonly log: Log
}

/** Where a stream goes. Nothing here throws or waits. */
export interface Outlet {
  change(change: BoardChange): void
  beat(): void
  end(): void
}

export interface Streams {
  /** Begins one; undefined: there are too many. What it gives back ends it. */
  open(signedIn: SignedIn, outlet: Outlet): (() => void) | undefined
}

export function createStreams(deps: StreamsDeps): Streams {
  const byPerson = new Map<string, number>()
  let all = 0
  const count = (person: string, by: 1 | -1) => {
    const left = (byPerson.get(person) ?? 0) + by
    all += by
    if (left === 0) byPerson.delete(person)
    else byPerson.set(person, left)
  }
  return {
    open(signedIn, outlet) {
      const { _id: person } = signedIn.staff
      if (all >= STREAMS_MAX || (byPerson.get(person) ?? 0) >= OF_PERSON_MAX) return undefined
      count(person, 1)
      return begin(deps, signedIn, { ...outlet, over: () => count(person, -1) })
    },
  }
}

function begin(deps: StreamsDeps, signedIn: SignedIn, outlet: Outlet & { readonly over: () => void }): () => void {
  const { staff, login } = signedIn
  const stop = new AbortController()
  const end = () => {
    if (stop.signal.aborted) return
    stop.abort()
    leave()
    outlet.over()
    outlet.end()
  }
  const check = async () => {
    if (!(await isStill(deps, signedIn))) end()
  }
  const inVain = (error: unknown) =>
    deps.log.warn('whether a reader of events is still signed in could not be asked; asked again', { error })
  // Said before: on a program that stops it ends at once.
  let leave = () => {}
  outlet.beat()
  const off = deps.live.listen({
    changed(noted) {
      if (isFor(noted, staff)) outlet.change(noted.change)
      if (noted.change.what === 'staff' && noted.change.id === staff._id) void check().catch(inVain)
    },
    left(logins) {
      if (logins.has(login._id)) end()
    },
    ended: end,
  })
  leave = off
  void keepAlive(deps, { beat: () => outlet.beat(), check: () => check().catch(inVain) }, stop.signal)
  return end
}

async function keepAlive(
  { time }: StreamsDeps,
  { beat, check }: { readonly beat: () => void; readonly check: () => Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  for (let beats = 1; ; beats += 1) {
    await time.sleep(BEAT_MS, signal)
    if (signal.aborted) return
    beat()
    if (beats % CHECK_BEATS === 0) await check()
  }
}

/** The same person with the same rights, by a login that holds. Being asked is no use of the login: it ends when nobody was there. Throws `StoreUnavailable`. */
async function isStill({ logins, staff, time }: StreamsDeps, before: SignedIn): Promise<boolean> {
  const login = await logins.get(before.login._id)
  if (login === undefined || login.until <= time.now()) return false
  const now = await staff.get(before.staff._id)
  return now?.state === 'active' && rightsOf(now) === rightsOf(before.staff)
}

function rightsOf({ roles, safeguarding }: StaffDocument): string {
  return JSON.stringify([roles, safeguarding])
}
