/** What residents asked people for, as staff see and close it. A request is named by its receipt, never by who asked. */

import type { CloseReason } from '../core/closed-types.js'
import { copenhagenTime } from '../core/copenhagen.js'
import { DANGER_TASK } from '../core/danger-card.js'
import type { HandoffRefusal } from '../core/handoff-types.js'
import type { Instant } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { Closing, HandoffDocument, TurnDocument } from '../store/collections.js'
import type { AccountsDeps } from './accounts/accounts-deps.js'
import { COMMAND_LINE, note } from './accounts/audit.js'
import { onBoard } from './board/board-place.js'
import { actorOf, command, type Order } from './handoffs/change.js'
import { type Reach, type ReachDeps, reach } from './reach.js'

const PAGE = 500

/** Staff close the request with that receipt. `tell`: its resident is to read so. */
export interface CloseOrder {
  readonly act: 'close'
  readonly receipt: string
  readonly reason: CloseReason
  readonly tell: boolean
}

export interface HelpDeskDeps extends ReachDeps {
  readonly handoffs: Collection<HandoffDocument>
  readonly audit: AccountsDeps['audit']
  readonly ids: AccountsDeps['ids']
}

/** All requests of a state, the oldest first. Throws `StoreUnavailable`. */
export async function requestsIn(handoffs: Collection<HandoffDocument>, state: HandoffDocument['state']): Promise<HandoffDocument[]> {
  const found: HandoffDocument[] = []
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await handoffs.find({ state }, { sort: ['openedAt', '_id'], limit: PAGE, ...(after ? { after } : {}) })
    found.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return found
    after = [last.openedAt, last._id]
  }
}

/** The request with that receipt: one that is open before one that is closed. Throws `Error` with what to do where there is none. */
export async function requestOf(handoffs: Collection<HandoffDocument>, receipt: string): Promise<HandoffDocument> {
  const found = await handoffs.find({ receipt }, { sort: ['receipt'], limit: PAGE })
  const request = found.find(({ state }) => state === 'open') ?? found[0]
  if (request !== undefined) return request
  const erased = 'or whoever asked has had everything erased'
  throw new Error(`There is no request ${receipt}: the number is wrong, ${erased}; \`npm run help-desk -- list --all\` lists what there is`)
}

/** Which answers the person read in the conversation of a request, as `dialog/node`, each once, in the order they were first read. */
export async function answersRead(turns: Collection<TurnDocument>, { conversation, contact }: HandoffDocument): Promise<string[]> {
  const read: string[] = []
  for (let after: number[] | undefined; ; ) {
    const page = await turns.find({ conversation }, { sort: ['seq'], limit: PAGE, ...(after ? { after } : {}) })
    read.push(...page.filter((turn) => turn.contact === contact).flatMap(placesRead))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return [...new Set(read)]
    after = [last.seq]
  }
}

function placesRead({ effects }: TurnDocument): string[] {
  return effects.flatMap((effect) =>
    effect.type === 'message' && effect.read !== undefined ? [`${effect.read.dialog}/${effect.read.node}`] : [],
  )
}

/**
 * Closes a request, once, by its rules: whoever was on it or was asked is told, and the record says so first. Returns the line for whoever did. The resident, where they
 * are to be told, is told by `tellClosed`. Throws `Error` with what to do where there is none, and with when and why where it was closed before.
 */
export async function closeRequest(deps: HelpDeskDeps, { receipt, reason, tell }: CloseOrder): Promise<string> {
  for (;;) {
    const request = await requestOf(deps.handoffs, receipt)
    if (request.closed !== undefined) throw new Error(closedBefore(request.receipt, request.closed))
    if (tell && request.task === DANGER_TASK) throw new Error(dangerous(request.receipt))
    const { closed, resident } = await closingOf(deps, request, { reason, tell })
    let written: Promise<void> | undefined
    const line = { who: COMMAND_LINE, what: 'request-closed', about: request.receipt } as const
    const order = {
      id: `close:${request._id}:${request.version}`,
      by: DESK,
      when: ({ version }: HandoffDocument) => version === request.version,
      before: () => (written ??= note(deps, line, [request.area])),
    }
    const given = await closeByRules(deps, { ...order, request, closed })
    if (given === 'closed') return `${receipt} is closed: ${reason}. ${tellingLine(resident)}`
    if (given !== 'moved') throw new Error(`${request.receipt} cannot be closed now: ${given}`)
  }
}

/** How a request is closed if it is closed now, and who is then to be told. */
export async function closingOf(
  deps: ReachDeps,
  request: HandoffDocument,
  { reason, tell }: Pick<CloseOrder, 'reason' | 'tell'>,
): Promise<{ readonly closed: Closing; readonly resident: Reach | 'erased' | undefined }> {
  const resident = tell ? await reach(deps, request) : undefined
  const telling = resident === undefined || resident === 'erased' ? 'nobody' : 'waiting'
  return { closed: { at: deps.time.now(), reason, tell: telling, attempt: 0, kept: true }, resident }
}

/** Of nobody in particular: staff at the command line have no contact. */
const DESK = { as: 'staff', contact: '' } as const

interface Close extends Pick<Order, 'id' | 'by' | 'when' | 'before'> {
  readonly request: HandoffDocument
  readonly closed: Closing
}

/** Closes it; `moved`: it changed since it was read, or was closed by this order before. Else why the rules do not let it. */
export async function closeByRules(
  deps: Pick<HelpDeskDeps, 'handoffs' | 'time'>,
  { request, closed, ...order }: Close,
): Promise<'closed' | 'moved' | HandoffRefusal> {
  // Of before there were rules.
  if (request.handoff === undefined) {
    await order.before?.()
    const happened = { at: closed.at, what: closed.reason === 'helped' ? 'done' : 'cancel', ...actorOf(order.by) }
    const history = [...(request.history ?? []), happened]
    const applied = { ...request.applied, [order.id]: { at: closed.at } }
    return (await deps.handoffs.replace(onBoard({ ...request, state: 'closed', closed, history, applied }))) === 'ok' ? 'closed' : 'moved'
  }
  const close = { type: 'close', helped: closed.reason === 'helped' } as const
  const given = await command(deps, { ...order, handoff: request._id, command: close, also: { closed } })
  if ('refused' in given) return given.refused === 'gone' ? 'moved' : given.refused
  return 'document' in given && given.again !== true ? 'closed' : 'moved'
}

/** The number was never given to them, and whoever holds the telephone would read that there was a case. */
function dangerous(receipt: string): string {
  return `${receipt} is of danger: nobody is told in the chat, where another may read it. Close it without --tell.`
}

function closedBefore(receipt: string, { at, reason }: { readonly at: Instant; readonly reason: CloseReason }): string {
  return `${receipt} was closed before, on ${copenhagenTime(at)}: ${reason}. Nothing was changed.`
}

function tellingLine(resident: Reach | 'erased' | undefined): string {
  if (resident === undefined) return 'The resident is not told.'
  if (resident === 'erased') return 'The resident had everything erased, and is not told.'
  switch (resident.state) {
    case 'ready':
      return 'The resident is told, within a minute of a running server.'
    case 'window closed':
      return "The resident is told once they write again: Messenger's window is closed."
    case 'a person has the thread':
      return 'The resident is told once the bot has the talk again: a person has it now.'
  }
}
