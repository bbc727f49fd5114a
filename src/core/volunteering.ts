/** The volunteer's side: sign-up, duty, offers and tasks, in the chat they already use. */

import type { HelpCommand } from './command-types.js'
import type { Draft } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult } from './help-types.js'

/** Begins the sign-up, or shows a volunteer what they have and can do. */
export function beginVolunteering(_draft: Draft): void {}

/** A typed text that answers a question of the sign-up or of a task; false when it is for somebody else to hear. */
export function typedForVolunteer(_draft: Draft, _text: string): boolean {
  return false
}

/** A button of the volunteer's side. */
export function tapVolunteer(_draft: Draft, _action: Extract<HelpAction, { do: 'sign-up' | 'volunteer' | 'task' }>): void {}

/** A command of a volunteer; false when it means nothing to this person now. */
export function volunteerCommand(_draft: Draft, _command: HelpCommand): boolean {
  return false
}

/** News for a volunteer of a handoff. */
export function hearVolunteerNews(_draft: Draft, _event: Extract<HelpEvent, { type: 'news' }>): void {}

/** Approved, paused, or the end of a duty comes near. */
export function hearRole(_draft: Draft, _event: Extract<HelpEvent, { type: 'role' | 'duty' }>): void {}

/** How a command of the volunteer ended. */
export function volunteerResult(_draft: Draft, _result: Extract<HelpResult, { command: 'handoff' }>): void {}

/** A volunteer on duty did something: their window is open again. At most once an hour it is noted. */
export function noteSeen(_draft: Draft): void {}
