/** Areas as staff see and change them in the console: stairwells, neighbours, office hours, and who is on call. */
import { isDeepStrictEqual } from 'node:util'
import type { Network, OnCall, Place } from '../core/places-types.js'
import { type Areas, isWithin, overlaps } from '../core/staff-types.js'
import type { Instant } from '../core/types.js'
import type { NetworkDocument, PlaceDocument } from '../store/collections.js'
import type { AccountsDeps } from './accounts/accounts-deps.js'
import { note } from './accounts/audit.js'
import { wakeAlarms } from './alarms-mark.js'
import type { ConsoleDeps } from './console-deps.js'
import { makeOneTime, WORD_MINUTES } from './one-times.js'
import { volunteersIn } from './people-file-export.js'
import { allPlaces } from './places.js'
import { checkPlace, type PlaceWish } from './places-board-checks.js'
import type { FieldProblem } from './places-board-words.js'

const MINUTE = 60_000

export interface PlacesBoardDeps {
  readonly accounts: Pick<AccountsDeps, 'audit' | 'ids' | 'time'>
  readonly work: Pick<ConsoleDeps, 'collections' | 'places' | 'library' | 'keys' | 'ids' | 'time'>
  /** Every area there is. */
  readonly areas: () => readonly { readonly id: string; readonly name: string }[]
}

/** Somebody of the staff, and the areas whose places they lead. */
export interface Leader {
  readonly id: string
  readonly areas: Areas
}

/** Why nothing was changed. `foreign`: something of it is in an area that is not theirs. `changed`: another was faster. */
export type PlacesRefusal =
  | 'unknown'
  | 'foreign'
  | 'changed'
  | 'taken'
  | 'has-people'
  | 'has-requests'
  | 'not-on-call'
  | { readonly problems: readonly FieldProblem[] }

/** An area with its name; `seen` is its version, 0 while nothing is kept of it. */
export type SeenPlace = Place & { readonly name: string; readonly seen: number }
/** A network with the areas that the reader leads; `elsewhere`: it helps in others too. */
export type SeenNetwork = Network & { readonly seen: number; readonly elsewhere?: true }

/** The leader's areas by name, and who helps there. Throws `StoreUnavailable`. */
export async function listPlaces(
  { work, areas }: PlacesBoardDeps,
  mine: Areas,
): Promise<{ readonly places: readonly SeenPlace[]; readonly networks: readonly SeenNetwork[] }> {
  const all = await allPlaces(work.collections)
  const kept = new Map(all.places.map((place) => [place._id, place]))
  return {
    places: areas()
      .filter(({ id }) => isWithin([id], mine))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'da'))
      .map(({ id, name }) => seenPlace(name, kept.get(id) ?? emptyPlace(id))),
    networks: all.networks
      .filter((network) => overlaps(network.areas, mine))
      .map((network) => seenNetwork(network, mine))
      .toSorted((a, b) => (a.names['da'] ?? '').localeCompare(b.names['da'] ?? '', 'da')),
  }
}

/** A network as somebody may see it. */
export function seenNetwork({ _id: id, version: seen, ...network }: NetworkDocument, mine: Areas): SeenNetwork {
  if (isWithin(network.areas, mine)) return { id, ...network, seen }
  return { id, ...network, areas: network.areas.filter((area) => isWithin([area], mine)), seen, elsewhere: true }
}

function seenPlace(name: string, { _id: id, version: seen, ...place }: PlaceDocument): SeenPlace {
  return { id, name, ...place, seen }
}

function emptyPlace(id: string): PlaceDocument {
  return { _id: id, version: 0, stairwells: [], neighbours: [], officeHours: [], onCall: [] }
}

/**
 * Changes an area, as far as nobody was faster. Who is on call in several areas of this leader is changed in all of them: one person has
 * one name and one mail. Throws `StoreUnavailable`; then it may be tried again.
 */
