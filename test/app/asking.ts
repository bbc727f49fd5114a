/** Somebody who asks what nobody can answer, and wishes to be told: what tests of questions share. */
import { type Address, conversationId } from '../../src/app/ports.js'
import type { Action, Event } from '../../src/core/types.js'
import type { TurnDocument } from '../../src/store/collections.js'
import { type Stage, says } from '../stage.js'

/** Words that no answer knows. */
export const TEXT = 'gøffel bræzzø'
export const START = { dialog: 'probe', node: 'start' }
export const NODES = `
start:
  say: Kog vandet i tre minutter.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2026-11-20 }
call: { say: Vi skriver det op., handoff: contact }
`
export const tap = (stage: Stage, action: Action | undefined, id: string): Event => ({
  id,
  at: stage.time.now(),
  type: 'tap',
  text: 'x',
  ...(action ? { action } : {}),
})
export const wishOf = (turn: TurnDocument | undefined): Action | undefined =>
  turn?.effects
    .flatMap((effect) => (effect.type === 'message' ? (effect.message.quickReplies ?? []) : []))
    .map(({ action }) => action)
    .find((action) => action.do === 'tell-me')

/** Asks in Danish, and taps the wish unless told not to. */
export async function asks(stage: Stage, who: Address, { text = TEXT, wish = true, language = 'dansk' } = {}): Promise<void> {
  // Nobody asks in the same millisecond: the order of questions is certain.
  stage.time.advance(1)
  const now = { at: stage.time.now() }
  await stage.turns.receive(who, says(language, now))
  await stage.turns.receive(who, says(text, now))
  const last = (await stage.log(conversationId(who))).at(-1)
  if (wish) await stage.turns.receive(who, tap(stage, wishOf(last), `wish:${who.user}:${last?._id}`))
  await stage.settler.idle()
}
