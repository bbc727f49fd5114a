/** Staff answer somebody who wants to be a volunteer, once; their own conversation tells them. */
import type { Volunteering } from '../core/volunteer-types.js'
import type { Collection } from '../store/collection.js'
import type { ContactDocument, ConversationDocument } from '../store/collections.js'
import { type AlarmsMarkDeps, endApplication } from './alarms-mark.js'
import { conversationOf } from './handoffs/conversation-of.js'
import type { Receive } from './ports.js'

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
  /** A no that they have becomes a yes; a yes that they have stays one. */
  readonly anew?: true
  /** Contact of the coordinator who decides, for areas of theirs; absent: staff at the command line, or in the console for areas of theirs. */
  readonly by?: string
  /** Id of the effect: deciding twice by the same one is deciding once. */
  readonly id?: string
}

/**
 * Decides about an applicant, tells them, and ends their alarms. `gone`: there is no such volunteer. Throws `StoreUnavailable`; then it may be
 * done again: whoever answers somebody who has an answer tells them the answer they have, if that was never done, and their alarms stand until then.
 */
export async function decideVolunteer(
  deps: ApproveDeps,
  { volunteer, yes, anew, by, id }: VolunteerDecision,
): Promise<'ok' | 'gone' | 'decided-before' | 'not-yours'> {
  for (;;) {
    const known = await deps.contacts.get(volunteer)
    const form = known?.volunteer
    if (known === undefined || form === undefined) return 'gone'
    if (by !== undefined && !(await isOfArea(deps, by, form.area))) return 'not-yours'
    const again = id !== undefined && known.applied.includes(id)
    const isOpen = form.state === 'applied' || (yes && anew === true && form.state === 'refused')
    if (again || !isOpen) {
      await finish(deps, known, form)
      return again ? 'ok' : 'decided-before'
    }
    const next = decided(known, form, yes, id)
    if ((await deps.contacts.replace(next)) !== 'ok') continue
    await finish(deps, next, next.volunteer)
    return 'ok'
  }
}

async function isOfArea({ contacts }: ApproveDeps, coordinator: string, area: string): Promise<boolean> {
  return (await contacts.get(coordinator))?.coordinator?.areas.includes(area) ?? false
}

function decided(known: ContactDocument, form: Volunteering, yes: boolean, id: string | undefined) {
  const state: Volunteering['state'] = yes ? 'approved' : 'refused'
  const effects = id === undefined ? [] : [id]
  // The version that it answers parts it from an answer to a later application.
  const applied = [...known.applied, ...effects, `${answerOf(state)}${known.version}`].slice(-APPLIED_MAX)
  // Whoever lets somebody go on who wrote of being under 18 says that they are not.
  const age = yes && !form.adult ? ({ adult: true, ageDecided: true } as const) : {}
  return { ...known, volunteer: { ...form, ...age, state }, applied }
}

function answerOf(state: Volunteering['state']): string {
  return `answered:${state}:`
}

/** What follows an answer; twice gives the same. Somebody whom a file made a volunteer was never answered, and is told nothing. */
async function finish(deps: ApproveDeps, { _id: contact, applied }: ContactDocument, { state }: Volunteering): Promise<void> {
  if (state === 'applied') return
  const answer = applied.findLast((one) => one.startsWith(answerOf(state)))
  const conversation = answer === undefined ? undefined : await conversationOf(deps.conversations, contact)
  const event = { id: `role:${contact}:${answer}`, at: deps.time.now(), type: 'role', is: state } as const
  if (conversation !== undefined) await deps.receive(conversation, event)
  await endApplication(deps, contact)
}
