/** The fact of an answer: who says it, where it was seen, when it holds. */
import { copenhagenInstant } from '../copenhagen.js'
import type { Fact, Instant } from '../types.js'
import { type Cursor, inside, isRecord, optional, present, readBoolean, readId, readOneOf, report } from './cursor.js'

const FACT_KEYS = ['kind', 'source', 'owner', 'checked', 'from', 'until', 'confirm'] as const
const KINDS = ['rule', 'advice'] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function readFact(cursor: Cursor): Fact | undefined {
  if (!isRecord(cursor, FACT_KEYS)) return undefined
  const kind = readOneOf(inside(cursor, 'kind'), KINDS)
  const source = readAddress(inside(cursor, 'source'))
  const owner = readId(inside(cursor, 'owner'))
  const checked = readDay(inside(cursor, 'checked'))
  const from = optional(cursor, 'from', (at) => readTime(at))
  const until = optional(cursor, 'until', (at) => readTime(at, { endOfDay: true }))
  const confirm = optional(cursor, 'confirm', readBoolean) ?? false
  if (from !== undefined && until !== undefined && until <= from)
    report(inside(cursor, 'until'), '`until` is not after `from`: this could never hold')
  if (kind === undefined || source === undefined || owner === undefined || checked === undefined) return undefined
  return present({ kind, source, owner, checked, from, until, confirm }) as Fact
}

function readAddress(cursor: Cursor): string | undefined {
  if (typeof cursor.value === 'string' && /^https?:\/\/[^\s/]+\.[^\s]+$/.test(cursor.value)) return cursor.value
  return report(cursor, '`source` must be the address where the fact was seen, for example https://politi.dk')
}

function readDay(cursor: Cursor): string | undefined {
  const day = cursor.value
  if (typeof day === 'string' && DAY.test(day) && copenhagenInstant(day) !== undefined) return day
  return report(cursor, '`checked` must be the day somebody looked, as 2020-03-20')
}

function readTime(cursor: Cursor, options: { endOfDay?: boolean } = {}): Instant | undefined {
  const instant = typeof cursor.value === 'string' ? copenhagenInstant(cursor.value, options) : undefined
  return instant ?? report(cursor, `\`${String(cursor.path.at(-1))}\` must be a Danish day or time, as 2020-03-18 or 2020-03-18T10:00`)
}
