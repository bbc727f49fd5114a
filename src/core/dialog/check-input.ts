/** What the rules of the checker look at, and what they share. */
import { EMERGENCY } from '../draft.js'
import type { Area, Dialog, DialogNode, Goto, Instant, LanguageCode, Problem } from '../types.js'
import { type FileSource, nearestLine } from './cursor.js'
import { stateOf, type Translations, textPaths } from './translations.js'

export interface CheckInput {
  readonly dialogs: readonly Dialog[]
  /** Languages that are offered; Danish, the source, may be among them. */
  readonly languages: readonly LanguageCode[]
  /** Languages that have danger cards: whoever writes of danger in one is answered in it, offered or not. */
  readonly cardLanguages: readonly LanguageCode[]
  /** By language, then by dialog. */
  readonly translations: Readonly<Record<LanguageCode, Readonly<Record<string, Translations>>>>
  /** Telephone numbers that texts may name, written with or without spaces. */
  readonly verifiedNumbers: readonly string[]
  /** Numbers seen in a second-hand source only: danger cards name them, without hours. */
  readonly unconfirmedNumbers: readonly string[]
  readonly areas: readonly Area[]
  /** Ids of those whom a fact may name as its owner. */
  readonly owners: readonly string[]
  /** Names of the functions that a `call` may name. */
  readonly callNames: readonly string[]
  /** Time that facts are judged by. */
  readonly now: Instant
  /** The file of a dialog (`da`) or of its translation; undefined when there is none. */
  readonly source: (dialog: string, language: LanguageCode) => FileSource | undefined
}

/** One rule: everything in the library that breaks it. */
export type Rule = (input: CheckInput) => readonly Problem[]

/** Where in a library: `path` is a path in the file of that dialog and language. */
interface Spot {
  readonly dialog: string
  readonly node?: string
  readonly language?: LanguageCode
  readonly path: readonly (string | number)[]
}

export interface NodeAt extends Goto {
  readonly value: DialogNode
  readonly history: boolean
}

/** A text that people read, in one language. */
export interface TextAt extends Spot {
  /** As in translation files: `start.say.0`. */
  readonly key: string
  readonly language: LanguageCode
  readonly text: string
  /** The Danish text it translates; the text itself in Danish. */
  readonly danish: string
  readonly outdated: boolean
}

export function problem(input: CheckInput, spot: Spot, message: string, severity: Problem['severity'] = 'error'): Problem {
  const { dialog, node, language = 'da', path } = spot
  const source = input.source(dialog, language)
  const line = source === undefined ? undefined : nearestLine(source, path)
  const fallback = language === 'da' ? `dialogs/${dialog}.yaml` : `locales/${language}/${dialog}.json`
  return {
    file: source?.file ?? fallback,
    ...(line === undefined ? {} : { line }),
    ...(node === undefined ? {} : { node }),
    ...(spot.language === undefined ? {} : { language: spot.language }),
    message,
    severity,
  }
}

export function allNodes({ dialogs }: CheckInput): readonly NodeAt[] {
  return dialogs.flatMap(({ id, nodes, history }) => Object.entries(nodes).map(([node, value]) => ({ dialog: id, node, value, history })))
}

/** A spot in a node of a dialog file. */
export function inNode({ dialog, node }: Goto, ...path: (string | number)[]): Spot {
  return { dialog, node, path: ['nodes', node, ...path] }
}

/** Dialog and node as one text. */
export function keyOf({ dialog, node }: Goto): string {
  return `${dialog}/${node}`
}

/** Languages that translate the Danish of a dialog: those offered, and for the danger cards all that have them. */
export function otherLanguages({ languages, cardLanguages }: CheckInput, dialog?: string): readonly LanguageCode[] {
  const all = dialog === EMERGENCY ? new Set([...languages, ...cardLanguages]) : languages
  return [...all].filter((language) => language !== 'da')
}

const gathered = new WeakMap<CheckInput, readonly TextAt[]>()

/** Every text that exists, in Danish and in each offered language; gathered once for all rules. */
export function allTexts(input: CheckInput): readonly TextAt[] {
  const known = gathered.get(input) ?? gatherTexts(input)
  gathered.set(input, known)
  return known
}

function gatherTexts(input: CheckInput): readonly TextAt[] {
  return input.dialogs.flatMap((dialog) =>
    textPaths(dialog).flatMap(({ path, text }) => [
      danishText(dialog.id, path, text),
      ...otherLanguages(input, dialog.id).flatMap((language) => {
        const entry = input.translations[language]?.[dialog.id]?.texts[path]
        if (entry === undefined) return []
        const spot = { ...danishText(dialog.id, path, text), language, path: [path, 'text'] }
        return [{ ...spot, text: entry.text, outdated: stateOf(entry, text) === 'outdated' }]
      }),
    ]),
  )
}

function danishText(dialog: string, key: string, text: string): TextAt {
  const [node = '', part = '', ...rest] = key.split('.')
  const common = { dialog, language: 'da', key, text, danish: text, outdated: false }
  if (key === 'name') return { ...common, path: ['name'] }
  const tail = rest.map((name) => (/^\d+$/.test(name) ? Number(name) : name))
  return { ...common, node, path: ['nodes', node, part, ...tail] }
}
