/** Staff answer somebody who wants to be a volunteer, once; their own conversation tells them. */
import type { Collection } from '../store/collection.js'
import type { ContactDocument, ConversationDocument } from '../store/collections.js'
import { type AlarmsMarkDeps, endApplication } from './alarms-mark.js'
import type { Receive } from './ports.js'

/** Conversations of one person: more than anybody has. */
const CONVERSATIONS_MAX = 50
/** Applied effects that a contact remembers. */
const APPLIED_MAX = 50

export interface ApproveDeps extends AlarmsMarkDeps {
  readonly contacts: Collection<ContactDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly receive: Receive
}

export interface VolunteerDecision {
  /** Contact of the applicant. */
  readonly volunteer: string
  readonly yes: boolean
  /** Contact of the coordinator who decides, for areas of theirs; absent: staff at the command line. */
  readonly by?: string
  /** Id of the effect: deciding twice by the same one is deciding once. */
  readonly id?: string
}

/** Decides about an applicant, and ends their alarms. `gone`: there is no such volunteer. Throws `StoreUnavailable`; with an `id` it may be done again. */
export async function decideVolunteer(
  deps: ApproveDeps,
  { volunteer, yes, by, id }: VolunteerDecision,
): Promise<'ok' | 'gone' | 'decided-before' | 'not-yours'> {
  for (;;) {
    const known = await deps.contacts.get(volunteer)
    const form = known?.volunteer
    if (known === undefined || form === undefined) return 'gone'
    if (by !== undefined && !(await isOfArea(deps, by, form.area))) return 'not-yours'
    const again = id !== undefined && known.applied.includes(id)
    if (!again && form.state !== 'applied') return 'decided-before'
    // The version it has or gets with this answer parts it from an answer to a later application.
    const name = id ?? `${volunteer}:${known.version}`
    if (!again && (await deps.contacts.replace(decided(known, form, yes, id))) !== 'ok') continue
    await endApplication(deps, volunteer)
    await tellThem(deps, volunteer, yes, name)
    return 'ok'
  }
}

async function isOfArea({ contacts }: ApproveDeps, coordinator: string, area: string): Promise<boolean> {
  return (await contacts.get(coordinator))?.coordinator?.areas.includes(area) ?? false
}

function decided(
  known: ContactDocument,
  form: NonNullable<ContactDocument['volunteer']>,
  yes: boolean,
  id: string | undefined,
): ContactDocument {
  const applied = id === undefined ? known.applied : [...known.applied, id].slice(-APPLIED_MAX)
  return { ...known, volunteer: { ...form, state: yes ? 'approved' : 'refused' }, applied }
}

async function tellThem(deps: ApproveDeps, contact: string, yes: boolean, name: string): Promise<void> {
  for (const conversation of await deps.conversations.find({ contact }, { sort: ['_id'], limit: CONVERSATIONS_MAX })) {
    const id = `role:${name}:${conversation._id}`
    await deps.receive(conversation, { id, at: deps.time.now(), type: 'role', is: yes ? 'approved' : 'refused' })
  }
}
