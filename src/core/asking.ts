/** The resident's side of a request: making it, waiting for somebody, and what is said meanwhile. */

import type { HelpCommand } from './command-types.js'
import type { Draft } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult } from './help-types.js'
import type { HandoffOrder } from './types.js'

type Of<T, K extends string> = Extract<T, { do: K }>

/** Begins a request where its task is called out to volunteers; false where it is for staff alone, or no handoff at all. */
export function beginRequest(_draft: Draft, _order: HandoffOrder): boolean {
  return false
}

/** A typed text that answers a question of a request; false when it is for somebody else to hear. */
export function typedForRequest(_draft: Draft, _text: string): boolean {
  return false
}

/** A button of the resident's side. */
export function tapRequest(_draft: Draft, _action: Of<HelpAction, 'intake' | 'request'>): void {}

/** A command about the person's own requests; false when they have none that it could mean. */
export function residentCommand(_draft: Draft, _command: HelpCommand): boolean {
  return false
}

/** News for the resident of a handoff. */
export function hearResidentNews(_draft: Draft, _event: Extract<HelpEvent, { type: 'news' }>): void {}

/** How a command of the resident ended, and the number of a new request. */
export function residentResult(_draft: Draft, _result: Extract<HelpResult, { command: 'openHandoff' | 'handoff' }>): void {}
