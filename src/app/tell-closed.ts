/** Telling residents that their request was closed, where staff want it: an event in their own conversation, once. */
import type { ClosedTold } from '../core/closed-types.js'
import type { Collection } from '../store/collection.js'
import type { HandoffDocument, TurnDocument } from '../store/collections.js'
import type { Log, Receive } from './ports.js'
import { type ReachDeps, reach } from './reach.js'

const PAGE = 100

export interface TellClosedDeps extends ReachDeps {
  readonly handoffs: Collection<HandoffDocument>
  readonly receive: Receive
  readonly log: Log
}

/** Tells everybody who can be told now; returns how many. Any number of instances may do it at once. Throws `StoreUnavailable`. */
export async function tellClosed(deps: TellClosedDeps): Promise<number> {
  let told = 0
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await deps.handoffs.find(
      { 'closed.tell': 'waiting' },
      { sort: ['closed.at', '_id'], limit: PAGE, ...(after ? { after } : {}) },
    )
    for (const handoff of page) told += await tell(deps, handoff)
    const last = page.at(-1)
    if (last?.closed === undefined || page.length < PAGE) break
    after = [last.closed.at, last._id]
  }
  if (told > 0) deps.log.info('residents were told that their request is closed', { requests: told })
  return told
}

async function tell(deps: TellClosedDeps, handoff: HandoffDocument): Promise<0 | 1> {
  const resident = await reach(deps, handoff)
  // Their erasure is under way and takes the request along.
  if (resident === 'erased' || resident.state !== 'ready') return 0
  const { _id, receipt } = handoff
  const event = { id: closedId(handoff), at: deps.time.now(), type: 'closed' as const, handoff: _id, receipt }
  return (await deps.receive(resident.conversation, event)) === 'committed' ? 1 : 0
}

/** Notes how the telling of a try ended; a try that is over changes nothing more. */
export async function noteClosedTold(handoffs: Collection<HandoffDocument>, effect: ClosedTold, turn: TurnDocument): Promise<void> {
  for (;;) {
    const known = await handoffs.get(effect.handoff)
    const next = known === undefined || turn.event.id !== closedId(known) ? undefined : withOutcome(known, effect.told)
    if (next === undefined || (await handoffs.replace(next)) === 'ok') return
  }
}

function withOutcome(handoff: HandoffDocument, told: boolean): HandoffDocument | undefined {
  const { closed } = handoff
  if (closed?.tell !== 'waiting') return undefined
  return { ...handoff, closed: told ? { ...closed, tell: 'told' } : { ...closed, attempt: closed.attempt + 1 } }
}

/** The id of the event that tells: one for each try, so that no try is made twice. */
function closedId({ _id, closed }: HandoffDocument): string {
  const attempt = closed?.attempt ?? 0
  return attempt === 0 ? `closed:${_id}` : `closed:${_id}:${attempt}`
}
