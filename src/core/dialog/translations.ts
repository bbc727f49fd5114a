/** Translations of a dialog: read from their file, and made into the texts of a whole node or of none. */
import { hash } from '../hash.js'
import type { NodeTexts } from '../library.js'
import { AUDIENCES, type Dialog, type DialogNode, type LanguageCode, type Problem, type TextState } from '../types.js'
import {
  type Cursor,
  type FileSource,
  has,
  ID,
  inside,
  isObject,
  isRecord,
  items,
  openCursor,
  optional,
  present,
  readOneOf,
  readText,
  report,
} from './cursor.js'

const STATES = ['machine', 'checked'] as const

export interface TranslatedText {
  readonly text: string
  readonly state: (typeof STATES)[number]
  /** Hash of the Danish text it was made from. A text without it counts as outdated: nobody knows what it translates. */
  readonly of?: string
  readonly by?: string
  readonly on?: string
}

/** A dialog in one language. */
export interface Translations {
  /** By path: `name`, `<node>.say.<i>`, `<node>.versions.<audience>.<i>`, `<node>.ask`, `<node>.retry`, `<node>.quick_replies.<id>`. */
  readonly texts: Readonly<Record<string, TranslatedText>>
  /** Examples of that language by node; not translations of the Danish ones. */
  readonly questions: Readonly<Record<string, readonly string[]>>
}

const TEXT_KEYS = ['text', 'state', 'of', 'by', 'on'] as const
const QUESTIONS_KEYS = ['examples', 'state'] as const
const PATH = /^(name|[a-z][a-z0-9-]*\.(say\.\d+|versions\.[a-z]+\.\d+|ask|retry|quick_replies\.[a-z][a-z0-9-]*))$/
const QUESTIONS = '.questions'
const FORM = 'paths are name, <node>.say.0, <node>.versions.parent.0, <node>.ask, <node>.retry, <node>.quick_replies.<id>, <node>.questions'
/** Worst first: one outdated text makes an answer outdated. */
const WORST_FIRST: readonly TextState[] = ['outdated', 'machine', 'checked']

/** `locales/<language>/<dialogId>.json`. Whether its paths exist in the dialog is for the checker. */
export function parseTranslations(
  language: LanguageCode,
  dialogId: string,
  source: FileSource,
): { readonly translations: Translations } | { readonly problems: readonly Problem[] } {
  const cursor: Cursor = { ...openCursor(source), language }
  if (!isObject(cursor.value)) {
    report(cursor, `the translation of ${dialogId} must be a list of paths and texts; ${FORM}`)
    return { problems: cursor.problems }
  }
  const texts: [string, TranslatedText | undefined][] = []
  const questions: [string, readonly string[]][] = []
  for (const path of Object.keys(cursor.value)) {
    const entry = inside(cursor, path)
    const node = path.endsWith(QUESTIONS) ? path.slice(0, -QUESTIONS.length) : undefined
    if (node !== undefined && ID.test(node)) questions.push([node, readExamples({ ...entry, node })])
    else if (PATH.test(path)) texts.push([path, readTranslated(withNode(entry, path))])
    else report(entry, `\`${path}\` is no text of a dialog: ${FORM}`)
  }
  if (cursor.problems.length > 0) return { problems: cursor.problems }
  return { translations: { texts: present(Object.fromEntries(texts)), questions: Object.fromEntries(questions) } }
}

function withNode(cursor: Cursor, path: string): Cursor {
  return path === 'name' ? cursor : { ...cursor, node: path.split('.')[0] ?? '' }
}

function readTranslated(cursor: Cursor): TranslatedText | undefined {
  if (!isRecord(cursor, TEXT_KEYS)) return undefined
  const text = readText(inside(cursor, 'text'))
  const state = readOneOf(inside(cursor, 'state'), STATES)
  const of = optional(cursor, 'of', readText)
  const by = optional(cursor, 'by', readText)
  const on = optional(cursor, 'on', readText)
  return text === undefined || state === undefined ? undefined : (present({ text, state, of, by, on }) as TranslatedText)
}

