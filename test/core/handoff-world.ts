/** A request in every state, made by the commands that lead there. */
import { draftHandoff, transition } from '../../src/core/handoff.js'
import type { By, Handoff, HandoffCommand, HandoffEvent, HandoffRole, HandoffState, TimerId } from '../../src/core/handoff-types.js'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const NOON = Date.parse('2026-06-10T10:00Z')
export const TIMINGS = { t1: 10, t2: 20, t3: 45, t4: 30, t5: 15 }

export const resident: By = { as: 'resident', contact: 'resident' }
export const coordinator: By = { as: 'coordinator', contact: 'coordinator' }
export const staff: By = { as: 'staff', contact: 'staff' }
export const timer: By = { as: 'timer' }
export const first = volunteer('first')
export const second = volunteer('second')
export const BY: Readonly<Record<HandoffRole, By>> = {
  resident,
  assignee: first,
  volunteer: second,
  coordinator,
  staff,
  timer,
}

export function volunteer(contact: string): By {
  return { as: 'volunteer', contact }
}

export function draft(change: Partial<Handoff> = {}): Handoff {
  return { ...draftHandoff({ resident: 'resident', task: 'medicine', minor: false, timings: TIMINGS }), ...change }
}

/** The step must succeed. */
export function must(handoff: Handoff, command: HandoffCommand, by: By, now: number = NOON): Handoff {
  return mustWith(handoff, command, by, now).handoff
}

export function mustWith(handoff: Handoff, command: HandoffCommand, by: By, now: number = NOON) {
  const outcome = transition(handoff, command, by, now)
  if ('refused' in outcome) throw new Error(`${command.type} by ${by.as} in ${handoff.state}: ${outcome.refused}`)
  return outcome as { handoff: Handoff; events: HandoffEvent[] }
}

/** The pending timer of this name comes when it is due. */
export function fire(handoff: Handoff, id: TimerId) {
  const pending = handoff.timers.find((one) => one.timer === id)
  if (pending === undefined) throw new Error(`no ${id} in ${handoff.state}`)
  return mustWith(handoff, { type: 'timer', timer: id, turn: pending.turn }, timer, pending.due)
}

export const offerTo = (volunteers: readonly string[], deadline = NOON + 10 * MINUTE): HandoffCommand => ({
  type: 'offer',
  volunteers,
  deadline,
})
export const accept: HandoffCommand = { type: 'accept', codeWord: 'lantern' }

/** In waiting states `second` has an open offer (lost in `handed-back`); from `accepted` on, `first` has or had it. */
export function inState(state: HandoffState): Handoff {
  const offered = () => must(must(draft(), { type: 'confirm' }, resident), offerTo(['first', 'second', 'third']), timer)
  const accepted = () => must(offered(), accept, first)
  switch (state) {
    case 'draft':
      return draft()
    case 'open':
      return fire(offered(), 'T1').handoff
    case 'offered':
      return offered()
    case 'accepted':
      return accepted()
    case 'on-the-way':
      return must(accepted(), { type: 'on-the-way' }, first)
    case 'done':
      return must(accepted(), { type: 'done' }, first)
    case 'handed-back':
      return must(accepted(), { type: 'hand-back', reason: 'no-time' }, first)
    case 'cancelled':
      return must(accepted(), { type: 'cancel' }, resident)
    case 'passed-on':
      return must(accepted(), { type: 'pass-on', network: 'red-cross', consent: true }, first)
    case 'with-staff':
      return must(accepted(), { type: 'to-staff', why: 'asked-for-staff' }, resident)
  }
}

export const refusedAs = (handoff: Handoff, command: HandoffCommand, by: By, now: number = NOON) => {
  const outcome = transition(handoff, command, by, now)
  return 'refused' in outcome ? outcome.refused : `allowed, ${outcome.handoff.state}`
}
export const toldTo = (events: readonly HandoffEvent[], contact: string) =>
  events.flatMap((event) => (event.type === 'tell' && event.contact === contact ? [event.what] : []))
export const typesOf = (events: readonly HandoffEvent[]) => events.map(({ type }) => type)

export const decide = (outcome: 'may-go-on' | 'stays-out', about = 'first'): HandoffCommand => ({ type: 'decide-report', about, outcome })
