/**
 * The file of areas, networks and volunteers into the store: what is new is added, what differs is changed, and what the program keeps of a volunteer
 * (load, duty, pause) is never touched. Each document by compare-and-set, so any number of imports may run at once, beside a running server.
 */
import { isDeepStrictEqual } from 'node:util'
import { NO_LOAD, type Volunteering } from '../core/volunteer-types.js'
import type { Collection, Stored } from '../store/collection.js'
import type { ContactDocument, HandoffDocument, NetworkDocument, PlaceDocument } from '../store/collections.js'
import { isContactId, type PeopleFile } from './people-file.js'
import {
  areaEntry,
  fileIdOf,
  IMPORTED,
  networkEntry,
  type PeopleStore,
  promiseEntry,
  type VolunteerDocument,
  volunteerEntry,
  volunteersIn,
} from './people-file-export.js'
import type { FileNetwork, FilePlace, FileVolunteer } from './people-file-form.js'
import { removeMissing } from './people-file-remove.js'
import { type Changes, reportLines } from './people-file-report.js'
import { allPlaces } from './places.js'

export interface ImportDeps extends PeopleStore {
  readonly handoffs: Collection<HandoffDocument>
}

export interface ImportOptions {
  /** Takes out what the file leaves out, except what is still needed. */
  readonly removeMissing: boolean
}

/** Writes that are asked for at once: they share a transaction, and an instance that answers meanwhile is not held up for long. */
const AT_ONCE = 100

/**
 * Resolves with what was done, in lines. Cut off anywhere and begun again it ends in the same: areas are written last, so that a store
 * that has areas has everything. Throws `StoreUnavailable`.
 */
export async function importPeople(deps: ImportDeps, file: PeopleFile, options: ImportOptions): Promise<readonly string[]> {
  const before = await volunteersIn(deps.contacts)
  const contactOf = new Map(before.map((contact) => [fileIdOf(contact), contact._id]))
  const volunteers = await inTurns(file.volunteers, (id, entry) => putVolunteer(deps.contacts, { id, contact: contactOf.get(id), entry }))
  const networks = await inTurns(file.networks, (id, entry) => put(deps.networks, id, (now) => networkAfter(id, now, entry)))
  const areas = await inTurns(file.areas, (id, entry) => put(deps.places, id, (now) => placeAfter(id, now, entry)))
  const missing = await missingFrom(deps, file, before)
  const removed = options.removeMissing ? await removeMissing(deps, missing) : undefined
  return reportLines({ areas, networks, volunteers }, missing, removed)
}

/** What the store has and the file has not. */
export interface Missing {
  readonly areas: readonly string[]
  readonly networks: readonly string[]
  readonly volunteers: readonly VolunteerDocument[]
}

/** Whoever was refused is not in an exported file either. */
async function missingFrom(deps: ImportDeps, file: PeopleFile, before: readonly VolunteerDocument[]): Promise<Missing> {
  const { places, networks } = await allPlaces(deps)
  const notIn = (documents: readonly Stored[], there: ReadonlyMap<string, unknown>) =>
    documents.flatMap(({ _id }) => (there.has(_id) ? [] : [_id]))
  return {
    areas: notIn(places, file.areas),
    networks: notIn(networks, file.networks),
    volunteers: before
      .filter((contact) => contact.volunteer.state !== 'refused' && !file.volunteers.has(fileIdOf(contact)))
      .toSorted((a, b) => (fileIdOf(a) < fileIdOf(b) ? -1 : 1)),
  }
}

async function inTurns<T>(entries: ReadonlyMap<string, T>, one: (id: string, entry: T) => Promise<keyof Changes>): Promise<Changes> {
  const changes = { added: [], changed: [], unchanged: [], gone: [], elsewhere: [] } as { [K in keyof Changes]: string[] }
  const all = [...entries]
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const now = all.slice(at, at + AT_ONCE)
    const done = await Promise.all(now.map(async ([id, entry]) => [id, await one(id, entry)] as const))
    for (const [id, what] of done) changes[what].push(id)
  }
  return changes
}

/** Writes what `next` makes of what is there, until nobody else was faster; `undefined` leaves it as it is. */
async function put<T extends Stored>(
  collection: Collection<T>,
  id: string,
  next: (now: T | undefined) => T | undefined,
): Promise<'added' | 'changed' | 'unchanged'> {
  for (;;) {
    const now = await collection.get(id)
    const doc = next(now)
    if (doc === undefined) return 'unchanged'
    if (now === undefined && (await collection.insert(doc)) === 'ok') return 'added'
    if (now !== undefined && (await collection.replace(doc)) === 'ok') return 'changed'
  }
}

function placeAfter(id: string, now: PlaceDocument | undefined, { onCall, ...entry }: FilePlace): PlaceDocument | undefined {
  const next = { ...entry, onCall: onCall ?? now?.onCall ?? [] }
  if (now !== undefined && isDeepStrictEqual(areaEntry(now), areaEntry(next))) return undefined
  return { _id: id, version: now?.version ?? 1, ...next }
}

function networkAfter(id: string, now: NetworkDocument | undefined, entry: FileNetwork): NetworkDocument | undefined {
  if (now !== undefined && isDeepStrictEqual(networkEntry(now), networkEntry(entry))) return undefined
  return { _id: id, version: now?.version ?? 1, ...entry }
}

interface VolunteerPut {
  readonly id: string
  /** Who they are in the store, where they are there. */
  readonly contact: string | undefined
  readonly entry: FileVolunteer
}

/**
 * `gone`: they came into the chat once and stopped or had everything erased; a file does not bring them back. `elsewhere`: they signed up in
 * a chat that this store does not know, or no more.
 */
async function putVolunteer(contacts: Collection<ContactDocument>, { id, contact, entry }: VolunteerPut): Promise<keyof Changes> {
  if (contact === undefined && isContactId(id)) return 'elsewhere'
  let gone = false
  const done = await put(contacts, contact ?? `${IMPORTED}${id}`, (now) => {
    gone = now === undefined ? contact !== undefined && !contact.startsWith(IMPORTED) : now.volunteer === undefined
    if (gone) return undefined
    if (now?.volunteer === undefined) return { _id: `${IMPORTED}${id}`, version: 1, applied: [], volunteer: newVolunteer(id, entry) }
    const volunteer = volunteerAfter(now.volunteer, entry)
    return isDeepStrictEqual(volunteerEntry(now.volunteer), volunteerEntry(volunteer)) ? undefined : { ...now, volunteer }
  })
  return gone ? 'gone' : done
}

function newVolunteer(id: string, { approved, ...entry }: FileVolunteer): Volunteering {
  return { ...entry, file: id, state: approved ? 'approved' : 'applied', load: NO_LOAD }
}

/** A promise that was given stays: the file has its day only, and may leave it out. */
function volunteerAfter(now: Volunteering, { approved, promise: written, ...entry }: FileVolunteer): Volunteering {
  const { file, paused, alsoPaused, dutySince, openUntil, lastFinished, load, promise: given } = now
  const same = given !== undefined && (written === undefined || isDeepStrictEqual(promiseEntry(given), promiseEntry(written)))
  const promise = same ? given : written
  const kept = { file, paused, alsoPaused, dutySince, openUntil, lastFinished, promise }
  const state = approved ? 'approved' : now.state === 'approved' ? 'applied' : now.state
  return {
    ...entry,
    ...(Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)) as Partial<Volunteering>),
    state,
    load,
  }
}
