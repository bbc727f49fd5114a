/** `/api/staff`: who may sign in and what they may do, for administrators of their areas. */
import { z } from 'zod'
import { giveLink } from '../../app/accounts/links.js'
import {
  changeStaff,
  endSessions,
  inviteStaff,
  listStaff,
  removeStaff,
  type StaffRefusal,
  seenOf,
  staffOf,
} from '../../app/accounts/staff.js'
import { type Areas, areasOf, isWithin, ROLES, type StaffRole } from '../../core/staff-types.js'
import type { StaffDocument } from '../../store/staff-documents.js'
import { type ApiCode, ApiError } from './api-error.js'
import { type ApiDeps, administratorOf, type RoutesOf, type StaffCall } from './api-route.js'
import { plainLine } from './plain-line.js'

const NAME_MAX = 80
const TEXT_MAX = 300
const AREAS_MAX = 200
const AREA_MAX = 100
const Wish = z.strictObject({
  name: plainLine(NAME_MAX),
  mail: z.string().trim().max(TEXT_MAX).optional(),
  roles: z
    .array(
      z.strictObject({
        role: z.enum(ROLES),
        areas: z.union([z.literal('all'), z.array(z.string().min(1).max(TEXT_MAX)).min(1).max(AREAS_MAX).readonly()]),
      }),
    )
    .min(1)
    .max(ROLES.length)
    .readonly(),
  safeguarding: z.boolean(),
  seen: z.string().max(TEXT_MAX).optional(),
})

const CODES: Readonly<Record<StaffRefusal, ApiCode>> = {
  unknown: 'not-found',
  foreign: 'foreign-area',
  last: 'last',
  changed: 'changed-meanwhile',
  'mail-taken': 'mail-taken',
  'mail-wrong': 'mail-wrong',
}

export function staffRoutes({ accounts, areas: known }: ApiDeps): RoutesOf<'staff'> {
  const wishOf = ({ request }: StaffCall) => {
    const wish = Wish.parse(request.body)
    const ids = known().map(({ id }) => id)
    if (!wish.roles.every(({ areas }) => areas === 'all' || areas.every((area) => ids.includes(area)))) throw new ApiError('unreadable')
    return wish
  }
  const invited = async (call: StaffCall, staff: StaffDocument) => ({
    staff: seenBy(staff, call.areas),
    ...(await giveLink(accounts, staff, call.signedIn.staff._id)),
  })
  return {
    'GET /api/staff': async (call) => {
      return { staff: (await listStaff(accounts, askedArea(call))).map((one) => seenBy(one, call.areas)) }
    },
    'POST /api/staff': async (call) => invited(call, done(await inviteStaff(accounts, administratorOf(call), foreignFirst(call, wishOf)))),
    'PUT /api/staff/:staff': async (call) => {
      const by = administratorOf(call)
      // Whether there is somebody of that id comes first: what is wrong with the wish would tell it.
      done(await staffOf(accounts, by, idOf(call)))
      return seenBy(done(await changeStaff(accounts, by, idOf(call), foreignFirst(call, wishOf))), call.areas)
    },
    'DELETE /api/staff/:staff': async (call) => {
      done(await removeStaff(accounts, administratorOf(call), idOf(call)))
      return undefined
    },
    'POST /api/staff/:staff/link': async (call) => invited(call, done(await staffOf(accounts, administratorOf(call), idOf(call)))),
    'DELETE /api/staff/:staff/sessions': async (call) => {
      done(await endSessions(accounts, administratorOf(call), idOf(call)))
      return undefined
    },
  }
}

/** The areas that `?area=` asks for, or all of the caller's. */
export function askedArea({ request, areas }: Pick<StaffCall, 'request' | 'areas'>): Areas {
  const { area } = request.query
  if (area === undefined) return areas
  // It may end up in the record.
  if (typeof area !== 'string' || area.length > AREA_MAX) throw new ApiError('unreadable')
  if (!isWithin([area], areas)) throw new ApiError('foreign-area')
  return [area]
}

/** A foreign area is refused as such, whether it exists or not. */
function foreignFirst(call: StaffCall, wishOf: (call: StaffCall) => z.infer<typeof Wish>): z.infer<typeof Wish> {
  const asked = Wish.safeParse(call.request.body)
  if (asked.success && !isWithin(areasOf(asked.data.roles), call.areas)) throw new ApiError('foreign-area')
  return wishOf(call)
}

function done(changed: StaffDocument | StaffRefusal): StaffDocument {
  if (typeof changed === 'string') throw new ApiError(CODES[changed])
  return changed
}

function idOf({ request }: StaffCall): string {
  return String(request.params['staff'])
}

/** Somebody as this administrator may see them: with what they do in these areas. `editable`: it is all they do. */
function seenBy(staff: StaffDocument, areas: Areas): object {
  const { _id: id, name, mail, roles, safeguarding, state, passkeys } = staff
  const editable = isWithin(areasOf(roles), areas)
  return {
    id,
    name,
    ...(mail === undefined ? {} : { mail }),
    roles: roles.flatMap((role) => roleWithin(role, areas)),
    safeguarding,
    state,
    passkeys: passkeys.length,
    editable,
    seen: seenOf(staff),
  }
}

function roleWithin({ role, areas }: StaffRole, mine: Areas): StaffRole[] {
  if (mine === 'all') return [{ role, areas }]
  const seen = areas === 'all' ? mine : areas.filter((area) => mine.includes(area))
  return seen.length === 0 ? [] : [{ role, areas: seen }]
}
