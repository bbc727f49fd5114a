/** Which questions ask the same thing, over languages, so that staff answer it once. */
import { normalize } from '../core/language/normalize.js'
import type { LanguageCode } from '../core/types.js'
import type { QuestionDocument } from '../store/collections.js'

/** Likeness of a best guess from which it says what was asked about; below it the guess is chance. */
const NEAR = 0.25
/** A word that more than this share of a language's questions have tells nothing apart … */
const COMMON_SHARE = 0.3
/** … where there are at least so many questions to count in. */
const COMMON_FROM = 8
const WORD_MIN = 3
/** A capital behind a small letter and a space: no sentence begins there. */
const NAME_INSIDE = /(?<=\p{Ll}[,;:]? )(\p{Lu}[\p{L}\p{N}]*)/gu
/** Words that carry no topic, in the form of {@link normalize}: question words, pronouns, auxiliaries, prepositions. */
const STOP_WORDS: Readonly<Record<LanguageCode, ReadonlySet<string>>> = {
  da: words(
    'hvad hvor hvordan hvornaar hvem hvilken hvorfor kan skal maa vil har jeg man min mit mine den det der som for til med fra hos',
  ),
  en: words('what where how when who which why can may will shall have does the and for with from not you your there this that about'),
  ar: words('ماذا اين كيف متي من هل لماذا في علي الي عن هذا هذه ما لا لي هو هي ان مع عند'),
}

type Grouped = Pick<QuestionDocument, '_id' | 'askedAt' | 'text' | 'language' | 'guesses' | 'state' | 'answer'>

export interface QuestionGroup<T extends Grouped> {
  /** The id of its oldest question. */
  readonly id: string
  /** Oldest first. */
  readonly questions: readonly T[]
  /** `new` while one of them is, then `linked` while somebody waits to be told; `dismissed` when all are. */
  readonly state: QuestionDocument['state']
}

interface Features {
  readonly words: ReadonlySet<string>
  readonly names: ReadonlySet<string>
}

/**
 * Groups of questions, newest group first. A question joins the first group whose oldest question it is like: the same answer came
 * nearest to both, or it shares more than half of the shorter one's words in one language, or a number or a name in two.
 */
export function groupQuestions<T extends Grouped>(questions: readonly T[]): readonly QuestionGroup<T>[] {
  const common = commonWords(questions)
  const groups: Open<T>[] = []
  // Which groups could be meant, by what they have: most have nothing in common.
  const having = new Map<string, number[]>()
  for (const question of questions.toSorted((a, b) => a.askedAt - b.askedAt || compare(a._id, b._id))) {
    const features = featuresOf(question, common)
    const marks = marksOf(question, features)
    const candidates = [...new Set(marks.flatMap((mark) => having.get(mark) ?? []))].toSorted((a, b) => a - b)
    const found = candidates.find((at) => groups[at] !== undefined && isAlike(question, features, groups[at]))
    if (found !== undefined) groups[found]?.all.push(question)
    else {
      for (const mark of marks) having.set(mark, [...(having.get(mark) ?? []), groups.length])
      groups.push({ first: question, features, all: [question] })
    }
  }
  const newest = ({ all }: { all: readonly T[] }) => all.at(-1)?.askedAt ?? 0
  return groups
    .toSorted((a, b) => newest(b) - newest(a) || compare(a.first._id, b.first._id))
    .map(({ first, all }) => ({ id: first._id, questions: all, state: stateOf(all) }))
}

interface Open<T> {
  readonly first: T
  readonly features: Features
  readonly all: T[]
}

function marksOf(question: Grouped, { words: own, names }: Features): string[] {
  const near = nearest(question)
  return [
    ...(near === undefined ? [] : [`near ${near}`]),
    ...[...own].map((word) => `word ${question.language} ${word}`),
    ...[...names].map((name) => `name ${name}`),
  ]
}

function stateOf(questions: readonly Grouped[]): QuestionDocument['state'] {
  const order = ['new', 'linked', 'answered', 'dismissed'] as const
  return order.find((state) => questions.some((question) => question.state === state)) ?? 'new'
}

function isAlike(question: Grouped, features: Features, { first, features: others }: Open<Grouped>): boolean {
  const near = nearest(question)
  if (near !== undefined && near === nearest(first)) return true
  if (question.language !== first.language) return shared(features.names, others.names) > 0
  return shared(features.words, others.words) * 2 > Math.min(features.words.size, others.words.size)
}

/** The answer that came nearest, if it came near; an answer that was given says it for certain. */
function nearest({ answer, guesses: [best] }: Grouped): string | undefined {
  if (answer !== undefined) return `${answer.dialog}/${answer.node}`
  return best !== undefined && best.score >= NEAR ? `${best.dialog}/${best.node}` : undefined
}

function featuresOf({ text, language }: Grouped, common: ReadonlyMap<LanguageCode, ReadonlySet<string>>): Features {
  const stop = common.get(language)
  return { words: new Set([...wordsOf(text, language)].filter((word) => !stop?.has(word))), names: namesOf(text) }
}

function wordsOf(text: string, language: LanguageCode): ReadonlySet<string> {
  const found = normalize(text, language).split(' ')
  return new Set(found.filter((word) => [...word].length >= WORD_MIN && !STOP_WORDS[language]?.has(word)))
}

/** Numbers; words with a capital where no sentence begins, or inside (MitID); in a text of another script every Latin word. */
function namesOf(text: string): ReadonlySet<string> {
  const numbers = normalize(text, '').match(/\d{3,}/g) ?? []
  const latin = text.split(/[^\p{L}\p{N}]+/u).filter((word) => /^\p{Script=Latin}{3}/u.test(word))
  const foreign = /\p{L}/u.test(text.replace(/\p{Script=Latin}/gu, ''))
  const inside = new Set([...text.matchAll(NAME_INSIDE)].map(([, name]) => name))
  const names = latin.filter((word) => foreign || inside.has(word) || /.\p{Lu}/u.test(word))
  return new Set([...numbers, ...names.map((word) => normalize(word, ''))])
}

function commonWords(questions: readonly Grouped[]): ReadonlyMap<LanguageCode, ReadonlySet<string>> {
  const counts = new Map<LanguageCode, { questions: number; words: Map<string, number> }>()
  for (const { text, language } of questions) {
    const entry = counts.get(language) ?? { questions: 0, words: new Map<string, number>() }
    counts.set(language, { questions: entry.questions + 1, words: entry.words })
    for (const word of wordsOf(text, language)) entry.words.set(word, (entry.words.get(word) ?? 0) + 1)
  }
  return new Map(
    [...counts].map(([language, { questions: total, words: seen }]) => {
      const frequent = [...seen].filter(([, count]) => total >= COMMON_FROM && count > total * COMMON_SHARE)
      return [language, new Set(frequent.map(([word]) => word))]
    }),
  )
}

function shared(some: ReadonlySet<string>, others: ReadonlySet<string>): number {
  return [...some].filter((one) => others.has(one)).length
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
