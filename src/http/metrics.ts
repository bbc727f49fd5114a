/** `/metrics`: the program's numbers, for whoever has the token, or without one for this machine alone. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Router } from 'express'

export interface MetricsRoute {
  readonly contentType: string
  readonly render: () => Promise<string>
  readonly token: string | undefined
  /** The settings name a proxy or a public address: then a connection from this machine may carry anybody. */
  readonly published: boolean
}

/** What proxies add. One of them on a local connection means that somebody else asks through it. */
const FORWARDED = /^(forwarded|via|x-real-ip|x-forwarded(-.+)?|x-client-ip|cf-connecting-ip)$/
const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

const NEEDS_TOKEN = 'Set METRICS_TOKEN to read the metrics from here, and send it as "Authorization: Bearer <token>".\n'
const WRONG_TOKEN = 'Send "Authorization: Bearer <token>" with the token in METRICS_TOKEN.\n'

export function metricsRouter({ contentType, render, token, published }: MetricsRoute): Router {
  const router = Router()
  router.get('/metrics', async (request, response) => {
    response.set('Cache-Control', 'no-store')
    if (token !== undefined && !bears(request, token))
      return void response.status(401).set('WWW-Authenticate', 'Bearer').type('text').send(WRONG_TOKEN)
    if (token === undefined && (published || !isLocal(request))) return void response.status(403).type('text').send(NEEDS_TOKEN)
    response.set('Content-Type', contentType).send(await render())
  })
  return router
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function bears(request: IncomingMessage, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(token))
}

/** By the connection itself: what a header says about who asks can be written by anybody. */
function isLocal(request: IncomingMessage): boolean {
  return LOOPBACK.test(request.socket.remoteAddress ?? '') && !Object.keys(request.headers).some((name) => FORWARDED.test(name))
}
