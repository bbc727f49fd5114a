/** Which language a message is in, and how sure that is: the words of its main script against the tables. */
import type { LanguageCode } from '../types.js'
import type { LanguageTables, ScriptTable } from './language-tables.js'
import { type Script, scriptOf, wordsOf } from './letters.js'
import { isAddress, isNeutral } from './neutral-words.js'
import { romanisedLanguage } from './romanised.js'
import { scoreWords } from './score-words.js'

export interface Guess {
  readonly language: LanguageCode
  /** 0 to 1. */
  readonly p: number
}

export interface Detection {
  /**
   * Best first; the probabilities sum to 1 over all languages with a table of the text's script. Empty when the text
   * has no letters to judge.
   */
  readonly ranked: readonly Guess[]
  /** Words that counted: of the main script, without neutral words, names, addresses, digits and emoji. */
  readonly words: number
  /** The language that romanised writing points to (Arabizi → ar, romanised Urdu → ur, Persian → fa). */
  readonly romanised?: LanguageCode
}

export interface DetectOrder {
  /** Languages that can be answered in; others with a table are judged too, at a disadvantage. */
  readonly candidates: readonly LanguageCode[]
  /** Nats added to a language's score. */
  readonly priors?: Readonly<Record<LanguageCode, number>>
}

/** Never throws, whatever the text. */
export type Detect = (text: string, order: DetectOrder) => Detection

/** Nats added to a language that is not offered, as docs/language.md has measured. */
const NOT_OFFERED = -3
/** Code units looked at, and letters that are judged: nobody changes language after a paragraph, and time stays bounded. */
const READ_MAX = 600
const LETTERS_MAX = 300
/** Religious phrases as one character, up to 18 letters each when taken apart: no evidence, and long. */
const PHRASES = /[\uFDF0-\uFDFD]/gu
/** Words without names that are enough to judge by; where fewer are left, the names are judged too, and still do not count. */
const SPEAKING_WORDS = 2
const CAPITALISED = /^[^\p{L}]*\p{Lu}\p{Ll}/u
/** A stop, or a part without letters and digits such as a dash. */
const SENTENCE_END = /[.!?:…]$|^[^\p{L}\p{N}]+$/u
/** Longer words are noise; their beginning is enough. */
const WORD_MAX = 40
/** Languages whose speakers we answer in another one: Norwegian and Swedish residents read Danish. */
const COUNTS_AS: Readonly<Record<LanguageCode, LanguageCode>> = { nb: 'da', nn: 'da', sv: 'da' }

/** `neutral`: further words that tell nothing, such as the names of areas. */
export function createDetect(tables: LanguageTables, neutral: readonly string[] = []): Detect {
  const ours = new Set(neutral.flatMap(wordsOf))
  const tell = (parts: readonly string[]) => mainScript(wordsOf(parts.join(' ')).filter((word) => !isNeutral(word) && !ours.has(word)))
  const read = (text: string): Reading => {
    const parts = partsOf(text)
    const plain = parts.filter((_, index) => !isName(parts, index))
    const counted = tell(plain)
    const { script, words } = plain.length === parts.length || counted.words.length >= SPEAKING_WORDS ? counted : tell(parts)
    const table = script === undefined ? undefined : tables[script]
    const scores = table === undefined ? [] : [...scoreWords(table, firstLetters(words))]
    return { text, table, scores, words: counted.words.length, romanised: romanisedLanguage(parts.join(' ')) }
  }
  // One message is asked about several times, with other priors each time.
  let last: Reading | undefined
  return (text, order) => {
    if (last?.text !== text) last = read(text)
    const { table, scores, words, romanised } = last
    const ranked = table === undefined ? [] : rank(table, scores, order)
    return { ranked, words: ranked.length === 0 ? 0 : words, ...(romanised === undefined ? {} : { romanised }) }
  }
}

/** What a text tells by itself. */
interface Reading {
  readonly text: string
  readonly table: ScriptTable | undefined
  /** By language of the table. */
  readonly scores: readonly number[]
  readonly words: number
  readonly romanised: LanguageCode | undefined
}

/** What stands between spaces, without addresses; each line begins a sentence. */
function partsOf(text: string): string[] {
  const lines = text.slice(0, READ_MAX).replace(PHRASES, ' ').replaceAll('\n', ' . ')
  return lines.split(/\s+/u).filter((part) => part !== '' && !isAddress(part))
}

/** A capital letter in the middle of a sentence: names and titles say nothing about who writes them. */
function isName(parts: readonly string[], index: number): boolean {
  const before = parts[index - 1]
  return before !== undefined && !SENTENCE_END.test(before) && CAPITALISED.test(parts[index] ?? '')
}

/** The script with most letters, and the words in it. */
function mainScript(words: readonly string[]): { script: Script | undefined; words: readonly string[] } {
  const byScript = new Map<Script | undefined, { letters: number; words: string[] }>()
  for (const word of words) {
    const script = scriptOf(word)
    const found = byScript.get(script) ?? { letters: 0, words: [] }
    found.letters += word.length
    found.words.push(word)
    byScript.set(script, found)
  }
  const [main] = [...byScript].toSorted(([, a], [, b]) => b.letters - a.letters)
  return { script: main?.[0], words: main?.[1].words ?? [] }
}

function firstLetters(words: readonly string[]): string[] {
  const kept: string[] = []
  let letters = 0
  for (const word of words) {
    if (letters >= LETTERS_MAX) break
    kept.push(word.slice(0, WORD_MAX))
    letters += Math.min(word.length, WORD_MAX)
  }
  return kept
}

function rank(table: ScriptTable, unweighed: readonly number[], { candidates, priors = {} }: DetectOrder): Guess[] {
  const scores = unweighed.map((score, index) => {
    const code = countsAs(table.languages[index] ?? '')
    return score + (candidates.includes(code) ? 0 : NOT_OFFERED) + (priors[code] ?? 0)
  })
  const best = scores.reduce((a, b) => Math.max(a, b), -Infinity)
  const sums = new Map<LanguageCode, number>()
  let total = 0
  for (const [index, score] of scores.entries()) {
    const share = Math.exp(score - best)
    const code = countsAs(table.languages[index] ?? '')
    sums.set(code, (sums.get(code) ?? 0) + share)
    total += share
  }
  return [...sums].map(([language, share]) => ({ language, p: share / total })).toSorted((a, b) => b.p - a.p)
}

function countsAs(code: LanguageCode): LanguageCode {
  return COUNTS_AS[code] ?? code
}
