/** The system's own phrases: i18next behind one function, built anew with each library so that old turns finish on the old one. */
import i18next, { type i18n } from 'i18next'
import type { LanguageCode } from '../core/types.js'

export type Translate = (language: LanguageCode, key: string, values?: Readonly<Record<string, string | number>>) => string

/** Flat phrases by language, as `locales/<language>/common.json` holds them; plural forms end in `_one`, `_few` … */
export type Phrases = Readonly<Record<LanguageCode, Readonly<Record<string, string>>>>

/** Region falls back to its language, then Danish, then English: `ar-SY` → `ar` → `da` → `en`. */
export function languageChain(code: LanguageCode): readonly LanguageCode[] {
  const [base = code] = code.split('-')
  return [...new Set([code, base, 'da', 'en'])]
}

/** A function that says a phrase in a language. Phrases without values are resolved now, the others when they are said. */
export function buildTranslate(phrases: Phrases): Translate {
  const engine = createEngine(phrases)
  const speakers = new Map<LanguageCode, ReturnType<i18n['getFixedT']>>()
  const resolved = new Map<string, string>()
  for (const [language, texts] of Object.entries(phrases)) {
    speakers.set(language, engine.getFixedT([...languageChain(language)]))
    for (const [key, text] of Object.entries(texts)) if (!text.includes('{{')) resolved.set(`${language} ${key}`, text)
  }
  const fallback = engine.getFixedT(['da', 'en'])
  return (language, key, values) => {
    const ready = values === undefined || !('count' in values) ? resolved.get(`${language} ${key}`) : undefined
    return ready ?? (speakers.get(language) ?? fallback)(key, { ...values })
  }
}

function createEngine(phrases: Phrases): i18n {
  const engine = i18next.createInstance()
  const resources = Object.fromEntries(Object.entries(phrases).map(([language, texts]) => [language, { translation: texts }]))
  const options = {
    resources,
    lng: 'da',
    fallbackLng: ['da', 'en'],
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  } as const
  // Resources are given, so this resolves before it returns (`initAsync: false`).
  void engine.init(options)
  return engine
}
