/** Routes of our own page, beside Direct Line: find this browser's conversation again, or forget it. */
import type { Request, Response, Router } from 'express'
import { begin, grantStream, resume, type StreamGrant } from './conversation-desk.js'
import type { RouteDeps } from './conversation-routes.js'
import { requireOwnOrigin } from './cross-origin.js'
import { dropDevice, hashDevice, keepDevice, readDevice } from './device-cookie.js'
import { readOrigin } from './origin.js'

interface SessionGrant extends StreamGrant {
  /** True when the conversation was there before. */
  readonly resumed: boolean
}

/**
 * `POST /session` with `{ area?, language?, answer? }` answers a {@link SessionGrant} and sets the browser's cookie;
 * `POST /session/leave` removes both the cookie and what it opens.
 */
export function addSessionRoutes(router: Router, deps: RouteDeps): void {
  router.post('/session', async (request, response) => {
    requireOwnOrigin(request, deps.publicUrl)
    response.json((await returning(deps, request, response)) ?? (await arriving(deps, request, response)))
  })
  router.post('/session/leave', async (request, response) => {
    requireOwnOrigin(request, deps.publicUrl)
    const key = readDevice(request)
    if (key !== undefined) await deps.conversations.unlink(hashDevice(key, deps.keys))
    dropDevice(response, isSecure(deps))
    response.sendStatus(204)
  })
}

async function returning(deps: RouteDeps, request: Request, response: Response): Promise<SessionGrant | undefined> {
  const key = readDevice(request)
  if (key === undefined) return undefined
  const id = await deps.conversations.byDevice(hashDevice(key, deps.keys))
  if (id === undefined) return undefined
  const origin = readOrigin(request.body)
  if (origin?.answer !== undefined) deps.quotas.message(id, deps.time.now())
  await resume(deps, id, origin)
  keepDevice(response, key, isSecure(deps))
  return { ...grantStream(deps, request, id), resumed: true }
}

/** A key that opens nothing is replaced: a key is only ever one that we made for this browser. */
async function arriving(deps: RouteDeps, request: Request, response: Response): Promise<SessionGrant> {
  deps.quotas.newConversation(request.ip, deps.time.now())
  const [id, key] = [deps.ids.next(), deps.ids.next()]
  await begin(deps, id, hashDevice(key, deps.keys), readOrigin(request.body))
  keepDevice(response, key, isSecure(deps))
  return { ...grantStream(deps, request, id), resumed: false }
}

function isSecure(deps: RouteDeps): boolean {
  return deps.publicUrl?.startsWith('https:') ?? false
}
