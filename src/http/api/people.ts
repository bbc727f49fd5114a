/** `/api/people`: volunteers, for those who lead an area. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

export function peopleRoutes(_deps: ApiDeps): RoutesOf<'people'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return {
    'GET /api/people': notYet,
    'GET /api/people/file': notYet,
    'GET /api/people/:person': notYet,
    'PUT /api/people/:person': notYet,
    'POST /api/people/:person/decision': notYet,
    'POST /api/people/:person/duty': notYet,
    'POST /api/people/:person/pause': notYet,
    'POST /api/people/:person/word': notYet,
  }
}
