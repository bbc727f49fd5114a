/** The form texts are compared in: what people type without the right keyboard becomes what they meant. */
import type { LanguageCode } from '../types.js'
import { foldDigits } from './digits.js'

/** ' ’ ‘ ʼ ʻ ` ´ ′ and fullwidth: a glottal stop in Somali, a soft sign's companion in Ukrainian, nothing to matching. */
const APOSTROPHES = /['’‘ʼʻ`´′＇]/gu
/** Format characters (zero-width, bidi, soft hyphen) and variation selectors: nobody sees them. */
const INVISIBLE = /[\p{Cf}\uFE00-\uFE0F]/gu
const ARABIC_REMOVED = /[\u064B-\u065F\u0670\u06D6-\u06ED\u0640\u0621]/gu
/** One class for Arabic, Persian, Urdu and Sorani keyboards. */
const ARABIC_FOLDS: readonly (readonly [RegExp, string])[] = [
  [/[أإآٱ]/gu, 'ا'],
  [/[ىیېےئ]/gu, 'ي'],
  [/ك/gu, 'ک'],
  [/[ةہھۀە]/gu, 'ه'],
  [/[ؤۇ]/gu, 'و'],
]
/** Letters that have no decomposition of their own; Danish by its own spelling rule, the others by common habit. */
const LATIN_FOLDS: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', đ: 'dj', ł: 'l', ß: 'ss', ə: 'e', ı: 'i' }

/** Languages that are written in both scripts: people type either, and one set of examples serves both. */
const WRITTEN_IN_BOTH: readonly LanguageCode[] = ['bs', 'hr', 'sr']
/** Vuk Karadžić's alphabet, letter for letter; љ њ џ are two Latin letters each. */
const CYRILLIC = [...'абвгдђежзијклљмнњопрстћуфхцчџш']
const LATIN = 'a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š'.split(' ')
const SERBIAN: ReadonlyMap<string, string> = new Map(CYRILLIC.map((letter, at) => [letter, LATIN[at] ?? letter]))

/**
 * The matching form of a text in a language: lower-case words of letters and digits with one space between, or an
 * empty text when nothing is left (emoji, punctuation). Never shown to anybody. The language only decides what I and İ
 * are in Turkish, and that Serbian in Cyrillic is the same as in Latin letters.
 */
export function normalize(text: string, language: LanguageCode): string {
  // Before NFKC, which turns ´ into a space and a combining mark.
  const bare = text.replace(APOSTROPHES, '').normalize('NFKC').replace(INVISIBLE, '').replace(APOSTROPHES, '')
  const folded = foldEthiopic(foldLatin(foldArabic(foldDigits(inLatin(lower(bare, language), language)))))
  return folded
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(/(\p{L})\1{2,}/gu, '$1$1')
    .trim()
}

function lower(text: string, language: LanguageCode): string {
  const dotted = language === 'tr' ? text.replaceAll('I', 'ı').replaceAll('İ', 'i') : text
  return dotted.toLowerCase()
}

function inLatin(text: string, language: LanguageCode): string {
  return WRITTEN_IN_BOTH.includes(language) ? text.replace(/[а-шђјљњћџ]/gu, (letter) => SERBIAN.get(letter) ?? letter) : text
}

function foldArabic(text: string): string {
  return ARABIC_FOLDS.reduce((folded, [letters, letter]) => folded.replace(letters, letter), text.replace(ARABIC_REMOVED, ''))
}

/** Marks are dropped after Latin letters only: й is a letter of its own, and so are the vowel signs of Tamil. */
function foldLatin(text: string): string {
  return text
    .replace(/[æøåđłßəı]/gu, (letter) => LATIN_FOLDS[letter] ?? letter)
    .normalize('NFD')
    .replace(/(\p{Script=Latin})[\u0300-\u036F]+/gu, '$1')
    .normalize('NFC')
}

/** Rows that sound alike today: ሠ as ሰ, ፀ as ጸ (Eritrean and Ethiopian spelling of Tigrinya). */
function foldEthiopic(text: string): string {
  return text
    .replace(/[\u1220-\u1227]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0x10))
    .replace(/[\u1340-\u1347]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 8))
}
