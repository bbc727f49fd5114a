/** The one place where a stored handoff changes: decide, compare and set, and what follows goes into its outbox in the same write. */
import { transition } from '../../core/handoff.js'
import type { By, Handoff, HandoffCommand, HandoffEvent, HandoffRefusal, Outcome } from '../../core/handoff-types.js'
import type { Instant } from '../../core/types.js'
import type { Applied, Closing, FollowUp, HandoffDocument, OutboxEntry } from '../../store/collections.js'
import { onBoard } from '../board/board-place.js'
import type { HandoffsDeps } from './deps.js'

/** Commands that a handoff remembers: more than can be given at once and not yet be noted by whoever gave them. */
const APPLIED_MAX = 60
/** What happened and what was decided is kept this far back; the newest is what people ask about. */
const HISTORY_MAX = 100
const DECISIONS_MAX = 20

export interface ChangeDeps extends Pick<HandoffsDeps, 'handoffs'> {
  readonly time: Pick<HandoffsDeps['time'], 'now'>
}

/** A command to a handoff; `id` is the same when it is given again. */
export interface Order {
  readonly handoff: string
  readonly id: string
  readonly command: HandoffCommand
  readonly by: By
  /** Given only while this holds: what was decided on another state is decided anew. */
  readonly when?: (document: HandoffDocument) => boolean
  /** Fields that change with it. */
  readonly also?: Partial<HandoffDocument>
  /** What follows from it beside what the rules say. */
  readonly follows?: readonly FollowUp[]
  /** Commands that come before it in the same write: all of them, or none. */
  readonly first?: readonly HandoffCommand[]
  /** Which of what the rules say follows, in which words. */
  readonly adapt?: (events: readonly HandoffEvent[]) => readonly HandoffEvent[]
  /** Done before anything is written, and not at all for what is refused; may be done twice. */
  readonly before?: () => Promise<void>
}

/** `moved`: what it was given on holds no more. */
export type Changed =
  | { readonly document: HandoffDocument; readonly again?: true }
  | { readonly refused: HandoffRefusal | 'gone' }
  | { readonly moved: true }

/** Gives a command; the same one twice has one effect. Throws `StoreUnavailable`. */
export async function command(deps: ChangeDeps, order: Order): Promise<Changed> {
  for (;;) {
    const known = await deps.handoffs.get(order.handoff)
    if (known?.handoff === undefined) return { refused: 'gone' }
    if (known.applied?.[order.id] !== undefined) return { document: known, again: true }
    if (order.when?.(known) === false) return { moved: true }
    const now = deps.time.now()
    const outcome = transitions(known.handoff, commandsOf(order), order.by, now)
    if ('refused' in outcome) return outcome
    await order.before?.()
    const next = withOutcome({ ...known, ...order.also }, known.handoff, { ...outcome, order, now })
    if ((await deps.handoffs.replace(next)) === 'ok') return { document: { ...next, version: next.version + 1 } }
  }
}

function commandsOf({ first = [], command: last }: Order): readonly HandoffCommand[] {
  return [...first, last]
}

/** One command after another; the first refusal, or the last handoff and all that follows. */
export function transitions(handoff: Handoff, commands: readonly HandoffCommand[], by: By, now: Instant): Outcome {
  let current = handoff
  const events: HandoffEvent[] = []
  for (const one of commands) {
    const outcome = transition(current, one, by, now)
    if ('refused' in outcome) return outcome
    current = outcome.handoff
    events.push(...outcome.events)
  }
  return { handoff: current, events }
}

/** Fields that change or go, and what follows. */
export interface Amendment {
  readonly change?: Partial<HandoffDocument>
  readonly drop?: 'askHelpedAt' | 'askSilenceAt'
  readonly follows?: readonly OutboxEntry['event'][]
  /** Done before anything is written; may be done twice. */
  readonly before?: () => Promise<void>
}

/** Changes what stands beside the rules, with what follows from it; undefined when `decide` has nothing to change, or there is none. */
export async function amend(
  deps: ChangeDeps,
  { handoff, id }: { readonly handoff: string; readonly id: string },
  decide: (document: HandoffDocument) => Amendment | undefined,
): Promise<HandoffDocument | undefined> {
  for (;;) {
    const known = await deps.handoffs.get(handoff)
    if (known === undefined || known.applied?.[id] !== undefined) return known
    const decided = decide(known)
    if (decided === undefined) return undefined
    await decided.before?.()
    const now = deps.time.now()
    const { [decided.drop ?? 'never']: _, ...kept } = known as HandoffDocument & { readonly never?: never }
    const changed = { ...kept, ...decided.change } as HandoffDocument
    const outbox = [...(known.outbox ?? []), ...entriesOf(id, decided.follows ?? [])]
    const next = withDue({ ...changed, outbox, applied: withApplied(known, id, now) }, now)
    if ((await deps.handoffs.replace(next)) === 'ok') return { ...next, version: next.version + 1 }
  }
}

interface Happened {
  readonly handoff: Handoff
  readonly events: readonly HandoffEvent[]
  readonly order: Order
  readonly now: Instant
}

