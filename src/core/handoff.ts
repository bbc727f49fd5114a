/** The state machine of a request for a person: pure, and the only place where a handoff changes. */

import { decideReport, reportedPairs, takeReport } from './handoff-report.js'
import { OFFER_LASTS_MS, refusalOf } from './handoff-rules.js'
import {
  alarm,
  beginCallOut,
  clearTimers,
  close,
  drop,
  endAs,
  endRelay,
  finishTask,
  MINUTE_MS,
  type Move,
  markOffer,
  set,
  setTimer,
  tell,
  tellResident,
  toStaff,
  withdrawOffers,
} from './handoff-steps.js'
import type { By, Handoff, HandoffCommand, HandoffRefusal, Outcome, TimerId, Timings, Told } from './handoff-types.js'
import { staffOnlyReason } from './task-rules.js'
import type { Instant } from './types.js'

type Of<T extends HandoffCommand['type']> = Extract<HandoffCommand, { type: T }>

const HOUR_MS = 60 * MINUTE_MS
/** Two days after passing on, it is asked whether help came. */
const ASK_IF_HELPED_MS = 48 * HOUR_MS
/** How long "nobody came" counts after the end: as long as a report. */
const NOBODY_CAME_MS = 30 * 24 * HOUR_MS
/** A time is agreed for the days ahead that two people can keep in mind. */
const AGREE_AHEAD_MS = 7 * 24 * HOUR_MS

/** A request that its resident has not confirmed yet. */
export function draftHandoff(request: { resident: string; task: string; minor: boolean; timings: Timings }): Handoff {
  return { ...request, state: 'draft', wave: 0, offers: [], relays: [], reports: [], timers: [], turns: 0 }
}

/**
 * What a command does to a handoff: the next one and what follows, or the id of the reason why not. The same command again never has
 * a second effect; of any number of accepts the first has it and the others are refused with `taken`.
 */
export function transition(handoff: Handoff, command: HandoffCommand, by: By, now: Instant): Outcome {
  const move: Move = { handoff, events: [], now }
  const refused = refusalOf(handoff, command, by) ?? run(move, command, by)
  return refused === undefined ? { handoff: move.handoff, events: move.events } : { refused }
}

/** Who was asked in this call-out and may still accept, and who must not be asked again for it. */
export function asked(handoff: Handoff): { readonly asked: readonly string[]; readonly declinedBy: readonly string[] } {
  const idsOf = (...states: readonly string[]) =>
    handoff.offers.filter(({ state }) => states.includes(state)).map(({ volunteer }) => volunteer)
  return { asked: idsOf('open', 'accepted'), declinedBy: idsOf('declined', 'handed-back') }
}

function run(move: Move, command: HandoffCommand, by: By): HandoffRefusal | undefined {
  switch (command.type) {
    case 'offer':
      return offer(move, command)
    case 'wait':
      return wait(move, command)
    case 'accept':
      return accept(move, command, by)
    case 'withdraw-offer':
      return withdrawOffer(move, command)
    case 'could-not-be-reached':
      return notReached(move, command)
    case 'agree-time':
      return agreeTime(move, command)
    case 'pass-on':
      return passOn(move, command)
    case 'take':
      return take(move, by, command)
    case 'let-go':
      return letGo(move, by)
    case 'reopen':
      return reopen(move)
    case 'of-age':
      return ofAge(move)
    case 'nobody-came':
      return nobodyCame(move)
    case 'report':
      return takeReport(move, by, command)
    case 'decide-report':
      return decideReport(move, by, command)
    case 'timer':
      return fire(move, command)
    default:
      always(move, command, by)
      return undefined
  }
}

/** What nothing but the table can refuse. */
function always(
  move: Move,
  command: Of<'confirm' | 'change' | 'decline' | 'on-the-way' | 'done' | 'hand-back' | 'cancel' | 'close' | 'to-staff'>,
  by: By,
): void {
  switch (command.type) {
    case 'confirm':
      beginCallOut(move, 'open')
      if (move.handoff.state === 'open') tellResident(move, 'looking')
      return undefined
    case 'change':
      return change(move, command)
    case 'decline':
      if (by.as === 'volunteer') decline(move, by.contact)
      return undefined
    case 'on-the-way':
      set(move, { state: 'on-the-way' })
      clearTimers(move)
      return tellResident(move, 'on-the-way')
    case 'done':
      return done(move)
    case 'hand-back':
      return handBack(move, command)
    case 'cancel':
      endRelay(move, 'do-not-go')
      withdrawOffers(move, 'withdrawn', 'cancelled')
      endAs(move, 'cancelled')
      return tellResident(move, 'cancelled')
    case 'close':
      return close(move, command.helped)
    case 'to-staff':
      // It stays with staff: a child's request is never called out again.
      if (command.why === 'minor') set(move, { minor: true })
      return toStaff(move, command.why)
  }
}