export async function changePlace(
  deps: PlacesBoardDeps,
  by: Leader,
  area: string,
  { seen, ...wish }: PlaceWish & { readonly seen: number },
): Promise<SeenPlace | PlacesRefusal> {
  const { collections, places, time } = deps.work
  const name = nameOf(deps, by, area)
  if (typeof name !== 'object') return name
  const all = (await allPlaces(collections)).places
  const before = all.find(({ _id }) => _id === area) ?? emptyPlace(area)
  if (before.version !== seen) return 'changed'
  const others = all.filter(({ _id }) => _id !== area).map((other) => withSamePeople(other, { before, wish, by }))
  const moved = await livingIn(deps, area, takenAway(before, wish))
  const checked = checkPlace(area, wish, { known: deps.areas().map(({ id }) => id), others: others.map(({ next }) => next), moved })
  if ('problems' in checked) return checked
  const also = others.filter(({ writes }) => writes).map(({ next }) => next)
  await note(deps.accounts, { who: by.id, what: 'place-changed', about: area }, [area])
  for (const { _id } of also) await note(deps.accounts, { who: by.id, what: 'place-changed', about: _id }, [_id])
  const next = { ...checked.is, _id: area, version: Math.max(before.version, 1) }
  const written = await (before.version === 0 ? collections.places.insert(next) : collections.places.replace(next))
  if (written !== 'ok') return 'changed'
  for (const { _id } of also) await carryOver(deps, _id, checked.is.onCall)
  await places.follow()
  for (const id of [area, ...also.map(({ _id }) => _id)]) await wakeAlarms({ alarms: collections.alarms, time }, id)
  return seenPlace(name.is, { ...next, version: before.version + 1 })
}

/** A word that makes whoever types it coordinator of the area, as this entry of its list; and until when it works. Throws `StoreUnavailable`. */
export async function placeWord(
  deps: PlacesBoardDeps,
  by: Leader,
  area: string,
  onCall: string,
): Promise<{ readonly word: string; readonly until: Instant } | PlacesRefusal> {
  const { collections, keys, ids, time } = deps.work
  const name = nameOf(deps, by, area)
  if (typeof name !== 'object') return name
  const place = await collections.places.get(area)
  if (place?.onCall.some(({ id }) => id === onCall) !== true) return 'not-on-call'
  await note(deps.accounts, { who: by.id, what: 'place-word', about: area }, [area])
  const until = time.now() + WORD_MINUTES * MINUTE
  return { word: await makeOneTime({ ...collections, keys, ids, time }, { what: 'coordinator', area, onCall }), until }
}

/** A foreign area is refused as such, whether it exists or not. */
function nameOf({ areas }: PlacesBoardDeps, by: Leader, area: string): { readonly is: string } | 'foreign' | 'unknown' {
  if (!isWithin([area], by.areas)) return 'foreign'
  const known = areas().find(({ id }) => id === area)
  return known === undefined ? 'unknown' : { is: known.name }
}

function takenAway(before: PlaceDocument, wish: PlaceWish): ReadonlySet<string> {
  const kept = new Set(wish.stairwells.map((one) => one.trim()))
  return new Set(before.stairwells.filter((one) => !kept.has(one)))
}

/** One volunteer of each of these stairwells. Volunteers have no index by area: all are read, and only when a stairwell goes. */
async function livingIn({ work }: PlacesBoardDeps, area: string, stairwells: ReadonlySet<string>) {
  if (stairwells.size === 0) return []
  const living = (await volunteersIn(work.collections.contacts))
    .map(({ volunteer }) => volunteer)
    .filter((one) => one.area === area && one.stairwell !== undefined && stairwells.has(one.stairwell))
  return [...new Map(living.map((one) => [one.stairwell, one])).values()]
}

interface PlaceChanging {
  readonly before: PlaceDocument
  readonly wish: PlaceWish
  readonly by: Leader
}

/**
 * Another area as it stands beside this one: who is on both lists and has a new name or mail here has it there too, where this leader may
 * write it. Who has not changed here is not held against the other list.
 */
function withSamePeople(
  other: PlaceDocument,
  { before, wish, by }: PlaceChanging,
): { readonly next: PlaceDocument; readonly writes: boolean } {
  const mayWrite = isWithin([other._id], by.areas)
  let writes = false
  const onCall = other.onCall.map((there) => {
    const [was, is] = [before, wish].map(({ onCall: list }) => list.find(({ id }) => id === there.id))
    if (was === undefined || is === undefined || isSame(is, there)) return there
    const changed = !isSame(was, is)
    if (changed && !mayWrite) return there
    writes ||= changed
    return renamed(there, is)
  })
  return { next: { ...other, onCall }, writes }
}

function isSame(one: OnCall, other: OnCall): boolean {
  return one.name === other.name && one.mail === other.mail
}

function renamed({ id, hours }: OnCall, { name, mail }: OnCall): OnCall {
  return { id, name, ...(mail === undefined ? {} : { mail }), hours }
}

/** Names and mails of these people onto another area's list, whatever happened to it meanwhile. */
async function carryOver({ work }: PlacesBoardDeps, area: string, people: readonly OnCall[]): Promise<void> {
  for (;;) {
    const known = await work.collections.places.get(area)
    if (known === undefined) return
    const onCall = known.onCall.map((there) => renamed(there, people.find(({ id }) => id === there.id) ?? there))
    if (isDeepStrictEqual(onCall, known.onCall) || (await work.collections.places.replace({ ...known, onCall })) === 'ok') return
  }
}
