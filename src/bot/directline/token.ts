/**
 * Direct Line tokens: `<conversation>.<expiry>.<signature>`, where expiry is in seconds since 1970, base 36. Nothing is stored:
 * every instance with the same keys reads what another made.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Keys } from '../../app/ports.js'
import type { Instant } from '../../core/types.js'

/** Direct Line 3.0 tokens live 30 minutes; its clients renew theirs after 15. */
export const TOKEN_SECONDS = 1800
/** Far above what a token of ours measures (about 75 characters). */
const TOKEN_MAX = 300

export type TokenReading =
  | { readonly state: 'valid'; readonly conversation: string }
  /** Ours, but too old. */
  | { readonly state: 'expired' }
  | { readonly state: 'forged' }

/** A token that opens one conversation until {@link TOKEN_SECONDS} from `now`. */
export function issueToken(conversation: string, keys: Keys, now: Instant): string {
  const body = `${conversation}.${(Math.floor(now / 1000) + TOKEN_SECONDS).toString(36)}`
  return `${body}.${keys.mac('token', body)}`
}

/** What a token says; signatures are compared in constant time. */
export function readToken(token: string, keys: Keys, now: Instant): TokenReading {
  const [conversation, expiry, signature, more] = token.length > TOKEN_MAX ? [] : token.split('.')
  if (!conversation || !expiry || !signature || more !== undefined) return { state: 'forged' }
  if (!same(signature, keys.mac('token', `${conversation}.${expiry}`))) return { state: 'forged' }
  return Number.parseInt(expiry, 36) * 1000 <= now ? { state: 'expired' } : { state: 'valid', conversation }
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
