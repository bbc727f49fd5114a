/** `/api/places`: areas with their stairwells and who is on call, and who helps there, for those who lead them. */
import { z } from 'zod'
import { changePlace, type Leader, listPlaces, type PlacesRefusal, placeWord } from '../../app/places-board.js'
import { type ApiCode, ApiError } from './api-error.js'
import type { ApiDeps, RoutesOf, StaffCall } from './api-route.js'
import { WHOLE_TEXT } from './plain-line.js'
import { askedArea } from './staff.js'

/** What fits in no field; what a field may hold is said in words by the checks. */
const TEXT_MAX = 500
const LIST_MAX = 1000
const MINUTE_MAX = 24 * 60 - 1
const WEEK = 7

const text = z.string().max(TEXT_MAX).regex(WHOLE_TEXT)
const minute = z.number().int().min(0).max(MINUTE_MAX)
const hours = z
  .array(z.strictObject({ days: z.array(z.number().int().min(1).max(WEEK)).min(1).max(WEEK), from: minute, until: minute }))
  .max(LIST_MAX)
const OnCallWish = z
  .strictObject({ id: text, name: text, mail: text.optional(), hours })
  .transform(({ mail, ...one }) => ({ ...one, ...(mail === undefined || mail === '' ? {} : { mail }) }))
const Wish = z.strictObject({
  seen: z.number().int().min(0),
  stairwells: z.array(text).max(LIST_MAX),
  neighbours: z.array(text).max(LIST_MAX),
  officeHours: hours,
  onCall: z.array(OnCallWish).max(LIST_MAX),
})
const WordOrder = z.strictObject({ onCall: text })

export function placeRoutes(deps: ApiDeps): RoutesOf<'places'> {
  return {
    'GET /api/places': async (call) => ({
      ...(await listPlaces(deps, askedArea(call))),
      areas: deps.areas(),
      languages: deps.work.library.current().languages.map(({ code, name, dir }) => ({ code, name, dir })),
    }),
    'PUT /api/places/:area': async (call) => {
      const area = areaOf(call)
      return placesDone(await changePlace(deps, leaderOf(call), area, Wish.parse(call.request.body)))
    },
    'POST /api/places/:area/word': async (call) => {
      const area = areaOf(call)
      return placesDone(await placeWord(deps, leaderOf(call), area, WordOrder.parse(call.request.body).onCall))
    },
  }
}

/** Whoever called, as the one who changes a place. */
export function leaderOf({ signedIn, areas }: StaffCall): Leader {
  return { id: signedIn.staff._id, areas }
}

/** A foreign area is refused before what is wrong with the rest. */
function areaOf({ request, areas }: StaffCall): string {
  const area = String(request.params['area'])
  if (areas !== 'all' && !areas.includes(area)) throw new ApiError('foreign-area')
  return area
}

const CODES: Readonly<Record<Extract<PlacesRefusal, string>, ApiCode>> = {
  unknown: 'not-found',
  foreign: 'foreign-area',
  changed: 'changed-meanwhile',
  taken: 'network-taken',
  'has-people': 'network-has-people',
  'has-requests': 'network-has-requests',
  'not-on-call': 'not-on-call',
}

/** What was done; throws what stood in its way as `ApiError`. */
export function placesDone<T extends object>(done: T | PlacesRefusal): T {
  if (typeof done === 'string') throw new ApiError(CODES[done])
  if ('problems' in done) throw new ApiError('needs-mending', done)
  return done
}
