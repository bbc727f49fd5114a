/** Words of a talk cross to the other side: an event in their conversation, in the order they were written, once. */
import type { HelpEffect, HelpResult } from '../../core/help-types.js'
import type { TurnDocument } from '../../store/collections.js'
import { isHeld } from './change.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'

type RelayEffect = Extract<HelpEffect, { type: 'relay' }>

/** Undefined when they crossed; a talk that has ended takes no words. Throws `StoreUnavailable`. */
export async function relay(deps: HandoffsDeps, effect: RelayEffect, id: string, turn: TurnDocument): Promise<HelpResult | undefined> {
  const document = await deps.handoffs.get(effect.handoff)
  const { handoff, details, helperAlias = '' } = document ?? {}
  const ended: HelpResult = { command: 'relay', handoff: effect.handoff, receipt: document?.receipt ?? '', refused: 'ended' }
  if (document === undefined || handoff?.assignee === undefined || !isHeld(handoff) || handoff.frozen === true) return ended
  const fromResident = turn.contact === document.contact
  if (!fromResident && turn.contact !== handoff.assignee) return ended
  const conversation = await conversationOf(deps.conversations, fromResident ? handoff.assignee : document.contact)
  if (conversation === undefined) return ended
  const from = fromResident ? (details?.alias ?? '') : helperAlias
  const { receipt } = document
  const event = { type: 'relayed', handoff: effect.handoff, receipt, from, words: effect.words, sender: turn.contact } as const
  await deps.receive(conversation, { id: `${id}:relayed`, at: deps.time.now(), ...event })
  return undefined
}
