/** Two talk through the bot without knowing each other's name or number: typed words, phrase cards, whom they go to, and the end. */

import type { HelpCommand } from './command-types.js'
import type { Draft } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult } from './help-types.js'
import type { Event } from './types.js'

/** A typed text or an attachment that goes to the other side, or whose addressee is asked for; false when Opgang is to hear it. */
export function relayMessage(_draft: Draft, _event: Extract<Event, { type: 'message' }>): boolean {
  return false
}

/** Whom the words go to, or a phrase card. */
export function tapTalk(_draft: Draft, _action: Extract<HelpAction, { do: 'talk' | 'card' }>): void {}

/** A command about a talk; false when there is none. */
export function talkCommand(_draft: Draft, _command: HelpCommand | 'stop'): boolean {
  return false
}

/** Words of the other side. */
export function hearRelayed(_draft: Draft, _event: Extract<HelpEvent, { type: 'relayed' }>): void {}

/** A talk begins or ends, a door is shown, a name changes. */
export function hearTalkNews(_draft: Draft, _event: Extract<HelpEvent, { type: 'news' }>): void {}

/** Words did not cross. */
export function talkResult(_draft: Draft, _result: Extract<HelpResult, { command: 'relay' }>): void {}

/** Words of danger were written while a talk is open: its case is told to staff. */
export function alarmTalks(_draft: Draft): void {}
