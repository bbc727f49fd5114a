/** What a device signs: random, for one purpose, for five minutes, once. Nothing is stored before it was answered rightly. */
import { timingSafeEqual } from 'node:crypto'
import type { AccountsDeps } from './accounts-deps.js'

/** Long enough to find a key and a finger (ours). */
const CHALLENGE_MS = 5 * 60_000
/** Random part, when it ends (base 36), keyed hash of both and of the purpose. */
const CHALLENGE = /^([\w-]{22})\.([\da-z]{1,12})\.([\w-]{43})$/

type ChallengeDeps = Pick<AccountsDeps, 'oneTimes' | 'keys' | 'ids' | 'time'>

/** `purpose`: `sign-in`, or `add:` and whose passkey is added. */
export function makeChallenge(deps: ChallengeDeps, purpose: string): string {
  const random = deps.ids.next()
  const until = (deps.time.now() + CHALLENGE_MS).toString(36)
  return `${random}.${until}.${signature(deps, purpose, `${random}.${until}`)}`
}

/** Whether it was made here for this and is not over; says nothing of whether it was answered before. */
export function isOurs(deps: ChallengeDeps, purpose: string, challenge: string): boolean {
  const [, random, until = '', signed = ''] = CHALLENGE.exec(challenge) ?? []
  if (random === undefined || Number.parseInt(until, 36) <= deps.time.now()) return false
  return timingSafeEqual(Buffer.from(signed), Buffer.from(signature(deps, purpose, `${random}.${until}`)))
}

/** True for the first who answers it. Throws `StoreUnavailable`. */
export async function answerOnce({ oneTimes, keys, time }: ChallengeDeps, challenge: string): Promise<boolean> {
  const _id = keys.mac('one-time', `answered:${challenge}`)
  const answered = { _id, version: 1, opens: { what: 'challenge' }, until: time.now() + CHALLENGE_MS, used: true } as const
  return (await oneTimes.insert(answered)) === 'ok'
}

function signature({ keys }: ChallengeDeps, purpose: string, text: string): string {
  return keys.mac('one-time', `challenge:${purpose}:${text}`)
}
