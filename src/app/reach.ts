/** Whether somebody can be written to now without having written first: to tell an answer that came later, or that a request is closed. */
import type { Session } from '../core/types.js'
import { windowRule } from '../core/window.js'
import type { Collection } from '../store/collection.js'
import type { ConversationDocument, TurnDocument } from '../store/collections.js'
import type { Time } from './ports.js'

export interface ReachDeps {
  readonly conversations: Collection<ConversationDocument>
  readonly turns: Collection<TurnDocument>
  readonly time: Pick<Time, 'now'>
}

export interface Reach {
  readonly conversation: ConversationDocument
  readonly session: Session
  /** What is in the way. */
  readonly state: 'ready' | 'window closed' | 'a person has the thread'
}

/** Looks at a person's conversation; `erased` when it is not theirs any more. Throws `StoreUnavailable`. */
export async function reach(deps: ReachDeps, of: { readonly conversation: string; readonly contact: string }): Promise<Reach | 'erased'> {
  const conversation = await deps.conversations.get(of.conversation)
  if (conversation === undefined || conversation.contact !== of.contact) return 'erased'
  const [last] = await deps.turns.find({ conversation: conversation._id }, { sort: ['seq'], descending: true, limit: 1 })
  if (last === undefined || last.erased) return 'erased'
  return { conversation, session: last.session, state: stateOf(conversation, last.session, deps.time.now()) }
}

function stateOf({ channel }: ConversationDocument, { silentUntil, openedAt }: Session, now: number): Reach['state'] {
  if (silentUntil !== undefined && now < silentUntil) return 'a person has the thread'
  if (channel !== 'messenger') return 'ready'
  return windowRule({ now, openedAt, byPerson: false, humanAgent: false }) === 'response' ? 'ready' : 'window closed'
}
