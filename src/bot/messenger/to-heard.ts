/** What each event of Meta's means to us: an activity for the bot, an echo of our own message, news of the page, or nothing. */
import type { Activity } from 'botbuilder'
import { hash } from '../../core/hash.js'
import type { LanguageCode, Origin } from '../../core/types.js'
import type { InboundExtras } from '../bot.js'
import { attachmentKinds, isLike } from './attachments.js'
import { isEcho, type MetaEvent } from './envelope.js'
import { type Fields, fieldsOf, idOf, isFields, textOf } from './fields.js'
import { parseRef } from './ref.js'

/** Page inbox of Meta Business Suite: one id on the routing page, another on the echoes page, one of them a misprint. */
const INBOX_APPS: readonly string[] = ['263902037430900', '26390203743090']
/** Stands for a payload that did not come: a tap is told from a typed text by its payload, never by its title. */
const NO_PAYLOAD = '-'
/** Our metadata: a message's id `<turn>.<index>`; a part before the last adds `/<part>`. */
const METADATA = /^([A-Za-z0-9_-]{1,64}\.\d{1,4})(?:\/(\d{1,3}))?$/
/** Fields that mean nothing to a conversation and are only counted. */
const COUNTED = [
  'delivery',
  'read',
  'request_thread_control',
  'app_roles',
  'optin',
  'account_linking',
  'response_feedback',
  'game_play',
  'messaging_feedback',
] as const

export type Heard =
  | { readonly kind: 'activity'; readonly activity: Partial<Activity> }
  /** A message of ours, or one part of it, has arrived. */
  | { readonly kind: 'echo'; readonly messageId: string; readonly part?: number; readonly platformId: string }
  /** Meta stopped the page, or lets it send again. */
  | { readonly kind: 'policy'; readonly action: string }
  /** Counted by `what`, a word of a fixed list. */
  | { readonly kind: 'ignored'; readonly what: string }

export interface HearingContext {
  readonly appId: string
  /** Languages that a link may name. */
  readonly languages: readonly LanguageCode[]
}

export function toHeard(event: MetaEvent, context: HearingContext): Heard {
  const { fields } = event
  if (isFields(fields['policy_enforcement'])) return { kind: 'policy', action: textOf(fields['policy_enforcement']['action']) }
  const counted = COUNTED.find((name) => name in fields)
  if (counted !== undefined) return ignored(counted)
  if (event.user === '') return ignored('nobody')
  if (isEcho(fields)) return hearEcho(event, fieldsOf(fields['message']), context)
  for (const control of ['pass_thread_control', 'take_thread_control'] as const) {
    if (isFields(fields[control])) return hearControl(event, control, context)
  }
  return event.standby ? hearStandby(event) : hearPerson(event, context)
}

function hearPerson(event: MetaEvent, context: HearingContext): Heard {
  const { message, postback, reaction, message_edit: edit, referral } = event.fields
  if (isFields(message)) return hearMessage(event, message, context)
  if (isFields(postback)) return hearPostback(event, postback, context)
  if (isFields(reaction)) return hearReaction(event, reaction)
  if (isFields(edit)) return hearEdit(event, edit)
  if (isFields(referral)) return hearReferral(event, referral, context)
  return ignored('unknown')
}

function hearMessage(event: MetaEvent, message: Fields, context: HearingContext): Heard {
  if (message['is_deleted'] === true) return ignored('deleted')
  const reply = message['quick_reply']
  const words = textOf(message['text'])
  const like = words === '' && isLike(message['attachments'])
  const kinds = like ? [] : attachmentKinds(message['attachments'])
  const empty = words === '' && !like && kinds.length === 0 && !isFields(reply)
  const origin = originOf(message['referral'] ?? event.fields['referral'], context)
  return activity(event, eventId('m', event, idOf(message['mid'])), {
    type: 'message',
    text: like ? '👍' : words,
    ...(isFields(reply) ? { value: textOf(reply['payload']) || NO_PAYLOAD } : {}),
    ...extras({ ...(origin ? { origin } : {}), ...(kinds.length > 0 || empty ? { attachments: empty ? ['other'] : kinds } : {}) }),
  })
}

function hearPostback(event: MetaEvent, postback: Fields, context: HearingContext): Heard {
  const payload = textOf(postback['payload'])
  const origin = originOf(postback['referral'] ?? event.fields['referral'], context)
  const said =
    payload === 'GET_STARTED'
      ? { type: 'event', name: 'start' }
      : { type: 'message', text: textOf(postback['title']), value: payload || NO_PAYLOAD }
  return activity(event, eventId('p', event, idOf(postback['mid'])), { ...said, ...extras(origin ? { origin } : {}) })
}

