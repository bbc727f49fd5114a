/** The short ways a list of words may be written in: alternatives in brackets, commas, and letters people type instead. */
import { normalize } from '../language/normalize.js'
import type { LanguageCode } from '../types.js'

/** So that one short line cannot become a word list nobody can look through. */
export const SPELLINGS_MAX = 5000

const LATIN_TO_CYRILLIC: readonly (readonly [string, string])[] = [
  ['dž', 'џ'],
  ['lj', 'љ'],
  ['nj', 'њ'],
  ...[...'abvgdđežzijklmnoprstćufhcčš'].map((letter, at): [string, string] => [letter, [...'абвгдђежзијклмнопрстћуфхцчш'][at] ?? letter]),
]

/** The entries of one line: split at commas, without those that are empty. */
export function entriesOf(line: string): readonly string[] {
  return splitOutside(line, ',،')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** A text split at any of these characters, but never inside brackets. */
export function splitOutside(text: string, at: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let here = 0; here < text.length; here += 1) {
    const character = text.charAt(here)
    if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    else if (depth === 0 && at.includes(character)) {
      parts.push(text.slice(start, here))
      start = here + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

/**
 * All spellings of an entry: `(b|)oog(aya|tay)` is boogaya, boogtay … Brackets may stand in brackets; one that is not closed is no
 * bracket. At most {@link SPELLINGS_MAX}.
 */
export function spellings(entry: string): readonly string[] {
  const open = entry.indexOf('(')
  const close = open === -1 ? -1 : closing(entry, open)
  if (close === -1) return [entry]
  const before = entry.slice(0, open)
  const after = spellings(entry.slice(close + 1))
  const choices = splitOutside(entry.slice(open + 1, close), '|').flatMap(spellings)
  return [...new Set(choices.flatMap((choice) => after.map((rest) => before + choice + rest)))].slice(0, SPELLINGS_MAX)
}

/** Where the bracket that opens at `open` is closed, or -1. */
export function closing(text: string, open: number): number {
  let depth = 0
  for (let here = open; here < text.length; here += 1) {
    const character = text.charAt(here)
    if (character === '(') depth += 1
    else if (character === ')') depth -= 1
    if (depth === 0) return here
  }
  return -1
}

/** Letters nobody writes: they take a sign through normalisation, which would make spaces of it. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['(', '\u{a681}'],
  ['|', '\u{a683}'],
  [')', '\u{a685}'],
  ['*', '\u{a687}'],
])
const LETTERS: ReadonlyMap<string, string> = new Map([...SIGNS].map(([sign, letter]) => [letter, sign]))
/** Stands between entries that are normalised together. */
const NEXT = '\u{a689}'

/** One way to write an entry: its words, each with `*` where any letters may follow or go before. */
export type Form = readonly string[]

/** What an entry looks like in a normalised text. Danish å and ø are also typed as a and o; Bosnian is also written in Cyrillic. */
export function writtenForms(entry: string, language: LanguageCode): readonly Form[] {
  return writtenFormsOf([entry], language)[0] ?? []
}

/** The {@link writtenForms} of each entry. Many together cost a fraction of as many apart: normalising goes over a text some twenty times. */
export function writtenFormsOf(entries: readonly string[], language: LanguageCode): readonly (readonly Form[])[] {
  const lower = entries.map((entry) => entry.toLowerCase())
  const normal = normalizeAll(lower, language)
  const others = lower.map((entry) => otherKeyboards(entry, language))
  // Only a text that is known to be Bosnian is written in Latin by matching: a form in Cyrillic stays as it is.
  const otherNormal = others.some((one) => one !== '') ? normalizeAll(others, '') : []
  return normal.map((one, at) => formsOf([one, otherNormal[at] ?? '']))
}

function formsOf(normal: readonly string[]): readonly Form[] {
  const said = normal.flatMap(spellings)
  const clean = said.map((spelling) => (/^ | $| {2}/u.test(spelling) ? spelling.trim().replace(/ +/gu, ' ') : spelling))
  const forms = clean.length === 1 ? clean : [...new Set(clean)]
  return forms.filter((form) => form !== '' && form !== '*').map((form) => form.split(' '))
}

function normalizeAll(entries: readonly string[], language: LanguageCode): readonly string[] {
  const kept = entries.join(` ${NEXT} `).replace(/[(|)*]/gu, (sign) => SIGNS.get(sign) ?? sign)
  const normal = normalize(kept, language).replace(/[\u{a681}\u{a683}\u{a685}\u{a687}]/gu, (letter) => LETTERS.get(letter) ?? letter)
  return normal.split(NEXT).map((entry) => entry.trim())
}

/** The entry as people without the language's own keyboard write it, or nothing when that is no different. */
function otherKeyboards(entry: string, language: LanguageCode): string {
  if (language === 'da') return /[åø]/u.test(entry) ? entry.replaceAll('å', 'a').replaceAll('ø', 'o') : ''
  if (language !== 'bs') return ''
  return LATIN_TO_CYRILLIC.reduce((text, [latin, cyrillic]) => text.replaceAll(latin, cyrillic), entry)
}
