/** The HTTP server: what every answer carries, where each noun is mounted, and what an unknown path or an error gets. */
import { createServer, type Server } from 'node:http'
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express'
import helmet from 'helmet'
import type { Log } from '../app/ports.js'
import { StoreUnavailable } from '../store/collection.js'
import { guardServer, limitRequests, SERVER_LIMITS, type ServerLimits, serverOptions } from './limits.js'
import { pagesRouter } from './pages.js'
import type { RawRoute } from './webhooks.js'

/** Bytes of a body that is no batch of Meta's: thirty times the longest message. */
const BODY_MAX = 64 * 1024
/** Seconds after which a refused client may come again. */
const RETRY_AFTER_S = '5'

export interface ServerParts {
  readonly trustProxy: string | number | boolean
  readonly secure: boolean
  readonly routers: readonly Router[]
  /** Looked at before all else; true when the request was its own. */
  readonly webhook?: RawRoute
  /** Looked at next: refuses what would keep Messenger waiting. */
  readonly gate?: RawRoute
  /** Folder of the built pages. */
  readonly pages: string
  readonly log: Log
  /** {@link SERVER_LIMITS} when absent. */
  readonly limits?: ServerLimits
}

export function createHttpServer(parts: ServerParts): Server {
  const limits = parts.limits ?? SERVER_LIMITS
  const app = createApp(parts)
  const { webhook, gate } = parts
  const server = createServer(serverOptions(limits), (request, response) => {
    if (webhook?.(request, response) !== true && gate?.(request, response) !== true) app(request, response)
  })
  guardServer(server, limits, parts.log)
  // Longer than common proxies keep theirs, so that it is never us who closes under a request.
  server.keepAliveTimeout = 75_000
  return server
}

export function createApp(parts: ServerParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', parts.trustProxy)
  app.set('query parser', 'simple')
  app.use(securityHeaders(parts.secure))
  app.use(limitRequests(BODY_MAX))
  for (const router of parts.routers) app.use(router)
  app.use(pagesRouter(parts.pages))
  app.use((_, response) => void response.status(404).type('text').send('Der er ikke noget her. / There is nothing here.\n'))
  app.use(refuse(parts.log))
  return app
}

/** No inline script or style, no foreign host, no frame around us. `ws:` because older browsers do not read it into 'self'. */
function securityHeaders(secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    // For browsers that do not know `frame-ancestors`.
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  })
}

/** The last word on a request that failed: what to do, never a stack trace. */
function refuse(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      // Express would print the error as it is. What is not ours to mend was refused already, or its client has gone.
      if (statusOf(error) >= 500) log.error('an answer broke off', { path: request.path, error })
      return void request.socket.destroy()
    }
    if (error instanceof StoreUnavailable) {
      log.error('a request was refused because the store is unavailable', { path: request.path, error })
      return void response.status(503).set('Retry-After', RETRY_AFTER_S).json({ message: 'Cannot be stored now. Try again in a moment.' })
    }
    const status = statusOf(error)
    if (status >= 500) log.error('a request failed', { path: request.path, error })
    response.status(status).json({
      message:
        status === 413 ? 'This is too large.' : status >= 500 ? 'Something went wrong here. Try again.' : 'This request cannot be read.',
    })
  }
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500
}
