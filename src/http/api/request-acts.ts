/** What staff do about requests: open one for somebody, act on one. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

export function requestActRoutes(_deps: ApiDeps): Pick<RoutesOf<'requests'>, 'POST /api/requests' | 'POST /api/requests/:request/acts'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return { 'POST /api/requests': notYet, 'POST /api/requests/:request/acts': notYet }
}
