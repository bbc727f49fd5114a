/** Reads what Meta sent without trusting its form: each reader gives a value of one kind, or nothing. */
import type { Instant } from '../../core/types.js'

export type Fields = Readonly<Record<string, unknown>>

/** Times below this are seconds: 1e11 ms is a day in 1973, 1e11 s a year far ahead. */
const SECONDS_BELOW = 1e11
const LATEST = 1e14

/** A whole string, and behind a name the number of 16 digits or more that is its value: strings are passed over, so none is mistaken. */
const LONG_NUMBER = /("(?:[^"\\]|\\.)*")(?:(\s*:\s*)(\d{16,})(?=\s*[,}\]]))?/g

/** Whether there may be one at all: most bodies have none, and then nothing has to be written again. */
const MAYBE_LONG_NUMBER = /:\s*\d{16}/

/** The body as JSON; undefined when it is none. Ids too long for a number stay exact, as text. */
export function parseBody(body: Buffer): { readonly json: unknown } | undefined {
  const text = body.toString('utf8')
  try {
    return { json: JSON.parse(MAYBE_LONG_NUMBER.test(text) ? withLongNumbersAsText(text) : text) }
  } catch {
    return undefined
  }
}

function withLongNumbersAsText(text: string): string {
  return text.replace(LONG_NUMBER, (whole, name: string, colon?: string, digits?: string) =>
    digits === undefined ? whole : `${name}${colon}"${digits}"`,
  )
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** An id as text, whether it came as text or as a number; empty when there is none. */
export function idOf(value: unknown): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : ''
  return textOf(value)
}

/** A time in milliseconds, from milliseconds or seconds, as a number or as text. */
export function instantOf(value: unknown): Instant | undefined {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !(number > 0) || number >= LATEST) return undefined
  return Math.trunc(number < SECONDS_BELOW ? number * 1000 : number)
}
