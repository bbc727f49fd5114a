/** Branches of a dialog file: conditions are data. */
import type { Answer, Branch, Condition } from '../types.js'
import { type Cursor, guess, has, inside, isObject, isRecord, items, optional, present, readBoolean, readNumber, report } from './cursor.js'
import { readGoto } from './parse-goto.js'

const BRANCH_KEYS = ['when', 'goto', 'else'] as const
const TEST_KEYS = ['below', 'from', 'known'] as const
/** What a branch can ask about the person, beside the answers given. */
const CONTACT_PATHS = ['contact.language', 'contact.area', 'contact.audience'] as const
const ANSWER_PATH = /^answers\.[a-z][a-z0-9_-]*$/

/** `[{ when: { path: value }, goto }, …, { else: place }]` */
export function readBranches(dialog: string, cursor: Cursor): Branch[] {
  const entries = items(cursor)
  if (Array.isArray(cursor.value) && entries.length === 0) report(cursor, '`branch` has no way to go: add one, and an else')
  return entries.flatMap((entry) => readBranch(dialog, entry) ?? [])
}

function readBranch(dialog: string, cursor: Cursor): Branch | undefined {
  if (!isRecord(cursor, BRANCH_KEYS)) return undefined
  const isElse = has(cursor, 'else')
  if (isElse === has(cursor, 'when') || (isElse && has(cursor, 'goto'))) {
    return report(cursor, 'a branch is `{ when: …, goto: place }` or, last, `{ else: place }`')
  }
  const goto = readGoto(dialog, inside(cursor, isElse ? 'else' : 'goto'))
  if (goto === undefined) return undefined
  return isElse ? { goto } : { when: readConditions(inside(cursor, 'when')), goto }
}

function readConditions(cursor: Cursor): Condition[] {
  if (!isObject(cursor.value) || Object.keys(cursor.value).length === 0) {
    report(cursor, '`when` must say what must hold, for example { answers.age: { below: 18 } }')
    return []
  }
  return Object.keys(cursor.value).map((path) => readCondition(path, inside(cursor, path)))
}

function readCondition(path: string, cursor: Cursor): Condition {
  if (!ANSWER_PATH.test(path) && !CONTACT_PATHS.some((known) => known === path)) {
    report(cursor, `\`${path}\` is nothing a branch can ask about: ${guess(path, [...CONTACT_PATHS, 'answers.<name>'])}`)
  }
  const { value } = cursor
  if (Array.isArray(value)) return { path, in: items(cursor).flatMap((item) => readScalar(item) ?? []) }
  if (!isObject(value)) return present({ path, equals: readScalar(cursor) }) as Condition
  isRecord(cursor, TEST_KEYS)
  if (Object.keys(value).length === 0) report(cursor, `\`${path}\` is compared with nothing: say below, from or known`)
  return present({
    path,
    below: optional(cursor, 'below', readNumber),
    from: optional(cursor, 'from', readNumber),
    known: optional(cursor, 'known', readBoolean),
  }) as Condition
}

function readScalar(cursor: Cursor): Answer | undefined {
  const { value } = cursor
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return report(cursor, 'compare with a text, a number, true or false')
}
