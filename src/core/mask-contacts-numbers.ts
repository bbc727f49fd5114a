/** Telephone numbers in what two people write to each other: found by the shape of their groups of digits, in every script. */
import { digitValue } from './language/digits.js'

/** A part of a text, by code units. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Digits with nothing seen between them, and what is seen between them and the group before; undefined where that is long. */
interface Group extends Span {
  readonly digits: string
  readonly gap: string | undefined
  readonly afterPlus: boolean
}

/** Longest gap that is looked at: a word and its spaces. */
const GAP_MAX = 16
/** Nobody sees these between two digits: zero-width, bidi, soft hyphen, variation selector, keycap. */
const UNSEEN = /[\p{Cf}\p{Mn}\p{Me}]/u
/** Signs inside one number. A comma, a line or a word lists things. */
const TIGHT = /^[^\S\n\r]{0,2}[\p{Pd}\u2212./⁄∕／．\\_:·•|()*=~#]{0,3}[^\S\n\r]{0,2}$/u
const SAME_NUMBER_WORD =
  /^(og|så|derefter|komma|streg|bindestreg|punktum|prik|mellemrum|and|then|dash|dot|comma|space|plus|ve|sonra|potem|kropka|і|та|و|ثم|پھر)$/iu
/** What counts or measures: the number before it is no telephone number. */
const UNIT =
  /^\s?(kr|kroner|dkk|eur|euro|€|\$|£|%|pct|kg|g|gram|gr|l|liter|litre|lt|ml|cl|dl|cm|mm|m|m2|m²|km|stk|styk|pk|pakker|poser|min|minutter|minutes|timer|time|hours|h|dage|days|år|years|etage|sal|floor|grader|°|كجم|كيلو|لتر|کیلو|لیتر|کرون|كرون)(?![\p{L}\p{M}])/iu
const UNIT_DIGITS_MAX = 6
/** How Danish numbers are written, and one digit at a time. */
const DANISH_SHAPES: readonly (readonly number[])[] = [[8], [2, 2, 2, 2], [4, 4], [3, 3, 2], [2, 3, 3], [1, 1, 1, 1, 1, 1, 1, 1]]
/** Danish numbering plan: eight digits, none begins with 0 or 1. */
const DANISH = /^[2-9]\d{7}$/
const DANISH_ABROAD = /^(?:00)?45([2-9]\d{7})$/
/** ITU-T E.164: at most 15 digits with the country; no country has fewer than 7. */
const ABROAD = [7, 15] as const
/** National numbers of other countries, written without their country. */
const NATIONAL = [9, 15] as const
/** Years that people plan in: `2026-2027` is no number. */
const YEAR = /^20[1-3]\d$/

/** Where telephone numbers stand that are not allowed. Work is linear in the length of the text. */
export function findNumbers(text: string, allowed: ReadonlySet<string>): Span[] {
  const groups = digitGroups(text)
  const taken = new Set<number>()
  const found: Span[] = []
  const take = (from: number, to: number) => {
    const span = spanOf(groups.slice(from, to))
    if (span !== undefined) found.push(span)
    for (let at = from; at < to; at++) taken.add(at)
  }
  for (let from = 0, to = 0; from < groups.length; from = to) {
    for (to = from + 1; to < groups.length && TIGHT.test(groups[to]?.gap ?? '\n'); ) to += 1
    findInRun({ text, groups, from, to, allowed, take, explained: (at) => taken.add(at) })
  }
  findSpoken(groups, { allowed, taken, take })
  return found
}

/** The digits of each number in a text such as `70 11 07 07` or `00 00 00 01 (demo)`. */
export function numbersIn(text: string): string[] {
  const groups = digitGroups(text)
  const numbers: string[] = []
  for (const { digits, gap } of groups) {
    if (numbers.length > 0 && TIGHT.test(gap ?? '\n')) numbers.push(`${numbers.pop()}${digits}`)
    else numbers.push(digits)
  }
  return numbers
}

function digitGroups(text: string): Group[] {
  const groups: Group[] = []
  let open: { digits: string; start: number; end: number } | undefined
  let gap: string | undefined
  let before = ''
  let position = 0
  const close = () => {
    if (open === undefined) return
    groups.push({ ...open, gap: groups.length === 0 ? undefined : gap, afterPlus: /[+＋]/u.test(before) })
    open = undefined
    gap = ''
  }
  for (const character of text) {
    const value = digitValue(character)
    const end = position + character.length
    if (value !== undefined) open = { digits: `${open?.digits ?? ''}${value}`, start: open?.start ?? position, end }
    else if (UNSEEN.test(character)) {
      if (open !== undefined) open.end = end
    } else {
      close()
      if (/\S/u.test(character)) before = character
      gap = gap !== undefined && gap.length < GAP_MAX ? gap + character : undefined
    }
    position = end
  }
  close()
  return groups
}

interface Run {
  readonly text: string
  readonly groups: readonly Group[]
  readonly from: number
  readonly to: number
  readonly allowed: ReadonlySet<string>
  readonly take: (from: number, to: number) => void
  readonly explained: (at: number) => void
}

/** Groups that stand close together: dates, times, amounts and known numbers are set aside, what is left is looked through. */
function findInRun(run: Run): void {
  const { from, to, groups } = run
  const all = digitsOf(groups.slice(from, to))
  if (isAllowed(all, run.allowed)) return markExplained(run, from, to)
  let plainFrom = from
  let plain = 0
  let found = false
  const lookThrough = (until: number) => {
    if (until > plainFrom) {
      plain += 1
      found = findInPlain(run, plainFrom, until) || found
    }
  }
  for (let at = from; at < to; ) {
    const length = explainedAt(run, at)
    if (length > 0) {
      lookThrough(at)
      markExplained(run, at, at + length)
      plainFrom = at + length
    }
    at += Math.max(length, 1)
  }
  lookThrough(to)
  // `20.30 40 50`: what looks like a time is a part of a number.
  if (plain > 0 && !found && isCertain(groups.slice(from, to))) run.take(from, to)
}

function markExplained(run: Run, from: number, to: number): void {
  for (let at = from; at < to; at++) run.explained(at)
}

/** How many groups from `at` are a date, a time, an amount or a number that may be named; 0 for none. */
function explainedAt({ text, groups, to, allowed }: Run, at: number): number {
  const [first, second, third] = groups.slice(at, Math.min(at + 3, to))
  if (first === undefined || first.afterPlus) return 0
  if (isAllowed(first.digits, allowed)) return 1
  if (third !== undefined && isDate([first, second, third])) return 3
  if (second !== undefined && isTimeOrDay(first, second)) return 2
  if (second !== undefined && /^\s?[\p{Pd}/]\s?$/u.test(second.gap ?? '') && YEAR.test(first.digits) && YEAR.test(second.digits)) return 2
  return first.digits.length <= UNIT_DIGITS_MAX && UNIT.test(text.slice(first.end, first.end + GAP_MAX)) ? 1 : 0
}

function isDate(groups: readonly (Group | undefined)[]): boolean {
  const [first = '', second = '', third = ''] = groups.map((group) => group?.digits)
  const gaps = groups.slice(1).map((group) => group?.gap?.trim())
  if (!/^(\p{Pd}\p{Pd}|\.\.|\/\/|\/\p{Pd})$/u.test(gaps.join('')) || second.length > 2) return false
  const [year, day] = first.length === 4 ? [first, third] : [third, first]
  return /^((19|20)\d\d|\d\d)$/.test(year) && inRange(day, 1, 31) && inRange(second, 1, 12)
}

/** `14.30`, `9:05`, `25/11`. */
function isTimeOrDay(first: Group, second: Group): boolean {
  const gap = second.gap ?? ''
  if (/^[.:]$/.test(gap) && second.digits.length === 2 && inRange(first.digits, 0, 24) && inRange(second.digits, 0, 59)) return true
  return /^[./]$/.test(gap) && inRange(first.digits, 1, 31) && inRange(second.digits, 1, 12)
}

function inRange(digits: string, least: number, most: number): boolean {
  return digits.length <= 2 && digits !== '' && Number(digits) >= least && Number(digits) <= most
}

/** True when there was a number in groups that are nothing else. */
function findInPlain({ groups, allowed, take }: Run, from: number, to: number): boolean {
  if (isNumber(groups.slice(from, to), allowed)) {
    take(from, to)
    return true
  }
  let found = false
  for (let at = from; at < to; ) {
    const shape = DANISH_SHAPES.find((lengths) => at + lengths.length <= to && hasShape(groups, at, lengths))
    const length = shape?.length ?? 0
    if (length > 0 && isStranger(digitsOf(groups.slice(at, at + length)), allowed)) {
      take(at, at + length)
      found = true
      at += length
    } else at += 1
  }
  return found
}

function isNumber(groups: readonly Group[], allowed: ReadonlySet<string>): boolean {
  const digits = digitsOf(groups)
  if (isAllowed(digits, allowed)) return false
  if (isCertain(groups)) return true
  if (digits.length < NATIONAL[0] || digits.length > NATIONAL[1]) return false
  return digits.startsWith('0') || groups.every((group) => group.digits.length > 1)
}

/** A Danish number, or one with its country before it. */
function isCertain(groups: readonly Group[]): boolean {
  const digits = digitsOf(groups)
  const abroad = groups[0]?.afterPlus === true ? digits : /^00(\d+)$/.exec(digits)?.[1]
  if (abroad !== undefined && abroad.length >= ABROAD[0] && abroad.length <= ABROAD[1]) return true
  return DANISH.test(digits) || DANISH_ABROAD.test(digits)
}

function hasShape(groups: readonly Group[], at: number, lengths: readonly number[]): boolean {
  return lengths.every((length, index) => groups[at + index]?.digits.length === length)
}

function isStranger(digits: string, allowed: ReadonlySet<string>): boolean {
  return DANISH.test(digits) && !isAllowed(digits, allowed)
}

function isAllowed(digits: string, allowed: ReadonlySet<string>): boolean {
  return allowed.has(digits) || allowed.has(DANISH_ABROAD.exec(digits)?.[1] ?? '')
}

interface Spoken {
  readonly allowed: ReadonlySet<string>
  /** Groups that are masked, or known to be something else. */
  readonly taken: ReadonlySet<number>
  readonly take: (from: number, to: number) => void
}

/** `20 og 30 og 40 og 50`: pairs of a number with words, commas or lines between them. */
function findSpoken(groups: readonly Group[], { allowed, taken, take }: Spoken): void {
  for (let at = 0; at < groups.length; at++) {
    const shape = DANISH_SHAPES.find((lengths) => lengths.length > 1 && hasShape(groups, at, lengths))
    if (shape === undefined) continue
    const window = groups.slice(at, at + shape.length)
    const isFree = window.every((_, index) => !taken.has(at + index))
    if (!isFree || !isStranger(digitsOf(window), allowed) || !isSpoken(window) || goesOn(groups, at, window)) continue
    if (window.every(({ digits }) => YEAR.test(digits))) continue
    take(at, at + shape.length)
    at += shape.length - 1
  }
}

function isSpoken(window: readonly Group[]): boolean {
  const gaps = window.slice(1).map(({ gap }) => gap?.trim())
  if (gaps.some((gap) => gap === undefined || UNIT.test(gap))) return false
  return new Set(gaps).size === 1 || gaps.every((gap = '') => /^[^\p{L}\p{N}]*$/u.test(gap) || SAME_NUMBER_WORD.test(gap))
}

/** The window is a part of a longer list of the same kind. */
function goesOn(groups: readonly Group[], at: number, window: readonly Group[]): boolean {
  const [first, second] = window
  const after = groups[at + window.length]
  const follows = after?.gap?.trim() === second?.gap?.trim() && after?.digits.length === window.at(-1)?.digits.length
  const leads =
    first?.gap !== undefined && first.gap.trim() === second?.gap?.trim() && groups[at - 1]?.digits.length === first.digits.length
  return (after !== undefined && follows) || leads
}

function digitsOf(groups: readonly Group[]): string {
  return groups.map(({ digits }) => digits).join('')
}

/** From the first digit to the last, with a plus before them. */
function spanOf(groups: readonly Group[]): Span | undefined {
  const first = groups[0]
  const last = groups.at(-1)
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end }
}
