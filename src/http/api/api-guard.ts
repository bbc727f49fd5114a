/** What stands before every route of the console's API: it is asked by its own page, and not too often. */
import type { Request, RequestHandler, Response } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { ApiError } from './api-error.js'
import type { StaffCall } from './api-route.js'

const MINUTE_MS = 60_000
/** Requests of one address in a minute: an office with several people at it (ours). */
const REQUESTS_MAX = 600
/** Attempts to sign in of one address in a minute, and letters with a link that it may ask for (ours). */
const SIGN_INS_MAX = 30
const LETTERS_MAX = 5
/** Requests of one member of staff in a minute, on all their devices, and how many of them may change something (ours). */
const OF_ONE_MAX = 300
const CHANGES_MAX = 60
/** Bits of an IPv6 address that one household has (RFC 6177). */
const HOUSEHOLD = 64
/** No form and no picture of another site can send it; the page's own calls do. */
const OWN_PAGE = 'x-opgang'
/** What the header says when somebody is at the page. Else the page asks by itself; a stream of events has no header. */
const BY_HAND = 'console'

/** Whether somebody was at the page when it asked for this. */
export function isByHand({ headers }: Pick<Request, 'headers'>): boolean {
  return headers[OWN_PAGE] === BY_HAND
}

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

/** How much one member of staff may ask for, wherever they are signed in; resolves when they may, throws `ApiError` when it is too much. */
export function limitAccounts(): (call: Pick<StaffCall, 'request' | 'response' | 'signedIn'>) => Promise<void> {
  const ofCaller = (_request: Request, response: Response) => String(response.locals['staff'])
  const all = limitBy(OF_ONE_MAX, ofCaller)
  const changes = limitBy(CHANGES_MAX, ofCaller)
  return async ({ request, response, signedIn }) => {
    response.locals['staff'] = signedIn.staff._id
    const reads = request.method === 'GET'
    for (const limit of reads ? [all] : [all, changes])
      await new Promise<void>((resolve, reject) =>
        limit(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error))),
      )
  }
}

function limitAddress(limit: number): RequestHandler {
  return limitBy(limit, ({ ip }) => (ip === undefined ? '' : ipKeyGenerator(ip, HOUSEHOLD)))
}

function limitBy(limit: number, keyGenerator: (request: Request, response: Response) => string): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    keyGenerator,
    standardHeaders: false,
    legacyHeaders: false,
    // It would print its advice about proxies; TRUST_PROXY has its own.
    validate: false,
    handler: (_request, _response, next) => next(new ApiError('too-many')),
  })
}
