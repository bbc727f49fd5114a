/** `/api/places`: areas with their stairwells and who is on call, for those who lead them. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

export function placeRoutes(_deps: ApiDeps): RoutesOf<'places'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return {
    'GET /api/places': notYet,
    'PUT /api/places/:area': notYet,
    'POST /api/places/:area/word': notYet,
  }
}
