/** Direct Line 3.0's own routes: tokens, conversations, activities. */
import type { Request, Router } from 'express'
import { bearerOf, conversationOf } from './authorize.js'
import { begin, type DeskDeps, type Grant, grant, grantStream, resume, type StreamGrant } from './conversation-desk.js'
import { DirectLineError } from './direct-line-error.js'
import { readActivity } from './inbound.js'
import { readOrigin } from './origin.js'
import { type ActivitySet, type Reader, readWatermark } from './outbound.js'
import type { Quotas } from './quotas.js'
import { readPage } from './read-page.js'

export interface RouteDeps extends DeskDeps {
  readonly quotas: Quotas
  reader(conversation: string): Reader
}

export function addConversationRoutes(router: Router, deps: RouteDeps): void {
  router.post('/tokens/generate', (request, response) => {
    deps.quotas.newConversation(request.ip, deps.time.now())
    response.json(grant(deps, deps.ids.next()))
  })
  router.post('/tokens/refresh', (request, response) => {
    response.json(refresh(deps, request))
  })
  router.post('/conversations', async (request, response) => {
    const { created, opened } = await open(deps, request)
    response.status(created ? 201 : 200).json(opened)
  })
  router.get('/conversations/:id', async (request, response) => {
    response.json(await reconnect(deps, request, request.params.id))
  })
  router.get('/conversations/:id/activities', async (request, response) => {
    response.json(await poll(deps, request, request.params.id))
  })
  router.post('/conversations/:id/activities', async (request, response) => {
    response.json({ id: await post(deps, request, request.params.id) })
  })
  router.post('/conversations/:id/upload', (request) => {
    requireToken(deps, request, request.params.id)
    throw new DirectLineError(415, { message: 'Attachments cannot be received here; write what they show instead.' })
  })
  // Other channels sign people in with it; clients only want an answer.
  router.get('/session/getsessionid', (request, response) => {
    response.json({ sessionId: conversationOf(bearerOf(request.headers), deps.keys, deps.time.now()) })
  })
}

function refresh(deps: RouteDeps, request: Request): Grant {
  return grant(deps, conversationOf(bearerOf(request.headers), deps.keys, deps.time.now()))
}

/** A token made by `/tokens/generate` opens the conversation it names; without a token a new one is opened. */
async function open(deps: RouteDeps, request: Request): Promise<{ created: boolean; opened: StreamGrant }> {
  const token = bearerOf(request.headers)
  const now = deps.time.now()
  if (token === undefined) deps.quotas.newConversation(request.ip, now)
  const id = token === undefined ? deps.ids.next() : conversationOf(token, deps.keys, now)
  const created = token === undefined || !(await deps.conversations.exists(id))
  const origin = readOrigin(request.body)
  await (created ? begin(deps, id, '', origin) : resume(deps, id, origin))
  return { created, opened: grantStream(deps, request, id) }
}

async function reconnect(deps: RouteDeps, request: Request, id: string): Promise<StreamGrant> {
  requireToken(deps, request, id)
  if (!(await deps.conversations.exists(id))) throw new DirectLineError(404)
  const { watermark } = request.query
  return grantStream(deps, request, id, typeof watermark === 'string' ? watermark : '')
}

async function poll(deps: RouteDeps, request: Request, id: string): Promise<ActivitySet> {
  requireToken(deps, request, id)
  const { activities, watermark } = await readPage(deps.conversations, readWatermark(request.query['watermark']), deps.reader(id))
  return { activities, watermark }
}

async function post(deps: RouteDeps, request: Request, id: string): Promise<string> {
  requireToken(deps, request, id)
  const now = deps.time.now()
  deps.quotas.post(request.ip, now)
  if (!request.is('json')) throw new DirectLineError(415)
  const inbound = readActivity(request.body, id, deps.ids)
  if (inbound.activity === undefined) return inbound.id
  deps.quotas.message(id, now)
  await deps.adapter.receive(inbound.activity)
  return inbound.id
}

function requireToken(deps: RouteDeps, request: Request, id: string): void {
  if (conversationOf(bearerOf(request.headers), deps.keys, deps.time.now()) !== id) throw new DirectLineError(403)
}
