/** Who of the staff has a request open now. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

export function presenceRoutes(
  _deps: ApiDeps,
): Pick<RoutesOf<'requests'>, 'PUT /api/requests/:request/presence' | 'DELETE /api/requests/:request/presence'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return { 'PUT /api/requests/:request/presence': notYet, 'DELETE /api/requests/:request/presence': notYet }
}
