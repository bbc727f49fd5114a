/**
 * The Bot Framework edge: an `Activity` becomes an event, a message becomes an `Activity`. Adapters call the bot with a
 * plain `TurnContext`, no middleware. Conventions of the activities that cross this edge:
 *
 * in: `id` is the event's id · `conversation.id` the platform's user id (`<user>`), `recipient.id` the account ·
 *   `channelId` `facebook` or `directline` · `timestamp` the platform's own time, absent when there is none ·
 *   `value` the payload of a tapped button · `channelData.opgang` an {@link InboundExtras}.
 *   Types: `message`, `messageReaction`, `messageUpdate`, and `event` named `start`, `referral`, `taken`, `returned`, `standby`.
 * out: `text` says everything; `channelData.opgang` an {@link OutboundExtras} lets a page show the parts in its own way.
 */
import type { Activity, TurnContext } from 'botbuilder'
import type { Address, Keys, Receive } from '../app/ports.js'
import type { AttachmentKind, Channel, Event, FactLine, Instant, Origin, Outbound } from '../core/types.js'
import { decodeMenuPayload, decodePayload, encodePayload } from './payload.js'

export interface InboundExtras {
  readonly origin?: Origin
  readonly attachments?: readonly AttachmentKind[]
  /** Of `taken` and `returned`. */
  readonly by?: 'person' | 'app' | 'staff'
}

export interface OutboundExtras {
  /** The message without the fact's line. */
  readonly body: string
  readonly fact?: FactLine
  readonly phones?: Outbound['phones']
  readonly role?: Outbound['role']
  readonly byPerson?: boolean
  /** Language of each suggested action's title, where it differs. */
  readonly titleLanguages?: readonly (string | undefined)[]
}

const CHANNELS: Readonly<Record<string, Channel>> = { facebook: 'messenger', directline: 'web' }

/** The bot's turn: what the adapter heard goes through the one door. */
export function createBot(receive: Receive, keys: Keys, now: () => Instant): (context: TurnContext) => Promise<void> {
  return async (context) => {
    const { activity } = context
    const event = toEvent(activity, keys, now())
    if (event !== undefined) await receive(toAddress(activity), event)
  }
}

function toAddress(activity: Activity): Address {
  const channel = CHANNELS[activity.channelId]
  if (channel === undefined) throw new TypeError(`No channel of ours is called ${activity.channelId}`)
  return { channel, account: channel === 'messenger' ? activity.recipient.id : '', user: activity.conversation.id }
}

/** The event an activity stands for; undefined for kinds that mean nothing to a conversation (typing, receipts). */
function toEvent(activity: Activity, keys: Keys, at: Instant): Event | undefined {
  const extras = extrasOf(activity)
  const sentAt = activity.timestamp instanceof Date ? activity.timestamp.getTime() : undefined
  const base = {
    id: activity.id ?? '',
    at,
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(extras.origin === undefined ? {} : { origin: extras.origin }),
  }
  const text = activity.text ?? ''
  switch (activity.type) {
    case 'message': {
      const payload = payloadOf(activity)
      if (payload === undefined)
        return { ...base, type: 'message', text, ...localeOf(activity), ...(extras.attachments ? { attachments: extras.attachments } : {}) }
      return { ...base, type: 'tap', text, ...readPayload(payload, keys) }
    }
    case 'messageReaction':
      // Taking a reaction back is no sign of life.
      return activity.reactionsRemoved?.length ? undefined : { ...base, type: 'reaction' }
    case 'messageUpdate':
      return { ...base, type: 'edit', text }
    case 'event':
      return namedEvent(activity, base, extras)
    default:
      return undefined
  }
}

/** Only the language of a locale means anything here. */
function localeOf({ locale }: Activity): { locale?: string } {
  const [, language] = /^([a-z]{2,3})(?:[-_]|$)/i.exec(locale ?? '') ?? []
  return language === undefined ? {} : { locale: language.toLowerCase() }
}

function namedEvent(activity: Activity, base: { id: string; at: Instant }, extras: InboundExtras): Event | undefined {
  switch (activity.name) {
    case 'start':
    case 'referral':
      return { ...base, type: activity.name }
    case 'taken':
    case 'returned':
      return { ...base, type: 'control', control: activity.name, by: extras.by ?? 'app' }
    case 'standby':
      return { ...base, type: 'standby', text: activity.text ?? '' }
    default:
      return undefined
  }
}

/** Clients send a button's payload as `value`, or as the text when their kind of button has no value. */
function payloadOf(activity: Activity): string | undefined {
  if (typeof activity.value === 'string' && activity.value !== '') return activity.value
  return activity.text?.startsWith('o1.') ? activity.text : undefined
}

function readPayload(text: string, keys: Keys): { action?: NonNullable<ReturnType<typeof decodeMenuPayload>>; revision?: string } {
  const action = decodeMenuPayload(text)
  return action === undefined ? (decodePayload(text, keys) ?? {}) : { action }
}

function extrasOf(activity: Activity): InboundExtras {
  const data = activity.channelData as { opgang?: InboundExtras } | undefined
  return data?.opgang ?? {}
}

/** A message as an activity: suggested actions carry signed payloads, `id` is the message's own id. */
export function toActivity(message: Outbound, messageId: string, revision: string, keys: Keys): Partial<Activity> {
  const replies = message.quickReplies ?? []
  const extras: OutboundExtras = {
    body: message.text,
    ...(message.fact ? { fact: message.fact } : {}),
    ...(message.phones ? { phones: message.phones } : {}),
    ...(message.role ? { role: message.role } : {}),
    ...(message.byPerson ? { byPerson: true } : {}),
    ...(replies.some((reply) => reply.language) ? { titleLanguages: replies.map((reply) => reply.language) } : {}),
  }
  return {
    type: 'message',
    id: messageId,
    text: fullText(message),
    textFormat: 'plain',
    locale: message.language,
    inputHint: 'acceptingInput',
    channelData: { opgang: extras },
    ...(replies.length === 0
      ? {}
      : {
          suggestedActions: {
            to: [],
            actions: replies.map(({ title, action }) => ({
              type: 'messageBack',
              title,
              text: title,
              displayText: title,
              value: encodePayload({ action, revision }, keys),
            })),
          },
        }),
  }
}

/** Everything a reader must see, as one text: body, telephone numbers that it does not name, the fact's line and its source. */
export function fullText(message: Outbound): string {
  const digits = (text: string) => text.replace(/\D/g, '')
  const said = new Set((message.text.match(/\d(?:[\d ]*\d)?/g) ?? []).map(digits))
  const phones = (message.phones ?? []).filter(({ number }) => !said.has(digits(number))).map(({ title, number }) => `${title}: ${number}`)
  const fact = message.fact === undefined ? [] : [`${message.fact.line}\n${message.fact.source}`]
  return [[message.text, ...phones].join('\n'), ...fact].join('\n\n')
}