function withOutcome(document: HandoffDocument, before: Handoff, { handoff, events, order, now }: Happened): HandoffDocument {
  const door = privateAfter(document, handoff)
  const calm = isCalm(before, handoff) ? [{ type: 'alarms-over' } as const] : []
  const said = order.adapt?.(events) ?? events
  const follows = [...said, ...loadsOf(before, handoff), ...door.follows, ...calm, ...(order.follows ?? [])]
  const happened = commandsOf(order).map((one) => ({ at: now, what: whatOf(one), ...actorOf(order.by) }))
  const history = [...(document.history ?? []), ...happened].slice(-HISTORY_MAX)
  const { closed: _, ...open } = door.document
  // A question whether it may be passed on is about how it stood: a button of before answers nothing any more.
  const { passOn: __, ...settled } = open
  const { askSilenceAt: ___, ...kept } = handoff.state === before.state && handoff.assignee === before.assignee ? open : settled
  // Two who do not talk any more are not asked whether they are still there.
  const silence = open.askSilenceAt !== undefined && isHeld(handoff) ? { askSilenceAt: open.askSilenceAt } : {}
  const isAnew = order.command.type === 'change' || (order.command.type !== 'wait' && handoff.callOutAt !== before.callOutAt)
  const next: HandoffDocument = {
    ...kept,
    ...silence,
    // A new call-out begins with every network, and may ask about every wish.
    ...(isAnew ? { triedNetworks: [], widenAsked: [] } : {}),
    ...mirrorOf(document, handoff, now),
    handoff,
    history,
    decisions: (document.decisions ?? []).slice(-DECISIONS_MAX),
    applied: withApplied(document, order.id, now),
    outbox: [...(document.outbox ?? []), ...entriesOf(order.id, follows)],
  }
  return withDue(onBoard(next), now)
}

/** Nobody on call need look any more: staff have it no longer, or what was passed on is over. A report that waits is still to be decided. */
function isCalm(before: Handoff, { state, frozen }: Handoff): boolean {
  if (frozen === true) return false
  const isOver = state === 'done' || state === 'cancelled'
  return (before.state === 'with-staff' && state !== 'with-staff') || (before.state === 'passed-on' && isOver)
}

/** Whoever did something, as the history keeps it: the resident is who it is about. */
export function actorOf(by: By): { readonly by?: string; readonly who?: string } {
  if (by.as === 'timer') return {}
  return by.as === 'resident' ? { by: by.as } : { by: by.as, who: by.contact }
}

function whatOf(command: HandoffCommand): string {
  if (command.type === 'close') return command.helped ? 'done' : 'cancel'
  return command.type === 'timer' ? `timer-${command.timer}` : command.type
}

function withApplied({ applied = {} }: HandoffDocument, id: string, at: Instant): Readonly<Record<string, Applied>> {
  return Object.fromEntries([...Object.entries(applied), [id, { at }]].slice(-APPLIED_MAX))
}

export function entriesOf(id: string, events: readonly OutboxEntry['event'][]): readonly OutboxEntry[] {
  // What a timer will do is found by its time.
  return events.flatMap((event, at) => (event.type === 'timer' ? [] : [{ id: `${id}:${at}`, event }]))
}

/** What staff see of it: closed once it is over, open again when it goes on. */
function mirrorOf({ closed, openedAt }: HandoffDocument, { state }: Handoff, now: Instant): Partial<HandoffDocument> {
  if (state !== 'done' && state !== 'cancelled') return { state: 'open' }
  const reason = state === 'done' ? 'helped' : 'not-needed'
  const made: Closing = { at: Math.max(now, openedAt), reason, tell: 'nobody', attempt: 0, kept: true }
  return { state: 'closed', closed: closed ?? made }
}

/** Whoever's offers or task changed: what they have is written to them. */
function loadsOf(before: Handoff, after: Handoff): readonly FollowUp[] {
  const stateOf = (handoff: Handoff) =>
    new Map(handoff.offers.map(({ volunteer, state }) => [volunteer, handoff.assignee === volunteer && isHeld(handoff) ? 'held' : state]))
  const [was, is] = [stateOf(before), stateOf(after)]
  return [...is].flatMap(([volunteer, state]) => (was.get(volunteer) === state ? [] : [{ type: 'load', volunteer } as const]))
}

/** Somebody is on it now. */
export function isHeld({ state }: Handoff): boolean {
  return state === 'accepted' || state === 'on-the-way'
}

/** The door stands only while somebody is on the way to it, the number to call until it is over; both go from the turns that hold them. */
function privateAfter(document: HandoffDocument, handoff: Handoff): { document: HandoffDocument; follows: readonly FollowUp[] } {
  const { door, doorTurns = [], callBack, ...rest } = document
  const isOver = handoff.state === 'done' || handoff.state === 'cancelled'
  const keepsDoor = door !== undefined && isHeld(handoff)
  const keepsNumber = callBack !== undefined && !isOver
  const keys = [
    ...(door === undefined || keepsDoor ? [] : doorTurns),
    ...(callBack === undefined || keepsNumber ? [] : [callBack.turn, ...(callBack.shown ?? [])]),
  ]
  const kept = { ...rest, ...(keepsDoor ? { door, doorTurns } : {}), ...(keepsNumber ? { callBack } : {}) }
  return { document: kept, follows: keys.length === 0 ? [] : [{ type: 'blank-door', keys }] }
}

/** The next time at which something is to be done: now, while something follows. Absent when nothing is. */
export function withDue(document: HandoffDocument, now: Instant): HandoffDocument {
  const { due: _, ...rest } = document
  const { handoff, outbox = [], askHelpedAt, askSilenceAt } = document
  const times = [
    ...(outbox.length === 0 ? [] : [now]),
    ...(handoff?.timers ?? []).map(({ due }) => due),
    ...(askHelpedAt === undefined ? [] : [askHelpedAt]),
    ...(askSilenceAt === undefined ? [] : [askSilenceAt]),
  ]
  return times.length === 0 ? rest : { ...rest, due: Math.min(...times) }
}
