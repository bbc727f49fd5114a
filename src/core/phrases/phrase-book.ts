/** Patterns of words of many languages, compiled once and looked for together in a message. */
import type { LanguageCode } from '../types.js'
import { type Lexicon, openLexicon } from './lexicon.js'
import { parsePattern } from './parse-pattern.js'
import { entriesOf, writtenForms } from './spell.js'

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

/** Where a word leads: the groups it is an entry of, and the words that may follow it in longer entries. */
export interface Lead {
  readonly groups: number[]
  next: ReadonlyMap<number, Lead>
}

export interface PhraseBook<T> {
  readonly lexicon: Lexicon
  /** By word number. */
  readonly leads: readonly Lead[]
  /** By group number, the patterns whose anchor it is. */
  readonly byAnchor: readonly (readonly Pattern<T>[])[]
  readonly groupCount: number
}

/** What is filled while languages are added. */
interface Draft<T> {
  readonly lexicon: Lexicon
  readonly leads: Lead[]
  readonly groups: Map<string, number>
  readonly patterns: Pattern<T>[]
  /** Where each entry leads: it is spelled once, though many groups have it. */
  readonly entries: Map<string, readonly Lead[]>
  /** Entries that may have a typing error. */
  readonly fuzzy: Set<string>
}

/** Compiles the patterns of all languages. Unknown groups match nothing; {@link ./check-phrases.ts} reports them. */
export function compilePhrases<T>(languages: readonly Phrases<T>[]): PhraseBook<T> {
  const draft: Draft<T> = { lexicon: openLexicon(), leads: [], groups: new Map(), patterns: [], entries: new Map(), fuzzy: new Set() }
  for (const phrases of languages) addLanguage(draft, phrases)
  const uses = new Map<number, number>()
  for (const { places } of draft.patterns) for (const { group } of places) uses.set(group, (uses.get(group) ?? 0) + 1)
  const byAnchor: Pattern<T>[][] = Array.from({ length: draft.groups.size }, () => [])
  for (const pattern of draft.patterns) {
    const rare = pattern.places.map(({ group }) => uses.get(group) ?? 0)
    const anchor = rare.indexOf(Math.min(...rare))
    byAnchor[pattern.places[anchor]?.group ?? 0]?.push({ ...pattern, anchor })
  }
  return { lexicon: draft.lexicon, leads: draft.leads, byAnchor, groupCount: draft.groups.size }
}

function addLanguage<T>(draft: Draft<T>, phrases: Phrases<T>): void {
  const { language } = phrases
  for (const word of phrases.ordinary.flatMap(entriesOf)) {
    for (const token of writtenForms(word, language).flat()) draft.lexicon.keep(token)
  }
  for (const { words, gap, order, means } of phrases.phrases) {
    for (const slots of parsePattern(words, gap ?? (order === 'any' ? AROUND : undefined))) {
      const places = slots.map((slot) => ({ group: groupOf(draft, phrases, slot.entries), gap: slot.gap }))
      draft.patterns.push({ language, places, anchor: 0, order: order ?? 'given', means })
    }
  }
}

/** The number of the group that these words and groups make together. */
function groupOf<T>(draft: Draft<T>, phrases: Phrases<T>, entries: readonly string[]): number {
  const key = `${phrases.language} ${entries.join('|')}`
  const known = draft.groups.get(key)
  if (known !== undefined) return known
  const group = draft.groups.size
  draft.groups.set(key, group)
  for (const entry of entries) {
    if (!entry.startsWith('@')) addEntry(draft, phrases, { entry, group, fuzzy: false })
    else
      for (const { name, word } of entriesIn(phrases.groups, entry.slice(1)))
        addEntry(draft, phrases, { entry: word, group, fuzzy: phrases.fuzzy.includes(name) })
  }
  return group
}

/** The words of a group and of those it names, with the group each stands in; a group that names itself adds nothing twice. */
function entriesIn(groups: Readonly<Record<string, readonly string[]>>, of: string): readonly { name: string; word: string }[] {
  const [words, open] = [[] as { name: string; word: string }[], [of]]
  for (const name of open) {
    for (const word of (groups[name] ?? []).flatMap(entriesOf)) {
      if (!word.startsWith('@')) words.push({ name, word })
      else if (!open.includes(word.slice(1))) open.push(word.slice(1))
    }
  }
  return words
}

interface Entry {
  readonly entry: string
  readonly group: number
  readonly fuzzy: boolean
}

function addEntry<T>(draft: Draft<T>, { language, glued }: Phrases<T>, { entry, group, fuzzy }: Entry): void {
  const key = `${language} ${entry}`
  const leads = draft.entries.get(key) ?? leadsOf(draft, entry, { language, glued })
  draft.entries.set(key, leads)
  if (fuzzy && !draft.fuzzy.has(key)) {
    draft.fuzzy.add(key)
    for (const word of writtenForms(entry, language).flat()) draft.lexicon.allowTypos(word)
  }
  for (const lead of leads) if (lead.groups.at(-1) !== group) lead.groups.push(group)
}

/** The last words of every way to write an entry. */
function leadsOf<T>(draft: Draft<T>, entry: string, { language, glued }: Pick<Phrases<T>, 'language' | 'glued'>): readonly Lead[] {
  const before = glued.flatMap((word) => writtenForms(word, language).flat())
  return writtenForms(entry, language).flatMap(([first = '', ...rest]) => {
    const numbers = rest.map((word) => draft.lexicon.add(word))
    const beginnings = first.startsWith('*') ? [''] : ['', ...before]
    return beginnings.map((beginning) => {
      const lead = (draft.leads[draft.lexicon.add(beginning + first)] ??= emptyLead())
      return numbers.reduce(followedBy, lead)
    })
  })
}

/** Most words begin no longer entry: they share one empty list. */
const NOTHING_NEXT: ReadonlyMap<number, Lead> = new Map()

function emptyLead(): Lead {
  return { groups: [], next: NOTHING_NEXT }
}

function followedBy(lead: Lead, number: number): Lead {
  const next = lead.next.get(number) ?? emptyLead()
  if (lead.next === NOTHING_NEXT) lead.next = new Map([[number, next]])
  else (lead.next as Map<number, Lead>).set(number, next)
  return next
}