function change(move: Move, { task, minor }: Of<'change'>): void {
  set(move, { ...(task === undefined ? {} : { task }), ...(minor === undefined ? {} : { minor }) })
  if (move.handoff.state === 'draft') return undefined
  withdrawOffers(move, 'withdrawn', 'changed')
  clearTimers(move, 'T1', 'T2')
  const why = staffOnlyReason(move.handoff)
  if (why !== undefined) return toStaff(move, why)
  set(move, { state: 'open', wave: 0 })
  move.events.push({ type: 'call-out' })
}

function offer(move: Move, { volunteers, deadline }: Of<'offer'>): HandoffRefusal | undefined {
  const { handoff, now } = move
  const closed = new Set([
    ...handoff.offers.filter(({ state }) => state !== 'lost' && state !== 'withdrawn').map(({ volunteer }) => volunteer),
    ...reportedPairs(handoff),
    handoff.resident,
  ])
  const names = [...new Set(volunteers)].filter((volunteer) => !closed.has(volunteer))
  if (names.length === 0) return 'nobody-to-ask'
  if (!(deadline > now)) return 'bad-time'
  const wave = handoff.wave + 1
  const others = handoff.offers.filter(({ volunteer }) => !names.includes(volunteer))
  const fresh = names.map((volunteer) => ({ volunteer, at: now, wave, state: 'open' as const }))
  set(move, { state: 'offered', wave, offers: [...others, ...fresh] })
  clearTimers(move, 'T1', 'T2')
  move.events.push({ type: 'offer', volunteers: names, wave })
  setTimer(move, wave === 1 ? 'T1' : 'T2', deadline)
  return undefined
}

/** Offers that are out stay good while it waits. */
function wait(move: Move, { until, afresh }: Of<'wait'>): HandoffRefusal | undefined {
  if (!(until > move.now)) return 'bad-time'
  clearTimers(move, 'T2')
  setTimer(move, 'T1', until)
  if (!afresh) return undefined
  set(move, { callOutAt: until })
  setTimer(move, 'T3', until + move.handoff.timings.t3 * MINUTE_MS)
  return undefined
}

function accept(move: Move, { codeWord }: Of<'accept'>, by: By): HandoffRefusal | undefined {
  const { handoff, now } = move
  const mine = by.as === 'volunteer' ? handoff.offers.find(({ volunteer }) => volunteer === by.contact) : undefined
  if (mine === undefined) return 'not-offered'
  if (now - mine.at >= OFFER_LASTS_MS) return 'too-late'
  const { volunteer } = mine
  markOffer(move, volunteer, 'accepted')
  withdrawOffers(move, 'lost', 'taken')
  const relays = [...handoff.relays, { volunteer, from: now }]
  set(move, { state: 'accepted', assignee: volunteer, codeWord, relays, timers: [] })
  move.events.push({ type: 'relay', is: 'begins', volunteer }, { type: 'code-word', word: codeWord, volunteer })
  tellResident(move, 'found')
  setTimer(move, 'T4', now + handoff.timings.t4 * MINUTE_MS)
  return undefined
}

function decline(move: Move, volunteer: string): void {
  markOffer(move, volunteer, 'declined')
  tell(move, volunteer, 'thanks')
  goOnIfHopeless(move)
}

function withdrawOffer(move: Move, { volunteer }: Of<'withdraw-offer'>): HandoffRefusal | undefined {
  if (!move.handoff.offers.some((offer) => offer.volunteer === volunteer && offer.state === 'open')) return 'not-offered'
  markOffer(move, volunteer, 'withdrawn')
  tell(move, volunteer, 'offer-withdrawn')
  goOnIfHopeless(move)
  return undefined
}

/** Somebody on call hears of it, and may ring them; they may be asked anew when they are there again. */
function notReached(move: Move, { volunteers }: Of<'could-not-be-reached'>): HandoffRefusal | undefined {
  const open = move.handoff.offers.filter(({ volunteer, state }) => state === 'open' && volunteers.includes(volunteer))
  if (open.length === 0) return 'not-offered'
  for (const { volunteer } of open) markOffer(move, volunteer, 'withdrawn')
  alarm(move, 'could-not-be-reached')
  goOnIfHopeless(move)
  return undefined
}

/** The last of a wave who cannot say yes opens the next one: nobody waits for a deadline that cannot bring anything. */
function goOnIfHopeless(move: Move): void {
  const { handoff } = move
  const hopeless = !handoff.offers.some(({ state, wave }) => state === 'open' && wave === handoff.wave)
  if (handoff.state !== 'offered' || !hopeless) return
  clearTimers(move, 'T1', 'T2')
  set(move, { state: 'open' })
  move.events.push({ type: 'call-out' })
}

