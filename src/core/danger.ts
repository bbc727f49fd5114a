/** Recognises danger in what somebody writes: a card that says 112 must come before everything else. */
import { type Found, findPhrases } from './phrases/find-phrases.js'
import { compilingPhrases, type Phrase, type Phrases } from './phrases/phrase-book.js'
import { readText } from './phrases/read-text.js'
import { finish, type Steps } from './steps.js'
import type { LanguageCode } from './types.js'

export type DangerKind = 'violence' | 'suicide' | 'child' | 'illness' | 'fire' | 'weapon'

export interface Danger {
  readonly kind: DangerKind
  /** `unclear`: ask first whether anybody is in danger now. */
  readonly certainty: 'sure' | 'unclear'
  /** Of the words that were recognised. */
  readonly language: LanguageCode
}

/**
 * The hint is the conversation's or the detected language; it decides between languages that share the words. `wary`: of somebody who talks,
 * or lately talked, with a stranger whom we sent; what a pattern is sure of is then asked about at least.
 */
export type FindDanger = (text: string, hint?: LanguageCode, wary?: boolean) => Danger | undefined

/** The patterns' own reading; findings in a language that `spoken` denies do not count, because languages share letters and not words. */
export type FindByPatterns = (text: string, hint?: LanguageCode, spoken?: (language: LanguageCode) => boolean) => Danger | undefined

/** What is dangerous to say. */
export interface DangerPattern {
  readonly kind: DangerKind
  readonly certainty?: 'unclear'
  readonly gap?: number
  readonly order?: 'any'
  readonly words: readonly string[]
}

/** What only looks so: where it stands, patterns of these kinds (all) are no danger. */
export interface HarmlessPattern {
  readonly kinds?: readonly DangerKind[]
  /** `here` (default): on the same words. `before`: right before them. `sentence`, `message`: anywhere in it. */
  readonly where?: 'here' | 'before' | 'sentence' | 'message'
  readonly gap?: number
  readonly order?: 'any'
  readonly words: readonly string[]
}

/** `locales/<language>/danger.json`; docs/danger.md explains it. */
export interface DangerWords {
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly fuzzy?: readonly string[]
  readonly glued?: readonly string[]
  /** Letters this language has not: where one stands, the text is in another language that shares words with it. */
  readonly never?: string
  readonly ordinary?: readonly string[]
  readonly patterns: readonly DangerPattern[]
  readonly not?: readonly HarmlessPattern[]
}

/** Most urgent first: seconds count without breath, a fire has to be left before anything is said. */
export const DANGER_KINDS: readonly DangerKind[] = ['illness', 'weapon', 'fire', 'suicide', 'child', 'violence']
/** "He does not hit me" is no danger; "he is not breathing" is, and "I do not want to live". */
const NEGATABLE: readonly DangerKind[] = ['violence', 'weapon', 'fire']
/** The group of a language's words for "not", which its patterns need not name. */
const NEGATION = 'negation'
/** How many words may stand between a "not" and what it denies. */
const NEGATION_BEFORE = 1
const NEGATION_AFTER = 0
/** "If" so many words before what it makes a thought. */
const BEFORE = 1
/** The longest text looked at; a channel's messages are at most as long. */
const TEXT_MAX = 2000

type Meaning =
  | { readonly is: 'danger'; readonly kind: DangerKind; readonly sure: boolean; readonly negatable: boolean }
  | { readonly is: 'harmless'; readonly kinds: readonly DangerKind[]; readonly where: NonNullable<HarmlessPattern['where']> }
  | { readonly is: 'negation' }

/** Compiles the words of all languages; every message is then tried against all of them. */
export function compileDanger(languages: Readonly<Record<LanguageCode, DangerWords>>): FindByPatterns {
  return finish(compilingDanger(languages))
}

