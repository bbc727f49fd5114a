/** Resolves all texts ahead, so that a turn only looks them up. */

import type { Command } from '../core/command-types.js'
import { compileNode, type Translations, type UntypedTexts } from '../core/dialog/translations.js'
import { EMERGENCY } from '../core/draft.js'
import { createHears } from '../core/heard-words.js'
import { createReadHouse } from '../core/house-words.js'
import { normalize } from '../core/language/normalize.js'
import type { Library, NodeTexts } from '../core/library.js'
import type { Dialog, LanguageCode } from '../core/types.js'
import type { WordsOfLanguage } from './sources.js'
import { languageChain } from './texts.js'
import { YES_NO_FILLER } from './yes-no-filler.js'

export interface Compiling {
  readonly dialogs: Readonly<Record<string, Dialog>>
  readonly translations: Readonly<Record<LanguageCode, Readonly<Record<string, Translations>>>>
  readonly languages: readonly LanguageCode[]
}

/** Texts of every node in every offered language: the first of the chain that has the whole answer, an outdated answer not among them. */
export function compileTexts({ dialogs, translations, languages }: Compiling): Library['texts'] {
  const compiled = new Map<string, NodeTexts>()
  for (const dialog of Object.values(dialogs)) {
    for (const node of Object.keys(dialog.nodes)) {
      // Whoever writes of danger gets the card in their language, offered or not.
      for (const language of dialog.id === EMERGENCY ? new Set([...languages, ...Object.keys(translations)]) : languages) {
        const texts = firstWhole(dialog, node, language, translations)
        compiled.set(`${language} ${dialog.id}/${node}`, { ...texts, typed: typedOf(dialog, node, language, texts) })
      }
    }
  }
  return (dialog, node, language) => {
    const texts = compiled.get(`${language} ${dialog}/${node}`) ?? compiled.get(`da ${dialog}/${node}`)
    if (texts === undefined) throw new Error(`There is no node ${dialog}/${node}`)
    return texts
  }
}

/** The first button wins where two have one name. */
function typedOf(dialog: Dialog, node: string, language: LanguageCode, { titles }: UntypedTexts): ReadonlyMap<string, string> {
  const does = dialog.nodes[node]?.does
  const typed = new Map<string, string>()
  for (const { id, title } of does?.kind === 'ask' ? does.ask.quickReplies : []) {
    for (const text of [normalize(titles[id] ?? title, language), normalize(title, 'da')]) if (!typed.has(text)) typed.set(text, id)
  }
  return typed
}

function firstWhole(dialog: Dialog, node: string, language: LanguageCode, translations: Compiling['translations']): UntypedTexts {
  const isAnswer = dialog.nodes[node]?.fact !== undefined
  for (const code of languageChain(language)) {
    const texts = compileNode(dialog, node, code, translations[code]?.[dialog.id])
    if (texts !== undefined && !(isAnswer && texts.state === 'outdated')) return texts
  }
  throw new Error(`Node ${dialog.id}/${node} has no Danish text`)
}

/** A short title of each node: the first button that leads to it, else its dialog's name. */
export function compileTitles({ dialogs, translations }: Compiling, texts: Library['texts']): Pick<Library, 'title' | 'isNamed'> {
  const button = new Map<string, { dialog: string; node: string; reply: string }>()
  for (const { to, ...from } of Object.values(dialogs).flatMap(buttonsOf)) if (!button.has(to)) button.set(to, from)
  const title: Library['title'] = (dialog, node, language) => {
    const from = button.get(`${dialog}/${node}`)
    const own = from && texts(from.dialog, from.node, language).titles[from.reply]
    return own ?? translations[language]?.[dialog]?.texts['name']?.text ?? dialogs[dialog]?.name ?? dialog
  }
  return { title, isNamed: (dialog, node) => button.has(`${dialog}/${node}`) }
}

function buttonsOf(dialog: Dialog): { to: string; dialog: string; node: string; reply: string }[] {
  return Object.entries(dialog.nodes).flatMap(([node, { does }]) =>
    does?.kind === 'ask'
      ? does.ask.quickReplies.map(({ id, goto }) => ({ to: `${goto.dialog}/${goto.node}`, dialog: dialog.id, node, reply: id }))
      : [],
  )
}

/** Whole messages that mean a command, names of languages, and what else short texts say, from the words of all offered languages. */
export function compileWords(
  words: Readonly<Record<LanguageCode, WordsOfLanguage>>,
  names: readonly { code: LanguageCode; name: string }[],
) {
  const commands = new Map<string, Command>()
  const languages = new Map<string, LanguageCode>()
  for (const [language, { commands: own, languages: named }] of Object.entries(words)) {
    for (const [command, texts] of Object.entries(own))
      for (const text of texts) commands.set(normalize(text, language), command as Command)
    for (const [code, texts] of Object.entries(named)) {
      for (const text of names.some((offered) => offered.code === code) ? texts : []) languages.set(normalize(text, language), code)
    }
  }
  for (const { code, name } of names) languages.set(normalize(name, code), code)
  // Turkish alone lower-cases I in its own way, and Serbian alone is written in two scripts.
  const heard = Object.values(words).map((one) => one.heard)
  const found = <T>(map: ReadonlyMap<string, T>, text: string) =>
    map.get(normalize(text, 'da')) ?? map.get(normalize(text, 'tr')) ?? map.get(normalize(text, 'bs'))
  return {
    command: (text: string) => found(commands, text),
    languageNamed: (text: string) => found(languages, text),
    readHouse: createReadHouse(heard.map(({ house }) => house)),
    hears: createHears(
      heard,
      Object.keys(words).flatMap((language) => YES_NO_FILLER[language]?.friendly ?? []),
    ),
  }
}
