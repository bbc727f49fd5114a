/** The moves that the commands of a handoff are made of. Each changes the draft of the next handoff and says what follows. */
import type { AlarmReason, Handoff, HandoffEvent, HandoffState, Offer, TimerId, Told } from './handoff-types.js'
import { staffOnlyReason } from './task-rules.js'
import type { Instant } from './types.js'

/** Milliseconds. */
export const MINUTE_MS = 60_000

/** A handoff while it is being decided. */
export interface Move {
  handoff: Handoff
  readonly events: HandoffEvent[]
  readonly now: Instant
}

/** The next handoff with these fields. */
export function set(move: Move, change: Partial<Handoff>): void {
  move.handoff = { ...move.handoff, ...change }
}

/** The next handoff without these fields. */
export function drop(move: Move, ...keys: readonly ('assignee' | 'codeWord' | 'frozen' | 'staff' | 'passedTo' | 'endedAt')[]): void {
  const kept: Partial<Record<string, unknown>> = { ...move.handoff }
  for (const key of keys) delete kept[key]
  move.handoff = kept as unknown as Handoff
}

/** A person is told something, in their language, by the conversation they have. */
export function tell(move: Move, contact: string, what: Told): void {
  move.events.push({ type: 'tell', contact, what })
}

/** The resident is told something. */
export function tellResident(move: Move, what: Told): void {
  tell(move, move.handoff.resident, what)
}

/** The one on call is told why. */
export function alarm(move: Move, why: AlarmReason): void {
  move.events.push({ type: 'alarm', why })
}

/** Sets a timer; one of the same name that still waits is stale from now on. */
export function setTimer(move: Move, timer: TimerId, due: Instant): void {
  const pending = { timer, due, turn: move.handoff.turns + 1 }
  set(move, { turns: pending.turn, timers: [...move.handoff.timers.filter((one) => one.timer !== timer), pending] })
  move.events.push({ type: 'timer', ...pending })
}

/** These timers are stale from now on; all of them when none is named. */
export function clearTimers(move: Move, ...timers: readonly TimerId[]): void {
  set(move, { timers: timers.length === 0 ? [] : move.handoff.timers.filter(({ timer }) => !timers.includes(timer)) })
}

/** Begins a call-out; a request that no volunteer may have goes to staff at once. */
export function beginCallOut(move: Move, state: 'open' | 'handed-back'): void {
  const why = staffOnlyReason(move.handoff)
  if (why !== undefined) return toStaff(move, why)
  drop(move, 'staff', 'passedTo', 'endedAt')
  set(move, { state, wave: 0, callOutAt: move.now, timers: [] })
  setTimer(move, 'T3', move.now + move.handoff.timings.t3 * MINUTE_MS)
  move.events.push({ type: 'call-out' })
}

/** Staff have it: nobody is asked any more, whoever was is told, and somebody is called. */
export function toStaff(move: Move, why: AlarmReason): void {
  endRelay(move, 'relay-ended')
  withdrawOffers(move, 'withdrawn', 'taken')
  drop(move, 'passedTo', 'endedAt')
  set(move, { state: 'with-staff', timers: [] })
  alarm(move, why)
  tellResident(move, 'with-staff')
}

/** The end of all that is under way. */
export function endAs(move: Move, state: Extract<HandoffState, 'done' | 'cancelled' | 'passed-on'>): void {
  set(move, { state, timers: [], endedAt: move.now })
}

/** Staff close it. Whoever was on it hears that it is done, or not to go; whoever was asked, that it is over. */
export function close(move: Move, helped: boolean): void {
  const { assignee } = move.handoff
  if (helped && assignee !== undefined) finishTask(move, assignee)
  else endRelay(move, 'do-not-go')
  withdrawOffers(move, 'withdrawn', 'cancelled')
  endAs(move, helped ? 'done' : 'cancelled')
}

/** A task was done: the talk ends, with a kind word and rest. */
export function finishTask(move: Move, assignee: string): void {
  stopTalk(move, assignee)
  tell(move, assignee, 'done')
  move.events.push({ type: 'rest', contact: assignee, heavy: false })
}

/** Closes every open offer and tells who had one. */
export function withdrawOffers(move: Move, state: 'lost' | 'withdrawn', what: Told): void {
  const open = move.handoff.offers.filter((offer) => offer.state === 'open')
  for (const { volunteer } of open) tell(move, volunteer, what)
  set(move, { offers: move.handoff.offers.map((offer) => (offer.state === 'open' ? { ...offer, state } : offer)) })
}

/** What became of somebody's offer. */
export function markOffer(move: Move, volunteer: string, state: Offer['state']): void {
  set(move, { offers: move.handoff.offers.map((offer) => (offer.volunteer === volunteer ? { ...offer, state } : offer)) })
}

/** Nobody has it any more: no word crosses, the code word is void, the assignee is told `what`. */
export function endRelay(move: Move, what: Told | undefined): void {
  const { assignee } = move.handoff
  if (assignee === undefined) return
  stopTalk(move, assignee)
  markOffer(move, assignee, 'handed-back')
  if (what !== undefined) tell(move, assignee, what)
  drop(move, 'assignee')
}

/** The two talk no more; who had it stays named, so that both can be asked how it went. */
export function stopTalk(move: Move, volunteer: string): void {
  const isOpen = (relay: { readonly volunteer: string; readonly until?: Instant }) =>
    relay.volunteer === volunteer && relay.until === undefined
  drop(move, 'codeWord')
  if (!move.handoff.relays.some(isOpen)) return
  set(move, { relays: move.handoff.relays.map((relay) => (isOpen(relay) ? { ...relay, until: move.now } : relay)) })
  move.events.push({ type: 'relay', is: 'ends', volunteer })
}
