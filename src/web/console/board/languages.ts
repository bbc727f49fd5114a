/** Languages as staff read them: in their own words, and as their speakers write them. */

import { languageInfo } from '../../../core/language/names.js'
import type { LanguageInfo } from '../../../core/library.js'
import type { StaffLanguage } from '../texts.js'

/** What residents may be answered in, by how many speak it here. */
export const LANGUAGES = ['da', 'ar', 'so', 'tr', 'ur', 'fa', 'ku', 'uk', 'pl', 'ti', 'bs', 'en'] as const

export interface LanguageName extends LanguageInfo {
  /** In the language of staff, alone: "Arabisk", and inside a sentence: "arabisk". */
  readonly known: string
  readonly spoken: string
}

/** Never throws: a code that nobody knows is its own name. */
export function languageName(code: string, reader: StaffLanguage): LanguageName {
  const spoken = nameIn(code, reader)
  return { ...languageInfo(code), spoken, known: spoken.charAt(0).toLocaleUpperCase(reader) + spoken.slice(1) }
}

function nameIn(code: string, reader: StaffLanguage): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code
  } catch {
    // A browser that knows no such language has no name for it.
    return code
  }
}
