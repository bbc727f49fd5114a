/**
 * Which node's examples a text is most like: cosine of TF-IDF over words and character 3-grams, mean of a node's best
 * two examples; a text that equals an example is 1. Built once per library and language; same examples, same ranking.
 */
import { normalize } from '../language/normalize.js'
import type { Goto, LanguageCode } from '../types.js'

export interface Example extends Goto {
  readonly text: string
}

export interface Ranked extends Goto {
  readonly score: number
}

/** Longest text that is compared; what a person asks is said by then. */
const TEXT_MAX = 500
/** One step of likeness between the mean of the best two examples and the best alone. */
const BEST_SHARE = 0.7

interface Vector {
  readonly weights: ReadonlyMap<string, number>
  readonly length: number
}

interface Trained extends Goto {
  readonly normal: string
  readonly vector: Vector
}

/** Trains on a language's examples; the result ranks a text's nodes, best first. */
export function trainRanker(examples: readonly Example[], language: LanguageCode): (text: string) => readonly Ranked[] {
  const normal = examples.map(({ text }) => normalize(text, language))
  const idf = inverseFrequencies(normal)
  const trained: Trained[] = examples.map(({ dialog, node }, index) => {
    const text = normal[index] ?? ''
    return { dialog, node, normal: text, vector: vectorOf(text, idf) }
  })
  return (text) => rank(normalize(text.slice(0, TEXT_MAX), language), trained, idf)
}

function rank(text: string, trained: readonly Trained[], idf: ReadonlyMap<string, number>): readonly Ranked[] {
  if (text === '') return []
  const vector = vectorOf(text, idf)
  const scores = new Map<string, { at: Goto; likeness: number[] }>()
  for (const example of trained) {
    const key = `${example.dialog}/${example.node}`
    const entry = scores.get(key) ?? { at: { dialog: example.dialog, node: example.node }, likeness: [] }
    entry.likeness.push(example.normal === text ? 1 : Math.min(0.99, cosine(vector, example.vector)))
    scores.set(key, entry)
  }
  return [...scores.values()]
    .map(({ at, likeness }) => ({ ...at, score: score(likeness) }))
    .filter((ranked) => ranked.score > 0)
    .toSorted((a, b) => b.score - a.score || `${a.dialog}/${a.node}`.localeCompare(`${b.dialog}/${b.node}`))
}

function score(likeness: readonly number[]): number {
  const [best = 0, second = best] = likeness.toSorted((a, b) => b - a)
  return best === 1 ? 1 : BEST_SHARE * best + (1 - BEST_SHARE) * second
}

/** Words, and 3-grams inside words so that a typing error costs a few of them, not the word. */
function features(text: string): string[] {
  const words = text.split(' ').filter((word) => word !== '')
  const grams = words.flatMap((word) => {
    const padded = `^${word}$`
    return Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) => padded.slice(at, at + 3))
  })
  return [...words.map((word) => `w ${word}`), ...grams]
}

function inverseFrequencies(texts: readonly string[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>()
  for (const text of texts) for (const feature of new Set(features(text))) seen.set(feature, (seen.get(feature) ?? 0) + 1)
  return new Map([...seen].map(([feature, count]) => [feature, Math.log((1 + texts.length) / count)]))
}

/** Features that no example has still count for the text's length: a text full of unknown words is unlike everything. */
function vectorOf(text: string, idf: ReadonlyMap<string, number>): Vector {
  const counts = new Map<string, number>()
  for (const feature of features(text)) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const unknown = Math.log(1 + idf.size) / 2
  const weights = new Map([...counts].map(([feature, count]) => [feature, (1 + Math.log(count)) * (idf.get(feature) ?? unknown)]))
  return { weights, length: Math.hypot(...weights.values()) }
}

function cosine(a: Vector, b: Vector): number {
  let sum = 0
  for (const [feature, weight] of a.weights) sum += weight * (b.weights.get(feature) ?? 0)
  return a.length === 0 || b.length === 0 ? 0 : sum / (a.length * b.length)
}
