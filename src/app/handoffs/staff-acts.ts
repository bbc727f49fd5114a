/** What staff do about a request at the console, by the same rules as everybody. */
import type { HandoffCommand } from '../../core/handoff-types.js'
import { staffOnlyReason } from '../../core/task-rules.js'
import type { HandoffDocument } from '../../store/collections.js'
import { isDanger } from '../board/board-place.js'
import { closeByRules, closingOf } from '../help-desk.js'
import { passOnFollows } from './asks.js'
import { amend, command, isHeld, type Order } from './change.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { giveDoor } from './door.js'
import { callOutForStaff, outcomeOf } from './staff-call-out.js'
import type { StaffDeed, StaffOrder, StaffOutcome } from './staff-order.js'
import { writeAsPerson } from './write.js'

type Of<Do extends StaffDeed['do']> = StaffOrder<Extract<StaffDeed, { readonly do: Do }>>

/** Carries out an order; the same one again has no second effect. Throws `StoreUnavailable`. */
export async function actForStaff(deps: HandoffsDeps, order: StaffOrder): Promise<StaffOutcome> {
  const document = await deps.handoffs.get(order.handoff)
  if (document === undefined) return { refused: 'gone' }
  if (document.applied?.[order.id] !== undefined) return { done: true }
  if (!order.when(document)) return { moved: true }
  const outcome = await carryOut(deps, order, document)
  // The same order came twice at once, and the other was first.
  const isSame = 'moved' in outcome && (await deps.handoffs.get(order.handoff))?.applied?.[order.id] !== undefined
  return isSame ? { done: true } : outcome
}

function carryOut(deps: HandoffsDeps, order: StaffOrder, document: HandoffDocument): Promise<StaffOutcome> {
  const { act } = order
  switch (act.do) {
    case 'take':
      return take(deps, { ...order, act }, document)
    case 'let-go':
      return letGo(deps, order, document)
    case 'ask-more':
    case 'reassign':
      return callOutForStaff(deps, { ...order, act })
    case 'close':
      return close(deps, { ...order, act }, document)
    case 'write':
      return write(deps, { ...order, act }, document)
    case 'say':
      return say(deps, { ...order, act }, document)
    case 'show-door':
      return showDoor(deps, { ...order, act }, document)
    case 'pass-on':
      return passOn(deps, { ...order, act }, document)
    case 'decide-report': {
      const about = document.handoff?.reports.find(({ decided }) => decided === undefined)?.about ?? ''
      return give(deps, order, { type: 'decide-report', about, outcome: act.outcome })
    }
  }
}

async function give(
  deps: HandoffsDeps,
  { handoff, id, by, when, before }: StaffOrder,
  wanted: HandoffCommand,
  more: Pick<Order, 'first' | 'adapt' | 'follows'> = {},
): Promise<StaffOutcome> {
  if ((await deps.handoffs.get(handoff))?.handoff === undefined) return { refused: 'plain' }
  return outcomeOf(await command(deps, { handoff, id, by, when, before, command: wanted, ...more }))
}

/** From where it waits for volunteers it goes to staff first, in the same write; nobody on call is told, since somebody has it. */
function take(deps: HandoffsDeps, order: Of<'take'>, { handoff }: HandoffDocument): Promise<StaffOutcome> {
  const state = handoff?.state
  const { over } = order.act
  if (state !== 'open' && state !== 'offered' && state !== 'handed-back')
    return give(deps, order, { type: 'take', ...(over === undefined ? {} : { over }) })
  const adapt: Order['adapt'] = (events) => events.filter(({ type }) => type !== 'alarm')
  return give(deps, order, { type: 'take' }, { first: [{ type: 'to-staff', why: 'asked-for-staff' }], adapt })
}

/** What a colleague has is theirs to give back. No volunteer is asked for what none may have. */
async function letGo(deps: HandoffsDeps, order: StaffOrder, { handoff }: HandoffDocument): Promise<StaffOutcome> {
  const isTaken = handoff?.staff !== undefined && handoff.staff !== order.by.contact
  if (handoff !== undefined && staffOnlyReason(handoff) !== undefined) return give(deps, order, { type: 'let-go' })
  return isTaken ? { refused: 'taken-by-staff' } : give(deps, order, { type: 'reopen' })
}

async function close(deps: HandoffsDeps, { id, by, when, before, act }: Of<'close'>, document: HandoffDocument): Promise<StaffOutcome> {
  if (document.closed !== undefined) return { refused: 'done' }
  if (act.tell && isDanger(document.task)) return { refused: 'danger' }
  const { closed } = await closingOf(deps, document, act)
  const ended = await closeByRules(deps, { id, by, when, before, closed, request: document })
  if (ended === 'closed') return { done: true }
  return ended === 'moved' ? { moved: true } : { refused: ended }
}

async function write(deps: HandoffsDeps, { id, by, when, before, act }: Of<'write'>, document: HandoffDocument): Promise<StaffOutcome> {
  if (isDanger(document.task)) return { refused: 'danger' }
  if (document.details?.behalf !== undefined) return { refused: 'no-chat' }
  const refused = await writeAsPerson(deps, { document, by, id, when, before, text: act.text })
  if (refused === undefined) return { done: true }
  if (refused === 'moved') return { moved: true }
  return { refused: refused === 'bad-words' ? 'danger' : refused }
}

/** Words in the name of somebody without a chat, as their own would cross. */
async function say(deps: HandoffsDeps, { handoff, id, act, before }: Of<'say'>, document: HandoffDocument): Promise<StaffOutcome> {
  const { details, handoff: rules, receipt, contact: sender } = document
  if (details?.behalf === undefined) return { refused: 'has-chat' }
  if (rules?.frozen === true) return { refused: 'frozen' }
  const helper = rules?.assignee
  const conversation =
    rules === undefined || helper === undefined || !isHeld(rules) ? undefined : await conversationOf(deps.conversations, helper)
  if (conversation === undefined) return { refused: 'no-helper' }
  await before()
  const words = { text: act.text }
  const event = { type: 'relayed', handoff, receipt, from: details.alias, words, sender } as const
  // Noted behind it: a crash between the two has it told again, and whoever has heard it hears nothing new.
  await deps.receive(conversation, { id: `${id}:relayed`, at: deps.time.now(), ...event })
  await amend(deps, { handoff, id }, () => ({}))
  return { done: true }
}

/** The door of somebody without a chat, who said it on the telephone. */
async function showDoor(
  deps: HandoffsDeps,
  { id, by, when, before, act }: Of<'show-door'>,
  document: HandoffDocument,
): Promise<StaffOutcome> {
  if (document.details?.behalf === undefined) return { refused: 'has-chat' }
  const refused = await giveDoor(deps, { document, id, by, when, before, door: act.door, typed: [] })
  if (refused === undefined) return { done: true }
  if (refused === 'moved') return { moved: true }
  return { refused: refused === 'waiting' ? 'no-helper' : refused }
}

async function passOn(deps: HandoffsDeps, order: Of<'pass-on'>, document: HandoffDocument): Promise<StaffOutcome> {
  const { networks } = deps.places()
  const network = Object.hasOwn(networks, order.act.network) ? networks[order.act.network] : undefined
  const { area, task } = document
  if (network?.external === undefined || !network.areas.includes(area) || !network.tasks.includes(task)) return { refused: 'no-network' }
  // Their chat would say so, to whoever holds the telephone.
  if (isDanger(task)) return { refused: 'danger' }
  const { network: id, consent } = order.act
  return give(deps, order, { type: 'pass-on', network: id, consent }, { follows: passOnFollows(document, network) })
}
