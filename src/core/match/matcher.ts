/** Which language's model is asked: the text's own, and others of the same script where it knows too little. */

import type { Matcher } from '../library.js'
import { makeOnce, type Preparable } from '../steps.js'
import type { Goto, LanguageCode } from '../types.js'
import { type Ranked, trainingRanker } from './rank.js'

/** One text that a model learns from, and what it is. */
export type LearntFrom = ReturnType<Matcher['examples']>[number]

/** A node with fewer questions cannot be told from others (docs/matching.md). */
const ENOUGH = 2
/**
 * A language that knows few answers is believed from this probability, and only for an answer with so many questions: it was never
 * told what else people ask. Measured with the few answers of so, tr, ur and fa (docs/matching.md).
 */
const FEW_SURE = 0.9
const FEW_QUESTIONS = 5
/** Share of an even chance that a guess needs; with a dozen answers it is below what any button needs. */
const CHANCE = 0.75
/** Where nothing else helps, the languages that have the most texts. */
const LAST = ['da', 'en']

/**
 * Trains one model for each language that has examples, when it is first asked or before that in pieces. One that knows most answers is asked alone; the others get the
 * best guesses of the languages that do, and only a text of their own, or what their few answers are very sure of, is certain.
 */
export function buildMatcher(byLanguage: Readonly<Record<LanguageCode, readonly LearntFrom[]>>): Matcher & Preparable {
  const examples = new Map(Object.entries(byLanguage))
  const learnt = [...examples].filter(([, own]) => own.length > 0)
  const rankers = new Map(learnt.map(([language, own]) => [language, makeOnce(() => trainingRanker(own, language))]))
  const rank = (language: LanguageCode, text: string) => rankers.get(language)?.get()(text) ?? []
  const sizes = new Map([...examples].map(([code, own]) => [code, new Set(own.map(nameOf)).size]))
  const nodes = new Set([...examples.values()].flat().map(nameOf)).size
  const trusted = new Set([...examples].filter(([, own]) => knowsMost(own, nodes)).map(([code]) => code))
  return {
    examples: (language) => examples.get(language) ?? [],
    *prepare(language) {
      for (const code of trusted.has(language) ? [language] : [language, ...helpers(language, trusted)]) {
        const ranker = rankers.get(code)
        if (ranker !== undefined) yield* ranker.prepare()
      }
    },
    match(text, language) {
      const own = aboveChance(rank(language, text), sizes.get(language) ?? 0)
      if (trusted.has(language)) return own.map((ranked) => ({ ...ranked, direct: true }))
      const known = new Set(nodesWith(examples.get(language) ?? [], FEW_QUESTIONS))
      const certain = new Set(
        own.filter((ranked) => ranked.score === 1 || (ranked.score >= FEW_SURE && known.has(nameOf(ranked)))).map(nameOf),
      )
      const others = helpers(language, trusted).map((code) => rank(code, text))
      return highest([own, ...others]).map((ranked) => ({ ...ranked, direct: certain.has(nameOf(ranked)) }))
    },
  }
}

/** Among few answers every text is a little like one of them: a guess must be worth more than a share of the dice. */
function aboveChance(ranked: readonly Ranked[], nodes: number): readonly Ranked[] {
  return ranked.filter(({ score }) => score >= CHANCE / (nodes + 1))
}

const nameOf = ({ dialog, node }: Goto): string => `${dialog}/${node}`

/** True when most of the nodes that can be asked for in any language have enough questions in this one. */
function knowsMost(own: readonly LearntFrom[], nodes: number): boolean {
  return nodesWith(own, ENOUGH).length * 2 > nodes
}

/** Names of the nodes that have at least so many questions. */
function nodesWith(own: readonly LearntFrom[], least: number): readonly string[] {
  const questions = new Map<string, number>()
  for (const example of own) {
    if (example.kind === 'question') questions.set(nameOf(example), (questions.get(nameOf(example)) ?? 0) + 1)
  }
  return [...questions].filter(([, count]) => count >= least).map(([name]) => name)
}

/** Languages of the same script, which share names, numbers and loanwords; without any, Danish and English. */
function helpers(language: LanguageCode, trusted: ReadonlySet<LanguageCode>): readonly LanguageCode[] {
  const others = [...trusted].filter((code) => code !== language)
  const related = others.filter((code) => scriptOf(code) === scriptOf(language))
  return related.length > 0 ? related : others.filter((code) => LAST.includes(code))
}

/** ISO 15924 code by the likely subtags of Unicode CLDR; Serbian counts as Latin because matching writes it so. */
function scriptOf(code: LanguageCode): string | undefined {
  return code === 'sr' ? 'Latn' : new Intl.Locale(code).maximize().script
}

/** Each node with the highest score that any of the lists gives it, best first, equals by name. */
function highest(lists: readonly (readonly Ranked[])[]): readonly Ranked[] {
  const best = new Map<string, Ranked>()
  for (const ranked of lists.flat()) {
    if (ranked.score > (best.get(nameOf(ranked))?.score ?? 0)) best.set(nameOf(ranked), ranked)
  }
  return [...best.entries()].toSorted(([nameA, a], [nameB, b]) => b.score - a.score || (nameA < nameB ? -1 : 1)).map(([, ranked]) => ranked)
}
