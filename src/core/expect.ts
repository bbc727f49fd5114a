/** Reading an answer that a question expects: our own digits first, the recognisers only for words. */
import { copenhagenDate } from './copenhagen.js'
import { readDate } from './expect-date.js'
import { foldDigits } from './language/digits.js'
import type { Answer, Expect, Instant, LanguageCode } from './types.js'

type RecognizeKind = 'number' | 'yes_no' | 'date' | 'phone'

/**
 * Understands words: `number` → number, `yes_no` → boolean, `date` → `YYYY-MM-DD`, `phone` → the number as written. Undefined when
 * the text is none in that language. Takes any text safely and never throws.
 */
export type Recognize = (
  kind: RecognizeKind,
  text: string,
  order: { readonly language: LanguageCode; readonly now: Instant },
) => Answer | undefined

interface ReadOrder {
  readonly expect: Expect
  readonly language: LanguageCode
  readonly now: Instant
}

type ReadProblem = 'unreadable' | 'wrong_length' | 'out_of_range' | 'impossible_date'

/** Longest free text that is kept as an answer; the turn in the log has the whole. */
export const TEXT_MAX = 500
/** Digits that a JavaScript number holds exactly. */
const NUMBER_DIGITS_MAX = 15
/** ITU-T E.164: country code and number are at most 15 digits; no country has fewer than 7. */
const PHONE_ABROAD = /^[1-9]\d{6,14}$/
/** Danish numbering plan: eight digits, none begins with 0 or 1. */
const PHONE_DANISH = /^[2-9]\d{7}$/
const DATE_LIKE = /\d{1,4}([-./])\d{1,2}[-./]\d{2,4}/
/** Languages that write 1,250.50; the others of ours write 1.250,50. */
const DECIMAL_POINT: ReadonlySet<LanguageCode> = new Set(['en', 'ur', 'ti', 'ta', 'so'])

/**
 * The answer in a text: digits and phone as text (`+4520304050`), number, yes_no as boolean, date as `YYYY-MM-DD`, text trimmed and
 * cut at {@link TEXT_MAX}. A `choice` is made with the question's quick replies, which are read before this: nothing else is one.
 */
export function readAnswer(text: string, order: ReadOrder, recognize: Recognize): { value: Answer } | { problem: ReadProblem } {
  const written = foldDigits([...text.trim()].slice(0, TEXT_MAX).join('').trim())
  const words = (kind: RecognizeKind) => recognize(kind, written, { language: order.language, now: order.now })
  switch (order.expect.type) {
    case 'digits':
      return readDigits(written, order.expect.length)
    case 'number':
      return readNumber(written, order, () => words('number'))
    case 'phone':
      return readPhone(written, () => words('phone'))
    case 'date':
      return readDate(written, { language: order.language, today: copenhagenDate(order.now) }, () => words('date'))
    case 'yes_no':
      return known(words('yes_no'))
    case 'choice':
      return { problem: 'unreadable' }
    case 'text':
      return readText(text)
  }
}

function known(value: Answer | undefined): { value: Answer } | { problem: ReadProblem } {
  return value === undefined ? { problem: 'unreadable' } : { value }
}

function readText(text: string): { value: Answer } | { problem: ReadProblem } {
  const value = [...text.trim()].slice(0, TEXT_MAX).join('').trim()
  return value === '' ? { problem: 'unreadable' } : { value }
}

/** A code may stand in a sentence and may be written with gaps; two that fit are none. */
function readDigits(text: string, length: number | undefined): { value: Answer } | { problem: ReadProblem } {
  const runs = text.match(/\d+/g) ?? []
  const spaced = (text.match(/\d(?:[ \u00a0.-]?\d)*/g) ?? []).map((run) => run.replace(/\D/g, ''))
  const fits = (run: string) => length === undefined || run.length === length
  for (const found of [runs.filter(fits), spaced.filter(fits)]) {
    if (found.length === 1) return known(found[0])
  }
  const none = runs.length > 0 && length !== undefined && !runs.some(fits)
  return { problem: none ? 'wrong_length' : 'unreadable' }
}

function readNumber(
  text: string,
  { expect, language }: ReadOrder,
  words: () => Answer | undefined,
): { value: Answer } | { problem: ReadProblem } {
  const value = /\d/.test(text) ? numberIn(text, DECIMAL_POINT.has(language)) : words()
  if (typeof value !== 'number') return { problem: 'unreadable' }
  const inside = value >= (expect.min ?? -Infinity) && value <= (expect.max ?? Infinity)
  return inside ? { value } : { problem: 'out_of_range' }
}

/** The one number in a text. `1.250` is a thousand and more where the comma is decimal; `1.25` can only be decimal. */
function numberIn(text: string, decimalPoint: boolean): number | undefined {
  const found = text.match(/(?<![\p{L}\d])[-−]?\d(?:[.,\u066b\u066c \u00a0\u202f]?\d)*/gu) ?? []
  const [token = ''] = found
  const all = text.match(/\d(?:[.,\u066b\u066c \u00a0\u202f]?\d)*/g) ?? []
  if (all.length !== 1 || found.length !== 1 || token.replace(/\D/g, '').length > NUMBER_DIGITS_MAX) return undefined
  const plain = token.replace('−', '-').replaceAll('\u066c', ' ')
  const [thousands, decimal] = decimalPoint ? [',', '.'] : ['.', ',']
  const exact = new RegExp(`^-?(\\d+|\\d{1,3}(?:[${thousands} \\u00a0\\u202f]\\d{3})+)(?:[${decimal}\\u066b]\\d+)?$`)
  const other = new RegExp(`^-?\\d+[${thousands}]\\d{1,2}$`)
  if (exact.test(plain)) return toNumber(plain, decimal)
  return other.test(plain) ? toNumber(plain, thousands) : undefined
}

function toNumber(token: string, decimal: string): number {
  const mark = Math.max(token.indexOf(decimal), token.indexOf('\u066b'))
  const digits = (part: string) => part.replace(/\D/g, '')
  const size = mark === -1 ? Number(digits(token)) : Number(`${digits(token.slice(0, mark))}.${digits(token.slice(mark))}`)
  return token.startsWith('-') ? -size : size
}

/** Eight Danish digits, or a number with its country: `+` or `00` before it, or Denmark's 45. */
function readPhone(text: string, words: () => Answer | undefined): { value: Answer } | { problem: ReadProblem } {
  if (DATE_LIKE.test(text)) return { problem: 'unreadable' }
  const runs = text.match(/(?:\+ ?)?\(?\d(?:[ \u00a0./()-]{0,2}\d)*/g) ?? []
  const numbers = runs.map(phoneNumber).filter((number) => number !== undefined)
  if (numbers.length === 1) return known(numbers[0])
  const heard = numbers.length === 0 ? words() : undefined
  return known(heard === undefined ? undefined : phoneNumber(String(heard)))
}

function phoneNumber(run: string): string | undefined {
  const digits = run.replace(/\D/g, '')
  if (PHONE_DANISH.test(digits) && !run.startsWith('+')) return `+45${digits}`
  const abroad = run.startsWith('+') ? digits : digits.startsWith('00') ? digits.slice(2) : undefined
  const danish = /^(?:45)(\d{8})$/.exec(abroad ?? digits)?.[1]
  if (danish !== undefined) return PHONE_DANISH.test(danish) ? `+45${danish}` : undefined
  return abroad !== undefined && PHONE_ABROAD.test(abroad) ? `+${abroad}` : undefined
}
