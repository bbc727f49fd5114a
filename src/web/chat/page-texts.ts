/** Which language the page itself speaks, and its texts: what the page came with, and what is fetched when the language changes. */

import { languageInfo } from '../../core/language/names.js'
import type { LanguageInfo } from '../../core/library.js'
import type { LanguageCode } from '../../core/types.js'
import { createTexts, type Texts } from '../shared/texts.js'
import { type Page, readStrings, type Strings } from './session.js'

/** The language as the page names it, offered or not: a danger card comes in the language of the words. */
export function languageOf(code: LanguageCode, languages: readonly LanguageInfo[]): LanguageInfo {
  return languages.find((language) => language.code === code) ?? languageInfo(code)
}

/** The first of the device's languages that there are texts for, else the default. */
function openingLanguage(page: Page, deviceLanguages: readonly string[]): LanguageCode {
  const wanted = deviceLanguages.map((tag) => tag.toLowerCase().split('-')[0] ?? '')
  return wanted.find((code) => page.texts[code] !== undefined) ?? page.defaultLanguage
}

/** Loads texts once per language. A language without texts of its own keeps the page in the language it is in. */
export class PageTexts {
  readonly #fetchJson: (path: string) => Promise<unknown>
  readonly #strings = new Map<LanguageCode, Strings>()
  #page: Page | undefined

  /** `fetchJson` gives what is at a path of this server; undefined when it cannot be had. */
  constructor(fetchJson: (path: string) => Promise<unknown>) {
    this.#fetchJson = fetchJson
  }

  /** Takes the texts that came with the page and gives those the page opens in. */
  open(page: Page, deviceLanguages: readonly string[]): Texts {
    this.#page = page
    for (const [code, strings] of Object.entries(page.texts)) this.#strings.set(code, strings)
    return this.#create(openingLanguage(page, deviceLanguages))
  }

  async load(code: LanguageCode): Promise<Texts | undefined> {
    if (!this.#strings.has(code)) {
      const strings = readStrings(await this.#fetchJson(`/chat/texts/${encodeURIComponent(code)}.json`))
      if (Object.keys(strings).length === 0) return undefined
      this.#strings.set(code, strings)
    }
    return this.#create(code)
  }

  #create(code: LanguageCode): Texts {
    const fallback = this.#strings.get(this.#page?.defaultLanguage ?? code) ?? {}
    return createTexts(languageOf(code, this.#page?.languages ?? []), this.#strings.get(code) ?? fallback, fallback)
  }
}
