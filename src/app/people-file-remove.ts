/** Takes out of the store what a file of people leaves out, as far as nothing hangs on it. */
import type { Collection } from '../store/collection.js'
import type { ContactDocument, HandoffDocument } from '../store/collections.js'
import { fileIdOf, IMPORTED, type PeopleStore, type VolunteerDocument, volunteersIn } from './people-file-export.js'
import type { Missing } from './people-file-import.js'
import { allPlaces } from './places.js'

export interface Removed {
  readonly areas: readonly string[]
  readonly networks: readonly string[]
  readonly volunteers: readonly string[]
  readonly refused: readonly { readonly id: string; readonly why: string }[]
}

const PAGE = 500

/** Volunteers without a task first, then networks without people, then areas without anybody. Open requests keep their network and area. */
export async function removeMissing(
  deps: PeopleStore & { readonly handoffs: Collection<HandoffDocument> },
  missing: Missing,
): Promise<Removed> {
  const refused: { id: string; why: string }[] = []
  const volunteers: string[] = []
  for (const contact of missing.volunteers) {
    const tasks = await removeVolunteer(deps.contacts, contact)
    if (tasks === 0) volunteers.push(fileIdOf(contact))
    else refused.push({ id: fileIdOf(contact), why: `has ${tasks} open ${tasks === 1 ? 'task' : 'tasks'}: hand it on first` })
  }
  const used = await inUse(deps)
  const left = (ids: readonly string[], why: (id: string) => string | undefined) =>
    ids.filter((id) => {
      const reason = why(id)
      if (reason !== undefined) refused.push({ id, why: reason })
      return reason === undefined
    })
  const networks = left(missing.networks, (id) => used.networks.get(id))
  for (const id of networks) await deps.networks.remove({ _id: id }, 1)
  for (const network of (await allPlaces(deps)).networks)
    for (const area of network.areas) used.areas.set(area, `${network._id} helps there`)
  const areas = left(missing.areas, (id) => used.areas.get(id))
  for (const id of areas) await deps.places.remove({ _id: id }, 1)
  return { areas, networks, volunteers, refused }
}

/** Resolves with the tasks that stand in the way. A contact who has nothing but the role goes with it. */
async function removeVolunteer(contacts: Collection<ContactDocument>, { _id }: VolunteerDocument): Promise<number> {
  for (;;) {
    const now = await contacts.get(_id)
    if (now?.volunteer === undefined) return 0
    const tasks = Object.keys(now.volunteer.load.tasks).length
    if (tasks > 0) return tasks
    const { volunteer: _, ...rest } = now
    if ((await contacts.replace(rest)) !== 'ok') continue
    if (_id.startsWith(IMPORTED)) await contacts.remove({ _id }, 1)
    return 0
  }
}

interface InUse {
  /** Why one must stay, by id. */
  readonly networks: Map<string, string>
  readonly areas: Map<string, string>
}

async function inUse(deps: PeopleStore & { readonly handoffs: Collection<HandoffDocument> }): Promise<InUse> {
  const used: InUse = { networks: new Map(), areas: new Map() }
  for (const { volunteer } of await volunteersIn(deps.contacts)) {
    used.networks.set(volunteer.network, 'has volunteers')
    used.areas.set(volunteer.area, 'has volunteers')
  }
  for (let after: (string | number)[] | undefined; ; ) {
    const page = { sort: ['openedAt', '_id'], limit: PAGE, ...(after === undefined ? {} : { after }) }
    const open = await deps.handoffs.find({ state: 'open' }, page)
    for (const { network, area } of open) {
      used.networks.set(network, 'has open requests')
      used.areas.set(area, 'has open requests')
    }
    const last = open.at(-1)
    if (open.length < PAGE || last === undefined) return used
    after = [last.openedAt, last._id]
  }
}
