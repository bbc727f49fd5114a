/** `/api/alarms`: what somebody of the staff must see, for coordinators of their areas. */
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf } from './api-route.js'

export function alarmRoutes(_deps: ApiDeps): RoutesOf<'alarms'> {
  const notYet = () => Promise.reject(new ApiError('not-found'))
  return {
    'GET /api/alarms': notYet,
    'POST /api/alarms/:alarm/acknowledgement': notYet,
  }
}
