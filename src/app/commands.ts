/** Carries out the effects that are not messages. Each may run twice with the same id and gives the same result. */
import { DANGER_TASK } from '../core/danger-card.js'
import type { CommandResult, ContactChange, Effect } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { ContactDocument, ConversationDocument, HandoffDocument, TurnDocument } from '../store/collections.js'
import type { Calls } from './calls.js'
import type { Erase } from './erasure.js'
import type { Receive, Time } from './ports.js'
import { countVote, keepQuestion, noteTold, noteWish, type QuestionsDeps } from './questions.js'
import { noteClosedTold } from './tell-closed.js'

/** Applied effects that a contact remembers; more than can be open at once. */
const APPLIED_MAX = 50
/** Letters and digits that are told apart on paper and on the phone: no 0 O 1 I L 5 S. */
const RECEIPT_ALPHABET = '2346789ABCDEFGHJKMNPQRTUVWXYZ'

export interface CommandsDeps extends QuestionsDeps {
  readonly contacts: Collection<ContactDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly handoffs: Collection<HandoffDocument>
  readonly calls: Calls
  readonly erase: Erase
  readonly receive: Receive
  readonly time: Time
}

export type Apply = (effect: Exclude<Effect, { type: 'message' }>, id: string, turn: TurnDocument) => Promise<void>

export function createApply(deps: CommandsDeps): Apply {
  return async (effect, id, turn) => {
    switch (effect.type) {
      case 'contact':
        return changeContact(deps, turn.contact, id, effect.change)
      case 'openHandoff': {
        const opened = await openHandoff(deps, effect, id, turn)
        // A card promises nothing: whoever is in danger acts now and waits for nobody.
        return effect.task === DANGER_TASK ? undefined : reply(deps, turn, id, opened)
      }
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
      default:
        // Requests are wired below.
        return undefined
    }
  }
}

/** The outcome goes to the conversation that gave the command, as its last event; an erased one takes no more. */
async function reply(deps: CommandsDeps, turn: TurnDocument, id: string, result: CommandResult): Promise<void> {
  const conversation = await deps.conversations.get(turn.conversation)
  if (conversation === undefined || conversation.contact !== turn.contact) return
  await deps.receive(conversation, { id: `${id}:result`, at: deps.time.now(), type: 'result', of: id, result })
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

async function openHandoff(
  deps: CommandsDeps,
  effect: Extract<Effect, { type: 'openHandoff' }>,
  id: string,
  turn: TurnDocument,
): Promise<CommandResult> {
  const known = await deps.handoffs.get(id)
  if (known !== undefined) return { command: 'openHandoff', receipt: known.receipt, handoff: id, task: known.task }
  const receipt = await freeReceipt(deps.handoffs, id)
  const { conversation, contact } = turn
  const { task, area, language, network = '', note = '' } = effect
  const opened = {
    _id: id,
    version: 1,
    conversation,
    contact,
    receipt,
    task,
    network,
    note,
    area,
    language,
    openedAt: turn.at,
    state: 'open' as const,
  }
  await deps.handoffs.insert(opened)
  return { command: 'openHandoff', receipt, handoff: id, task }
}

/** A number that another request has is passed over: staff name a request by it, and must never mean two. */
async function freeReceipt(handoffs: CommandsDeps['handoffs'], id: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const receipt = receiptOf(attempt === 0 ? id : `${id}:${attempt}`)
    const [taken] = await handoffs.find({ receipt }, { sort: ['receipt'], limit: 1 })
    if (taken === undefined) return receipt
  }
}

/** `H-4F7K` from the random part of the effect's id: the same for the same effect. */
function receiptOf(id: string): string {
  const letters = Buffer.from(id, 'utf8').reduce((sum, byte) => (sum * 257 + byte) % 29 ** 4, 7)
  const digits = Array.from({ length: 4 }, (_, at) => RECEIPT_ALPHABET[Math.floor(letters / 29 ** at) % 29])
  return `H-${digits.join('')}`
}
