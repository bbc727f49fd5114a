/** Who of the staff has a request open now. */
import { arrive, depart } from '../../app/board/presence.js'
import { ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf, StaffCall } from './api-route.js'

export function presenceRoutes({
  work,
}: ApiDeps): Pick<RoutesOf<'requests'>, 'PUT /api/requests/:request/presence' | 'DELETE /api/requests/:request/presence'> {
  const deps = { ...work.collections, time: work.time }
  const answer = (change: typeof arrive) => async (call: StaffCall) => {
    const request = String(call.request.params['request'])
    if (!(await change(deps, { request, staff: call.signedIn.staff }))) throw new ApiError('not-found')
    return undefined
  }
  return { 'PUT /api/requests/:request/presence': answer(arrive), 'DELETE /api/requests/:request/presence': answer(depart) }
}
