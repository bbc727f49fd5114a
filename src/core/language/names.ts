/** Languages by their own names and direction of writing (content: the languages of the sector, tiers 1–3). */

import type { LanguageInfo } from '../library.js'
import type { LanguageCode } from '../types.js'

const NAMES: Readonly<Record<LanguageCode, string>> = {
  da: 'Dansk',
  en: 'English',
  ar: 'العربية',
  so: 'Soomaali',
  tr: 'Türkçe',
  ur: 'اردو',
  fa: 'فارسی',
  uk: 'Українська',
  pl: 'Polski',
  ti: 'ትግርኛ',
  ku: 'Kurmancî',
  ckb: 'کوردیی ناوەندی',
  bs: 'Bosanski',
  ro: 'Română',
  vi: 'Tiếng Việt',
  ta: 'தமிழ்',
}
const RIGHT_TO_LEFT: ReadonlySet<LanguageCode> = new Set(['ar', 'ur', 'fa', 'ckb', 'ps', 'he'])

/** Other codes of a language that we name otherwise. */
const ALIASES: Readonly<Record<string, LanguageCode>> = { kmr: 'ku', prs: 'fa', hr: 'bs', sr: 'bs', nb: 'da', nn: 'da', sv: 'da' }

export function languageInfo(code: LanguageCode): LanguageInfo {
  return { code, name: NAMES[code] ?? code, dir: RIGHT_TO_LEFT.has(code) ? 'rtl' : 'ltr' }
}

/** The offered language that a code means: itself, its language without the region, or one it is an alias of. Never throws. */
export function offeredLanguage(code: string | undefined, offered: readonly LanguageCode[]): LanguageCode | undefined {
  const base = (code ?? '').toLowerCase().split(/[-_]/)[0] ?? ''
  return [code ?? '', base, ALIASES[base] ?? ''].find((candidate) => offered.includes(candidate))
}
