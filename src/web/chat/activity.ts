/** What the Direct Line stream carries, as far as the page reads it. Everything from the wire is checked here, once. */
import type { FactLine, Instant, LanguageCode } from '../../core/types.js'

/** A button under a bot's message. `value` goes back as it came. */
export interface Reply {
  readonly title: string
  readonly value: string
  /** Language of the title, where it differs from the message's. */
  readonly language: LanguageCode | undefined
}

export interface Phone {
  readonly title: string
  readonly number: string
}

export interface BotMessage {
  readonly kind: 'bot'
  readonly id: string
  readonly at: Instant
  /** The message without the fact's line and without the telephone numbers. */
  readonly text: string
  readonly language: LanguageCode
  readonly fact: FactLine | undefined
  readonly phones: readonly Phone[]
  readonly role: 'languages' | 'notice' | 'danger' | 'erased' | undefined
  readonly byPerson: boolean
  readonly replies: readonly Reply[]
}

export interface OwnMessage {
  readonly kind: 'own'
  readonly id: string
  readonly at: Instant
  readonly text: string
  /** The id the page gave it when it was sent; absent when another client sent it. */
  readonly clientId: string | undefined
}

export type Received = BotMessage | OwnMessage | { readonly kind: 'typing' }

export interface Frame {
  readonly received: readonly Received[]
  readonly watermark: string | undefined
}

/** Sender id of the resident's own messages when they come back. */
export const RESIDENT = 'resident'

/** A frame of the stream; undefined for a keep-alive (the empty frame) and for anything that is not a frame. */
export function readFrame(raw: unknown): Frame | undefined {
  if (typeof raw !== 'string' || raw === '') return undefined
  const frame = record(parseJson(raw))
  if (!Array.isArray(frame['activities'])) return undefined
  return {
    received: list(frame['activities']).flatMap((activity) => readActivity(activity) ?? []),
    watermark: text(frame['watermark']),
  }
}

/** An activity as the page shows it; undefined for kinds that show nothing. */
function readActivity(raw: unknown): Received | undefined {
  const activity = record(raw)
  const own = text(record(activity['from'])['id']) === RESIDENT
  if (activity['type'] === 'typing') return own ? undefined : { kind: 'typing' }
  const id = text(activity['id'])
  if (activity['type'] !== 'message' || id === undefined) return undefined
  const at = instant(activity['timestamp'])
  if (!own) return readBotMessage(activity, id, at)
  const clientId = text(record(activity['channelData'])['clientActivityID'])
  return { kind: 'own', id, at, text: text(activity['text']) ?? '', clientId }
}

function readBotMessage(activity: Record<string, unknown>, id: string, at: Instant): BotMessage {
  const extras = record(record(activity['channelData'])['opgang'])
  return {
    kind: 'bot',
    id,
    at,
    text: text(extras['body']) ?? text(activity['text']) ?? '',
    language: text(activity['locale']) ?? '',
    fact: readFact(extras['fact']),
    phones: list(extras['phones']).flatMap(readPhone),
    role: readRole(extras['role']),
    byPerson: extras['byPerson'] === true,
    replies: readReplies(record(activity['suggestedActions'])['actions'], list(extras['titleLanguages'])),
  }
}

function readFact(raw: unknown): FactLine | undefined {
  const { kind, line, source } = record(raw) as Partial<Record<keyof FactLine, unknown>>
  if ((kind !== 'rule' && kind !== 'advice') || typeof line !== 'string' || typeof source !== 'string') return undefined
  return { kind, line, source }
}

function readPhone(raw: unknown): Phone[] {
  const { title, number } = record(raw) as Partial<Record<keyof Phone, unknown>>
  return typeof title === 'string' && typeof number === 'string' ? [{ title, number }] : []
}

function readRole(raw: unknown): BotMessage['role'] {
  return raw === 'languages' || raw === 'notice' || raw === 'danger' || raw === 'erased' ? raw : undefined
}

function readReplies(raw: unknown, languages: readonly unknown[]): Reply[] {
  return list(raw).flatMap((action, index) => {
    const { title, value } = record(action) as Partial<Record<keyof Reply, unknown>>
    if (typeof title !== 'string' || typeof value !== 'string') return []
    return [{ title, value, language: text(languages[index]) }]
  })
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}

/** `raw` as an object whose fields may be looked at; empty when it is none. */
export function record(raw: unknown): Record<string, unknown> {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {}
}

/** `raw` as a list; empty when it is none. */
export function list(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : []
}

/** `raw` when it is a text that says something. */
export function text(raw: unknown): string | undefined {
  return typeof raw === 'string' && raw !== '' ? raw : undefined
}

function instant(raw: unknown): Instant {
  const at = typeof raw === 'string' ? Date.parse(raw) : Number.NaN
  return Number.isNaN(at) ? 0 : at
}
