/** Who of the staff has a request open now: two people on the same case see each other. It holds over all instances, by the store. */
import type { Instant } from '../../core/types.js'
import type { Collections } from '../../store/collections.js'
import type { StaffDocument } from '../../store/staff-documents.js'
import type { Time } from '../ports.js'
import { isFor, noteOfRequest } from './live-notes.js'

/** Milliseconds that a word of presence holds (ours): two of the page's, which come every 20 s, and a little. */
export const PRESENCE_MS = 45_000
/** More than look at one request. */
const OTHERS_MAX = 20

export interface PresenceDeps extends Pick<Collections, 'presences' | 'handoffs' | 'staff'> {
  readonly time: Pick<Time, 'now'>
}

interface Present {
  /** Id of the request. */
  readonly request: string
  readonly staff: StaffDocument
}

/** Somebody has it open, from now or still; false: there is no such request for them. Throws `StoreUnavailable`. */
export async function arrive(deps: PresenceDeps, { request, staff }: Present): Promise<boolean> {
  const noted = await visible(deps, { request, staff })
  if (noted === undefined) return false
  const { area, danger } = noted
  const _id = idOf(request, staff)
  const until: Instant = deps.time.now() + PRESENCE_MS
  const made = { _id, version: 1, request, staff: staff._id, area, until, ...(danger === undefined ? {} : { danger }) }
  const known = await deps.presences.get(_id)
  // Where another page of theirs was faster, theirs holds as long.
  if (known === undefined) await deps.presences.insert(made)
  else await deps.presences.replace({ ...known, until })
  return true
}

/** They closed it; false: there is no such request for them. Throws `StoreUnavailable`. */
export async function depart(deps: PresenceDeps, { request, staff }: Present): Promise<boolean> {
  if ((await visible(deps, { request, staff })) === undefined) return false
  await deps.presences.remove({ _id: idOf(request, staff) }, 1)
  return true
}

/** Names of the other staff who have it open now, in their order. Whether the caller may see the request was asked before. Throws `StoreUnavailable`. */
export async function othersOf(deps: Omit<PresenceDeps, 'handoffs'>, request: string, staff: string): Promise<string[]> {
  const found = await deps.presences.find({ request, until: { from: deps.time.now() + 1 } }, { sort: ['until'], limit: OTHERS_MAX })
  const others = found.filter((presence) => presence.staff !== staff)
  const known = await Promise.all(others.map((presence) => deps.staff.get(presence.staff)))
  return known.flatMap((one) => (one?.state === 'active' ? [one.name] : [])).toSorted((a, b) => a.localeCompare(b, 'da'))
}

async function visible({ handoffs }: PresenceDeps, { request, staff }: Present): Promise<{ area: string; danger?: true } | undefined> {
  const known = await handoffs.get(request)
  if (known === undefined) return undefined
  const noted = noteOfRequest(known)
  if (!isFor(noted, staff)) return undefined
  return { area: known.area, ...(noted.danger === undefined ? {} : { danger: noted.danger }) }
}

function idOf(request: string, { _id }: StaffDocument): string {
  return `${request}:${_id}`
}
