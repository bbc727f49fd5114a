/** What stands between trial and live: nobody must depend on one administrator, on a doctor without a number, or on an empty on-call list. */
import type { Missing } from '../core/mode-types.js'
import type { Places } from '../core/places-types.js'
import type { Area } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { StaffDocument } from '../store/staff-documents.js'
import { isFullAdministrator } from './accounts/staff.js'

/** More than work with one installation. */
const STAFF_MAX = 1000
/** So that one can help the other who lost their device. */
const ADMINISTRATORS = 2

export interface ReadinessDeps {
  readonly staff: Pick<Collection<StaffDocument>, 'find'>
  /** Every area there is, and which one those are in who come from nowhere in particular. */
  readonly library: () => { readonly areas: Readonly<Record<string, Area>>; readonly defaultArea: string }
  readonly places: () => Places
  /** Letters can be sent: whoever has a mail address gets a link there. */
  readonly hasMail: boolean
  /** Pages are set up, and Graph is Meta's: live means that strangers are written to. */
  readonly reachesStrangers: boolean
}

/** Empty: it may go live. Administrators first, then area by area. Throws `StoreUnavailable`. */
export async function findMissing(deps: ReadinessDeps): Promise<readonly Missing[]> {
  const active = await deps.staff.find({ state: 'active' }, { sort: ['_id'], limit: STAFF_MAX })
  const administrators = active.filter((one) => isFullAdministrator(one) && canComeBack(one, deps))
  const { areas } = deps.library()
  return [
    ...(administrators.length < ADMINISTRATORS ? [{ what: 'second-administrator' } as const] : []),
    ...Object.values(areas).flatMap((area) => (isInUse(area, deps) ? missingIn(area, deps) : [])),
  ]
}

/** Signed in once is not enough: there must be a way to sign in again. */
function canComeBack({ passkeys, mail }: StaffDocument, { hasMail }: ReadinessDeps): boolean {
  return passkeys.length > 0 || (mail !== undefined && hasMail)
}

/** A real area; one that is made up only where it has people, or where somebody from nowhere in particular ends. */
function isInUse({ id, demo }: Area, { library, places }: ReadinessDeps): boolean {
  return !demo || places().places[id] !== undefined || library().defaultArea === id
}

function missingIn({ id: area, demo, variables }: Area, { places, reachesStrangers }: ReadinessDeps): readonly Missing[] {
  const onCall = places().places[area]?.onCall ?? []
  const doctor = variables['doctor_phone']?.trim() ?? ''
  return [
    // Its numbers are made up, the doctor's too: no stranger may be given one.
    ...(demo && reachesStrangers ? [{ what: 'made-up-area', area } as const] : []),
    ...(doctor === '' ? [{ what: 'doctor', area } as const] : []),
    ...(onCall.length === 0 ? [{ what: 'on-call', area } as const] : []),
  ]
}
