/** `/api/networks`: who helps in which areas, and how they are asked. */
import { z } from 'zod'
import { changeNetwork, removeNetwork } from '../../app/places-board-networks.js'
import type { ApiDeps, RoutesOf, StaffCall } from './api-route.js'
import { leaderOf, placesDone } from './places.js'
import { WHOLE_TEXT } from './plain-line.js'

/** What fits in no field; what a field may hold is said in words by the checks. */
const TEXT_MAX = 500
const LIST_MAX = 1000
const NUMBER_MAX = 1_000_000
const MINUTE_MAX = 24 * 60 - 1

const text = z.string().max(TEXT_MAX).regex(WHOLE_TEXT)
const texts = z.array(text).max(LIST_MAX)
const number = z.number().min(-NUMBER_MAX).max(NUMBER_MAX).optional()
const minute = z.number().int().min(0).max(MINUTE_MAX)
const Wish = z.strictObject({
  seen: z.number().int().min(0),
  kind: text,
  names: z.record(z.string().max(TEXT_MAX), text),
  areas: texts,
  tasks: texts,
  settings: z.strictObject({
    ...{ k: number, t1: number, t2: number, t3: number, t4: number, t5: number },
    quiet: z.strictObject({ from: minute, until: minute }).optional(),
    ...{ loadCap: number, restMinutes: number, fairShareDays: number },
  }),
  external: z.strictObject({ mail: text.optional(), phone: text.optional() }).optional(),
})

export function networkRoutes(deps: ApiDeps): RoutesOf<'networks'> {
  return {
    'PUT /api/networks/:network': async (call) =>
      placesDone(await changeNetwork(deps, leaderOf(call), idOf(call), Wish.parse(call.request.body))),
    'DELETE /api/networks/:network': async (call) => {
      const refused = await removeNetwork(deps, leaderOf(call), idOf(call))
      return refused === undefined ? undefined : placesDone<never>(refused)
    },
  }
}

function idOf({ request }: StaffCall): string {
  return String(request.params['network'])
}
