/** Which pages of other origins may speak Direct Line here: those the configuration names, and no others. */
import type { NextFunction, Request, Response } from 'express'
import { DirectLineError } from './direct-line-error.js'

/** Seconds a browser may remember a preflight's answer (the most Chromium honours). */
const PREFLIGHT_AGE = 7200

/** Answers preflights, and marks answers for allowed origins (`https://host[:port]`). All others get no header at all. */
export function crossOrigin(allowed: readonly string[]): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    const origin = request.get('Origin')
    response.vary('Origin')
    if (origin !== undefined && allowed.includes(origin)) allow(response, origin)
    if (request.method === 'OPTIONS') response.sendStatus(204)
    else next()
  }
}

function allow(response: Response, origin: string): void {
  response.set({
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
    'Access-Control-Expose-Headers': 'Retry-After',
    'Access-Control-Max-Age': String(PREFLIGHT_AGE),
  })
}

/** For what a cookie opens: a request that another origin's page caused throws a 403. Without an `Origin` header no page caused it. */
export function requireOwnOrigin(request: Request, publicUrl: string | undefined): void {
  const origin = request.get('Origin')
  if (origin === undefined) return
  const host = URL.canParse(origin) ? new URL(origin).host : ''
  const own = [request.host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])]
  if (!own.includes(host)) throw new DirectLineError(403, { message: 'Only the chat page of this site may ask for this.' })
}
