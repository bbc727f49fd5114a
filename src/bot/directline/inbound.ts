/** What a client posts, made into a clean activity: whatever a client says of itself, of time or of others is dropped. */
import type { Activity } from 'botbuilder'
import * as z from 'zod'
import type { Ids } from '../../app/ports.js'
import type { AttachmentKind, Instant, Origin } from '../../core/types.js'
import type { InboundExtras } from '../bot.js'
import { DirectLineError } from './direct-line-error.js'

/** Messenger's limit for a message, kept on the web so that an answer reads the same on both. */
const TEXT_MAX = 2000
/** Messenger's limit for a button's payload. */
const PAYLOAD_MAX = 1000
/** More files than a person attaches at once. */
const ATTACHMENTS_MAX = 10
export const RESIDENT = 'resident'
export const BOT = 'opgang'
/** Marks an id that we made; no client's id can hold it. */
const OWN_ID = '~'

const CLIENT_ID = /^[A-Za-z0-9_.:-]{1,100}$/
const LOCALE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/
/** Control characters but tab and line feed, byte order marks, and halves of surrogate pairs; direction marks and joiners belong to the text. */
const UNPRINTABLE = /(?![\t\n])\p{Cc}|\ufeff|\p{Surrogate}/gu

const Posted = z.object({
  type: z.string(),
  text: z.string().nullish(),
  value: z.string().max(PAYLOAD_MAX).optional().catch(undefined),
  locale: z.string().regex(LOCALE).optional().catch(undefined),
  attachments: z
    .array(z.object({ contentType: z.string() }))
    .optional()
    .catch(undefined),
  channelData: z
    .object({ clientActivityID: z.string().regex(CLIENT_ID).optional().catch(undefined) })
    .optional()
    .catch(undefined),
})
type Posted = z.infer<typeof Posted>

export interface Inbound {
  /** The event's id, and what the client is told. */
  readonly id: string
  /** Absent for kinds that are accepted and mean nothing here. */
  readonly activity?: Partial<Activity>
}

/** Reads a posted activity; throws a 400 `DirectLineError` that says what is wrong. */
export function readActivity(body: unknown, conversation: string, ids: Ids): Inbound {
  const posted = parse(body)
  const id = `${eventPrefix(conversation)}${posted.channelData?.clientActivityID ?? `${OWN_ID}${ids.next()}`}`
  switch (posted.type) {
    case 'message':
      return { id, activity: { ...clean(conversation, id), ...message(posted) } }
    case 'messageReaction':
      return { id, activity: { ...clean(conversation, id), type: 'messageReaction' } }
    case 'typing':
    case 'event':
    case 'conversationUpdate':
      return { id }
    default:
      throw new DirectLineError(400, { message: 'Activities of this type cannot be received; send "message".' })
  }
}

/** The first activity of a new conversation. Its id is the same each time, so that it begins once. */
export function startActivity(conversation: string, origin: Origin | undefined): Partial<Activity> {
  const extras: InboundExtras = { ...(origin && { origin }) }
  return { ...clean(conversation, `start:${conversation}`), type: 'event', name: 'start', channelData: { opgang: extras } }
}

/** A link that a person of ours followed: opening it again on the same day (UTC) is the same event, so that reloading a page repeats nothing. */
export function referralActivity(conversation: string, origin: Origin, now: Instant): Partial<Activity> {
  const extras: InboundExtras = { origin }
  const id = `referral:${conversation}:${origin.answer ?? ''}:${new Date(now).toISOString().slice(0, 10)}`
  return { ...clean(conversation, id), type: 'event', name: 'referral', channelData: { opgang: extras } }
}

/** The client's own id of an activity, read back from the event's id; undefined when it had none. */
export function clientIdOf(eventId: string, conversation: string): string | undefined {
  const prefix = eventPrefix(conversation)
  const rest = eventId.startsWith(prefix) ? eventId.slice(prefix.length) : OWN_ID
  return rest.startsWith(OWN_ID) ? undefined : rest
}

function eventPrefix(conversation: string): string {
  return `web:${conversation}:`
}

function parse(body: unknown): Posted {
  const { success, data } = Posted.safeParse(body)
  if (!success) throw new DirectLineError(400, { message: 'Send one activity as JSON: { "type": "message", "text": "…" }.' })
  return data
}

function clean(conversation: string, id: string): Partial<Activity> {
  return {
    id,
    channelId: 'directline',
    conversation: { id: conversation, isGroup: false, name: '', conversationType: 'personal' },
    from: { id: RESIDENT, name: '' },
    recipient: { id: BOT, name: '' },
  }
}

function message(posted: Posted): Partial<Activity> {
  const text = readText(posted.text ?? '')
  const attachments = (posted.attachments ?? []).slice(0, ATTACHMENTS_MAX).map(({ contentType }) => kindOf(contentType))
  if (text === '' && !posted.value && attachments.length === 0) {
    throw new DirectLineError(400, { code: 'MissingProperty', message: 'The message is empty; send some text.' })
  }
  const extras: InboundExtras = attachments.length === 0 ? {} : { attachments }
  return {
    type: 'message',
    text,
    ...(posted.value && { value: posted.value }),
    ...(posted.locale && { locale: posted.locale }),
    channelData: { opgang: extras },
  }
}

function readText(raw: string): string {
  const text = raw
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(UNPRINTABLE, '')
    .trim()
  if (text.length <= TEXT_MAX) return text
  throw new DirectLineError(400, { message: `A message holds at most ${TEXT_MAX} characters; send it in parts.` })
}

const KINDS: readonly (readonly [RegExp, AttachmentKind])[] = [
  [/^image\//i, 'image'],
  [/^audio\//i, 'audio'],
  [/^video\//i, 'video'],
  [/^application\/vnd\.microsoft\.card\./i, 'other'],
  [/^(application|text)\//i, 'file'],
]

function kindOf(contentType: string): AttachmentKind {
  return KINDS.find(([form]) => form.test(contentType))?.[1] ?? 'other'
}
