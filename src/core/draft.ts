/** A turn while it is being decided: the next session and the effects so far. Lives for one decision, never stored. */

import type { Library } from './library.js'
import type { Action, Clock, Effect, LanguageCode, Outbound, QuickReply, Scene, Session } from './types.js'

export interface Draft {
  readonly scene: Scene
  readonly library: Library
  readonly clock: Clock
  session: Session
  readonly effects: Effect[]
  /** Short sentences that go first, together in one message. */
  readonly notices: string[]
}

/** Values that every text may name: the area's variables and the answers given. */
export function fill(draft: Draft, text: string): string {
  return text.replace(/\{\{\s*(area|answers)\.([\w-]+)\s*\}\}/g, (_, from: string, name: string) => {
    const value = from === 'area' ? draft.scene.area.variables[name] : draft.session.answers[name]
    return value === undefined ? '' : String(value)
  })
}

export function language(draft: Draft): LanguageCode {
  return draft.session.language.code
}

/** A system text in the resident's language. */
export function phrase(draft: Draft, key: string, values: Record<string, string | number> = {}): string {
  return draft.library.say(language(draft), key, values)
}

/** Adds a message in the resident's language. */
export function tell(draft: Draft, text: string, quickReplies: readonly QuickReply[] = []): void {
  push(draft, { text, language: language(draft), ...(quickReplies.length === 0 ? {} : { quickReplies }) })
}

export function push(draft: Draft, message: Outbound): void {
  draft.effects.push({ type: 'message', message })
}

export function change(draft: Draft, next: Partial<Session>): void {
  draft.session = { ...draft.session, ...next }
}

/** Session fields that end by being absent, not by holding undefined. */
export function drop(draft: Draft, ...fields: (keyof Session)[]): void {
  const rest: Partial<Record<keyof Session, unknown>> = { ...draft.session }
  for (const field of fields) delete rest[field]
  draft.session = rest as unknown as Session
}

/** A button for a command, titled in the resident's language. */
export function commandReply(
  draft: Draft,
  command: 'menu' | 'language' | 'help' | 'about-me' | 'delete-me' | 'restart' | 'stop',
): QuickReply {
  return { title: phrase(draft, `command.${command}`), action: { do: 'command', command } }
}

/** The button that leads to a person, titled in the resident's language unless another is given. */
export function personReply(draft: Draft, spoken = language(draft)): QuickReply {
  return { title: draft.library.say(isOffered(draft, spoken) ? spoken : language(draft), 'person'), action: PERSON }
}

export function isOffered(draft: Draft, code: LanguageCode): boolean {
  return draft.library.languages.some((offered) => offered.code === code)
}

/** Main menu and the way to a person: every library has both (checked when it is built). */
export const MENU = { dialog: 'welcome', node: 'start' } as const
/** The dialog of the danger cards: one node for each kind, and what stands around them. Words of danger lead there, no button. */
export const EMERGENCY = 'emergency'
const PERSON: Action = { do: 'goto', dialog: 'welcome', node: 'person' }

/** Options that Messenger shows under one message (limits: quick replies ≤ 13); the page and the terminal show all. */
export const MESSENGER_OPTIONS = 13

/** More buttons under the last message, where every channel shows buttons. All or none: none where they are too many, or beside languages. */
export function addReplies(draft: Draft, replies: readonly QuickReply[]): void {
  const index = draft.effects.findLastIndex((effect) => effect.type === 'message')
  const last = draft.effects[index]
  if (last?.type !== 'message' || last.message.role === 'languages') return
  const there = last.message.quickReplies ?? []
  const missing = replies.filter(({ action }) => !there.some((shown) => JSON.stringify(shown.action) === JSON.stringify(action)))
  if (missing.length === 0 || there.length + missing.length > MESSENGER_OPTIONS) return
  draft.effects[index] = { ...last, message: { ...last.message, quickReplies: [...there, ...missing] } }
}

/** True in the turn of a tombstone: after its last word nothing is added. */
export function isErasing(draft: Draft): boolean {
  return draft.effects.some(({ type }) => type === 'erase')
}

export function hasMessage(draft: Draft): boolean {
  return draft.effects.some((effect) => effect.type === 'message')
}
