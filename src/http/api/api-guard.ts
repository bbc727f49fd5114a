/** What stands before every route of the console's API: it is asked by its own page, and not too often. */
import type { RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { ApiError } from './api-error.js'

const MINUTE_MS = 60_000
/** Requests of one address in a minute: an office with several people at it (ours). */
const REQUESTS_MAX = 600
/** Attempts to sign in of one address in a minute, and letters with a link that it may ask for (ours). */
const SIGN_INS_MAX = 30
const LETTERS_MAX = 5
/** Bits of an IPv6 address that one household has (RFC 6177). */
const HOUSEHOLD = 64
/** No form and no picture of another site can send it; the page's own calls do. */
const OWN_PAGE = 'x-opgang'

/** Whatever changes something must come from a page of ours: its origin, and a header that other sites may not send. */
export function ownPageOnly(origins: () => readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    const { origin = '' } = request.headers
    if (!reads && (request.headers[OWN_PAGE] === undefined || !origins().includes(origin))) throw new ApiError('cross-site')
    next()
  }
}

export const limitRequestsOf = (): RequestHandler => limitAddress(REQUESTS_MAX)
export const limitSignIns = (): RequestHandler => limitAddress(SIGN_INS_MAX)
export const limitLetters = (): RequestHandler => limitAddress(LETTERS_MAX)

function limitAddress(limit: number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    keyGenerator: ({ ip }) => (ip === undefined ? '' : ipKeyGenerator(ip, HOUSEHOLD)),
    standardHeaders: false,
    legacyHeaders: false,
    // It would print its advice about proxies; TRUST_PROXY has its own.
    validate: false,
    handler: (_request, _response, next) => next(new ApiError('too-many')),
  })
}
