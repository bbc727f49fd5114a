/** Messenger's addresses. The body of a delivery is read once, as bytes, because the signature is over bytes; it goes past Express. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import express, { Router } from 'express'
import type { Log } from '../app/ports.js'

const MESSENGER_WEBHOOK = '/webhooks/messenger'
/** Bytes. A signed body is small; larger ones are refused before they are kept (our limit). */
const BODY_MAX = 5 * 1024 * 1024
/** Deliveries that are read and committed at once, and bytes of all their bodies: beyond it Meta is asked to come again. */
const DELIVERIES_MAX = 4000
const BYTES_MAX = 64 * 1024 * 1024
/** Meta waits 5 s for an answer (Webhooks); what is not committed by then is delivered again. */
const ANSWER_WITHIN_MS = 4500
/** Whoever is turned away may read why for this long; then the connection is cut, whatever is still being sent. */
const LINGER_MS = 1000
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

/** True when it took the request. */
export type RawRoute = (request: IncomingMessage, response: ServerResponse) => boolean

export interface WebhookLimits {
  readonly deliveries: number
  readonly bytes: number
  /** Milliseconds. */
  readonly answerWithin: number
}
const LIMITS: WebhookLimits = { deliveries: DELIVERIES_MAX, bytes: BYTES_MAX, answerWithin: ANSWER_WITHIN_MS }

interface WebhookDeps extends Pick<MessengerRoutes, 'handleWebhook'> {
  readonly log: Log
}

/** `POST /webhooks/messenger`: bounded in number, in bytes and in time. */
export function webhookRoute(deps: WebhookDeps, limits: WebhookLimits = LIMITS): RawRoute {
  const load: Load = { deliveries: 0, bytes: 0 }
  return (request, response) => {
    if (request.method !== 'POST' || !/^\/webhooks\/messenger\/?(\?|$)/.test(request.url ?? '')) return false
    if (load.deliveries >= limits.deliveries || load.bytes >= limits.bytes) {
      turnAway(request, response, 503)
      return true
    }
    load.deliveries++
    void deliver({ deps, limits, load }, request, response).finally(() => load.deliveries--)
    return true
  }
}

/** What is being read and committed now. */
interface Load {
  deliveries: number
  bytes: number
}
interface Delivering {
  readonly deps: WebhookDeps
  readonly limits: WebhookLimits
  readonly load: Load
}

async function deliver({ deps, limits, load }: Delivering, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, load, limits.bytes)
  if (body === 'cut') return
  if (body === 'too large') return turnAway(request, response, 413)
  if (body === 'no room') return turnAway(request, response, 503)
  const signature = request.headers['x-hub-signature-256']
  const order = { body, signature: typeof signature === 'string' ? signature : undefined }
  const answered = new Promise<number>((resolve) => {
    // Nothing is lost: what is committed later is found when it comes again.
    const late = setTimeout(() => resolve(503), limits.answerWithin)
    deps
      .handleWebhook(order)
      .then(
        ({ status }) => resolve(status),
        (error: unknown) => {
          deps.log.error('a delivery from Messenger failed', { error })
          resolve(500)
        },
      )
      .finally(() => clearTimeout(late))
  })
  answer(response, await answered)
  load.bytes -= body.length
}

type Unread = 'too large' | 'no room' | 'cut'

/** The whole body, counted in `load` from its first byte on; whoever is done with it takes it out again. */
function readBody(request: IncomingMessage, load: Load, room: number): Promise<Buffer | Unread> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_MAX) return Promise.resolve('too large')
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    let ended = false
    const end = (outcome: Buffer | Unread) => {
      if (ended) return
      ended = true
      if (typeof outcome === 'string') load.bytes -= length
      request.removeAllListeners('data')
      resolve(outcome)
    }
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      load.bytes += chunk.length
      chunks.push(chunk)
      if (length > BODY_MAX) end('too large')
      // Bodies that were let in together may not fill the memory together.
      else if (load.bytes > room) end('no room')
    })
    request.on('end', () => end(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', () => end('cut'))
    request.on('close', () => request.complete || end('cut'))
  })
}

const WORDS: Readonly<Record<number, string>> = {
  200: 'EVENT_RECEIVED',
  400: 'The body is not JSON.\n',
  401: 'The body is not signed with the app secret.\n',
  404: 'This is not an event of a page.\n',
  413: 'The body is too large.\n',
  500: 'Something went wrong here. Deliver it again.\n',
  503: 'It cannot be stored now. Deliver it again.\n',
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, headersOf(status)).end(WORDS[status] ?? '')
}

function headersOf(status: number): Record<string, string | number> {
  return {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': WORDS[status]?.length ?? 0,
    ...(status === 503 ? { 'retry-after': RETRY_AFTER_S } : {}),
  }
}

/** Answers before the body is read, and reads no more of it. */
function turnAway(request: IncomingMessage, response: ServerResponse, status: 413 | 503): void {
  response.writeHead(status, { ...headersOf(status), connection: 'close' })
  // Not ended: Node would close under a sender that is still writing, and who is reset reads no answer.
  response.write(WORDS[status] ?? '')
  request.pause()
  const cut = setTimeout(() => request.destroy(), LINGER_MS)
  request.socket.once('close', () => clearTimeout(cut))
}

/** The addresses of Messenger that are not in a hurry. */
export function messengerRouter(routes: Omit<MessengerRoutes, 'handleWebhook'>): Router {
  const router = Router()
  router.get(MESSENGER_WEBHOOK, (request, response) => {
    const challenge = routes.verifyHandshake(request.query)
    if (challenge === undefined) return void response.status(403).type('text').send('The verify token is not ours.\n')
    response.type('text/plain').send(challenge)
  })
  router.post('/webhooks/messenger/data-deletion', express.urlencoded({ extended: false, limit: '16kb' }), (request, response) => {
    const form = request.body as Record<string, unknown> | undefined
    const signed = form?.['signed_request']
    const answered = typeof signed === 'string' ? routes.deletion(signed) : undefined
    if (answered === undefined)
      return void response.status(400).json({ message: 'signed_request is missing, expired or not signed by Meta' })
    response.json(answered)
  })
  router.get('/deletion/:code', (request, response, next) => {
    const status = routes.deletionStatus(request.params.code)
    if (status === undefined) return next()
    response.type('html').send(status)
  })
  return router
}
