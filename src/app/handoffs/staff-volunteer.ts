/** What staff do about a volunteer's duty and pause, as the volunteer would in the chat. */
import type { Instant } from '../../core/types.js'
import type { Volunteering } from '../../core/volunteer-types.js'
import { command } from './change.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { changeVolunteer } from './load.js'
import { lookAgain } from './look-again.js'
import { pausedBySelf, resumedBySelf } from './pauses.js'
import { isReported, resumeReported } from './reported.js'
import { endDuty } from './volunteers.js'

/** Messenger takes messages for this long after somebody wrote; a duty lasts no longer, in any chat. */
const WINDOW_MS = 24 * 3_600_000

export interface VolunteerByStaff {
  readonly contact: string
  /** Of the occasion. */
  readonly id: string
  readonly what: 'duty' | 'pause'
  readonly on: boolean
  /** Done before anything is changed, and not where it is refused. */
  readonly before: () => Promise<void>
}

/** `window-closed`: they have not written for a day, so nothing would reach them. `report-waits`: a coordinator must decide first. */
export type VolunteerRefusal = 'gone' | 'not-approved' | 'paused' | 'report-waits' | 'window-closed'

/**
 * Carries it out. Who is off duty or paused keeps the tasks they said yes to; what they were only asked goes to others. Throws
 * `StoreUnavailable`; then it may be given again.
 */
export async function changeByStaff(deps: HandoffsDeps, change: VolunteerByStaff): Promise<VolunteerRefusal | undefined> {
  const { contact, id, what, on, before } = change
  const openUntil = await windowOf(deps, contact)
  const now = deps.time.now()
  const wanted = { what, on, isOpen: openUntil > now }
  const known = (await deps.contacts.get(contact))?.volunteer
  const refused = known === undefined ? 'gone' : refusalOf(known, wanted)
  if (refused === 'report-waits' && what === 'pause') return letGoOn(deps, change)
  if (refused !== undefined) return refused
  await before()
  const changed = await changeVolunteer(deps.contacts, contact, (volunteer) => {
    if (refusalOf(volunteer, wanted) !== undefined) return undefined
    if (what === 'pause') return on ? pausedBySelf(volunteer) : resumedBySelf(volunteer)
    // Its end is told too, below.
    return on ? { ...volunteer, dutySince: volunteer.dutySince ?? now, openUntil } : volunteer
  })
  // Somebody else changed them in between: why not is found out anew.
  if (changed?.volunteer === undefined) return changeByStaff(deps, change)
  const { network, load, openUntil: until } = changed.volunteer
  if (what === 'duty' && !on && until !== undefined) await endDuty(deps, contact, until)
  const isFree = (what === 'duty') === on
  if (isFree) await lookAgain(deps, { network, volunteer: contact, id })
  else await withdraw(deps, { contact, id, offers: Object.keys(load.offers) })
  return undefined
}

/** Whose report was decided, or is gone with its request, goes on by a word of staff. */
async function letGoOn(deps: HandoffsDeps, { contact, id, before }: VolunteerByStaff): Promise<VolunteerRefusal | undefined> {
  if (await isReported(deps, contact)) return 'report-waits'
  await before()
  await resumeReported(deps, { contact, id })
  return undefined
}

interface Wanted extends Pick<VolunteerByStaff, 'what' | 'on'> {
  readonly isOpen: boolean
}

function refusalOf({ state, paused }: Volunteering, { what, on, isOpen }: Wanted): VolunteerRefusal | undefined {
  if (state !== 'approved') return 'not-approved'
  if (what === 'pause') return !on && paused === 'report' ? 'report-waits' : undefined
  if (!on) return undefined
  if (paused !== undefined) return paused === 'report' ? 'report-waits' : 'paused'
  return isOpen ? undefined : 'window-closed'
}

/** Until when somebody may be written to; 0 for who has no chat or never wrote. */
async function windowOf({ conversations, turns }: HandoffsDeps, contact: string): Promise<Instant> {
  const conversation = await conversationOf(conversations, contact)
  if (conversation === undefined) return 0
  const [last] = await turns.find({ conversation: conversation._id }, { sort: ['seq'], descending: true, limit: 1 })
  const openedAt = last?.session.openedAt
  return openedAt === undefined ? 0 : openedAt + WINDOW_MS
}

/** As if they had said no; one they said yes to meanwhile stays theirs. What follows is carried out by whoever looks at outboxes next. */
async function withdraw(
  deps: HandoffsDeps,
  { contact, id, offers }: { readonly contact: string; readonly id: string; readonly offers: readonly string[] },
): Promise<void> {
  const by = { as: 'volunteer', contact } as const
  for (const handoff of offers) await command(deps, { handoff, id: `${id}:${handoff}`, by, command: { type: 'decline' } })
}
