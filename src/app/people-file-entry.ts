/** One entry of the file of areas, networks and volunteers held against its form, every mistake said with what to write instead. */
import { z } from 'zod'
import { redact } from '../core/redact.js'
import { HOURS_ADVICE, readHours } from './people-file-hours.js'

export type Path = readonly (string | number)[]
/** Notes a mistake at a place of the file. */
export type Tell = (at: Path, message: string) => void

/** Names that a message lists before it stops. */
const LISTED_MAX = 20
const CONTROL = /\p{Cc}/u

/** The value in its form, or a mistake told for each part that has another. What was left empty counts as not written. */
export function readEntry<T>(schema: z.ZodType<T>, raw: unknown, at: Path, tell: Tell): T | undefined {
  const parsed = schema.safeParse(filled(raw))
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const path = [...at, ...issue.path.map((part) => (typeof part === 'symbol' ? part.toString() : part))]
    if (issue.code !== 'unrecognized_keys') tell(path, issue.message)
    else for (const key of issue.keys) tell([...path, key], NO_AGE.has(key) ? 'no age is kept: write only `adult: true`' : issue.message)
  }
  return undefined
}

/** What staff may be tempted to note. */
const NO_AGE = new Set(['age', 'born', 'birthday', 'cpr'])

function filled(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(filled)
  if (!isEntries(raw)) return raw
  return Object.fromEntries(Object.entries(raw).flatMap(([name, value]) => (value === '' ? [] : [[name, filled(value)]])))
}

/** True for names with values below them. */
export function isEntries(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

/** Exactly these names, and a message that lists them. */
export function entries<S extends z.ZodRawShape>(shape: S) {
  const names = listed(Object.keys(shape))
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `there is no such entry here: there are ${names}`
        : `write each of these in a line of its own below: ${names}`,
  })
}

/** Told with `is missing` when nothing is written. */
export function said(advice: string) {
  return { error: ({ input }: { readonly input?: unknown }) => (input === undefined ? `is missing: ${advice}` : advice) }
}

const PRIVATE = 'no CPR number and no card number is kept here: take it away'

/** True where a CPR or card number stands: no name, id or label needs one. */
export function hasPrivateNumber(text: string): boolean {
  return redact(text).redacted.length > 0
}

/** A text of one line. */
export function line(what: string, max: number) {
  return z
    .string(said(`write ${what}`))
    .trim()
    .min(1, `write ${what}`)
    .max(max, `write ${what} in at most ${max} characters`)
    .refine((text) => !CONTROL.test(text), `write ${what} in one line`)
    .refine((text) => !hasPrivateNumber(text), PRIVATE)
}

/** One of the names that there are; `where` says of what kind of place: ` in this file`. */
export function oneOf(names: readonly string[], what: string, where = '') {
  const known = new Set(names)
  const these = names.length === 0 ? 'there is none yet' : `write ${listed(names)}`
  return z
    .string(said(`write ${what}: ${listed(names)}`))
    .refine((name) => known.has(name), { error: ({ input }) => `there is no ${what} \`${String(input)}\`${where}: ${these}` })
}

/** Several; a single one may stand without brackets. Each once. */
export function several<T>(item: z.ZodType<T>, least: 0 | 1 = 0) {
  const advice = 'write a list: [one, another]'
  return z
    .preprocess((raw) => (typeof raw === 'string' ? [raw] : raw), z.array(item, said(advice)).min(least, 'write at least one'))
    .transform((items): readonly T[] => [...new Set(items)])
}

/** Hours; a comma inside a list in brackets has cut them, and is put back. */
export function severalHours() {
  const one = z.string(said(HOURS_ADVICE)).transform((text, context) => {
    const hours = readHours(text)
    if (hours === undefined) context.addIssue(`\`${text}\` is no hours: ${HOURS_ADVICE}`)
    return hours ?? z.NEVER
  })
  return z.preprocess((raw) => (Array.isArray(raw) ? rejoined(raw) : raw), several(one)).default([])
}

function rejoined(items: readonly unknown[]): readonly unknown[] {
  const joined: unknown[] = []
  for (const item of items) {
    const before = joined.at(-1)
    if (typeof before === 'string' && typeof item === 'string' && !/\d/.test(before)) joined[joined.length - 1] = `${before},${item}`
    else joined.push(item)
  }
  return joined
}

export function yesOrNo(advice: string) {
  return z.enum(['true', 'false', 'yes', 'no'], said(advice)).transform((word) => word === 'true' || word === 'yes')
}

export function listed(names: readonly string[]): string {
  const more = names.length > LISTED_MAX ? ', …' : ''
  return `${names.slice(0, LISTED_MAX).join(', ')}${more}`
}
