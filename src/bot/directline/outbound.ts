/** Committed turns as a Direct Line client reads them, and how far it has read. */
import type { Activity } from 'botbuilder'
import type { Keys } from '../../app/ports.js'
import type { Effect } from '../../core/types.js'
import type { TurnDocument } from '../../store/collections.js'
import { toActivity } from '../bot.js'
import { BOT, clientIdOf, RESIDENT } from './inbound.js'

/** Turns read at once: a page of long answers stays below a quarter of a megabyte. */
export const PAGE_TURNS = 50

/** A place in a conversation: activity `index` of turn `seq` was the last one read. Activity 0 is the resident's own, effect n is n + 1. */
export interface Position {
  readonly seq: number
  readonly index: number
}
export const BEGINNING: Position = { seq: -1, index: 0 }

export interface ActivitySet {
  readonly activities: readonly WireActivity[]
  readonly watermark: string
}

/** An activity in JSON: times are ISO 8601 texts. */
type WireActivity = Omit<Partial<Activity>, 'timestamp'> & { readonly timestamp: string }

/** What the activities are made with. */
export interface Reader {
  readonly conversation: string
  readonly keys: Keys
  /** Name of the area whose id a session carries; the product's name for none or an unknown one. */
  readonly areaName: (area: string | undefined) => string
}

/** `<seq>.<index>`, the same on every instance; empty at the beginning. */
export function writeWatermark({ seq, index }: Position): string {
  return seq < 0 ? '' : `${seq}.${index}`
}

/** The place a watermark names; the beginning when it is not one of ours. */
export function readWatermark(text: unknown): Position {
  const [, seq, index] = (typeof text === 'string' && /^(\d{1,12})\.(\d{1,4})$/.exec(text)) || []
  return seq === undefined || index === undefined ? BEGINNING : { seq: Number(seq), index: Number(index) }
}

/** Everything behind a place in these turns, with the place after it. */
export function readTurns(turns: readonly TurnDocument[], after: Position, reader: Reader): ActivitySet & { readonly position: Position } {
  let position = after
  const activities: WireActivity[] = []
  for (const turn of turns) {
    const skip = turn.seq === after.seq ? after.index : -1
    const unread = turnActivities(turn, reader).filter(({ index }) => index > skip)
    activities.push(...unread.map(({ activity }) => activity))
    position = { seq: turn.seq, index: Math.max(skip, turn.effects.length) }
  }
  return { activities, watermark: writeWatermark(position), position }
}

interface Numbered {
  readonly index: number
  readonly activity: WireActivity
}

function turnActivities(turn: TurnDocument, reader: Reader): Numbered[] {
  // Blanked by age, or erased: the words are gone.
  if (!turn.kept) return []
  const replies = turn.effects.flatMap((effect, index) => botActivity(turn, effect, index, reader))
  return [...residentActivity(turn, reader), ...replies]
}

function residentActivity(turn: TurnDocument, { conversation }: Reader): Numbered[] {
  const { event } = turn
  if (event.type !== 'message' && event.type !== 'tap') return []
  const clientActivityID = clientIdOf(event.id, conversation)
  const activity: WireActivity = {
    ...envelope(turn, conversation),
    id: event.id,
    type: 'message',
    from: { id: RESIDENT, name: '', role: 'user' },
    text: event.text,
    textFormat: 'plain',
    ...(clientActivityID !== undefined && { channelData: { clientActivityID } }),
  }
  return [{ index: 0, activity }]
}

function botActivity(turn: TurnDocument, effect: Effect, index: number, reader: Reader): Numbered[] {
  if (effect.type !== 'message') return []
  const activity: WireActivity = {
    ...envelope(turn, reader.conversation),
    ...(toActivity(effect.message, `${turn._id}.${index}`, turn.library, reader.keys) as Omit<Partial<Activity>, 'timestamp'>),
    from: { id: BOT, name: reader.areaName(turn.session.area), role: 'bot' },
    replyToId: turn.event.id,
  }
  return [{ index: index + 1, activity }]
}

function envelope(turn: TurnDocument, conversation: string): Pick<WireActivity, 'channelId' | 'conversation' | 'timestamp'> {
  return {
    channelId: 'directline',
    conversation: { id: conversation, isGroup: false, name: '', conversationType: 'personal' },
    timestamp: new Date(turn.at).toISOString(),
  }
}
