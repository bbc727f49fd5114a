/** `/api/events`: what changes, as it changes, by server-sent events. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

export function eventRoutes(_deps: ApiDeps): RoutesOf<'events'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return {
    'GET /api/events': notYet,
  }
}
