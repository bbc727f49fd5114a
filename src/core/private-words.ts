/**
 * A text as the words that lists can be compared with, each with its place, and lists of words and phrases made ready to be found in it.
 * It is read at the door of every message, so it folds one character at a time from a table and looks every word up once.
 */
import { normalize } from './language/normalize.js'

/** What stands between two spaces. `start` and `end` count UTF-16 code units, `end` excluded. */
interface Chunk {
  readonly start: number
  end: number
  /** Where its last digit stands; -1 when it has none. */
  lastDigit: number
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
/** Longer words are in no list: the rest of one is not kept. */
const WORD_MAX = 32

/** Folds by code point. Only scripts whose letters fold are kept, so it holds at most some ten thousand. */
const folds: string[] = []

function fold(code: number, character: string): string {
  const known = folds[code]
  if (known !== undefined) return known
  const folds_ = code < 0x2000 || (code >= 0xfb50 && code <= 0xffef)
  const made = folds_ ? folded(character) : unfolded(character)
  if (folds_) folds[code] = made
  return made
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

const isDigit = (folded: string) => folded.length === 1 && folded >= '0' && folded <= '9'

/** True when the word is a number. */
export function isNumber(word: Word): boolean {
  return isDigit(word.text.charAt(0))
}

/** The words of a text in Unicode's composed form (NFC), in order; a change between letters and digits begins a new one. */
export function wordsIn(text: string): Word[] {
  const words: Word[] = []
  let chunk: Chunk | undefined
  let open: Word | undefined
  let assigned = false
  let comma = false
  let ends = false
  let mayEnd = false
  for (let at = 0, next = 0; at < text.length; at = next) {
    const code = text.codePointAt(at) ?? 0
    next = at + (code > 0xffff ? 2 : 1)
    const part = fold(code, text.slice(at, next))
    if (part === HIDDEN) continue
    if (part === SPACE) {
      ends ||= mayEnd || code === 0x0a
      chunk = open = undefined
      continue
    }
    chunk ??= { start: at, end: next, lastDigit: -1 }
    chunk.end = next
    if (part === SIGN) {
      const sign = text.slice(at, next)
      mayEnd = ENDING.includes(sign)
      assigned ||= ASSIGNING.includes(sign)
      comma ||= PARTING.includes(sign)
      open = undefined
      continue
    }
    const digit = isDigit(part)
    if (digit) chunk.lastDigit = at
    if (open !== undefined && isNumber(open) === digit) {
      if (open.text.length < WORD_MAX && !isThird(open.text, part)) open.text += part
      open.end = next
      continue
    }
    open = { text: part, start: at, end: next, chunk, assigned, comma, ends }
    words.push(open)
    assigned = comma = ends = mayEnd = false
  }
  return words
}

/** People draw letters out ("kooode"); digits count. */
function isThird(text: string, part: string): boolean {
  return part === text.at(-1) && part === text.at(-2) && !isDigit(part)
}

/** A phrase of a list: `pass*` begins so, `*kode` ends so, several words follow each other. */
interface Phrase<Kind> {
  readonly kind: Kind
  readonly first: string
  readonly rest: readonly string[]
}

/** What stands at a word: the kind of the longest phrase, and how many words it has. */
export interface Found<Kind> {
  readonly kind: Kind
  readonly length: number
}

export type FindPhrase<Kind> = (words: readonly Word[], at: number) => Found<Kind> | undefined

/** Words of so many letters are found with one letter wrong, missing or too many. */
const FUZZY_MIN = 7
/** Letters that words are looked up by. */
const KEY = 3

/** Makes lists ready. `prefixes` are what a language writes onto a word (Arabic "and", "the"). Of equal phrases the first listed wins. */
export function createFindPhrase<Kind>(
  lists: readonly { readonly kind: Kind; readonly words: readonly string[]; readonly prefixes?: readonly string[] }[],
): FindPhrase<Kind> {
  const exact = new Map<string, Phrase<Kind>[]>()
  const beginning = new Map<string, Phrase<Kind>[]>()
  const ending = new Map<string, Phrase<Kind>[]>()
  const fuzzy = new Map<string, Phrase<Kind>[]>()
  const add = (map: Map<string, Phrase<Kind>[]>, key: string, phrase: Phrase<Kind>) => map.set(key, [...(map.get(key) ?? []), phrase])
  for (const { kind, words, prefixes = [] } of lists) {
    for (const text of ['', ...prefixes].flatMap((prefix) => words.map((word) => prefix + word))) {
      const [first = '', ...rest] = patternsOf(text)
      const bare = first.replaceAll('*', '')
      const phrase = { kind, first: bare, rest }
      if (first.startsWith('*')) add(ending, bare.slice(-KEY), phrase)
      else if (first.endsWith('*')) add(beginning, bare.slice(0, KEY), phrase)
      else add(exact, bare, phrase)
      if (bare.length >= FUZZY_MIN) add(fuzzy, bare.slice(0, 2), phrase)
    }
  }
  return (words, at) => {
    const text = words[at]?.text ?? ''
    let best: Found<Kind> | undefined
    const consider = (phrases: readonly Phrase<Kind>[] | undefined, fits: (phrase: Phrase<Kind>) => boolean) => {
      for (const phrase of phrases ?? []) {
        const length = 1 + phrase.rest.length
        if (length > (best?.length ?? 0) && fits(phrase) && followed(words, at, phrase.rest)) best = { kind: phrase.kind, length }
      }
    }
    consider(exact.get(text), () => true)
    if (text.length < KEY) return best
    consider(beginning.get(text.slice(0, KEY)), ({ first }) => text.startsWith(first))
    consider(ending.get(text.slice(-KEY)), ({ first }) => text.endsWith(first))
    if (best === undefined && text.length >= FUZZY_MIN - 1) consider(fuzzy.get(text.slice(0, 2)), ({ first }) => isOneEdit(text, first))
    return best
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
