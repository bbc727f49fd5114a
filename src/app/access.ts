/** Who may do what in the console: every route of its API stands here once, with the roles that may use it and whether it counts by area. */
import { type Areas, areasOf, ROLES, type Role, type StaffRole } from '../core/staff-types.js'

/** `anyone`: without signing in. `signed-in`: whatever their roles, about themselves alone. */
export type Access = 'anyone' | 'signed-in' | { readonly roles: readonly Role[]; readonly byArea: boolean }

const everybody = { roles: ROLES, byArea: false } as const satisfies Access
const coordinatorByArea = { roles: ['coordinator'], byArea: true } as const satisfies Access
/** Who knows the people and places of an area. */
const leadersByArea = { roles: ['administrator', 'coordinator'], byArea: true } as const satisfies Access
const administratorByArea = { roles: ['administrator'], byArea: true } as const satisfies Access

export const ACCESS = {
  'GET /api/session': 'anyone',
  'POST /api/session/link': 'anyone',
  'POST /api/session/mail': 'anyone',
  'POST /api/session/passkey': 'anyone',
  'POST /api/session/passkey/challenge': 'anyone',
  'DELETE /api/session': 'signed-in',
  'DELETE /api/session/all': 'signed-in',
  'GET /api/passkeys': 'signed-in',
  'POST /api/passkeys': 'signed-in',
  'POST /api/passkeys/challenge': 'signed-in',
  'DELETE /api/passkeys/:passkey': 'signed-in',
  'GET /api/staff': administratorByArea,
  'POST /api/staff': administratorByArea,
  'PUT /api/staff/:staff': administratorByArea,
  'DELETE /api/staff/:staff': administratorByArea,
  'POST /api/staff/:staff/link': administratorByArea,
  'DELETE /api/staff/:staff/sessions': administratorByArea,
  'GET /api/audit': administratorByArea,
  'GET /api/events': everybody,
  'GET /api/requests': coordinatorByArea,
  'POST /api/requests': coordinatorByArea,
  'GET /api/requests/:request': coordinatorByArea,
  'POST /api/requests/:request/acts': coordinatorByArea,
  'PUT /api/requests/:request/presence': coordinatorByArea,
  'DELETE /api/requests/:request/presence': coordinatorByArea,
  'GET /api/alarms': coordinatorByArea,
  'POST /api/alarms/:alarm/acknowledgement': coordinatorByArea,
  'GET /api/people': leadersByArea,
  'GET /api/people/file': leadersByArea,
  'GET /api/people/:person': leadersByArea,
  'PUT /api/people/:person': leadersByArea,
  'POST /api/people/:person/decision': leadersByArea,
  'POST /api/people/:person/duty': leadersByArea,
  'POST /api/people/:person/pause': leadersByArea,
  'POST /api/people/:person/word': leadersByArea,
  'GET /api/places': leadersByArea,
  'PUT /api/places/:area': leadersByArea,
  'POST /api/places/:area/word': leadersByArea,
  'PUT /api/networks/:network': leadersByArea,
  'DELETE /api/networks/:network': leadersByArea,
  'GET /api/mode': everybody,
  'PUT /api/mode': administratorByArea,
} as const satisfies Record<string, Access>

export type RouteName = keyof typeof ACCESS

/** What a route may be used for: `undefined` when not at all; else in these areas. For what does not count by area that is `all`. */
export function allowedAreas(access: Exclude<Access, 'anyone'>, roles: readonly StaffRole[]): Areas | undefined {
  if (access === 'signed-in') return 'all'
  const areas = areasOf(roles.filter(({ role }) => access.roles.includes(role)))
  if (areas.length === 0) return undefined
  return access.byArea ? areas : 'all'
}
