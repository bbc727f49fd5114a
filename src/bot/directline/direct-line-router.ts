/** The web chat's channel: a Direct Line 3.0 server, so that any Bot Framework web client can speak with the bot. */
import type { TurnContext } from 'botbuilder'
import express, { type NextFunction, type Request, type Response, Router } from 'express'
import type { Commits, Ids, Keys, Log, Time } from '../../app/ports.js'
import { addConversationRoutes, type RouteDeps } from './conversation-routes.js'
import { crossOrigin } from './cross-origin.js'
import { type CrowdGate, createCrowdGate } from './crowd-gate.js'
import { DirectLineAdapter } from './direct-line-adapter.js'
import { answerErrors, DirectLineError } from './direct-line-error.js'
import type { Reader } from './outbound.js'
import { DIRECT_LINE_PATHS } from './paths.js'
import { createQuotas } from './quotas.js'
import { addSessionRoutes } from './session-routes.js'
import { type HandleUpgrade, streamUpgrade } from './stream-upgrade.js'
import { createStreams } from './streams.js'
import type { WebConversations } from './web-conversations.js'

/** Thirty times the longest message, with room for what clients add about themselves. */
const BODY_MAX = '64kb'

export interface DirectLineDeps {
  readonly bot: (context: TurnContext) => Promise<void>
  readonly conversations: WebConversations
  readonly commits: Commits
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Time
  readonly log: Log
  /** Name of an area for the sender's name; the product's name for no area or an unknown one. */
  readonly areaName: (area: string | undefined) => string
  /** Address people use, when it is configured; otherwise each request's own host is taken. https makes the cookie secure. */
  readonly publicUrl?: string
  /** Origins of other sites whose pages may speak with the bot, `https://host[:port]`. */
  readonly allowedOrigins?: readonly string[]
}

export interface DirectLine {
  /** To be used at the root of the application: it holds {@link DIRECT_LINE_PATHS}. */
  readonly router: Router
  /** To be called first with every request: true when it refused one of its own, because too many are worked on. */
  readonly gate: CrowdGate
  /** To be called on the HTTP server's `upgrade` event; answers whether the upgrade was for a stream. */
  readonly handleUpgrade: HandleUpgrade
  /** Ends all streams. */
  close(): void
}

export function directLineRouter(deps: DirectLineDeps): DirectLine {
  const reader = (conversation: string): Reader => ({ conversation, keys: deps.keys, areaName: deps.areaName })
  const streams = createStreams({ ...deps, reader })
  const routes = Router()
  routes.use(neverStored, crossOrigin(deps.allowedOrigins ?? []), express.json({ limit: BODY_MAX }))
  const routeDeps: RouteDeps = { ...deps, adapter: new DirectLineAdapter(deps.bot), quotas: createQuotas(), reader }
  addConversationRoutes(routes, routeDeps)
  addSessionRoutes(routes, routeDeps)
  routes.use(() => {
    throw new DirectLineError(404)
  })
  routes.use(answerErrors(deps.log))
  const router = Router()
  router.use(DIRECT_LINE_PATHS, routes)
  return { router, gate: createCrowdGate(), handleUpgrade: streamUpgrade(streams, deps.keys, deps.time), close: () => streams.close() }
}

/** Answers hold tokens and what people wrote. */
function neverStored(_request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', 'no-store')
  next()
}
