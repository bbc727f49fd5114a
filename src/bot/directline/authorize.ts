/** Who may do what: a token opens its own conversation and nothing else. */
import type { IncomingHttpHeaders } from 'node:http'
import type { Keys } from '../../app/ports.js'
import type { Instant } from '../../core/types.js'
import { DirectLineError } from './direct-line-error.js'
import { readToken } from './token.js'

/** What scripts send when they have no token yet: botframework-directlinejs writes its variable as it is. */
const NO_TOKEN = ['', 'undefined', 'null']

/** The bearer token of a request, if it has one. */
export function bearerOf(headers: IncomingHttpHeaders): string | undefined {
  const token = /^Bearer\s+(.*)$/i.exec(headers.authorization ?? '')?.[1]?.trim() ?? ''
  return NO_TOKEN.includes(token) ? undefined : token
}

/** The conversation a token opens; throws a `DirectLineError`, 401 without a token and 403 with a bad one. */
export function conversationOf(token: string | undefined, keys: Keys, now: Instant): string {
  if (token === undefined) throw new DirectLineError(401)
  const reading = readToken(token, keys, now)
  if (reading.state === 'valid') return reading.conversation
  if (reading.state === 'forged') throw new DirectLineError(403)
  throw new DirectLineError(403, { code: 'TokenExpired', message: 'The token is too old; open the conversation again for a new one.' })
}
