/** The compiled library: the dialogs, words and models in force, resolved so that a turn only looks them up. */
import type { ReadChild } from './child.js'
import type { Command } from './command-types.js'
import type { FindDanger } from './danger.js'
import type { Recognize } from './expect.js'
import type { Hears } from './heard-words.js'
import type { ReadHouse } from './house-words.js'
import type { Detect } from './language/detect.js'
import type { HideSecrets } from './secrets.js'
import type { Steps } from './steps.js'
import type { Area, Audience, Dialog, LanguageCode, TextState } from './types.js'

/** The texts of one node in one language, whole or absent. Bubbles may hold `{{answers.x}}` and `{{area.x}}`. */
export interface NodeTexts {
  readonly language: LanguageCode
  readonly state: TextState
  /** Hash of all that the reader sees of this node. */
  readonly version: string
  readonly say: readonly string[]
  /** Bubbles for those who said who they are, instead of `say`. */
  readonly versions: Readonly<Partial<Record<Audience, readonly string[]>>>
  readonly ask?: string
  readonly retry?: string
  /** Title by quick reply id. */
  readonly titles: Readonly<Record<string, string>>
  /** Quick reply id by what a person may type for it, normalised: its title in this language, or in Danish. */
  readonly typed: ReadonlyMap<string, string>
}

/** Finds the answer that free text asks for. */
export interface Matcher {
  /**
   * Nodes that the text may ask for, best first; none for a text without letters. `score` is a probability 0–1, and 1 is
   * a text that equals an example. `direct: false` is a guess from other languages: good for a button, never for an answer.
   */
  match(
    text: string,
    language: LanguageCode,
  ): readonly { readonly dialog: string; readonly node: string; readonly score: number; readonly direct: boolean }[]
  /** What the language's answers are learnt from: questions as people ask them, each node's title and the words of its answer. */
  examples(
    language: LanguageCode,
  ): readonly { readonly dialog: string; readonly node: string; readonly text: string; readonly kind: 'question' | 'title' | 'answer' }[]
}

/** The dialogs in force, resolved so that a turn does no work that building could have done. */
export interface Library {
  /** Content hash that turns and button payloads carry. */
  readonly revision: string
  readonly languages: readonly LanguageInfo[]
  readonly defaultLanguage: LanguageCode
  readonly dialogs: Readonly<Record<string, Dialog>>
  /** Texts of a node in the first language of the reader's chain that has the whole answer. Defined for every node of `dialogs`. */
  texts(dialog: string, node: string, language: LanguageCode): NodeTexts
  /** A system text in a language that is offered, with values filled in. */
  say(language: LanguageCode, key: string, values?: Readonly<Record<string, string | number>>): string
  /** Short title of a node: the button that leads to it, else its dialog's name. */
  title(dialog: string, node: string, language: LanguageCode): string
  /** Whether a button leads to the node: only what has a name of its own can be offered as a guess. */
  isNamed(dialog: string, node: string): boolean
  readonly matcher: Matcher
  /** Danger in a text of any language. */
  readonly danger: FindDanger
  /** Masks passwords, codes and user ids of any language in what a person wrote, before anything else sees it. */
  readonly hideSecrets: HideSecrets
  /** Whether a child writes, or somebody for a parent. */
  readonly readChild: ReadChild
  /** The house or stairwell that an answer names, in words of any language. */
  readonly readHouse: ReadHouse
  readonly hears: Hears
  readonly recognize: Recognize
  readonly detect: Detect
  /** Says in a language that it is not offered; undefined where we do not have the sentence. */
  notOffered(language: LanguageCode): string | undefined
  /** Normalised whole messages that mean a command, per language and in any. */
  command(text: string): Command | undefined
  /** The language whose name the whole message is, in any offered language or its own. */
  languageNamed(text: string): LanguageCode | undefined
  /** Does ahead what would else be done for the first message, in pieces: the danger words of all languages first, then the answers' models. */
  warm(): Steps<void>
  readonly areas: Readonly<Record<string, Area>>
  /** Area of those who come from nowhere in particular. */
  readonly defaultArea: string
}

export interface LanguageInfo {
  readonly code: LanguageCode
  /** Name in the language itself. */
  readonly name: string
  readonly dir: 'ltr' | 'rtl'
}
