import type { Instant } from '../../core/types.js'
import { type Fields, fieldsOf, idOf, instantOf, isFields, listOf, textOf } from './fields.js'

/** One thing that Meta reported, with whom it concerns. */
export interface MetaEvent {
  readonly page: string
  /** The person, never the page: the receiver of an echo, the sender of all else. Empty when nobody is named. */
  readonly user: string
  /** Seen while another app owns the thread. */
  readonly standby: boolean
  /** The platform's own time of the event. */
  readonly sentAt?: Instant
  /** For ids of what carries no id of its own: the event's time, else its delivery's. */
  readonly stamp: string
  readonly fields: Fields
}

export interface Envelope {
  readonly events: readonly MetaEvent[]
  /** What is no event of a conversation: `change`, `broken`. */
  readonly ignored: readonly string[]
}

/** Everything in `entry[]` × (`messaging[]` | `standby[]` | `changes[]`); whatever is missing is tolerated. */
export function openEnvelope(body: Fields): Envelope {
  const entries = listOf(body['entry'])
  const read = entries.filter(isFields).map(openEntry)
  const broken = entries.filter((entry) => !isFields(entry)).map(() => 'broken')
  return { events: read.flatMap(({ events }) => events), ignored: [...broken, ...read.flatMap(({ ignored }) => ignored)] }
}

function openEntry(entry: Fields): Envelope {
  const items = [
    ...listOf(entry['messaging']).map((item) => ({ item, standby: false })),
    ...listOf(entry['standby']).map((item) => ({ item, standby: true })),
  ]
  return {
    events: items.flatMap(({ item, standby }) => (isFields(item) ? [toEvent(entry, item, standby)] : [])),
    ignored: [...listOf(entry['changes']).map(() => 'change'), ...items.filter(({ item }) => !isFields(item)).map(() => 'broken')],
  }
}

function toEvent(entry: Fields, item: Fields, standby: boolean): MetaEvent {
  const sender = idOf(fieldsOf(item['sender'])['id'])
  const recipient = idOf(fieldsOf(item['recipient'])['id'])
  const echo = isEcho(item)
  const page = idOf(entry['id']) || (echo ? sender : recipient)
  const user = echo ? recipient : sender
  const sentAt = instantOf(item['timestamp'])
  return {
    page,
    user: user === page ? '' : user,
    standby,
    ...(sentAt === undefined ? {} : { sentAt }),
    stamp: String(sentAt ?? instantOf(entry['time']) ?? ''),
    fields: item,
  }
}

/** True for a message that the page's side sent. */
export function isEcho(item: Fields): boolean {
  const flag = fieldsOf(item['message'])['is_echo']
  return flag === true || textOf(flag) === 'true'
}
