/**
 * Masks Danish CPR numbers and payment cards in what a person writes, before anything else sees it. A number is found in the
 * *shape* of its groups of digits (`010170-1234` is 6-4), so that a longer run of digits, a telephone number, a date or an amount stays.
 * Where a shape can be both, the mask wins. Work is linear in the length of the text.
 */
import { digitValue } from './language/digits.js'
import type { HideSecrets } from './secrets.js'
import type { Redaction } from './types.js'

/** What is found by its digits alone; `secret` is found by words (secrets.ts). */
type Numbered = Exclude<Redaction, 'secret'>

const MASKS: Readonly<Record<Numbered, string>> = { cpr: '▮▮▮▮▮▮-▮▮▮▮', card: '▮▮▮▮ ▮▮▮▮ ▮▮▮▮ ▮▮▮▮' }

/** Signs that a person may put between the groups of one number; longer gaps part numbers. */
const GAP_MAX = 5
const GAP_SIGN = /[\s\p{Pd}\u2212./⁄∕／．\\_:,;·•|()=*~#&'"’]/u
/** Signs that list things rather than part one number: they join only shapes that little else has. */
const LOOSE_GAP = /[,;:\n\r]/
/** Zero-width, bidi, soft hyphen, variation selector, keycap: nobody sees them between two digits. */
const UNSEEN = /[\p{Cf}\p{Mn}\p{Me}]/u

/** ddmmyyxxxx and ddmmyyyyxxxx: shapes that hold with any gaps. */
const CPR_SHAPES = /^(10|6-4|12|8-4)$/
/** Shapes that hold unless their gaps are those of a list. */
const CPR_TIGHT_SHAPES = /^(2-2-2-4|6-2-2|4-2-4|2-4-4|4-6|6-1-1-1-1|2-2-4-4|8-2-2)$/
/** Shapes that other things have too (pairs, digits one by one): gaps must be alike and nothing of the kind may stand beside them. */
const CPR_EVEN_SHAPES = /^(2-2-2-2-2(-2)?|3-3-4|(1-){9}1|(1-){11}1)$/
/** `1/1-70-1234`: without zeros, and only with a dash before the last four. */
const CPR_BARE_SHAPE = /^(1-2|2-1|1-1)-(2|4)-4$/
/** From `1-1-2-4` to `2-2-4-4`. */
const CPR_LENGTHS = [8, 12] as const
/** The last four digits. */
const SERIAL_LENGTH = 4
const MONTH_DAYS: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** How cards print their numbers and how people type them; pairs and 8-8 are two telephone numbers. */
const CARD_SHAPES = /^(1[3-9]|4-4-4-(4(-[1-3])?|[1-3])|4-6-[45]|4-12)$/
const CARD_EVEN_SHAPES = /^(1-){12,18}1$/
/** ISO/IEC 7812: 13–19 digits; payment networks begin with 2–6. */
const CARD_LENGTHS = [13, 19] as const
const CARD_START = /^[2-6]/
const CARD_GAP = /^[\s\p{Pd}\u2212./,_]*$/u

/** A run of digits with nothing seen between them. `gap` is what is seen before it, when it is near enough to be one number with the run before. */
interface Group {
  readonly digits: string
  readonly start: number
  readonly end: number
  readonly gap: string | undefined
  readonly afterPlus: boolean
}

interface Finding {
  readonly kind: Numbered
  readonly groups: number
}

/** The text with marks in place of private numbers, and the kinds that were found, each once. */
export function redact(text: string): { readonly text: string; readonly redacted: Numbered[] } {
  const groups = digitGroups(text)
  const kinds = new Set<Numbered>()
  const parts: string[] = []
  let end = 0
  for (let at = 0; at < groups.length; ) {
    const found = cardAt(groups, at) ?? cprAt(groups, at)
    const first = groups[at]
    const last = groups[at + (found?.groups ?? 1) - 1]
    if (found !== undefined && first !== undefined && last !== undefined) {
      parts.push(text.slice(end, first.start), MASKS[found.kind])
      end = last.end
      kinds.add(found.kind)
    }
    at += found?.groups ?? 1
  }
  return { text: parts.join('') + text.slice(end), redacted: [...kinds] }
}

/** The text without private numbers, passwords and codes, and the kinds that were found, each once. */
export function redactAll(text: string, hideSecrets: HideSecrets): { readonly text: string; readonly redacted: readonly Redaction[] } {
  const numbers = redact(text)
  const secrets = hideSecrets(numbers.text)
  return { text: secrets.text, redacted: secrets.found ? [...numbers.redacted, 'secret'] : numbers.redacted }
}

function digitGroups(text: string): Group[] {
  const groups: Group[] = []
  let open: { digits: string; start: number; end: number } | undefined
  let gap: string | undefined
  let before = ''
  let position = 0
  const close = () => {
    if (open === undefined) return
    groups.push({ ...open, gap, afterPlus: before === '+' })
    open = undefined
    gap = ''
  }
  for (const character of text) {
    const value = digitValue(character)
    const end = position + character.length
    if (value !== undefined) open = { digits: `${open?.digits ?? ''}${value}`, start: open?.start ?? position, end }
    else if (!UNSEEN.test(character)) {
      close()
      before = character
      gap = gap !== undefined && gap.length < GAP_MAX && GAP_SIGN.test(character) ? gap + character : undefined
    }
    position = end
  }
  close()
  return groups
}

/** Consecutive groups from `at` with so many digits that they may be one number; ends before a gap that parts numbers. */
function* windows(groups: readonly Group[], at: number, [least, most]: readonly [number, number]): Generator<readonly Group[]> {
  let length = 0
  for (let to = at; to < groups.length; to++) {
    const group = groups[to]
    if (group === undefined || (to > at && group.gap === undefined)) return
    length += group.digits.length
    if (length > most) return
    if (length >= least) yield groups.slice(at, to + 1)
  }
}

function cprAt(groups: readonly Group[], at: number): Finding | undefined {
  for (const window of windows(groups, at, CPR_LENGTHS)) {
    if (isCpr(window, groups[at - 1], groups[at + window.length])) return { kind: 'cpr', groups: window.length }
  }
  return undefined
}

function isCpr(window: readonly Group[], before: Group | undefined, after: Group | undefined): boolean {
  const shape = shapeOf(window)
  if (window[0]?.afterPlus && shape !== '6-4') return false
  if (CPR_BARE_SHAPE.test(shape)) return /\p{Pd}/u.test(window.at(-1)?.gap ?? '') && isBirthday(paddedBirthday(window))
  const fits =
    CPR_SHAPES.test(shape) ||
    (CPR_TIGHT_SHAPES.test(shape) && !isLoose(window)) ||
    (CPR_EVEN_SHAPES.test(shape) && isEven(window) && standsAlone(window, before, after))
  return fits && isBirthday(digitsOf(window).slice(0, -SERIAL_LENGTH))
}

/** `ddmmyy` or `ddmmyyyy`; a replacement number (erstatnings-CPR) has its day plus 60. */
function isBirthday(digits: string): boolean {
  const day = Number(digits.slice(0, 2))
  const days = MONTH_DAYS[Number(digits.slice(2, 4)) - 1] ?? 0
  const inMonth = (number: number) => number >= 1 && number <= days
  return (inMonth(day) || inMonth(day - 60)) && (digits.length === 6 || /^(1[89]|20)/.test(digits.slice(4)))
}

function paddedBirthday(window: readonly Group[]): string {
  const birthday = window.slice(0, -1).map(({ digits }) => digits.padStart(2, '0'))
  return birthday.join('')
}

function cardAt(groups: readonly Group[], at: number): Finding | undefined {
  for (const window of windows(groups, at, CARD_LENGTHS)) {
    if (isCard(window, groups[at - 1], groups[at + window.length])) return { kind: 'card', groups: window.length }
  }
  return undefined
}

function isCard(window: readonly Group[], before: Group | undefined, after: Group | undefined): boolean {
  if (!CARD_START.test(window[0]?.digits ?? '')) return false
  const shape = shapeOf(window)
  const fits = CARD_SHAPES.test(shape) || (CARD_EVEN_SHAPES.test(shape) && isEven(window) && standsAlone(window, before, after))
  return fits && innerGaps(window).every((gap) => CARD_GAP.test(gap)) && passesLuhn(digitsOf(window))
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

function shapeOf(window: readonly Group[]): string {
  return window.map(({ digits }) => digits.length).join('-')
}

function digitsOf(window: readonly Group[]): string {
  return window.map(({ digits }) => digits).join('')
}

function innerGaps(window: readonly Group[]): string[] {
  return window.slice(1).map(({ gap }) => gap ?? '')
}

function isLoose(window: readonly Group[]): boolean {
  return innerGaps(window).some((gap) => LOOSE_GAP.test(gap))
}

function isEven(window: readonly Group[]): boolean {
  return !isLoose(window) && new Set(innerGaps(window)).size === 1
}

/** No group of the same length, parted by the same gap, stands before or after: then it is a part of a longer run. */
function standsAlone(window: readonly Group[], before: Group | undefined, after: Group | undefined): boolean {
  const [first, second] = window
  const last = window.at(-1)
  const gap = second?.gap
  const follows = after !== undefined && after.gap === gap && after.digits.length === last?.digits.length
  const leads = before !== undefined && first?.gap === gap && before.digits.length === first?.digits.length
  return !follows && !leads
}
