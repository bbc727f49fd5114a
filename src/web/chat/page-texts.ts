/** Which language the page itself speaks, and its texts: what the session brought, and what is fetched when the language changes. */
import type { LanguageCode, LanguageInfo } from '../../core/types.js'
import { createTexts, type Texts } from '../shared/texts.js'
import { type PageSession, readStrings, type Strings } from './session.js'

/** The language as the session names it; for one that is not offered, its code alone. */
export function languageOf(code: LanguageCode, languages: readonly LanguageInfo[]): LanguageInfo {
  return languages.find((language) => language.code === code) ?? { code, name: code, dir: 'ltr' }
}

/** The first of the device's languages that the session has texts for, else the default. */
export function openingLanguage(session: PageSession, deviceLanguages: readonly string[]): LanguageCode {
  const wanted = deviceLanguages.map((tag) => tag.toLowerCase().split('-')[0] ?? '')
  return wanted.find((code) => session.texts[code] !== undefined) ?? session.defaultLanguage
}

/** Loads texts once per language. A language without texts of its own keeps the page in the language it is in. */
export class PageTexts {
  readonly #fetchJson: (path: string) => Promise<unknown>
  readonly #strings = new Map<LanguageCode, Strings>()
  #session: PageSession | undefined

  /** `fetchJson` gives what is at a path of this server; undefined when it cannot be had. */
  constructor(fetchJson: (path: string) => Promise<unknown>) {
    this.#fetchJson = fetchJson
  }

  /** Takes the texts that a session brings and gives those the page opens in. */
  open(session: PageSession, deviceLanguages: readonly string[]): Texts {
    this.#session = session
    for (const [code, strings] of Object.entries(session.texts)) this.#strings.set(code, strings)
    return this.#create(openingLanguage(session, deviceLanguages))
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
    const fallback = this.#strings.get(this.#session?.defaultLanguage ?? code) ?? {}
    return createTexts(languageOf(code, this.#session?.languages ?? []), this.#strings.get(code) ?? fallback, fallback)
  }
}