function hearReferral(event: MetaEvent, referral: Fields, context: HearingContext): Heard {
  const origin = originOf(referral, context)
  const id = eventId('ref', event, idOf(referral['mid']), hash(textOf(referral['ref'])))
  return activity(event, id, { type: 'event', name: 'referral', ...extras(origin ? { origin } : {}) })
}

function hearReaction(event: MetaEvent, reaction: Fields): Heard {
  const mid = idOf(reaction['mid'])
  const action = textOf(reaction['action']) === 'unreact' ? 'unreact' : 'react'
  const marks = [{ type: textOf(reaction['reaction']) || 'other' }]
  return activity(event, ['r', event.page, mid, event.user, action, event.stamp].join(':'), {
    type: 'messageReaction',
    replyToId: mid,
    ...(action === 'react' ? { reactionsAdded: marks } : { reactionsRemoved: marks }),
  })
}

function hearEdit(event: MetaEvent, edit: Fields): Heard {
  const mid = idOf(edit['mid'])
  const id = ['edit', event.page, mid || `${event.user}:${event.stamp}`, idOf(edit['num_edit'])].join(':')
  return activity(event, id, { type: 'messageUpdate', text: textOf(edit['text']), replyToId: mid })
}

function hearStandby(event: MetaEvent): Heard {
  const { message } = event.fields
  if (!isFields(message) || message['is_deleted'] === true) return ignored('standby')
  return activity(event, eventId('standby', event, idOf(message['mid'])), { type: 'event', name: 'standby', text: textOf(message['text']) })
}

/** Our own echo confirms a message; anybody else's means that they have the thread. What they wrote stays with them. */
function hearEcho(event: MetaEvent, message: Fields, context: HearingContext): Heard {
  const app = idOf(message['app_id'])
  const platformId = idOf(message['mid'])
  const [, messageId, part] = METADATA.exec(textOf(message['metadata'])) ?? []
  const ours = app === context.appId || (app === '' && messageId !== undefined)
  if (!ours) return control(event, { id: eventId('echo', event, platformId), control: 'taken', app })
  if (messageId === undefined || platformId === '') return ignored('own_echo')
  return { kind: 'echo', messageId, platformId, ...(part === undefined ? {} : { part: Number(part) }) }
}

function hearControl(event: MetaEvent, name: 'pass_thread_control' | 'take_thread_control', context: HearingContext): Heard {
  const fields = fieldsOf(event.fields[name])
  const next = idOf(fields['new_owner_app_id'])
  if (name === 'pass_thread_control' && next === '') return ignored('thread_released')
  const returned = next === context.appId
  const other = returned ? idOf(fields['previous_owner_app_id']) : next
  const id = ['c', event.page, event.user, event.stamp, returned ? 'returned' : 'taken'].join(':')
  return control(event, { id, control: returned ? 'returned' : 'taken', app: other })
}

function control(event: MetaEvent, { id, control: name, app }: { id: string; control: 'taken' | 'returned'; app: string }): Heard {
  return activity(event, id, { type: 'event', name, ...extras({ by: app === '' || INBOX_APPS.includes(app) ? 'person' : 'app' }) })
}

function activity(event: MetaEvent, id: string, said: Partial<Activity>): Heard {
  return {
    kind: 'activity',
    activity: {
      ...base(event.page, event.user),
      ...said,
      id,
      ...(event.sentAt === undefined ? {} : { timestamp: new Date(event.sentAt) }),
    },
  }
}

/** Who speaks to whom, as Bot Framework says it. */
export function base(page: string, user: string): Partial<Activity> {
  return {
    channelId: 'facebook',
    serviceUrl: '',
    conversation: { id: user, name: '', isGroup: false, conversationType: 'personal', tenantId: '' },
    from: { id: user, name: '' },
    recipient: { id: page, name: '' },
  }
}

function extras(opgang: InboundExtras): Partial<Activity> {
  return Object.keys(opgang).length === 0 ? {} : { channelData: { opgang } }
}

function originOf(referral: unknown, { languages }: HearingContext): Origin | undefined {
  return parseRef(fieldsOf(referral)['ref'], languages)
}

/** The message's own id makes the event's; without one, who and when, so that a redelivery is known again. */
function eventId(kind: string, event: MetaEvent, mid: string, more = ''): string {
  return mid === '' ? [kind, event.page, event.user, event.stamp, ...(more === '' ? [] : [more])].join(':') : `${kind}:${event.page}:${mid}`
}

function ignored(what: string): Heard {
  return { kind: 'ignored', what }
}
