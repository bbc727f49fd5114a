/** Staff in the chat: alarms, taking a case, writing to a resident as a person, approving volunteers, asking for somebody without a chat. */

import type { HelpCommand } from './command-types.js'
import type { Draft } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult } from './help-types.js'

/** A one-time word, typed as the whole message; false when the text has not its form. */
export function typedWord(_draft: Draft, _text: string): boolean {
  return false
}

/** A typed text that a coordinator was asked for; false when it is for somebody else to hear. */
export function typedForStaff(_draft: Draft, _text: string): boolean {
  return false
}

/** A button of staff. */
export function tapStaff(_draft: Draft, _action: Extract<HelpAction, { do: 'staff' }>): void {}

/** A command of a coordinator; false for others. */
export function coordinatorCommand(_draft: Draft, _command: HelpCommand): boolean {
  return false
}

/** An alarm, or that it is over. */
export function hearAlarm(_draft: Draft, _event: Extract<HelpEvent, { type: 'alarm' | 'alarm-over' }>): void {}

/** How a command of staff ended, or what a typed one-time word made of this person. */
export function staffResult(
  _draft: Draft,
  _result: Extract<HelpResult, { command: 'handoff' | 'approve' | 'acknowledge' | 'word' }>,
): void {}
