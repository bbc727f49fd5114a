/**
 * Masks what would let two people who talk through Opgang reach each other past it: telephone numbers, e-mail addresses, links and
 * names on social media. Numbers that everybody may call stay, and so do times, dates, amounts, houses and quantities. Where something
 * can be both, the mask wins. Work is linear in the length of the text.
 */
import { findNumbers, numbersIn, type Span } from './mask-contacts-numbers.js'

/** What is masked: `link` is also a name on social media. */
export type MaskedContact = 'phone' | 'mail' | 'link'

/** The public numbers that texts name: the entries of dialogs/phone-numbers.yaml whose status is `verified` (checked 2026-11-23). */
export const PUBLIC_NUMBERS: readonly string[] = ['112', '114', '1813', '70 11 07 07', '70 11 31 31', '1888']

/** As secrets and CPR numbers are shown. */
const MASK = '▮▮▮▮'

const DOMAIN = String.raw`[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}`
const LOCAL = String.raw`[\p{L}\p{N}._%+-]{1,64}`
/** Endings that are taken for an address wherever they stand, and those that need a path behind them. */
const ENDING = 'com|dk|org|net|info|eu|app|link|site|online|xyz|page|shop|club|live|chat|social'
const SHORT_ENDING = 'me|ly|gg|io|co|be|to|gl|cc|tv|im|us|de|se|no|pl|tr|so|ir|ua|uk'
const LABELS = String.raw`(?<![\p{L}\p{N}.-])(?:[\p{L}\p{N}-]{1,63}\.){1,10}`
const PATTERNS: readonly (readonly [MaskedContact, RegExp])[] = [
  ['mail', new RegExp(String.raw`${LOCAL}\s?[@＠]\s?${DOMAIN}`, 'giu')],
  [
    'mail',
    new RegExp(
      String.raw`${LOCAL}\s?(?:\(at\)|\[at\]|(?<=\s)at(?=\s)|snabel-?a|krølle-?a)\s?[\p{L}\p{N}-]{1,63}(?:\.|\s?\(?(?:dot|punktum|prik)\)?\s?)(?:${ENDING})(?![\p{L}\p{N}])`,
      'giu',
    ),
  ],
  ['link', /(?:https?|ftp):\/\/\S+/giu],
  ['link', /(?<![\p{L}\p{N}])www\.\S+/giu],
  ['link', new RegExp(String.raw`${LABELS}(?:${ENDING})(?![\p{L}\p{N}-])(?:/\S*)?`, 'giu')],
  ['link', new RegExp(String.raw`${LABELS}(?:${SHORT_ENDING})/\S+`, 'giu')],
  ['link', /(?<![\p{L}\p{N}])[@＠][\p{L}\p{N}_][\p{L}\p{M}\p{N}_.]{1,40}/giu],
]

/** Services by the names that people give them in the languages of the house. */
const SERVICE =
  /(?<![\p{L}\p{M}\p{N}])(snapchat|snap|sc|instagram|insta|ig|facebook|fb|whats\s?app|telegram|tiktok|tik\s?tok|viber|skype|discord|wechat|zalo|imo|سناب|سناب\s?شات|انستا|انستغرام|انستجرام|إنستغرام|واتساب|واتس|تلغرام|تليجرام|تيليجرام|فيسبوك|فيس|اینستا|اینستاگرام|تلگرام|واتساپ|واٹس\s?ایپ|فیس\s?بک|телеграм|інстаграм|инстаграм|інста|вайбер|вотсап|ватсап|фейсбук)(?![\p{L}\p{M}])/giu
/** Behind the name of a service: a colon and a name, or words of which one is made as only names there are. */
const AFTER_COLON = /^\s{0,2}[:：=]\s{0,2}([\p{L}\p{M}\p{N}_.@-]{2,40})/u
const WORDS_BEHIND = 4
const BEHIND_MAX = 100

/** The text with marks in place of ways to reach a person, and the kinds that were found, each once. `allowed`: numbers that stay, in any grouping. */
export function maskContacts(
  text: string,
  allowed: readonly string[],
): { readonly text: string; readonly masked: readonly MaskedContact[] } {
  const known = new Set(allowed.flatMap(numbersIn))
  const written = [...PATTERNS.flatMap(([kind, pattern]) => spansOf(text, pattern).map((span) => ({ ...span, kind }))), ...namesOn(text)]
  const numbers = findNumbers(text, known).map((span) => ({ ...withPlus(text, span), kind: 'phone' as const }))
  const parts: string[] = []
  const kinds = new Set<MaskedContact>()
  let end = 0
  for (const span of [...written, ...numbers].toSorted((one, two) => one.start - two.start || two.end - one.end)) {
    if (span.start >= end) {
      parts.push(text.slice(end, span.start), MASK)
      kinds.add(span.kind)
    }
    end = Math.max(end, span.end)
  }
  return { text: parts.join('') + text.slice(end), masked: [...kinds] }
}

function spansOf(text: string, pattern: RegExp): Span[] {
  return Array.from(text.matchAll(pattern), ({ 0: { length }, index }) => ({ start: index, end: index + length }))
}

function withPlus(text: string, { start, end }: Span): Span {
  return { start: /[+＋]/u.test(text.charAt(start - 1)) ? start - 1 : start, end }
}

/** `snap: amina`, `min insta er amina_92`. */
function namesOn(text: string): (Span & { readonly kind: 'link' })[] {
  return spansOf(text, SERVICE).flatMap(({ end }) => {
    const behind = text.slice(end, end + BEHIND_MAX)
    const name = AFTER_COLON.exec(behind)
    if (name !== null) return [{ kind: 'link', start: end + name[0].length - (name[1]?.length ?? 0), end: end + name[0].length }]
    const made = Array.from(behind.matchAll(/[^\s,;!?]+/gu))
      .slice(0, WORDS_BEHIND)
      .find(([word]) => isMade(word))
    return made === undefined ? [] : [{ kind: 'link', start: end + made.index, end: end + made.index + made[0].length }]
  })
}

/** A letter, and a digit or a line: no ordinary word. */
function isMade(word: string): boolean {
  return /\p{L}/u.test(word) && /[\p{Nd}_]/u.test(word)
}
