/** The door of a resident goes to the one who comes, and is found again in the turns that hold it: there it is blanked when it is over. */
import type { HandoffRefusal } from '../../core/handoff-types.js'
import type { HandoffDocument } from '../../store/collections.js'
import { type Amendment, actorOf, amend, isHeld, type Order } from './change.js'
import type { HandoffsDeps } from './deps.js'

export interface Shown extends Pick<Order, 'id' | 'when' | 'before'> {
  readonly document: HandoffDocument
  /** Address and doorbell. */
  readonly door: string
  /** Keys of the turns in which it was typed; none where staff typed it. */
  readonly typed: readonly string[]
  /** Of staff who show it for somebody without a chat: their act stands in the timeline, the door does not. */
  readonly by?: { readonly as: 'staff'; readonly contact: string }
}

/** Shows it to the assignee; a later one takes its place. `moved`: `when` holds no more. Else why it was not shown. Throws `StoreUnavailable`. */
export async function giveDoor(deps: HandoffsDeps, shown: Shown): Promise<HandoffRefusal | 'moved' | undefined> {
  const { document, id } = shown
  const { handoff } = document
  const assignee = handoff?.assignee
  if (handoff === undefined || assignee === undefined || !isHeld(handoff)) return 'waiting'
  if (handoff.frozen === true) return 'frozen'
  const given = await amend(deps, { handoff: document._id, id }, (known) => giving(deps, shown, { known, assignee }))
  if (given !== undefined) return undefined
  return shown.when === undefined ? 'waiting' : 'moved'
}

/** For the assignee it was meant for alone. */
function giving(
  { keys, time }: Pick<HandoffsDeps, 'keys' | 'time'>,
  { document: { contact: sender }, id, door, typed, by, when, before }: Shown,
  { known, assignee }: { readonly known: HandoffDocument; readonly assignee: string },
): Amendment | undefined {
  const { handoff, doorTurns = [], history = [] } = known
  if (handoff?.assignee !== assignee || !isHeld(handoff) || handoff.frozen === true || when?.(known) === false) return undefined
  // As the news to the assignee is named, which is the first that follows.
  const key = keys.mac('event', `${id}:0:${assignee}`)
  const noted = by === undefined ? {} : { history: [...history, { at: time.now(), what: 'show-door', ...actorOf(by) }] }
  return {
    change: { door, doorTurns: [...doorTurns, ...typed, key], ...noted },
    follows: [{ type: 'news', contact: assignee, news: { what: 'door', door }, sender }],
    ...(before === undefined ? {} : { before }),
  }
}
