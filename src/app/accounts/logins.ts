/** Browsers that are signed in. What the cookie holds is kept as a keyed hash only, so that nobody signs in with what the store has. */
import { areasOf } from '../../core/staff-types.js'
import type { LoginDocument, StaffDocument } from '../../store/staff-documents.js'
import type { AccountsDeps } from './accounts-deps.js'
import { note } from './audit.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** All three are ours. A working day with its evening, after which nobody was there: */
const IDLE_MS = 12 * HOUR_MS
/** … and a week in any case. */
export const LOGIN_MS = 7 * 24 * HOUR_MS
/** How often it is written down that somebody is there. */
const SEEN_MS = 5 * MINUTE_MS
/** Two ids of 128 random bits each, base64url. */
const TOKEN = /^[\w-]{44}$/
const SLICE = 100

type LoginsDeps = Pick<AccountsDeps, 'logins' | 'staff' | 'audit' | 'keys' | 'ids' | 'time'>

/** Who a request is from, and by which login. */
export interface SignedIn {
  readonly staff: StaffDocument
  readonly login: LoginDocument
}

/** Signs a browser in; resolves with what its cookie is to hold. Throws `StoreUnavailable`. */
export async function openLogin(deps: LoginsDeps, staff: StaffDocument, how: 'link' | 'passkey'): Promise<string> {
  const token = `${deps.ids.next()}${deps.ids.next()}`
  const now = deps.time.now()
  await note(deps, { who: staff._id, what: `signed-in-${how}`, about: staff._id }, areasOf(staff.roles))
  await deps.logins.insert({ _id: hashOf(deps, token), version: 1, staff: staff._id, createdAt: now, seenAt: now, until: now + IDLE_MS })
  return token
}

/**
 * Who holds this token now; undefined when nobody does any more. Roles are read anew each time. `used`: somebody did something; what a page
 * asks by itself keeps no login alive. Throws `StoreUnavailable`.
 */
export async function whoIs(deps: LoginsDeps, token: string, used: boolean): Promise<SignedIn | undefined> {
  const login = TOKEN.test(token) ? await deps.logins.get(hashOf(deps, token)) : undefined
  const now = deps.time.now()
  if (login === undefined || login.until <= now) return undefined
  const staff = await deps.staff.get(login.staff)
  if (staff?.state !== 'active') return undefined
  // Two requests at once: one of them writes it.
  if (used && login.seenAt + SEEN_MS <= now) {
    await deps.logins.replace({ ...login, seenAt: now, until: Math.min(login.createdAt + LOGIN_MS, now + IDLE_MS) })
  }
  return { staff, login }
}

/** Ends this one. Throws `StoreUnavailable`. */
export async function endLogin(deps: LoginsDeps, { staff, login }: SignedIn): Promise<void> {
  await note(deps, { who: staff._id, what: 'signed-out', about: staff._id }, areasOf(staff.roles))
  await deps.logins.remove({ _id: login._id }, 1)
}

/** Ends all of somebody's, on every device, and counts them. Throws `StoreUnavailable`. */
export async function endLoginsOf({ logins }: Pick<LoginsDeps, 'logins'>, staff: string): Promise<number> {
  for (let ended = 0; ; ) {
    const removed = await logins.remove({ staff }, SLICE)
    ended += removed
    if (removed < SLICE) return ended
  }
}

function hashOf({ keys }: LoginsDeps, token: string): string {
  return keys.mac('login', token)
}
