/** The system's own texts: every language has every phrase, whole in its plural forms, with the same values. */

import { normalize } from '../core/language/normalize.js'
import type { LanguageCode, Problem } from '../core/types.js'
import { STAFF_LANGUAGES, STAFF_PHRASES } from './help-phrases.js'
import { PHRASE_CARDS_FILE } from './phrase-cards.js'
import type { WordsOfLanguage } from './sources.js'
import type { Phrases } from './texts.js'

const PLURAL = /_(zero|one|two|few|many|other)$/

interface SystemTexts {
  readonly languages: readonly LanguageCode[]
  readonly phrases: Phrases
  readonly webTexts: Phrases
  /** By file. */
  readonly helpPhrases: Readonly<Record<string, Phrases>>
  /** Of every language that has them, offered or not. */
  readonly phraseCards: Phrases
  readonly words: Readonly<Record<LanguageCode, WordsOfLanguage>>
}

export function checkPhrases({ languages, phrases, webTexts, helpPhrases, phraseCards, words }: SystemTexts): readonly Problem[] {
  const cards = phraseCards['da'] === undefined ? [] : new Set([...languages, ...Object.keys(phraseCards)])
  return [
    ...languages.flatMap((language) => [...compare('common', phrases, language), ...compare('web', webTexts, language)]),
    ...Object.entries(helpPhrases).flatMap(([file, texts]) =>
      (file === STAFF_PHRASES ? STAFF_LANGUAGES.filter((code) => languages.includes(code)) : languages).flatMap((language) =>
        compare(file, texts, language),
      ),
    ),
    ...[...cards].flatMap((language) => compare(PHRASE_CARDS_FILE, phraseCards, language)),
    ...checkWords(words),
  ]
}

function compare(file: string, phrases: Phrases, language: LanguageCode): Problem[] {
  const danish = phrases['da'] ?? {}
  const own = phrases[language]
  const report = (message: string): Problem => ({
    file: `locales/${language}/${file}.json`,
    language,
    message,
    severity: 'error',
  })
  if (own === undefined) return [report('is missing: copy the Danish file and translate it')]
  const wanted = new Set(Object.keys(danish).flatMap((key) => formsOf(key, language)))
  const missing = [...wanted].filter((key) => !(key in own)).map((key) => report(`${key} is missing: translate it from Danish`))
  const unknown = Object.keys(own).filter((key) => !wanted.has(key) && !PLURAL.test(key))
  return [
    ...missing,
    ...unknown.map((key) => report(`${key} is not in Danish: remove it, or correct its name`)),
    ...Object.entries(own).flatMap(([key, text]) => compareValues(key, text, danish).map(report)),
  ]
}

/** A plural phrase needs the forms of its own language: Arabic six, Danish two. */
function formsOf(key: string, language: LanguageCode): string[] {
  if (!PLURAL.test(key)) return [key]
  const stem = key.replace(PLURAL, '')
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories.map((category) => `${stem}_${category}`)
}

/** A plural form may leave its number out ("one day"), no other value. */
function compareValues(key: string, text: string, danish: Readonly<Record<string, string>>): string[] {
  const source = danish[key] ?? danish[`${key.replace(PLURAL, '')}_other`]
  if (source === undefined) return []
  const values = (of: string) =>
    new Set([...of.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).filter((name) => !(PLURAL.test(key) && name === 'count')))
  const [here, there] = [values(text), values(source)]
  const same = here.size === there.size && [...here].every((name) => there.has(name))
  return same ? [] : [`${key} names other values than the Danish text: use {{${[...there].join('}}, {{')}}}`]
}

/** A word that means two commands would do either. */
function checkWords(words: SystemTexts['words']): Problem[] {
  const meaning = new Map<string, string>()
  return Object.entries(words).flatMap(([language, { commands }]) =>
    Object.entries(commands).flatMap(([command, texts]) =>
      texts.flatMap((text): Problem[] => {
        const word = normalize(text, language)
        const other = meaning.get(word) ?? command
        meaning.set(word, command)
        if (other === command) return []
        return [
          {
            file: `locales/${language}/words.json`,
            language,
            message: `"${text}" means both ${other} and ${command}: keep it in one`,
            severity: 'error',
          },
        ]
      }),
    ),
  )
}
