/** What a restored store would still send. Messages that waited too long are not sent out of the blue: they are listed, for people to tell. */
import type { Instant } from '../core/types.js'
import type { Sent, TurnDocument } from '../store/collections.js'
import { isFinal } from './settle-message.js'

/** Unsent messages older than this are listed at a restore: by then the person has written again, or no longer waits (ours). */
export const UNSENT_MS = 10 * 60 * 1000

/**
 * The turn as it is to be restored: when it is older than {@link UNSENT_MS}, its messages without an outcome are `listed`. Commands stay
 * open and are applied at the next start. The same turn when nothing is to be listed.
 */
export function listUnsent(turn: TurnDocument, now: Instant): TurnDocument {
  if (turn.settle.state !== 'open' || now - turn.at <= UNSENT_MS) return turn
  const open = [...turn.effects.entries()].filter(([index]) => !isFinal(turn.settle.sent[index]))
  const messages = open.filter(([, { type }]) => type === 'message')
  if (messages.length === 0) return turn
  const listed = messages.map(([index]): [number, Sent] => [index, { state: 'listed', reason: 'restored', at: now }])
  const sent = { ...turn.settle.sent, ...Object.fromEntries(listed) }
  // Open all the same: the next start closes it in its turn, behind those before it.
  return { ...turn, settle: { ...turn.settle, sent } }
}
