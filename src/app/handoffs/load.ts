/** What each volunteer has, written on their contact so that a call-out knows everybody's load from one look. */
import type { Handoff } from '../../core/handoff-types.js'
import type { Volunteering, VolunteerLoad } from '../../core/volunteer-types.js'
import type { Collection } from '../../store/collection.js'
import type { ContactDocument, HandoffDocument } from '../../store/collections.js'
import { isHeld } from './change.js'
import type { HandoffsDeps } from './deps.js'

const DAY_MS = 24 * 3_600_000
/** Offers of this many days are remembered: above the days of fair share of any network. */
const LATELY_DAYS = 31

/** Changes a volunteer's record by compare and set; undefined when there is none, or nothing to change. Throws `StoreUnavailable`. */
export async function changeVolunteer(
  contacts: Collection<ContactDocument>,
  contact: string,
  decide: (volunteer: Volunteering, document: ContactDocument) => Volunteering | undefined,
): Promise<ContactDocument | undefined> {
  for (;;) {
    const known = await contacts.get(contact)
    if (known?.volunteer === undefined) return undefined
    const volunteer = decide(known.volunteer, known)
    if (volunteer === undefined) return undefined
    const next = { ...known, volunteer }
    if ((await contacts.replace(next)) === 'ok') return next
  }
}

/** Keeps a place for an offer; false when the volunteer has as many as they may by now. */
export async function reserve(
  deps: Pick<HandoffsDeps, 'contacts' | 'time'>,
  { handoff, volunteer, loadCap }: { readonly handoff: string; readonly volunteer: string; readonly loadCap: number },
): Promise<boolean> {
  const at = deps.time.now()
  const reserved = await changeVolunteer(deps.contacts, volunteer, (known) => {
    const { offers, tasks, lately } = known.load
    const mine = offers[handoff] !== undefined
    if (known.paused !== undefined || known.dutySince === undefined) return undefined
    if (!mine && Object.keys(offers).length + Object.keys(tasks).length >= loadCap) return undefined
    const others = lately.filter((one) => one.handoff !== handoff && at - one.at < LATELY_DAYS * DAY_MS)
    const load = { tasks, offers: { ...offers, [handoff]: at }, lately: [...others, { handoff, at, took: false }] }
    return { ...known, load }
  })
  return reserved !== undefined
}

/** Writes to a volunteer what they have of a handoff now; true when they are freer than before. */
export async function noteLoad(
  deps: Pick<HandoffsDeps, 'contacts' | 'handoffs' | 'time'>,
  { handoff, volunteer }: { readonly handoff: string; readonly volunteer: string },
): Promise<boolean> {
  for (;;) {
    const known = await deps.contacts.get(volunteer)
    if (known?.volunteer === undefined) return false
    // Read behind the contact: whoever writes a newer state of the handoff in between makes this write fail.
    const document = await deps.handoffs.get(handoff)
    const { load } = known.volunteer
    const had = load.offers[handoff] !== undefined || load.tasks[handoff] !== undefined
    const finished = load.tasks[handoff] !== undefined && !holds(document, volunteer)
    const after = loadAfter(load, document, { handoff, volunteer, now: deps.time.now() })
    const next = { ...known.volunteer, load: after, ...(finished ? { lastFinished: deps.time.now() } : {}) }
    if ((await deps.contacts.replace({ ...known, volunteer: next })) !== 'ok') continue
    return had && after.offers[handoff] === undefined && after.tasks[handoff] === undefined
  }
}

function holds(document: HandoffDocument | undefined, volunteer: string): boolean {
  return document?.handoff !== undefined && document.handoff.assignee === volunteer && isHeld(document.handoff)
}

/** They were offered it and may still answer, or have it. */
export function hasPart(document: HandoffDocument | undefined, volunteer: string): boolean {
  return holds(document, volunteer) || isOffered(document, volunteer)
}

function isOffered(document: HandoffDocument | undefined, volunteer: string): boolean {
  return document?.handoff?.offers.some((offer) => offer.volunteer === volunteer && offer.state === 'open') ?? false
}

function loadAfter(
  load: VolunteerLoad,
  document: HandoffDocument | undefined,
  { handoff, volunteer, now }: { readonly handoff: string; readonly volunteer: string; readonly now: number },
): VolunteerLoad {
  const { [handoff]: _, ...offers } = load.offers
  const { [handoff]: __, ...tasks } = load.tasks
  const took = tookIt(document?.handoff, volunteer)
  const lately = load.lately.map((one) => (one.handoff === handoff && took ? { ...one, took } : one))
  if (holds(document, volunteer)) return { offers, tasks: { ...tasks, [handoff]: load.tasks[handoff] ?? now }, lately }
  return isOffered(document, volunteer)
    ? { offers: { ...offers, [handoff]: load.offers[handoff] ?? now }, tasks, lately }
    : { offers, tasks, lately }
}

function tookIt(handoff: Handoff | undefined, volunteer: string): boolean {
  return handoff?.relays.some((relay) => relay.volunteer === volunteer) ?? false
}
