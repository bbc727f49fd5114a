/** `/api/alarms`: what somebody of the staff must see, for coordinators of their areas. */
import { acknowledgeAlarm, listAlarms } from '../../app/board/alarms.js'
import { ApiError } from './api-error.js'
import { type ApiDeps, type RoutesOf, viewerOf } from './api-route.js'
import { askedArea } from './staff.js'

export function alarmRoutes(deps: ApiDeps): RoutesOf<'alarms'> {
  return {
    'GET /api/alarms': async (call) => ({ alarms: await listAlarms(deps.work, { ...viewerOf(call), areas: askedArea(call) }) }),
    'POST /api/alarms/:alarm/acknowledgement': async (call) => {
      const seen = await acknowledgeAlarm(deps, viewerOf(call), String(call.request.params['alarm']))
      if (!('refused' in seen)) return seen.alarm
      if (seen.refused === 'gone') throw new ApiError('alarm-gone')
      const { alarm, at } = seen
      const who = alarm.by === undefined ? {} : { who: alarm.by }
      throw new ApiError('alarm-seen', { what: 'alarm-acknowledged', ...who, ...(at === undefined ? {} : { at }) })
    },
  }
}
