/** Tokens of a text that can be a secret by their shape: digits, or signs that ordinary words do not have. */
import { foldDigits } from './language/digits.js'
import { isNumber, type Word } from './private-words.js'

/** A flat, a count, an hour. */
const TOKEN_MIN = 3
/** Longer tokens are not looked into. */
const TOKEN_MAX = 80
/** A grouped number has groups of at most so many digits. */
const GROUP_MAX = 4
/** Words that a grouped number may have. */
const GROUPS_MAX = 12
const QUOTED_MAX = 60
const CLOSING_QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”"',
  '„': '“”',
  '”': '”',
  '«': '»',
  '»': '«',
  '‘': '’',
  "'": "'",
}
const OPENING = `:=("'“”„«»‚‘’<>[{-–—→.,;،؛?!：＝`
const CLOSING = `.,;:?)"'“”«»’>]}،؛؟۔…`
const NUMBER_TOKEN = /^[\d\p{Pd}.,/:]+$/u
const TIME = /^\d{1,2}[.:]\d{2}(\p{Pd}\d{1,2}([.:]\d{2})?)?$|^\d{1,2}\p{Pd}\d{1,2}$/u
const DATE = /^(0?[1-9]|[12]\d|3[01])[./\p{Pd}](0?[1-9]|1[0-2])([./\p{Pd}](\d{2}|\d{4}))?$|^\d{4}-\d{2}-\d{2}$/u
const AMOUNT = /^\d{1,3}([.,]\d{3})+([.,](\d{2}|\p{Pd}))?$|^\d+,(\d{2}|\p{Pd})$/u
const COUNTED = /^\d{1,2}\p{Pd}\p{L}+$/u
const WEB = /^(https?:|www\.)|\.(dk|com|org|net)(\/|$)/iu
const EMAIL = /^[^@:=]+@[^@:=]+\.\p{L}+$/u

/** A token that can be a secret: from word `at` to before word `next`. `digits` counts them when it is a number alone. */
export interface Value {
  readonly at: number
  readonly next: number
  readonly start: number
  readonly end: number
  readonly digits?: number
  readonly email?: boolean
  /** `7.450,00` */
  readonly amount?: boolean
  /** A time, a date, a web address, a flat: never a secret. */
  readonly other?: boolean
}

/** The token at a word, to the end of what is written together; undefined when it has no digit or sign that only codes have. */
export function tokenAt(text: string, words: readonly Word[], at: number): Value | undefined {
  const word = words[at]
  if (word === undefined || word.chunk.lastMark < word.start) return undefined
  const { chunk } = word
  const { next } = chunk
  if (chunk.end - chunk.start < TOKEN_MIN && !joins(word, words[next])) return { at, next, start: chunk.start, end: chunk.end, other: true }
  const previous = words[at - 1]
  const within = previous?.chunk === chunk
  const start = skipOpening(text, within ? previous.end : chunk.start, word.start)
  const end = skipClosing(text, chunk.end, chunk.lastMark)
  const value = { at, next, start, end }
  if (end - start > TOKEN_MAX) return value
  const token = foldDigits(text.slice(start, end))
  const isOther = TIME.test(token) || DATE.test(token) || COUNTED.test(token) || WEB.test(token) || (within && isAddress(text, chunk))
  if (isOther) return { ...value, other: true }
  if (EMAIL.test(token)) return { ...value, email: true }
  if (AMOUNT.test(token)) return { ...numberAt(words, value), amount: true }
  return NUMBER_TOKEN.test(token) ? numberAt(words, value) : value
}

/** "kode2@kontoret.dk" is an address, though "kode" names a secret. */
function isAddress(text: string, { start, end }: Word['chunk']): boolean {
  const token = text.slice(start, Math.min(skipClosing(text, end, start), start + TOKEN_MAX))
  return WEB.test(token) || EMAIL.test(token)
}

function numberAt(words: readonly Word[], first: Value): Value {
  const digitsOf = (from: number, to: number) => words.slice(from, to).reduce((sum, word) => sum + word.text.length, 0)
  let { next, end } = first
  while (next - first.at < GROUPS_MAX && joins(words[next - 1], words[next])) {
    end = words[next]?.end ?? end
    next += 1
  }
  return { ...first, next, end, digits: digitsOf(first.at, next) }
}

/** The word that a grouped number or a token begins with, seen from its last word. */
export function firstOfNumber(words: readonly Word[], last: number): number {
  let first = words[last]?.chunk.first ?? last
  while (first > 0 && last - first < GROUPS_MAX && joins(words[first - 1], words[first])) first -= 1
  return first
}

/** `51 88 02`: two short groups of digits with only a space between. */
function joins(one: Word | undefined, two: Word | undefined): boolean {
  if (one === undefined || two === undefined || one.chunk === two.chunk || two.assigned || two.comma || two.ends) return false
  return [one, two].every((word) => isNumber(word) && word.text.length <= GROUP_MAX && word.start === word.chunk.start)
}

function skipOpening(text: string, from: number, to: number): number {
  let start = from
  while (start < to && OPENING.includes(text.charAt(start))) start += 1
  return start
}

/** Where what is written together ends, but for signs that close it; never before `to`. */
export function skipClosing(text: string, from: number, to: number): number {
  let end = from
  while (end > to + 1 && CLOSING.includes(text.charAt(end - 1))) end -= 1
  return end
}

/** What stands in quotation marks is one value, however many words it has. */
export function quotedEnd(text: string, { start, end }: Value): number {
  const closing = CLOSING_QUOTES[text.charAt(start - 1)]
  if (closing === undefined) return end
  for (let at = end; at < Math.min(text.length, end + QUOTED_MAX); at++) if (closing.includes(text.charAt(at))) return at
  return end
}