/** From the agreed time on, the assignee has as long as they had to agree one; who was on the way comes later instead. */
function agreeTime(move: Move, { at }: Of<'agree-time'>): HandoffRefusal | undefined {
  const { now, handoff } = move
  if (!(at > now && at <= now + AGREE_AHEAD_MS)) return 'bad-time'
  set(move, { state: 'accepted' })
  clearTimers(move)
  setTimer(move, 'T4', at + handoff.timings.t4 * MINUTE_MS)
  tellResident(move, 'time-agreed')
  return undefined
}

function done(move: Move): void {
  const { assignee } = move.handoff
  if (assignee !== undefined) finishTask(move, assignee)
  endAs(move, 'done')
  tellResident(move, 'done')
}

function handBack(move: Move, { reason }: Of<'hand-back'>): void {
  const { assignee = '' } = move.handoff
  const heavy = reason === 'too-heavy' || reason === 'not-safe'
  endRelay(move, 'thanks')
  move.events.push({ type: 'rest', contact: assignee, heavy })
  if (heavy) alarm(move, reason)
  callOutAgain(move, 'handed-back')
}

function nobodyCame(move: Move): HandoffRefusal | undefined {
  const { state, endedAt = move.now } = move.handoff
  if (move.now - endedAt > NOBODY_CAME_MS) return 'too-long-ago'
  if (state === 'done' || state === 'passed-on') {
    toStaff(move, 'nobody-came')
    return undefined
  }
  endRelay(move, 'handed-on')
  alarm(move, 'nobody-came')
  callOutAgain(move, 'looking')
  return undefined
}

/** Its resident is told behind the call-out: by then it is known whether there is anybody to look for. */
function callOutAgain(move: Move, told: Told): void {
  beginCallOut(move, 'handed-back')
  tellResident(move, told)
}

function passOn(move: Move, { network, consent }: Of<'pass-on'>): HandoffRefusal | undefined {
  if (!consent) return 'no-consent'
  endRelay(move, 'thanks')
  withdrawOffers(move, 'withdrawn', 'taken')
  endAs(move, 'passed-on')
  set(move, { passedTo: network })
  tellResident(move, 'passed-on')
  move.events.push({ type: 'ask-if-helped', due: move.now + ASK_IF_HELPED_MS })
  return undefined
}

function take(move: Move, by: By, { over }: Of<'take'>): HandoffRefusal | undefined {
  if (by.as === 'timer') return 'not-yours'
  const { staff } = move.handoff
  if (staff === by.contact) return 'already-yours'
  if (staff !== undefined && over !== true) return 'taken-by-staff'
  set(move, { staff: by.contact })
  return undefined
}

/** What a colleague has is theirs to give back; what nobody has stands with staff already. */
function letGo(move: Move, by: By): HandoffRefusal | undefined {
  const { staff, state } = move.handoff
  if (staff === undefined) return state === 'passed-on' ? 'passed-on' : 'with-staff'
  if (by.as === 'timer' || staff !== by.contact) return 'taken-by-staff'
  drop(move, 'staff')
  return undefined
}

function reopen(move: Move): HandoffRefusal | undefined {
  if (staffOnlyReason(move.handoff) !== undefined) return 'staff-only'
  beginCallOut(move, 'open')
  tellResident(move, 'looking')
  return undefined
}

/** Where nobody of the staff has it yet, it is called out again; else they know best. */
function ofAge(move: Move): HandoffRefusal | undefined {
  const { minor, staff, ...rest } = move.handoff
  if (!minor || staff !== undefined || staffOnlyReason({ ...rest, minor: false }) !== undefined) return 'with-staff'
  set(move, { minor: false })
  return reopen(move)
}

/** A deadline that came: each counts once, and not before its time. */
function fire(move: Move, { timer, turn }: Of<'timer'>): HandoffRefusal | undefined {
  const pending = move.handoff.timers.find((one) => one.timer === timer && one.turn === turn)
  if (pending === undefined) return 'stale-timer'
  if (move.now < pending.due) return 'too-early'
  clearTimers(move, timer)
  onTime(move, timer)
  return undefined
}

function onTime(move: Move, timer: TimerId): void {
  const { assignee = '', timings } = move.handoff
  switch (timer) {
    case 'T1':
    case 'T2':
      set(move, { state: 'open' })
      move.events.push({ type: 'call-out' })
      return undefined
    case 'T3':
      return toStaff(move, 'nobody-in-time')
    case 'T4':
      tell(move, assignee, 'are-you-coming')
      tellResident(move, 'asked-if-coming')
      return setTimer(move, 'T5', move.now + timings.t5 * MINUTE_MS)
    case 'T5':
      endRelay(move, 'handed-on')
      return callOutAgain(move, 'handed-on')
  }
}
