/** What is taken back from a volunteer of whom nothing may be asked now: no "no" of theirs, and no blame. */
import type { By, HandoffEvent } from '../../core/handoff-types.js'
import { command } from './change.js'
import type { HandoffsDeps } from './deps.js'
import { changeVolunteer } from './load.js'

export interface TakingBack {
  readonly contact: string
  /** Of the occasion. */
  readonly id: string
  /** Requests that they may be asked for, or have. */
  readonly handoffs: readonly string[]
}

/**
 * Their open offers go to others: they are told, may be asked anew, and their fair share does not count it. One they said yes to meanwhile stays
 * theirs. What follows is carried out by whoever looks at outboxes next. Throws `StoreUnavailable`.
 */
export async function takeOffersBack(deps: HandoffsDeps, { handoffs, ...taking }: TakingBack, by: By): Promise<void> {
  for (const handoff of handoffs) await takeOfferBack(deps, { ...taking, handoff, by })
}

/** Their open offers, and what they said yes to, which is handed back for them. Throws `StoreUnavailable`. */
export async function takeAllBack(deps: HandoffsDeps, { contact, id, handoffs }: TakingBack): Promise<void> {
  for (const handoff of handoffs) {
    if (await takeOfferBack(deps, { contact, id, handoff, by: { as: 'timer' } })) continue
    const by = { as: 'volunteer', contact } as const
    const order = { handoff, id: `${id}:${handoff}`, by, adapt: unsaid }
    await command(deps, { ...order, command: { type: 'hand-back', reason: 'other' } })
  }
}

/** They said nothing to thank for, and need no rest from what they are not asked for. */
function unsaid(events: readonly HandoffEvent[]): readonly HandoffEvent[] {
  return events
    .filter(({ type }) => type !== 'rest')
    .map((event) => (event.type === 'tell' && event.what === 'thanks' ? { ...event, what: 'handed-on' as const } : event))
}

/** False when none was open. */
async function takeOfferBack(
  deps: HandoffsDeps,
  { contact, id, handoff, by }: Omit<TakingBack, 'handoffs'> & { readonly handoff: string; readonly by: By },
): Promise<boolean> {
  const given = await command(deps, { handoff, id: `${id}:${handoff}`, by, command: { type: 'withdraw-offer', volunteer: contact } })
  if (!('document' in given)) return false
  await changeVolunteer(deps.contacts, contact, ({ load, ...known }) => {
    const lately = load.lately.filter((one) => one.handoff !== handoff)
    return lately.length === load.lately.length ? undefined : { ...known, load: { ...load, lately } }
  })
  return true
}
