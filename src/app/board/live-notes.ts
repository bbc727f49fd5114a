/** What the stream of events tells of each kind of document, and to whom: ids alone, and only of what the reader may ask for. */

import type { BoardChange } from '../../core/board-types.js'
import { type Areas, areasOf, overlaps } from '../../core/staff-types.js'
import type { AlarmDocument, ContactDocument, HandoffDocument, NetworkDocument, PlaceDocument } from '../../store/collections.js'
import type { AuditDocument, PresenceDocument, StaffDocument } from '../../store/staff-documents.js'
import { ACCESS, allowedAreas, type RouteName } from '../access.js'
import { isDanger } from './board-place.js'

/** Trial or live has changed, for everybody. */
export const MODE_CHANGED: Noted = { change: { what: 'mode', id: 'mode' }, areas: 'all' }

/** A change, and what decides who is told of it. */
export interface Noted {
  readonly change: BoardChange
  /** `all`: the whole installation. */
  readonly areas: Areas
  /** Of danger or violence. */
  readonly danger?: true
  /** Whoever did it knows already: an id of staff. */
  readonly not?: string
}

/** The route by which the page asks for what changed: whoever may not use it is not told. */
const ASKED_BY = {
  request: 'GET /api/requests',
  presence: 'GET /api/requests',
  alarm: 'GET /api/alarms',
  person: 'GET /api/people',
  place: 'GET /api/places',
  staff: 'GET /api/staff',
  audit: 'GET /api/audit',
  mode: 'GET /api/mode',
} as const satisfies Readonly<Record<BoardChange['what'], RouteName>>

/** Whether this member of staff is told of it. */
export function isFor({ change, areas, danger, not }: Noted, staff: Pick<StaffDocument, '_id' | 'roles' | 'safeguarding'>): boolean {
  if (not === staff._id || (danger === true && !staff.safeguarding)) return false
  const mine = allowedAreas(ACCESS[ASKED_BY[change.what]], staff.roles)
  return mine !== undefined && overlaps(areas, mine)
}

export function noteOfRequest({ _id: id, area, task }: Pick<HandoffDocument, '_id' | 'area' | 'task'>): Noted {
  return { change: { what: 'request', id }, areas: [area], ...dangerOf(task) }
}

export function noteOfAlarm({
  _id: id,
  area,
  about,
}: Pick<AlarmDocument, '_id' | 'area'> & { readonly about: { readonly why: string; readonly task?: string } }): Noted {
  // Words of danger in a talk about anything.
  return { change: { what: 'alarm', id }, areas: [area], ...(about.why === 'danger' ? { danger: true } : dangerOf(about.task)) }
}

/** Undefined: no volunteer. */
export function noteOfContact({
  _id: id,
  volunteer,
}: Pick<ContactDocument, '_id'> & { readonly volunteer?: { readonly area: string } }): Noted | undefined {
  return volunteer === undefined ? undefined : { change: { what: 'person', id }, areas: [volunteer.area] }
}

export function noteOfPlace({ _id: id }: Pick<PlaceDocument, '_id'>): Noted {
  return { change: { what: 'place', id }, areas: [id] }
}

export function noteOfNetwork({ _id: id, areas }: Pick<NetworkDocument, '_id' | 'areas'>): Noted {
  return { change: { what: 'place', id }, areas }
}

export function noteOfStaff({ _id: id, roles }: Pick<StaffDocument, '_id' | 'roles'>): Noted {
  return { change: { what: 'staff', id }, areas: areasOf(roles) }
}

/** A line of the whole installation has no area, and is read by those of all areas alone. */
export function noteOfAudit({ _id: id, area }: Pick<AuditDocument, '_id' | 'area'>): Noted {
  return { change: { what: 'audit', id }, areas: [area] }
}

export function noteOfPresence({ request, area, danger, staff }: Omit<PresenceDocument, '_id' | 'version' | 'until'>): Noted {
  return { change: { what: 'presence', id: request }, areas: [area], ...(danger === undefined ? {} : { danger }), not: staff }
}

/** Of what it was and what it is: whoever lost something by a move to another area is told as well. */
export function moved(before: Noted | undefined, now: Noted): Noted {
  if (before === undefined) return now
  const areas = before.areas === 'all' || now.areas === 'all' ? 'all' : [...new Set([...before.areas, ...now.areas])]
  return { ...now, areas }
}

function dangerOf(task: string | undefined): Pick<Noted, 'danger'> {
  return task !== undefined && isDanger(task) ? { danger: true } : {}
}
