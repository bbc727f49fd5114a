/** `/api/…`: what the console's page asks for, and nobody else. Each route is let through by the one table of `app/access.ts`. */
import express, { type RequestHandler, Router } from 'express'
import { ACCESS, type Access, allowedAreas, type RouteName } from '../../app/access.js'
import { type SignedIn, whoIs } from '../../app/accounts/logins.js'
import { alarmRoutes } from './alarms.js'
import { ApiError, refuseApi } from './api-error.js'
import { isByHand, limitAccounts, limitLetters, limitRequestsOf, limitSignIns, ownPageOnly } from './api-guard.js'
import type { ApiDeps, ApiRoutes, OpenCall, Route, StaffCall } from './api-route.js'
import { auditRoutes } from './audit.js'
import { eventRoutes } from './events.js'
import { readLogin } from './login-cookie.js'
import { modeRoutes } from './mode.js'
import { networkRoutes } from './networks.js'
import { passkeyRoutes } from './passkeys.js'
import { peopleRoutes } from './people.js'
import { placeRoutes } from './places.js'
import { requestRoutes } from './requests.js'
import { sessionRoutes } from './session.js'
import { staffRoutes } from './staff.js'

/** Bytes: a passkey's answer is a few thousand. */
const BODY_MAX = '32kb'

export interface ApiRouterDeps extends ApiDeps {
  /** Addresses of our own pages. */
  readonly origins: () => readonly string[]
}

export function apiRouter(deps: ApiRouterDeps): Router {
  const router = Router()
  const routes: ApiRoutes = {
    ...sessionRoutes(deps),
    ...passkeyRoutes(deps),
    ...staffRoutes(deps),
    ...auditRoutes(deps),
    ...eventRoutes(deps),
    ...requestRoutes(deps),
    ...alarmRoutes(deps),
    ...peopleRoutes(deps),
    ...placeRoutes(deps),
    ...networkRoutes(deps),
    ...modeRoutes(deps),
  }
  router.use('/api', noStore, limitRequestsOf(), ownPageOnly(deps.origins))
  router.post('/api/session/mail', limitLetters())
  router.post(['/api/session/link', '/api/session/passkey'], limitSignIns())
  router.use('/api', express.json({ limit: BODY_MAX }))
  const limit = limitAccounts()
  for (const name of Object.keys(ACCESS) as RouteName[]) {
    const [method = '', path = ''] = name.split(' ')
    // The table says which of the two each is.
    router[method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'](
      path,
      gate({ ...deps, limit }, ACCESS[name], routes[name] as Route<OpenCall | StaffCall>),
    )
  }
  router.use('/api', () => {
    throw new ApiError('not-found')
  })
  router.use('/api', refuseApi(deps.accounts.log))
  return router
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store')
  next()
}

interface GateDeps extends ApiDeps {
  readonly limit: ReturnType<typeof limitAccounts>
}

function gate({ accounts, secure, limit }: GateDeps, access: Access, route: Route<OpenCall | StaffCall>): RequestHandler {
  return async (request, response) => {
    const signedIn = await whoIs(accounts, readLogin(request, secure), isByHand(request))
    if (signedIn !== undefined) await limit({ request, response, signedIn })
    const call = access === 'anyone' ? { request, response, signedIn } : { request, response, ...allowed(access, signedIn) }
    const body = await route(call)
    // A stream, or a file: the route has begun its answer itself.
    if (response.headersSent) return
    if (body === undefined) response.status(204).end()
    else response.json(body)
  }
}

function allowed(access: Exclude<Access, 'anyone'>, signedIn: SignedIn | undefined): Pick<StaffCall, 'signedIn' | 'areas'> {
  if (signedIn === undefined) throw new ApiError('sign-in')
  const areas = allowedAreas(access, signedIn.staff.roles)
  if (areas === undefined) throw new ApiError('forbidden')
  return { signedIn, areas }
}