function readExamples(cursor: Cursor): readonly string[] {
  if (!isRecord(cursor, QUESTIONS_KEYS)) return []
  if (has(cursor, 'state')) readOneOf(inside(cursor, 'state'), STATES)
  return items(inside(cursor, 'examples')).flatMap((item) => readText(item) ?? [])
}

/** All Danish texts of a dialog with their paths, in the order of the file. */
export function textPaths(dialog: Dialog): readonly { readonly path: string; readonly text: string }[] {
  const nodes = Object.entries(dialog.nodes).flatMap(([id, node]) => nodePaths(id, node))
  return [{ path: 'name', text: dialog.name }, ...nodes]
}

function nodePaths(id: string, node: DialogNode): { path: string; text: string }[] {
  const bubbles = (part: string, texts: readonly string[] = []) => texts.map((text, index) => ({ path: `${id}.${part}.${index}`, text }))
  const say = [...bubbles('say', node.say), ...AUDIENCES.flatMap((audience) => bubbles(`versions.${audience}`, node.versions?.[audience]))]
  if (node.does?.kind !== 'ask') return say
  const { text, retry, quickReplies } = node.does.ask
  return [
    ...say,
    { path: `${id}.ask`, text },
    ...(retry === undefined ? [] : [{ path: `${id}.retry`, text: retry }]),
    ...quickReplies.map((reply) => ({ path: `${id}.quick_replies.${reply.id}`, text: reply.title })),
  ]
}

/** A translation against its Danish text. */
export function stateOf(translated: TranslatedText, danish: string): TextState {
  return translated.of === hash(danish) ? translated.state : 'outdated'
}

/** What stands in the files of a node; what may be typed for it is made of all its languages. */
export type UntypedTexts = Omit<NodeTexts, 'typed'>

/** Texts of a node in a language: whole, or undefined when one of them is missing. Danish is always whole. */
export function compileNode(dialog: Dialog, node: string, language: LanguageCode, translations?: Translations): UntypedTexts | undefined {
  const found = Object.hasOwn(dialog.nodes, node) ? dialog.nodes[node] : undefined
  if (found === undefined) return undefined
  const paths = nodePaths(node, found)
  if (language === 'da') return assemble(node, { language, state: 'source' }, new Map(paths.map(({ path, text }) => [path, text])))
  const translated = new Map<string, string>()
  const states: TextState[] = []
  for (const { path, text } of paths) {
    const entry = translations?.texts[path]
    if (entry === undefined) return undefined
    translated.set(path, entry.text)
    states.push(stateOf(entry, text))
  }
  const state = WORST_FIRST.find((worst) => states.includes(worst)) ?? 'checked'
  return assemble(node, { language, state }, translated)
}

function assemble(
  node: string,
  { language, state }: Pick<NodeTexts, 'language' | 'state'>,
  texts: ReadonlyMap<string, string>,
): UntypedTexts {
  const under = (part: string) => [...texts].filter(([path]) => path.startsWith(`${node}.${part}.`))
  const bubbles = (part: string) => under(part).map(([, text]) => text)
  const versionOf = (audience: string) => {
    const version = bubbles(`versions.${audience}`)
    return version.length === 0 ? undefined : version
  }
  const titles = Object.fromEntries(under('quick_replies').map(([path, text]) => [path.slice(`${node}.quick_replies.`.length), text]))
  const ask = texts.get(`${node}.ask`)
  const retry = texts.get(`${node}.retry`)
  return {
    language,
    state,
    version: hash(JSON.stringify([...texts])),
    say: bubbles('say'),
    versions: present(Object.fromEntries(AUDIENCES.map((audience) => [audience, versionOf(audience)]))),
    ...(ask === undefined ? {} : { ask }),
    ...(retry === undefined ? {} : { retry }),
    titles,
  }
}
