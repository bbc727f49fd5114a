/** Patterns of words of many languages, compiled once and looked for together in a message. */
import { finish, mapInSteps, type Steps } from '../steps.js'
import type { LanguageCode } from '../types.js'
import { type EntryTree, plantTree, START, UNLABELLED } from './entry-tree.js'
import { type Lexicon, openLexicon } from './lexicon.js'
import { parsePattern } from './parse-pattern.js'
import { entriesOf, type Form, writtenFormsOf } from './spell.js'

/** Words that may stand between the first group and any other of a pattern without order. */
const AROUND = 5

/** One pattern and what it means to its owner. */
export interface Phrase<T> {
  /** As {@link parsePattern} reads it. */
  readonly words: string
  readonly gap?: number
  /** `any`: the groups may come in any order, each within `gap` words (5) of the rarest. */
  readonly order?: 'any'
  readonly means: T
}

/** The groups and patterns of one language. */
export interface Phrases<T> {
  readonly language: LanguageCode
  /** By name, lines of entries; `@name` stands for all of another group. */
  readonly groups: Readonly<Record<string, readonly string[]>>
  /** Groups whose words may have a typing error. */
  readonly fuzzy: readonly string[]
  /** What is written together with the word after it, such as Arabic "and". */
  readonly glued: readonly string[]
  /** Words that are no typing errors of others. */
  readonly ordinary: readonly string[]
  readonly phrases: readonly Phrase<T>[]
}

/** A place of a pattern with its group's number. */
export interface Place {
  readonly group: number
  readonly gap: number
}

export interface Pattern<T> {
  readonly language: LanguageCode
  readonly places: readonly Place[]
  /** Which place is looked for first: the one fewest patterns name. */
  readonly anchor: number
  readonly order: 'given' | 'any'
  readonly means: T
}

export interface PhraseBook<T> {
  readonly lexicon: Lexicon
  /** Of the lexicon's words; an entry's label is the place of its terms in `labels`. */
  readonly tree: EntryTree
  readonly labels: readonly (readonly number[])[]
  /** By term, the groups it is in, rising. */
  readonly groupsOf: readonly (readonly number[])[]
  /** By group number, the patterns whose anchor it is. */
  readonly byAnchor: readonly (readonly Pattern<T>[])[]
}

/** What is filled while languages are added. A term is what makes up groups: a named group's own words, or those a place has of its own. */
interface Draft<T> {
  readonly lexicon: Lexicon
  readonly tree: EntryTree
  readonly labels: (readonly number[])[]
  /** The number of a label by its terms, most often a single one: tens of thousands of entries share a few labels. */
  readonly labelled: Map<string | number | undefined, number>
  readonly groupsOf: number[][]
  readonly byAnchor: Pattern<T>[][]
}

/** What is filled while one language is added. */
interface Language<T> {
  readonly phrases: Phrases<T>
  /** By name, its own words and the groups it names. */
  readonly named: ReadonlyMap<string, NamedGroup>
  readonly groups: Map<string, number>
  /** By the name of a group. */
  readonly terms: Map<string, number>
  /** By entry: it is spelled once, though many terms have it. */
  readonly entries: Map<string, Entry>
}

interface NamedGroup {
  readonly words: readonly string[]
  readonly names: readonly string[]
}

interface Entry {
  readonly terms: number[]
  /** True when a word of it may have a typing error. */
  fuzzy: boolean
}

/** So many entries are spelled between two pauses: a few milliseconds. */
const TOGETHER = 50

/** Compiles the patterns of all languages. Unknown groups match nothing; {@link ./check-phrases.ts} reports them. */
export function compilePhrases<T>(languages: readonly Phrases<T>[]): PhraseBook<T> {
  return finish(compilingPhrases(languages))
}

/** The same, in pieces of a few milliseconds. */
export function* compilingPhrases<T>(languages: readonly Phrases<T>[]): Steps<PhraseBook<T>> {
  const lists = { labels: [[]], labelled: new Map(), groupsOf: [], byAnchor: [] }
  const draft: Draft<T> = { lexicon: openLexicon(), tree: plantTree(), ...lists }
  for (const phrases of languages) {
    const named = new Map(Object.entries(phrases.groups).map(([name, lines]) => [name, namedGroup(lines)]))
    const language: Language<T> = { phrases, named, groups: new Map(), terms: new Map(), entries: new Map() }
    yield* addPatterns(draft, language)
    yield* addEntries(draft, language)
  }
  const { labelled: _, ...book } = draft
  return book
}

function namedGroup(lines: readonly string[]): NamedGroup {
  const entries = lines.flatMap(entriesOf)
  return {
    words: entries.filter((entry) => !entry.startsWith('@')),
    names: entries.filter((entry) => entry.startsWith('@')).map((entry) => entry.slice(1)),
  }
}

type Said<T> = Omit<Pattern<T>, 'anchor'>

/** Generators only hand out the pieces: a loop that is left and entered again at every pause is compiled again and again. */
function* addPatterns<T>(draft: Draft<T>, language: Language<T>): Steps<void> {
  const said = yield* mapInSteps(language.phrases.phrases, (phrase) => patternsOf(draft, language, phrase))
  const uses = new Map<number, number>()
  for (const { places } of said.flat()) for (const { group } of places) uses.set(group, (uses.get(group) ?? 0) + 1)
  yield* mapInSteps(said.flat(), (pattern) => anchorPattern(draft, pattern, uses))
}

