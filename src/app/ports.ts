/** What the use cases need from the outside, and what the edges may ask of the use cases. */
import type { Channel, Event, Instant, Outbound } from '../core/types.js'
import type { ConversationDocument, TurnDocument } from '../store/collections.js'

/** Time as an argument. `sleep` ends early, without error, when `signal` is aborted. */
export interface Time {
  now(): Instant
  /** The time facts are judged by; differs from `now` in a drill only. */
  contentNow(): Instant
  readonly drill: boolean
  /** Milliseconds of a clock that never goes back and means nothing to another machine: for limits of time and heartbeats. */
  monotonic(): number
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Randomness as an argument. */
export interface Ids {
  /** 128 random bits, base64url, 22 characters. */
  next(): string
}

/** Secrets made at first start, shared by all instances. */
export interface Keys {
  /** HMAC-SHA256 of `text` under the key of that purpose, base64url. */
  mac(purpose: KeyPurpose, text: string): string
}
export const KEY_PURPOSES = ['event', 'payload', 'token', 'device', 'deletion', 'one-time', 'login'] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]

/** Remembers beside the store who was erased, so that a backup made before brings nobody back. */
export interface ErasedLog {
  /** Resolves when `hash`, `Keys.mac('deletion', <contact id>)`, is on the disk. Giving it again changes nothing. */
  append(hash: string): Promise<void>
}

/** Where an event came from, as the platform names it. */
export interface Address {
  readonly channel: Channel
  /** Page id on Messenger, empty elsewhere. */
  readonly account: string
  readonly user: string
}

/** Store id of an address: `messenger:<page>:<user>`, `web:<id>`. */
export function conversationId(address: Address): string {
  return address.account === '' ? `${address.channel}:${address.user}` : `${address.channel}:${address.account}:${address.user}`
}

/** `gone`: the person was erased and this event must not bring them back. */
export type Received = 'committed' | 'duplicate' | 'gone'

/** The one door. Resolves once the turn is committed; throws `StoreUnavailable` when it cannot be. */
export type Receive = (address: Address, event: Event) => Promise<Received>

export type SendOutcome =
  | { readonly outcome: 'sent'; readonly platformId: string }
  /** It may have arrived: never sent again blindly. */
  | { readonly outcome: 'unknown'; readonly reason: string }
  /** Final for this message. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /**
   * Certainly not sent; kept open, tried again no earlier than `notBefore`. `hold` says what holds it: this `message`; the whole `page`,
   * which may go on earlier, see {@link Sender.holds}; or a `brief` wait of the rate, not worth a write.
   */
  | { readonly outcome: 'later'; readonly reason: string; readonly notBefore: Instant; readonly hold: 'message' | 'page' | 'brief' }

/** A channel that must be sent to. Never throws; `messageId` is `<turn>.<index>` and travels as the platform's metadata. */
export interface Sender {
  send(order: SendOrder): Promise<SendOutcome>
  /** True while nothing may go to this person's page; asks nobody. */
  holds(conversation: ConversationDocument): boolean
}
export interface SendOrder {
  readonly conversation: ConversationDocument
  readonly message: Outbound
  readonly messageId: string
  /** Revision of the library that made the message, for its buttons. */
  readonly revision: string
  /** When the person last opened the window, by receipt. */
  readonly openedAt: Instant | undefined
  /** True when the message has waited: live conversations go first. */
  readonly backlog: boolean
}

/** A turn was committed: `turn` is there when this instance did it, else it is read from the store. */
export interface Commit {
  readonly seq: number
  readonly turn?: TurnDocument
}

/** Tells live streams what was committed. Listeners must not throw. */
export interface Commits {
  subscribe(conversation: string, listener: (commit: Commit) => void): () => void
}

/** This process among those that share the store. */
export interface Instance {
  /** Stands in `settle.by` of the turns that it settles; another one after it was taken for dead. */
  name(): string
  /** True while no other instance can have taken over: only then may it send. */
  alive(): boolean
}

/** What is measured while the program runs; read at `/metrics`. Nothing here may throw, wait, or name a person. */
export interface Metrics {
  /** One event at the door, `ms` from its receipt to the commit or the refusal. `language` is empty when nothing was committed. */
  turn(turn: { channel: Channel; language: string; outcome: Received | 'refused'; ms: number }): void
  /** A turn has nothing left to settle, `ms` after its commit. */
  settled(ms: number): void
  /** One call to Graph. `outcome` is `sent` or the class of its failure. */
  graph(call: { outcome: string; ms: number }): void
  /** Whether a page's sends are stopped, and why: `closed` is the good state. */
  breaker(page: string, state: 'closed' | 'circuit' | 'outage' | 'config' | 'policy'): void
  /** One call of the store's port. */
  store(call: { collection: string; operation: string; failed: boolean; ms: number }): void
}

/** Open turns of this instance. `waiting`: may not be sent yet. Ages from the commit. */
export interface OpenTurns {
  readonly state: 'sending' | 'waiting'
  readonly age: 'below_10s' | 'below_1m' | 'below_10m' | 'below_1h' | 'older'
  readonly count: number
}

/** One structured line of the program's own log: ids and timings only, never a person's words. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}
