/** A question of a dialog file: its quick replies and what answer it expects. */
import { type Ask, type AskReply, EXPECT_TYPES, type Expect } from '../types.js'
import {
  type Cursor,
  has,
  idEntries,
  inside,
  isObject,
  isRecord,
  optional,
  present,
  readCount,
  readNumber,
  readOneOf,
  readText,
  report,
} from './cursor.js'
import { readGoto } from './parse-goto.js'

/** Keys that stand beside `ask` in its node. */
export const ASK_KEYS = ['quick_replies', 'expect', 'retry', 'attempts', 'give_up', 'save'] as const
const REPLY_KEYS = ['title', 'goto'] as const
const EXPECT_KEYS = ['type', 'length', 'min', 'max'] as const
/** Names that `answers.<name>` and `{{answers.<name>}}` can say. */
const ANSWER_NAME = /^[a-z][a-z0-9_-]*$/

export function readAsk(dialog: string, cursor: Cursor): Ask {
  return present({
    text: readText(inside(cursor, 'ask')) ?? '',
    quickReplies: optional(cursor, 'quick_replies', (at) => readReplies(dialog, at)) ?? [],
    expect: optional(cursor, 'expect', readExpect),
    retry: optional(cursor, 'retry', readText),
    attempts: optional(cursor, 'attempts', readCount),
    giveUp: optional(cursor, 'give_up', (at) => readGoto(dialog, at)),
    save: optional(cursor, 'save', readAnswerName),
  }) as Ask
}

/** `{ id: title }` leads to the node of that id; `{ id: { title, goto } }` says where. */
function readReplies(dialog: string, cursor: Cursor): AskReply[] {
  return idEntries(cursor).map(([id, entry]) => {
    if (!isObject(entry.value)) return { id, title: readText(entry) ?? '', goto: { dialog, node: id } }
    isRecord(entry, REPLY_KEYS)
    const goto = optional(entry, 'goto', (at) => readGoto(dialog, at)) ?? { dialog, node: id }
    return { id, title: readText(inside(entry, 'title')) ?? '', goto }
  })
}

function readExpect(cursor: Cursor): Expect | undefined {
  if (!isRecord(cursor, EXPECT_KEYS)) return undefined
  const type = readOneOf(inside(cursor, 'type'), EXPECT_TYPES)
  const length = optional(cursor, 'length', readCount)
  const min = optional(cursor, 'min', readNumber)
  const max = optional(cursor, 'max', readNumber)
  if (length !== undefined && type !== undefined && type !== 'digits')
    report(inside(cursor, 'length'), '`length` counts digits: it belongs to type digits')
  for (const key of type === undefined || type === 'number' ? [] : ['min', 'max']) {
    if (has(cursor, key)) report(inside(cursor, key), `\`${key}\` belongs to type number`)
  }
  if (min !== undefined && max !== undefined && min > max) report(inside(cursor, 'max'), '`max` is below `min`: no answer could be right')
  return type === undefined ? undefined : (present({ type, length, min, max }) as Expect)
}

function readAnswerName(cursor: Cursor): string | undefined {
  if (typeof cursor.value === 'string' && ANSWER_NAME.test(cursor.value)) return cursor.value
  return report(cursor, '`save` must be a name of small letters, digits, dashes and underscores, for example postcode')
}
