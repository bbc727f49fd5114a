/** How much one conversation and one address may ask for. */
import { ipKeyGenerator } from 'express-rate-limit'
import type { Instant } from '../../core/types.js'
import { DirectLineError } from './direct-line-error.js'
import { createRateLimit, type Rate, type RateLimit } from './rate-limit.js'

const MINUTE = 60_000
/** Faster than anybody types; a person who taps through a whole dialog stays below. */
const MESSAGES_OF_CONVERSATION: Rate = { limit: 30, window: MINUTE }
/** A block of flats, or a mobile network, is one address: twenty busy people at once. */
const MESSAGES_OF_ADDRESS: Rate = { limit: 600, window: MINUTE }
/** A notice that is scanned by everybody at a meeting on one network. */
const CONVERSATIONS_OF_ADDRESS: Rate = { limit: 60, window: MINUTE }

/** Each throws a 429 `DirectLineError` with the wait in whole seconds. `address` is `request.ip`. */
export interface Quotas {
  /** Anything posted, whether or not it means something. */
  post(address: string | undefined, now: Instant): void
  message(conversation: string, now: Instant): void
  newConversation(address: string | undefined, now: Instant): void
}

export function createQuotas(): Quotas {
  const conversation = createRateLimit(MESSAGES_OF_CONVERSATION)
  const posts = createRateLimit(MESSAGES_OF_ADDRESS)
  const conversations = createRateLimit(CONVERSATIONS_OF_ADDRESS)
  return {
    post: (address, now) => spend(posts, addressKey(address), now),
    message: (id, now) => spend(conversation, id, now),
    newConversation: (address, now) => spend(conversations, addressKey(address), now),
  }
}

function spend(limit: RateLimit, key: string, now: Instant): void {
  const wait = limit(key, now)
  if (wait > 0) throw new DirectLineError(429, { retryAfter: Math.ceil(wait / 1000) })
}

/** One household has a whole /64 of IPv6 (RFC 6177), so that is what counts as an address. */
function addressKey(address: string | undefined): string {
  return address === undefined ? '' : ipKeyGenerator(address, 64)
}
