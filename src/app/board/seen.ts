/** What a member of staff saw of a request when they act on it: whether others of the staff, or the rules, have moved it meanwhile. */
import type { HandoffDocument } from '../../store/collections.js'

/**
 * An opaque token that changes with each act of staff and with each step of the request's state; equal tokens mean that nothing of that
 * happened. Notes of staff leave it as it is: two may write one at the same time.
 */
export function seenOf({ history = [], handoff, state }: Pick<HandoffDocument, 'history' | 'handoff' | 'state'>): string {
  const acts = history.filter(({ by }) => by === 'staff' || by === 'coordinator').length
  return `${acts}:${handoff?.state ?? state}`
}
