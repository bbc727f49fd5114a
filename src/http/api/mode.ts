/** `/api/mode`: trial or live, and what stands between the two. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

export function modeRoutes(_deps: ApiDeps): RoutesOf<'mode'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return {
    'GET /api/mode': notYet,
    'PUT /api/mode': notYet,
  }
}
