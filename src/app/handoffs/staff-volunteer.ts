/** What staff do about a volunteer's duty and pause, as the volunteer would in the chat. */
import type { Instant } from '../../core/types.js'
import type { Volunteering } from '../../core/volunteer-types.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { changeVolunteer } from './load.js'
import { lookAgain } from './look-again.js'
import { pausedBySelf, resumedBySelf } from './pauses.js'
import { isReported, resumeReported } from './reported.js'
import { takeOffersBack } from './take-back.js'
import { endDuty } from './volunteers.js'

/** Messenger takes messages for this long after somebody wrote; a duty lasts no longer, in any chat. */
const WINDOW_MS = 24 * 3_600_000

export interface VolunteerByStaff {
  readonly contact: string
  /** Of the occasion. */
  readonly id: string
  readonly what: 'duty' | 'pause'
  readonly on: boolean
  /** Contact that stands for the member of staff. */
  readonly by: string
  /** Done before anything is changed, and not where it is refused. */
  readonly before: () => Promise<void>
}

/** `window-closed`: they have not written for a day, so nothing would reach them. `report-waits`: a coordinator must decide first. */
export type VolunteerRefusal = 'gone' | 'not-approved' | 'paused' | 'report-waits' | 'window-closed'

/**
 * Carries it out, and tells them. Who is off duty or paused keeps the tasks they said yes to; what they were only asked goes to others. Throws
 * `StoreUnavailable`; then it may be given again.
 */
export async function changeByStaff(deps: HandoffsDeps, change: VolunteerByStaff): Promise<VolunteerRefusal | undefined> {
  const { contact, id, what, on, by, before } = change
  const openUntil = await windowOf(deps, contact)
  const wanted = { what, on, openUntil, now: deps.time.now() }
  const known = await deps.contacts.get(contact)
  const refused = known?.volunteer === undefined ? 'gone' : refusalOf(known.volunteer, wanted)
  if (refused === 'report-waits' && what === 'pause') return letGoOn(deps, change)
  if (refused !== undefined) return refused
  await before()
  const changed = known?.volunteer !== undefined && isSo(known.volunteer, wanted) ? known : await carryOut(deps, contact, wanted)
  // Somebody else changed them in between: why not is found out anew.
  if (changed?.volunteer === undefined) return changeByStaff(deps, change)
  const { network, load, openUntil: until } = changed.volunteer
  if (what === 'pause' || on) await tellByStaff(deps, change)
  else if (until !== undefined) await endDuty(deps, contact, until)
  const isFree = (what === 'duty') === on
  if (isFree) await lookAgain(deps, { network, volunteer: contact, id })
  else await takeOffersBack(deps, { contact, id, handoffs: Object.keys(load.offers) }, { as: 'staff', contact: by })
  return undefined
}

interface Wanted extends Pick<VolunteerByStaff, 'what' | 'on'> {
  /** Until when they may be written to. */
  readonly openUntil: Instant
  readonly now: Instant
}

/** It was done before: perhaps only what follows was not. */
function isSo({ paused, alsoPaused, dutySince, openUntil: known }: Volunteering, { what, on, openUntil }: Wanted): boolean {
  if (what === 'duty') return on && dutySince !== undefined && known === openUntil
  return on ? paused === 'self' || alsoPaused === 'self' : paused === undefined
}

function carryOut({ contacts }: HandoffsDeps, contact: string, wanted: Wanted) {
  return changeVolunteer(contacts, contact, (volunteer) => {
    return refusalOf(volunteer, wanted) === undefined ? after(volunteer, wanted) : undefined
  })
}

function after(volunteer: Volunteering, { what, on, openUntil, now }: Wanted): Volunteering {
  if (what === 'pause') return on ? pausedBySelf(volunteer) : resumedBySelf(volunteer)
  // Its end is told first.
  return on ? { ...volunteer, dutySince: volunteer.dutySince ?? now, openUntil } : volunteer
}

/** Whose report was decided, or is gone with its request, goes on by a word of staff. */
async function letGoOn(deps: HandoffsDeps, { contact, id, before }: VolunteerByStaff): Promise<VolunteerRefusal | undefined> {
  if (await isReported(deps, contact)) return 'report-waits'
  await before()
  await resumeReported(deps, { contact, id })
  return undefined
}

function refusalOf({ state, paused }: Volunteering, { what, on, openUntil, now }: Wanted): VolunteerRefusal | undefined {
  if (state !== 'approved') return 'not-approved'
  if (what === 'pause') return !on && paused === 'report' ? 'report-waits' : undefined
  if (!on) return undefined
  if (paused !== undefined) return paused === 'report' ? 'report-waits' : 'paused'
  return openUntil > now ? undefined : 'window-closed'
}

/** Until when somebody may be written to; 0 for who has no chat or never wrote. */
async function windowOf({ conversations, turns }: HandoffsDeps, contact: string): Promise<Instant> {
  const conversation = await conversationOf(conversations, contact)
  if (conversation === undefined) return 0
  const [last] = await turns.find({ conversation: conversation._id }, { sort: ['seq'], descending: true, limit: 1 })
  const openedAt = last?.session.openedAt
  return openedAt === undefined ? 0 : openedAt + WINDOW_MS
}

/** In their own chat, if it can be reached. Given again at once it is told once. */
async function tellByStaff(deps: HandoffsDeps, { contact, what, on }: VolunteerByStaff): Promise<void> {
  const known = await deps.contacts.get(contact)
  // What they know is that a report pauses them; this begins behind it.
  if (known?.volunteer === undefined || known.volunteer.paused === 'report') return
  const conversation = await conversationOf(deps.conversations, contact)
  if (conversation === undefined) return
  const basics = { id: `by-staff:${contact}:${known.version}:${what}`, at: deps.time.now() }
  const news =
    what === 'duty' ? ({ type: 'duty', is: 'begun' } as const) : ({ type: 'role', is: on ? 'break-begun' : 'break-ended' } as const)
  await deps.receive(conversation, { ...basics, ...news })
}
