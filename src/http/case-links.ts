/**
 * `/case/<word>`: a request, for people without an account. Opening it changes nothing; a button's POST answers once. The word in the path
 * is the whole secret: it is logged nowhere, sent to nobody as a referrer, and no error of these routes reaches the server's own handler,
 * which names paths.
 */
import { type RequestHandler, type Response, Router } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import type { CaseSeen } from '../app/case-links.js'
import type { Log } from '../app/ports.js'
import { CASE_PAGE_POLICY, type CasePage, casePage } from './case-pages.js'

export interface CaseLinksRoute {
  /** What a link shows. */
  readonly see: (token: string) => Promise<CaseSeen>
  readonly answer: (token: string, yes: boolean) => Promise<CaseSeen>
  readonly log: Log
}

/** Requests of one address in a minute: an office, and the program that looks at its mail first. Words of 256 bits are not guessed (ours). */
const REQUESTS_MAX = 120
const MINUTE_MS = 60_000
/** Bits of an IPv6 address that one household has (RFC 6177). */
const HOUSEHOLD = 64
/** Seconds after which somebody may come again. */
const RETRY_AFTER_S: Readonly<Record<number, string>> = { 409: '30', 429: '60', 503: '60' }

export function caseLinksRouter({ see, answer, log }: CaseLinksRoute): Router {
  const router = Router()
  const show = async (response: Response, token: string, looked: Promise<CaseSeen>) => {
    const seen = await looked.catch((error: unknown): CasePage => {
      log.error('a link to a request could not be served', { error })
      return { is: 'unavailable' }
    })
    send(response, seen, token)
  }
  router.use('/case', limitAddress())
  router.get('/case/:token', ({ params: { token } }, response) => show(response, token, see(token)))
  // Whoever loads the page again after answering.
  router.get('/case/:token/:answer', ({ params: { token } }, response) => show(response, token, see(token)))
  router.post('/case/:token/:answer', ({ params }, response, next) =>
    params.answer === 'yes' || params.answer === 'no'
      ? show(response, params.token, answer(params.token, params.answer === 'yes'))
      : next(),
  )
  return router
}

function limitAddress(): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: REQUESTS_MAX,
    keyGenerator: ({ ip }) => (ip === undefined ? '' : ipKeyGenerator(ip, HOUSEHOLD)),
    standardHeaders: false,
    legacyHeaders: false,
    // It would print its advice about proxies; TRUST_PROXY has its own.
    validate: false,
    handler: (_, response) => send(response, { is: 'crowded' }, ''),
  })
}

function send(response: Response, page: CasePage, token: string): void {
  const { status, html } = casePage(page, token)
  const again = RETRY_AFTER_S[status]
  response
    .status(status)
    .set({
      'Cache-Control': 'no-store',
      'Content-Security-Policy': CASE_PAGE_POLICY,
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      ...(again === undefined ? {} : { 'Retry-After': again }),
    })
    .type('html')
    .send(html)
}
