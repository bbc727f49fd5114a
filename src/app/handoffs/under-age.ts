/** A volunteer who says that they are under 18 is asked for nothing until staff have decided: volunteers are 18 or over. */
import type { Volunteering } from '../../core/volunteer-types.js'
import type { ContactDocument, TurnDocument } from '../../store/collections.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { takeAllBack } from './take-back.js'

/** Applied effects that a contact remembers; more than can be open at once. */
const APPLIED_MAX = 50

/**
 * They wait for approval as an applicant does, and are told so; what they were asked for or have goes to others, and staff are alarmed. The same
 * effect again does what is missing. Throws `StoreUnavailable`.
 */
export async function setAside(deps: HandoffsDeps, id: string, { contact, at }: Pick<TurnDocument, 'contact' | 'at'>): Promise<void> {
  const waiting = await offDuty(deps, contact, id)
  if (waiting === undefined) return
  const { network, languages, tasks, area, load } = waiting
  const about = { why: 'under-age', area, at, volunteer: { contact, network, languages, tasks } } as const
  await deps.alarms.raise({ id: `alarm:${id}`, area, about })
  const conversation = await conversationOf(deps.conversations, contact)
  if (conversation !== undefined) await deps.receive(conversation, { id: `${id}:role`, at: deps.time.now(), type: 'role', is: 'under-age' })
  await takeAllBack(deps, { contact, id, handoffs: Object.keys({ ...load.tasks, ...load.offers }) })
}

/** Undefined for who is no volunteer, or not any more. */
async function offDuty({ contacts }: HandoffsDeps, contact: string, id: string): Promise<Volunteering | undefined> {
  for (;;) {
    const known = await contacts.get(contact)
    if (known?.volunteer === undefined || known.volunteer.state === 'refused') return undefined
    if (known.applied.includes(id)) return known.volunteer
    const { dutySince: _, openUntil: __, ageDecided: ___, ...off } = known.volunteer
    const volunteer: Volunteering = { ...off, state: 'applied', adult: false }
    const next: ContactDocument = { ...known, volunteer, applied: [...known.applied, id].slice(-APPLIED_MAX) }
    if ((await contacts.replace(next)) === 'ok') return volunteer
  }
}
