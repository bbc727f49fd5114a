/** Networks as staff make, change and remove them in the console. */
import { isWithin, overlaps } from '../core/staff-types.js'
import type { HandoffDocument, NetworkDocument } from '../store/collections.js'
import { note } from './accounts/audit.js'
import { type Leader, type PlacesBoardDeps, type PlacesRefusal, type SeenNetwork, seenNetwork } from './places-board.js'
import { checkNetwork, type NetworkWish } from './places-board-checks.js'

const PAGE = 500

/**
 * Makes a network (`seen: 0`) or changes one, as far as nobody was faster. All of its areas, before and after, must be this leader's.
 * Throws `StoreUnavailable`; then it may be tried again.
 */
export async function changeNetwork(
  deps: PlacesBoardDeps,
  by: Leader,
  id: string,
  { seen, ...wish }: NetworkWish & { readonly seen: number },
): Promise<SeenNetwork | PlacesRefusal> {
  const { networks } = deps.work.collections
  if (!isWithin(wish.areas, by.areas)) return 'foreign'
  const before = await networks.get(id)
  const refused = seen === 0 ? before && 'taken' : mayChange(before, by)
  if (refused !== undefined) return refused
  if (before !== undefined && before.version !== seen) return 'changed'
  const languages = deps.work.library.current().languages.map(({ code }) => code)
  const checked = checkNetwork(id, wish, {
    areas: deps.areas().map((area) => area.id),
    // What it is called in a language that is not offered now is kept.
    languages: [...new Set([...languages, ...Object.keys(before?.names ?? {})])],
    hasPeople: wish.external !== undefined && (await hasPeople(deps, id)),
  })
  if ('problems' in checked) return checked
  const areas = [...new Set([...(before?.areas ?? []), ...checked.is.areas])]
  await note(deps.accounts, { who: by.id, what: 'network-changed', about: id }, areas)
  const next: NetworkDocument = { ...checked.is, _id: id, version: before?.version ?? 1 }
  if (before === undefined && (await networks.insert(next)) !== 'ok') return 'taken'
  if (before !== undefined && (await networks.replace(next)) !== 'ok') return 'changed'
  await deps.work.places.follow()
  return seenNetwork({ ...next, version: seen + 1 }, by.areas)
}

/** Removes a network that nobody belongs to and no open request names; undefined when it is done. Throws `StoreUnavailable`. */
export async function removeNetwork(deps: PlacesBoardDeps, by: Leader, id: string): Promise<PlacesRefusal | undefined> {
  const { networks } = deps.work.collections
  const before = await networks.get(id)
  const refused = mayChange(before, by)
  if (before === undefined || refused !== undefined) return refused
  if (await hasPeople(deps, id)) return 'has-people'
  if (await hasRequests(deps, id)) return 'has-requests'
  await note(deps.accounts, { who: by.id, what: 'network-removed', about: id }, before.areas)
  await networks.remove({ _id: id }, 1)
  await deps.work.places.follow()
  return undefined
}

/** One that helps in none of their areas is not there for them. */
function mayChange(network: NetworkDocument | undefined, by: Leader): 'unknown' | 'foreign' | undefined {
  if (network === undefined || !overlaps(network.areas, by.areas)) return 'unknown'
  return isWithin(network.areas, by.areas) ? undefined : 'foreign'
}

/** Whoever was refused belongs to none. */
async function hasPeople({ work }: PlacesBoardDeps, id: string): Promise<boolean> {
  const where = { 'volunteer.network': id, 'volunteer.state': { in: ['applied', 'approved'] } }
  const found = await work.collections.contacts.find(where, { sort: ['volunteer.network', 'volunteer.state', '_id'], limit: 1 })
  return found.length > 0
}

async function hasRequests({ work }: PlacesBoardDeps, id: string): Promise<boolean> {
  const names = ({ network, passOn }: HandoffDocument) => network === id || passOn?.network === id
  for (let after: (string | number)[] | undefined; ; ) {
    const page = { sort: ['openedAt', '_id'], limit: PAGE, ...(after === undefined ? {} : { after }) }
    const open = await work.collections.handoffs.find({ state: 'open' }, page)
    if (open.some(names)) return true
    const last = open.at(-1)
    if (open.length < PAGE || last === undefined) return false
    after = [last.openedAt, last._id]
  }
}
