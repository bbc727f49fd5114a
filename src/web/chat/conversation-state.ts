/** The conversation as the page holds it: what the server streamed, and what the resident sent that has not come back yet. Pure. */
import type { Instant, LanguageCode } from '../../core/types.js'
import type { BotMessage, OwnMessage, Received, Reply } from './activity.js'

/** Something the resident typed or tapped. `clientId` makes a second attempt the same message. */
export interface Send {
  readonly clientId: string
  readonly text: string
  /** What the tapped button carries. */
  readonly value?: string
  readonly at: Instant
}

/** sending: on its way · waiting: goes when the line is back · sent: the server has it · refused: the server will not have it. */
export type Delivery = 'sending' | 'waiting' | 'sent' | 'refused'

interface Pending extends Send {
  readonly delivery: Delivery
}

export interface ConversationState {
  /** In the order of the stream. */
  readonly messages: readonly (BotMessage | OwnMessage)[]
  readonly pending: readonly Pending[]
  /** An answer is on its way. */
  readonly thinking: boolean
}

export type Change =
  | { readonly type: 'received'; readonly items: readonly Received[] }
  | { readonly type: 'queued'; readonly send: Send }
  | { readonly type: 'delivery'; readonly clientId: string; readonly delivery: Delivery }
  /** Nobody answered for so long that the page no longer says that somebody will. */
  | { readonly type: 'hushed' }
  /** Another conversation begins; what is not sent yet goes there. */
  | { readonly type: 'reset' }

export type Entry =
  | { readonly from: 'bot'; readonly key: string; readonly message: BotMessage }
  | {
      readonly from: 'resident'
      readonly key: string
      readonly text: string
      readonly at: Instant
      /** Absent once it came back on the stream. */
      readonly delivery?: Delivery
    }

export interface ConversationView {
  readonly entries: readonly Entry[]
  /** Buttons that can be tapped now. */
  readonly replies: readonly Reply[]
  /** Set when the list of languages is all there is: it has the page to itself. */
  readonly firstScreen: BotMessage | undefined
  /** Language of the newest message of the bot; none while the only one is the list, which speaks all of them. */
  readonly language: LanguageCode | undefined
  readonly thinking: boolean
}

export const EMPTY_CONVERSATION: ConversationState = { messages: [], pending: [], thinking: false }

export function reduceConversation(state: ConversationState, change: Change): ConversationState {
  switch (change.type) {
    case 'received':
      return receive(state, change.items)
    case 'queued':
      return { ...state, pending: [...state.pending, { ...change.send, delivery: 'sending' }], thinking: true }
    case 'delivery':
      return deliver(state, change.clientId, change.delivery)
    case 'hushed':
      return state.thinking ? { ...state, thinking: false } : state
    case 'reset':
      return { ...EMPTY_CONVERSATION, pending: state.pending.filter(({ delivery }) => delivery !== 'sent') }
  }
}

function receive(state: ConversationState, items: readonly Received[]): ConversationState {
  const known = new Set(state.messages.map(({ id }) => id))
  const fresh = items.filter((item) => item.kind !== 'typing').filter(({ id }) => !known.has(id) && known.add(id))
  const confirmed = new Set(fresh.flatMap((item) => (item.kind === 'own' ? (item.clientId ?? []) : [])))
  return {
    messages: fresh.length === 0 ? state.messages : sinceErasure([...state.messages, ...fresh]),
    pending: confirmed.size === 0 ? state.pending : state.pending.filter(({ clientId }) => !confirmed.has(clientId)),
    thinking: stillThinking(state.thinking, fresh, items[items.length - 1]),
  }
}

/** Whoever had everything deleted sees nothing of it any more, only that it is done. */
function sinceErasure(messages: ConversationState['messages']): ConversationState['messages'] {
  const erased = messages.findLastIndex((message) => message.kind === 'bot' && message.role === 'erased')
  return erased === -1 ? messages : messages.slice(erased)
}

function stillThinking(before: boolean, fresh: readonly (BotMessage | OwnMessage)[], last: Received | undefined): boolean {
  if (last?.kind === 'typing') return true
  return before && !fresh.some(({ kind }) => kind === 'bot')
}

/** The answer may overtake the receipt: what already came back on the stream is settled and changes nothing. */
function deliver(state: ConversationState, clientId: string, delivery: Delivery): ConversationState {
  if (!state.pending.some((pending) => pending.clientId === clientId)) return state
  const pending = state.pending.map((one) => (one.clientId === clientId ? { ...one, delivery } : one))
  return { ...state, pending, thinking: delivery === 'sent' || delivery === 'sending' }
}

export function viewConversation(state: ConversationState): ConversationView {
  const { messages, pending, thinking } = state
  const last = messages[messages.length - 1]
  const answerable = last?.kind === 'bot' && pending.every(({ delivery }) => delivery === 'refused')
  const firstScreen = messages.length === 1 && pending.length === 0 && last?.kind === 'bot' && last.role === 'languages' ? last : undefined
  // The list that a conversation begins with was a page of its own; in the log it would only stand in the way.
  const shown = messages.filter((message, index) => index > 0 || message.kind === 'own' || message.role !== 'languages')
  return {
    entries: [...shown.map(streamed), ...pending.map(unconfirmed)],
    replies: answerable ? last.replies : [],
    firstScreen,
    language: firstScreen === undefined ? newestLanguage(messages) : undefined,
    thinking,
  }
}

function streamed(message: BotMessage | OwnMessage): Entry {
  if (message.kind === 'bot') return { from: 'bot', key: message.id, message }
  return { from: 'resident', key: message.clientId ?? message.id, text: message.text, at: message.at }
}

function unconfirmed({ clientId, text, at, delivery }: Pending): Entry {
  return { from: 'resident', key: clientId, text, at, delivery }
}

function newestLanguage(messages: ConversationState['messages']): LanguageCode | undefined {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index]
    if (message?.kind === 'bot' && message.language !== '') return message.language
  }
  return undefined
}
