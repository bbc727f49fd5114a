/** The resident's side of a request: making it, waiting for somebody, and what is said meanwhile. */
import { beginIntake, offerToGoOn, tapIntake, typedForIntake } from './asking-intake.js'
import { hearNews } from './asking-news.js'
import { tapSent, typedForSent } from './asking-replies.js'
import { tellAnswer, tellOpened } from './asking-result.js'
import { cancelCommand, nobodyCameCommand, oldButton, showDoorCommand, showLast, showRequests } from './asking-status.js'
import type { HelpCommand } from './command-types.js'
import type { Draft } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult } from './help-types.js'
import { taskRule } from './task-rules.js'
import type { HandoffOrder } from './types.js'
import { beginVolunteering, offerSignUp } from './volunteering.js'

type Of<T, K extends string> = Extract<T, { do: K }>

/** Begins a request where its task is called out to volunteers, or a sign-up; false where it is for staff alone. */
export function beginRequest(draft: Draft, order: HandoffOrder): boolean {
  if (order.task === 'volunteer') {
    beginVolunteering(draft)
    return true
  }
  const rule = taskRule(order.task)
  if (rule === undefined || rule.staffOnly !== undefined) return false
  beginIntake(draft, order)
  return true
}

/** A typed text that answers a question of a request; false when it is for somebody else to hear. */
export function typedForRequest(draft: Draft, text: string): boolean {
  return typedForSent(draft, text) || typedForIntake(draft, text)
}

/** A button of the resident's side. */
export function tapRequest(draft: Draft, action: Of<HelpAction, 'intake' | 'request'>): void {
  if (action.do === 'request') return tapSent(draft, action)
  if (!tapIntake(draft, action)) oldButton(draft)
}

/** A command about the person's own requests; false when they have none that it could mean. */
export function residentCommand(draft: Draft, command: HelpCommand): boolean {
  switch (command) {
    case 'my-requests':
      return showRequests(draft) || showLast(draft)
    case 'cancel-request':
      return cancelCommand(draft) || showLast(draft)
    case 'nobody-came':
      return nobodyCameCommand(draft)
    case 'show-door':
      return showDoorCommand(draft)
    default:
      return false
  }
}

/** News for the resident of a handoff. */
export function hearResidentNews(draft: Draft, event: Extract<HelpEvent, { type: 'news' }>): void {
  hearNews(draft, event)
}

/** How a command of the resident ended, and the number of a new request. */
export function residentResult(draft: Draft, result: Extract<HelpResult, { command: 'openHandoff' | 'handoff' }>): void {
  if (result.command === 'openHandoff') tellOpened(draft, result)
  else tellAnswer(draft, result)
}

/** A request or a sign-up that is not sent: one tap back to it, under what Opgang said last. */
export function offerRequest(draft: Draft): void {
  offerToGoOn(draft)
  offerSignUp(draft)
}
