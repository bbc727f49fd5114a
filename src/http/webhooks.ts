/** Messenger's three addresses. The body is read once, as bytes, because the signature is over bytes. */
import express, { Router } from 'express'

export const MESSENGER_WEBHOOK = '/webhooks/messenger'
/** Bytes. A signed body is small; larger ones are refused before they are read (our limit). */
export const MESSENGER_BODY_MAX = 5 * 1024 * 1024
const RETRY_AFTER_S = '5'

export interface MessengerRoutes {
  /** The challenge to repeat, or undefined when the handshake is not ours. */
  verifyHandshake(query: Readonly<Record<string, unknown>>): string | undefined
  handleWebhook(order: { body: Buffer; signature: string | undefined }): Promise<{ status: number }>
  /** Meta's data deletion callback; undefined when the request is not signed by Meta. */
  deletion(signedRequest: string): { url: string; confirmation_code: string } | undefined
  /** The page a person reads about a deletion request, in Danish and English; undefined for a code that is none. */
  deletionStatus(code: string): string | undefined
}

export function messengerRouter(routes: MessengerRoutes): Router {
  const router = Router()
  router.get(MESSENGER_WEBHOOK, (request, response) => {
    const challenge = routes.verifyHandshake(request.query)
    if (challenge === undefined) return void response.status(403).type('text').send('The verify token is not ours.\n')
    response.type('text/plain').send(challenge)
  })
  router.post(MESSENGER_WEBHOOK, express.raw({ type: () => true, limit: MESSENGER_BODY_MAX }), async (request, response) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const { status } = await routes.handleWebhook({ body, signature: request.get('x-hub-signature-256') })
    if (status === 503) response.set('Retry-After', RETRY_AFTER_S)
    response
      .status(status)
      .type('text')
      .send(status === 200 ? 'EVENT_RECEIVED' : '')
  })
  router.post('/webhooks/messenger/data-deletion', express.urlencoded({ extended: false, limit: '16kb' }), (request, response) => {
    const form = request.body as Record<string, unknown> | undefined
    const signed = form?.['signed_request']
    const answer = typeof signed === 'string' ? routes.deletion(signed) : undefined
    if (answer === undefined) return void response.status(400).json({ message: 'signed_request is missing, expired or not signed by Meta' })
    response.json(answer)
  })
  router.get('/deletion/:code', (request, response, next) => {
    const status = routes.deletionStatus(request.params.code)
    if (status === undefined) return next()
    response.type('html').send(status)
  })
  return router
}
