/**
 * A text as the words that lists can be compared with, each with its place, and lists of words and phrases made ready to be found in it.
 * It is read at the door of every message, so it folds one character at a time from a table and looks every word up once.
 */
import { normalize } from './language/normalize.js'

/** What stands between two spaces. `start` and `end` count UTF-16 code units, `end` excluded. */
interface Chunk {
  readonly start: number
  end: number
  /** Where its last digit stands, or sign that no ordinary word has; -1 when it has none. */
  lastMark: number
  /** Its words, by their place among all: from `first` to before `next`. */
  readonly first: number
  next: number
}

/** A run of letters or of digits of any script; an apostrophe or a sign nobody sees does not part it. */
export interface Word {
  /** Lower case, accents and spellings folded, digits as 0–9. */
  text: string
  readonly start: number
  end: number
  readonly chunk: Chunk
  /** What stands before it: a sign that assigns (`:` or `=`), one that parts, the end of a sentence. */
  readonly assigned: boolean
  readonly comma: boolean
  readonly ends: boolean
}

const HIDDEN = ''
const SPACE = ' '
const SIGN = '.'
/** Signs within a word that comparing leaves out. */
const UNSEEN = /['’‘ʼʻ`´′＇\p{Cf}\u0300-\u036F\uFE00-\uFE0F]/u
const LETTER_OR_DIGIT = /[\p{L}\p{M}\p{N}]/u
const ENDING = '.!?؟۔…'
const ASSIGNING = ':=：＝→'
const PARTING = ',;،؛/|&+'
/** Signs that ordinary words do not have. */
const MARKING = '_@#$%*+~^\\'
const NEWLINE = 0x0a
/** Longer words are in no list: the rest of one is not kept. */
const WORD_MAX = 32

/** Folds by code point. Only scripts whose letters fold are kept, so it holds at most some ten thousand. */
const folds: string[] = []

function fold(code: number): string {
  const known = folds[code]
  if (known !== undefined) return known
  const character = String.fromCodePoint(code)
  const part = code < 0x2000 || (code >= 0xfb50 && code <= 0xffef) ? folded(character) : unfolded(character)
  if (code <= 0xffef) folds[code] = part
  return part
}

function folded(character: string): string {
  if (UNSEEN.test(character)) return HIDDEN
  return LETTER_OR_DIGIT.test(character) ? normalize(character, 'da') : unfolded(character)
}

function unfolded(character: string): string {
  if (/\s/u.test(character)) return SPACE
  if (UNSEEN.test(character)) return HIDDEN
  return LETTER_OR_DIGIT.test(character) ? character : SIGN
}

const isDigit = (part: string) => part.length === 1 && part >= '0' && part <= '9'

/** True when the word is a number. */
export function isNumber(word: Word): boolean {
  return isDigit(word.text.charAt(0))
}

/** Reading from left to right: the chunk and word that are open, and what was seen since the last word. */
interface Reader {
  readonly text: string
  readonly words: Word[]
  chunk: Chunk | undefined
  open: Word | undefined
  assigned: boolean
  comma: boolean
  ends: boolean
  mayEnd: boolean
}

/** The words of a text in Unicode's composed form (NFC), in order; a change between letters and digits begins a new one. */
export function wordsIn(text: string): Word[] {
  const reader: Reader = {
    text,
    words: [],
    chunk: undefined,
    open: undefined,
    assigned: false,
    comma: false,
    ends: false,
    mayEnd: false,
  }
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0
    const next = at + (code > 0xffff ? 2 : 1)
    const part = fold(code)
    if (part === SPACE) {
      reader.ends ||= reader.mayEnd || code === NEWLINE
      reader.chunk = reader.open = undefined
    } else if (part === SIGN) takeSign(reader, at, next)
    else if (part !== HIDDEN) takePart(reader, part, at, next)
    at = next
  }
  return reader.words
}

function openChunk(reader: Reader, at: number, next: number): Chunk {
  const first = reader.words.length
  reader.chunk ??= { start: at, end: next, lastMark: -1, first, next: first }
  reader.chunk.end = next
  return reader.chunk
}

function takeSign(reader: Reader, at: number, next: number): void {
  const sign = reader.text.slice(at, next)
  const chunk = openChunk(reader, at, next)
  if (MARKING.includes(sign)) chunk.lastMark = at
  reader.mayEnd = ENDING.includes(sign)
  reader.assigned ||= ASSIGNING.includes(sign)
  reader.comma ||= PARTING.includes(sign)
  reader.open = undefined
}

function takePart(reader: Reader, part: string, at: number, next: number): void {
  const chunk = openChunk(reader, at, next)
  const digit = isDigit(part)
  if (digit) chunk.lastMark = at
  const { open } = reader
  if (open !== undefined && isNumber(open) === digit) {
    if (open.text.length < WORD_MAX && !isThird(open.text, part)) open.text += part
    open.end = next
    return
  }
  const { assigned, comma, ends } = reader
  reader.open = { text: part, start: at, end: next, chunk, assigned, comma, ends }
  reader.words.push(reader.open)
  chunk.next = reader.words.length
  reader.assigned = reader.comma = reader.ends = reader.mayEnd = false
}

