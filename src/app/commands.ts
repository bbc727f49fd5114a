/** Carries out the effects that are not messages. Each may run twice with the same id and gives the same result. */
import type { HelpResult } from '../core/help-types.js'
import type { CommandResult, ContactChange, Effect } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { ContactDocument, ConversationDocument, HandoffDocument, TurnDocument } from '../store/collections.js'
import type { Calls } from './calls.js'
import type { Erase } from './erasure.js'
import type { Handoffs } from './handoffs/handoffs.js'
import type { Receive, Time } from './ports.js'
import { countVote, keepQuestion, noteTold, noteWish, type QuestionsDeps } from './questions.js'
import { noteClosedTold } from './tell-closed.js'

/** Applied effects that a contact remembers; more than can be open at once. */
const APPLIED_MAX = 50

import type { StaffEffect } from './staff-effects.js'

export interface CommandsDeps extends QuestionsDeps {
  readonly contacts: Collection<ContactDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly handoffs: Collection<HandoffDocument>
  readonly calls: Calls
  readonly erase: Erase
  readonly requests: Pick<Handoffs, 'apply'>
  /** What staff do in the chat. */
  readonly staff: (effect: StaffEffect, id: string, turn: TurnDocument) => Promise<HelpResult>
  readonly receive: Receive
  readonly time: Time
}

export type Apply = (effect: Exclude<Effect, { type: 'message' }>, id: string, turn: TurnDocument) => Promise<void>

export function createApply(deps: CommandsDeps): Apply {
  return async (effect, id, turn) => {
    switch (effect.type) {
      case 'contact':
        return changeContact(deps, turn.contact, id, effect.change)
      case 'openHandoff':
      case 'handoff':
      case 'relay':
      case 'volunteer':
      case 'talk-danger': {
        const result = await deps.requests.apply(effect, id, turn)
        return result === undefined ? undefined : reply(deps, turn, id, result)
      }
      case 'acknowledge':
      case 'alarms':
      case 'approve':
      case 'word':
        return reply(deps, turn, id, await deps.staff(effect, id, turn))
      case 'call': {
        const values = (await deps.calls[effect.name]?.({ contact: turn.contact, values: effect.values })) ?? {}
        return reply(deps, turn, id, { command: 'call', name: effect.name, values })
      }
      case 'question':
        return keepQuestion(deps, effect, id, turn)
      case 'tell-me':
        return noteWish(deps, effect.question, turn)
      case 'told':
        return noteTold(deps.questions, effect, turn)
      case 'closed-told':
        return noteClosedTold(deps.handoffs, effect, turn)
      case 'useful':
        return countVote(deps, id, effect)
      case 'erase':
        return deps.erase(turn)
    }
  }
}

/** The outcome goes to the conversation that gave the command, as its last event; an erased one takes no more. */
async function reply(deps: CommandsDeps, turn: TurnDocument, id: string, result: CommandResult): Promise<void> {
  const conversation = await deps.conversations.get(turn.conversation)
  if (conversation === undefined || conversation.contact !== turn.contact) return
  const sender = await senderOf(deps, result)
  const event = {
    id: `${id}:result`,
    at: deps.time.now(),
    type: 'result',
    of: id,
    result,
    ...(sender === undefined ? {} : { sender }),
  } as const
  await deps.receive(conversation, event)
}

/** What staff are shown of a request holds its resident's words: they go when that person is erased. */
async function senderOf({ handoffs }: CommandsDeps, result: CommandResult): Promise<string | undefined> {
  if (result.command !== 'handoff' || result.lines === undefined) return undefined
  const contact = (await handoffs.get(result.handoff))?.contact
  return contact === '' ? undefined : contact
}

async function changeContact(deps: CommandsDeps, contact: string, id: string, change: ContactChange): Promise<void> {
  for (;;) {
    const known = await deps.contacts.get(contact)
    if (known?.applied.includes(id)) return
    const next = changed(known ?? { _id: contact, version: 1, applied: [] }, id, change)
    if ((known === undefined ? await deps.contacts.insert(next) : await deps.contacts.replace(next)) === 'ok') return
  }
}

function changed(contact: ContactDocument, id: string, change: ContactChange): ContactDocument {
  const topics = new Set(contact.topics)
  if (change.subscribe !== undefined) topics.add(change.subscribe)
  if (change.unsubscribe !== undefined) topics.delete(change.unsubscribe)
  return {
    ...contact,
    ...(change.language === undefined ? {} : { language: change.language }),
    ...(change.area === undefined ? {} : { area: change.area }),
    topics: [...topics],
    applied: [...contact.applied, id].slice(-APPLIED_MAX),
  }
}
