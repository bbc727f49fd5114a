/** `/api/requests`: who waits, and one request with all that happened to it, for coordinators of its area. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'
import { presenceRoutes } from './presence.js'
import { requestActRoutes } from './request-acts.js'

export function requestRoutes(deps: ApiDeps): RoutesOf<'requests'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return {
    'GET /api/requests': notYet,
    'GET /api/requests/:request': notYet,
    ...requestActRoutes(deps),
    ...presenceRoutes(deps),
  }
}