/** People draw letters out ("kooode"); digits count. */
function isThird(text: string, part: string): boolean {
  return text.endsWith(part) && text.at(-2) === part && !isDigit(part)
}

/** A phrase of a list: its first word is whole, begins so (`pass*`) or ends so (`*kode`), or is a letter off; the rest follow it. */
interface Phrase<Kind> {
  readonly kind: Kind
  readonly first: string
  readonly form: 'whole' | 'begins' | 'ends' | 'misspelt'
  readonly rest: readonly string[]
}

/** What stands at a word: the kind of the longest phrase, how many words it has, and whether a list names it only by its end. */
export interface Found<Kind> {
  readonly kind: Kind
  readonly length: number
  readonly compound: boolean
}

export type FindPhrase<Kind> = (words: readonly Word[], at: number) => Found<Kind> | undefined

/** Words of so many letters are found with one letter wrong, missing or too many, but for the first three. */
const FUZZY_MIN = 7
/** Letters that words are looked up by. */
const KEY = 3

class PhraseIndex<Kind> {
  private readonly phrases = new Map<string, Phrase<Kind>[]>()

  add(key: string, phrase: Phrase<Kind>): void {
    const known = this.phrases.get(key)
    if (known === undefined) this.phrases.set(key, [phrase])
    else known.push(phrase)
  }

  /** The longer of the best so far and the phrases under a key. */
  better(best: Found<Kind> | undefined, key: string, words: readonly Word[], at: number): Found<Kind> | undefined {
    let found = best
    const text = words[at]?.text ?? ''
    for (const { kind, first, form, rest } of this.phrases.get(key) ?? []) {
      const length = 1 + rest.length
      if (length > (found?.length ?? 0) && FITS[form](text, first) && followed(words, at, rest))
        found = { kind, length, compound: form === 'ends' }
    }
    return found
  }
}

const FITS: Readonly<Record<Phrase<unknown>['form'], (text: string, first: string) => boolean>> = {
  whole: (text, first) => text === first,
  begins: (text, first) => text.startsWith(first),
  ends: (text, first) => text.endsWith(first),
  misspelt: isOneEdit,
}

/** Makes lists ready. `prefixes` are what a language writes onto a word (Arabic "and", "the"). Of equal phrases the first listed wins. */
export function createFindPhrase<Kind>(
  lists: readonly { readonly kind: Kind; readonly words: readonly string[]; readonly prefixes?: readonly string[] }[],
): FindPhrase<Kind> {
  const wholes = new PhraseIndex<Kind>()
  const beginnings = new PhraseIndex<Kind>()
  const endings = new PhraseIndex<Kind>()
  const misspelt = new PhraseIndex<Kind>()
  for (const { kind, words, prefixes = [] } of lists) {
    for (const text of ['', ...prefixes].flatMap((prefix) => words.map((word) => prefix + word))) {
      const [pattern = '', ...rest] = patternsOf(text)
      const first = pattern.replaceAll('*', '')
      const start = first.slice(0, KEY)
      if (pattern.startsWith('*')) endings.add(first.slice(-KEY), { kind, first, form: 'ends', rest })
      else if (pattern.endsWith('*')) beginnings.add(start, { kind, first, form: 'begins', rest })
      else wholes.add(first, { kind, first, form: 'whole', rest })
      if (first.length >= FUZZY_MIN) misspelt.add(start, { kind, first, form: 'misspelt', rest })
    }
  }
  return (words, at) => {
    const text = words[at]?.text ?? ''
    const whole = wholes.better(undefined, text, words, at)
    if (text.length < KEY) return whole
    const start = text.slice(0, KEY)
    const found = endings.better(beginnings.better(whole, start, words, at), text.slice(-KEY), words, at)
    return found === undefined && text.length >= FUZZY_MIN - 1 ? misspelt.better(undefined, start, words, at) : found
  }
}

function followed(words: readonly Word[], at: number, rest: readonly string[]): boolean {
  return rest.every((pattern, index) => {
    const text = words[at + 1 + index]?.text ?? ''
    return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern
  })
}

/** A listed text in the form of {@link wordsIn}, its stars kept. */
function patternsOf(text: string): string[] {
  return text.split(' ').flatMap((part) => {
    const words = wordsIn(part.replaceAll('*', '').normalize('NFC')).map((word) => word.text)
    if (part.startsWith('*') && words.length > 0) words[0] = `*${words[0]}`
    if (part.endsWith('*') && words.length > 0) words[words.length - 1] = `${words.at(-1)}*`
    return words
  })
}

/** True when one letter changed, left out or added makes one word the other. Linear. */
function isOneEdit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1) return false
  let same = 0
  while (same < short.length && short[same] === long[same]) same += 1
  const rest = long.slice(same + 1)
  return rest === short.slice(same + (short.length === long.length ? 1 : 0))
}

/** Listed single words in the form of {@link wordsIn}, for asking whether a word is among them. */
export function wordSet(lists: readonly (readonly string[])[]): ReadonlySet<string> {
  return new Set(lists.flat().flatMap(patternsOf))
}
