/** Phrase cards: short sentences by id that two people without a common language tap instead of typing; each reads their own. */
import type { LanguageCode, Problem } from '../core/types.js'
import { readPhrases, type Sources } from './sources.js'
import type { Phrases } from './texts.js'

/** `locales/<language>/phrase-cards.json` */
export const PHRASE_CARDS_FILE = 'phrase-cards'

/** Texts by language, then by id, of every language that has cards, offered or not. */
export function readPhraseCards({ locales }: Sources, problems: Problem[]): Phrases {
  return Object.fromEntries(
    Object.keys(locales).flatMap((language): [LanguageCode, Readonly<Record<string, string>>][] => {
      const source = locales[language]?.[PHRASE_CARDS_FILE]
      const texts = source && readPhrases(source, problems)
      return texts === undefined ? [] : [[language, texts]]
    }),
  )
}
