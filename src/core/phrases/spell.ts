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
  return splitOutside(line, /[,،]/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** A text split where a character matches, but never inside brackets. */
export function splitOutside(text: string, at: RegExp): readonly string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0 && at.test(character)) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

/** All spellings of an entry: `(b|)oog(aya|tay)` is boogaya, boogtay … Brackets may stand in brackets. At most {@link SPELLINGS_MAX}. */
export function spellings(entry: string): readonly string[] {
  const inner = /\(([^()]*)\)/u.exec(entry)
  if (inner === null) return [entry]
  const [before, after] = [entry.slice(0, inner.index), entry.slice(inner.index + inner[0].length)]
  const choices = (inner[1] ?? '').split('|')
  return [...new Set(choices.flatMap((choice) => spellings(before + choice + after)))].slice(0, SPELLINGS_MAX)
}

/** Letters nobody writes: they take a sign through normalisation, which would make spaces of it. */
const SIGNS: readonly (readonly [string, string])[] = [
  ['(', '\u{a681}'],
  ['|', '\u{a683}'],
  [')', '\u{a685}'],
  ['*', '\u{a687}'],
]

/**
 * What an entry looks like in a normalised text: its words, each with `*` where any letters may follow or go before.
 * Danish å and ø are also typed as a and o; Bosnian is also written in Cyrillic.
 */
export function writtenForms(entry: string, language: LanguageCode): readonly (readonly string[])[] {
  const lower = entry.toLowerCase()
  // Only a text that is known to be Bosnian is written in Latin by matching: a form in Cyrillic stays as it is.
  const others = otherKeyboards(lower, language).map((one) => normalizeEntry(one, ''))
  const forms = [normalizeEntry(lower, language), ...others].flatMap(spellings)
  return [...new Set(forms.map((form) => form.trim().replace(/ +/gu, ' ')))]
    .filter((form) => form !== '' && form !== '*')
    .map((form) => form.split(' '))
}

function normalizeEntry(entry: string, language: LanguageCode): string {
  const kept = SIGNS.reduce((text, [sign, letter]) => text.replaceAll(sign, letter), entry)
  return SIGNS.reduce((text, [sign, letter]) => text.replaceAll(letter, sign), normalize(kept, language))
}

function otherKeyboards(spelling: string, language: LanguageCode): readonly string[] {
  if (language === 'da') return /[åø]/u.test(spelling) ? [spelling.replaceAll('å', 'a').replaceAll('ø', 'o')] : []
  if (language !== 'bs') return []
  return [LATIN_TO_CYRILLIC.reduce((text, [latin, cyrillic]) => text.replaceAll(latin, cyrillic), spelling)]
}