function patternsOf<T>(draft: Draft<T>, language: Language<T>, phrase: Phrase<T>): readonly Said<T>[] {
  const { words, gap, order = 'given', means } = phrase
  return parsePattern(words, gap ?? (order === 'any' ? AROUND : undefined)).map((slots) => {
    const places = slots.map((slot) => ({ group: groupOf(draft, language, slot.entries), gap: slot.gap }))
    return { language: language.phrases.language, places, order, means }
  })
}

function anchorPattern<T>({ byAnchor }: Draft<T>, pattern: Said<T>, uses: ReadonlyMap<number, number>): void {
  const rare = pattern.places.map(({ group }) => uses.get(group) ?? 0)
  const anchor = rare.indexOf(Math.min(...rare))
  byAnchor[pattern.places[anchor]?.group ?? 0]?.push({ ...pattern, anchor })
}

/** The number of the group that these words and groups make together. */
function groupOf<T>(draft: Draft<T>, language: Language<T>, entries: readonly string[]): number {
  const key = entries.join('|')
  const known = language.groups.get(key)
  if (known !== undefined) return known
  const group = draft.byAnchor.push([]) - 1
  language.groups.set(key, group)
  const named = entries.filter((entry) => entry.startsWith('@')).map((entry) => entry.slice(1))
  for (const name of namesFrom(language, named)) draft.groupsOf[namedTerm(draft, language, name)]?.push(group)
  addTerm(draft, language, { words: entries.filter((entry) => !entry.startsWith('@')), groups: [group], fuzzy: false })
  return group
}

/** Groups, those they name, those these name …; one that names itself comes once. */
function namesFrom<T>({ named }: Language<T>, of: readonly string[]): ReadonlySet<string> {
  const open = new Set(of)
  // A set that grows while it is gone through gives what was added too.
  for (const name of open) for (const next of named.get(name)?.names ?? []) open.add(next)
  return open
}

function namedTerm<T>(draft: Draft<T>, language: Language<T>, name: string): number {
  const { named, terms, phrases } = language
  const fuzzy = phrases.fuzzy.includes(name)
  const term = terms.get(name) ?? addTerm(draft, language, { words: named.get(name)?.words ?? [], groups: [], fuzzy })
  terms.set(name, term)
  return term
}

interface Term {
  readonly words: readonly string[]
  readonly groups: number[]
  readonly fuzzy: boolean
}

function addTerm<T>(draft: Draft<T>, { entries }: Language<T>, { words, groups, fuzzy }: Term): number {
  const term = draft.groupsOf.push(groups) - 1
  for (const word of words) {
    const entry = entries.get(word) ?? { terms: [], fuzzy: false }
    entries.set(word, entry)
    entry.terms.push(term)
    entry.fuzzy ||= fuzzy
  }
  return term
}

function* addEntries<T>(draft: Draft<T>, { phrases, entries }: Language<T>): Steps<void> {
  const { language, ordinary, glued } = phrases
  const wordsOf = (lines: readonly string[]) => writtenFormsOf(lines.flatMap(entriesOf), language).flat(2)
  for (const word of wordsOf(ordinary)) draft.lexicon.keep(word)
  const before = wordsOf(glued)
  const all = [...entries]
  for (let from = 0; from < all.length; from += TOGETHER) {
    addSome(draft, all.slice(from, from + TOGETHER), { language, before })
    yield
  }
}

interface How {
  readonly language: LanguageCode
  /** What may be written together with the first word. */
  readonly before: readonly string[]
}

function addSome(draft: Draft<unknown>, entries: readonly (readonly [string, Entry])[], { language, before }: How): void {
  const words = entries.map(([word]) => word)
  const written = writtenFormsOf(words, language)
  entries.forEach(([, entry], at) => {
    addEntry(draft, entry, { forms: written[at] ?? [], before })
  })
}

interface Written {
  readonly forms: readonly Form[]
  readonly before: How['before']
}

function addEntry(draft: Draft<unknown>, { terms, fuzzy }: Entry, { forms, before }: Written): void {
  const label = labelWith(draft, terms)
  for (const form of forms) {
    addForm(draft, form, { label, beginning: '' })
    if (!form[0]?.startsWith('*')) for (const beginning of before) addForm(draft, form, { label, beginning })
    if (fuzzy) for (const word of form) draft.lexicon.allowTypos(word)
  }
}

function addForm(draft: Draft<unknown>, form: Form, { label, beginning }: { readonly label: number; readonly beginning: string }): void {
  const { lexicon, tree, labels } = draft
  let node = START
  for (const word of form) node = tree.grow(node, lexicon.add(node === START ? beginning + word : word))
  const known = tree.labelOf(node)
  const both = known === UNLABELLED || known === label ? label : labelWith(draft, union(labels[known] ?? [], labels[label] ?? []))
  tree.label(node, both)
}

function labelWith({ labels, labelled }: Draft<unknown>, terms: readonly number[]): number {
  const key = terms.length === 1 ? terms[0] : terms.join(' ')
  const label = labelled.get(key) ?? labels.push(terms.slice()) - 1
  labelled.set(key, label)
  return label
}

function union(some: readonly number[], others: readonly number[]): readonly number[] {
  return [...new Set([...some, ...others])].toSorted((a, b) => a - b)
}
