/** What people are called on the board: staff by name, volunteers by alias, coordinators of the chat as the list of who is on call has them. */
import type { ContactDocument } from '../../store/collections.js'
import type { BoardDeps } from './board-deps.js'

/** How a member of staff is named among contacts. */
const STAFF = 'staff:'

/** The contact that stands for a member of staff wherever a request names who did something. */
export function contactOfStaff(staff: string): string {
  return `${STAFF}${staff}`
}

/** Undefined for those who are gone, and for whoever has no name. */
export type NameOf = (contact: string) => string | undefined

/** Looks up these contacts, each once. Throws `StoreUnavailable`. */
export async function namesOf(deps: Pick<BoardDeps, 'collections' | 'places'>, contacts: Iterable<string>): Promise<NameOf> {
  const wanted = [...new Set(contacts)].filter((contact) => contact !== '')
  const names = new Map(await Promise.all(wanted.map(async (contact) => [contact, await nameOf(deps, contact)] as const)))
  return (contact) => names.get(contact)
}

async function nameOf(deps: Pick<BoardDeps, 'collections' | 'places'>, contact: string): Promise<string | undefined> {
  const { staff, contacts } = deps.collections
  if (contact.startsWith(STAFF)) return (await staff.get(contact.slice(STAFF.length)))?.name
  const known = await contacts.get(contact)
  return known === undefined ? undefined : (onCallName(deps, known) ?? known.volunteer?.alias)
}

function onCallName({ places }: Pick<BoardDeps, 'places'>, { coordinator }: ContactDocument): string | undefined {
  return coordinator?.onCall === undefined ? undefined : nameOnCall({ places }, coordinator.areas, coordinator.onCall)
}

/** Of an entry on the list of one of these areas; undefined for one that is not there any more. */
export function nameOnCall({ places }: Pick<BoardDeps, 'places'>, areas: readonly string[], entry: string): string | undefined {
  const known = places.current().places
  return areas.flatMap((area) => known[area]?.onCall ?? []).find(({ id }) => id === entry)?.name
}
