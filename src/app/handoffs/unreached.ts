/** Volunteers whom an offer does not reach: nobody waits for them, and somebody of the staff may ring. */
import type { HandoffDocument, TurnDocument } from '../../store/collections.js'
import { reach } from '../reach.js'
import { command } from './change.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { changeVolunteer } from './load.js'

/** An offer is among the newest turns of whoever got it in the last minutes. */
const TURNS = 20

/** An offer may be sent to them now: Messenger's window is open, and no person has the thread. Throws `StoreUnavailable`. */
export async function mayBeAsked(deps: HandoffsDeps, contact: string): Promise<boolean> {
  const conversation = await conversationOf(deps.conversations, contact)
  if (conversation === undefined) return false
  if (conversation.channel !== 'messenger') return true
  const found = await reach(deps, { conversation: conversation._id, contact })
  return found !== 'erased' && found.state === 'ready'
}

interface NotReached {
  readonly handoff: string
  readonly volunteers: readonly string[]
  /** Of the occasion. */
  readonly id: string
}

/**
 * Their windows count as closed from now on, so that their duty ends and no wave asks them again until they write; the request goes on
 * without them. Whoever is no volunteer any more has said no by leaving. Throws `StoreUnavailable`.
 */
export async function couldNotBeReached(deps: HandoffsDeps, { handoff, volunteers, id }: NotReached): Promise<void> {
  const now = deps.time.now()
  const missed: string[] = []
  for (const volunteer of volunteers) {
    await changeVolunteer(deps.contacts, volunteer, ({ openUntil = now, ...known }) => {
      return known.dutySince === undefined || openUntil < now ? undefined : { ...known, openUntil: now }
    })
    if ((await deps.contacts.get(volunteer))?.volunteer !== undefined) missed.push(volunteer)
  }
  if (missed.length === 0) return
  await command(deps, { handoff, id, by: { as: 'timer' }, command: { type: 'could-not-be-reached', volunteers: missed } })
}

/** Before the next are asked: offers that Messenger did not take, or that waited until the window closed. Throws `StoreUnavailable`. */
export async function noteUndelivered(deps: HandoffsDeps, { _id: handoff, handoff: rules }: HandoffDocument, id: string): Promise<void> {
  const volunteers: string[] = []
  for (const { volunteer, state } of rules?.offers ?? [])
    if (state === 'open' && (await isUndelivered(deps, volunteer, handoff))) volunteers.push(volunteer)
  if (volunteers.length > 0) await couldNotBeReached(deps, { handoff, volunteers, id })
}

async function isUndelivered(deps: HandoffsDeps, volunteer: string, handoff: string): Promise<boolean> {
  const conversation = await conversationOf(deps.conversations, volunteer)
  if (conversation?.channel !== 'messenger') return false
  const newest = await deps.turns.find({ conversation: conversation._id }, { sort: ['seq'], descending: true, limit: TURNS })
  const turn = newest.find(({ event }) => event.type === 'news' && event.handoff === handoff && event.news.what === 'offer')
  return turn !== undefined && Object.values(turn.settle.sent).some(isLost)
}

/** What is listed because nobody knows whether it arrived may have arrived. */
function isLost({ state, reason }: TurnDocument['settle']['sent'][string]): boolean {
  return state === 'refused' || state === 'dropped' || (state === 'listed' && reason !== 'unknown')
}
