/** `/api/networks`: who helps in which areas, and how they are asked. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

export function networkRoutes(_deps: ApiDeps): RoutesOf<'networks'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return {
    'PUT /api/networks/:network': notYet,
    'DELETE /api/networks/:network': notYet,
  }
}