/** The same, in pieces. */
export function* compilingDanger(languages: Readonly<Record<LanguageCode, DangerWords>>): Steps<FindByPatterns> {
  const book = yield* compilingPhrases(Object.entries(languages).map(([language, words]) => phrasesOf(language, words)))
  const foreign = new Map(
    Object.entries(languages).flatMap(([language, { never }]) => (never === undefined ? [] : [[language, new Set(never)] as const])),
  )
  return (message, hint, spoken = () => true) => {
    const text = message.slice(0, TEXT_MAX)
    const others = othersThan(text, foreign)
    const found = findPhrases(book, readText(text, hint ?? '')).filter(({ language }) => !others.has(language) && spoken(language))
    return mostUrgent(found, hint)
  }
}

/** The languages that a text cannot be in. */
function othersThan(text: string, foreign: ReadonlyMap<LanguageCode, ReadonlySet<string>>): ReadonlySet<LanguageCode> {
  const letters = new Set(text.toLowerCase())
  return new Set([...foreign].filter(([, never]) => [...letters].some((letter) => never.has(letter))).map(([language]) => language))
}

function phrasesOf(language: LanguageCode, words: DangerWords): Phrases<Meaning> {
  const dangers = words.patterns.flatMap(({ words: lines, kind, certainty, ...how }) =>
    lines.map((line): Phrase<Meaning> => {
      const negatable = NEGATABLE.includes(kind) && !line.split(/\s+/u).includes(`@${NEGATION}`)
      return { words: line, ...how, means: { is: 'danger', kind, sure: certainty === undefined, negatable } }
    }),
  )
  const harmless = (words.not ?? []).flatMap(({ words: lines, kinds = DANGER_KINDS, where = 'here', ...how }) =>
    lines.map((line): Phrase<Meaning> => ({ words: line, ...how, means: { is: 'harmless', kinds, where } })),
  )
  const negation: Phrase<Meaning>[] = NEGATION in words.groups ? [{ words: `@${NEGATION}`, means: { is: 'negation' } }] : []
  const { groups, fuzzy = [], glued = [], ordinary = [] } = words
  return { language, groups, fuzzy, glued, ordinary, phrases: [...dangers, ...harmless, ...negation] }
}

function silences(other: Found<Meaning>, danger: Found<Meaning>): boolean {
  if (danger.means.is !== 'danger' || other.means.is === 'danger') return false
  if (other.means.is === 'negation') {
    const near = danger.start - other.end <= NEGATION_BEFORE && other.start - danger.end <= NEGATION_AFTER
    return danger.means.negatable && near && other.sentence === danger.sentence
  }
  if (!other.means.kinds.includes(danger.means.kind)) return false
  if (other.means.where === 'message') return true
  if (other.sentence !== danger.sentence) return false
  if (other.means.where === 'sentence') return true
  return other.means.where === 'here'
    ? other.start < danger.end && danger.start < other.end
    : other.end <= danger.start && danger.start - other.end <= BEFORE
}

/** Certainty weighs most, then the kind, then the conversation's language, then how much of the text it is; lowest first. */
function rank({ means, language, start, end }: Found<Meaning>, hint: LanguageCode | undefined): number {
  if (means.is !== 'danger') return Number.POSITIVE_INFINITY
  return (means.sure ? 0 : 1e6) + DANGER_KINDS.indexOf(means.kind) * 1e5 + (language === hint ? 0 : 1e4) - (end - start)
}

function mostUrgent(found: readonly Found<Meaning>[], hint: LanguageCode | undefined): Danger | undefined {
  const dangers = found.filter(({ means }) => means.is === 'danger').map((one) => ({ one, rank: rank(one, hint) }))
  if (dangers.length === 0) return undefined
  const others = found.filter(({ means }) => means.is !== 'danger')
  const first = dangers
    .toSorted((a, b) => a.rank - b.rank)
    .find(({ one }) => !others.some((other) => other.language === one.language && silences(other, one)))?.one
  if (first?.means.is !== 'danger') return undefined
  return { kind: first.means.kind, certainty: first.means.sure ? 'sure' : 'unclear', language: first.language }
}
