/** Texts as sparse vectors: TF-IDF over the features of the examples, of length 1 where a text says enough. */
import { mapInSteps, type Steps } from '../steps.js'
import { countFeatures } from './features.js'

/** Looked up once: in a sandbox, such as a test's, each look at a global costs more than the sum it is for. */
const { sqrt, log, max } = Math

/** Features by number, rising with their first appearance among the examples, and their weights. */
export interface Sparse {
  readonly features: Int32Array
  readonly weights: Float32Array
}

export interface LabelledText {
  /** Which answer the text asks for, from 0. */
  readonly label: number
  /** Normalised. */
  readonly text: string
}

export interface Vectors {
  /** How many features are known. */
  readonly size: number
  /** The examples, in their order. */
  readonly learnt: readonly Sparse[]
  /** Features that no example has are left out. */
  of(text: string): Sparse
}

/**
 * A feature weighs more the fewer answers have it, counted by answer and not by example: what twenty examples of one
 * answer share says much about it. Squared: both measured on the development sets, see docs/matching.md.
 */
const IDF_POWER = 2
/**
 * A text whose known features weigh less than this share of the middle example's is no full evidence: its vector stays
 * shorter than 1, so that one word, or one known word among many unknown ones, is a guess and not a certainty.
 */
const ENOUGH = 0.7
/** Learns which features exist and what each is worth from the examples of `labels` answers, in pieces. */
export function* learningVectors(examples: readonly LabelledText[], labels: number): Steps<Vectors> {
  const counted = yield* mapInSteps(examples, ({ label, text }) => ({ label, counts: countFeatures(text) }))
  const index = new Map<number, number>()
  const holders: number[] = []
  const newest: number[] = []
  const count = ({ label, counts }: (typeof counted)[number]) => {
    for (const feature of counts.keys()) {
      const at = index.get(feature) ?? index.size
      if (at === index.size) index.set(feature, at)
      if (newest[at] === label) continue
      newest[at] = label
      holders[at] = (holders[at] ?? 0) + 1
    }
  }
  // One answer after the other: then a feature's newest holder tells whether this answer is counted already.
  const byAnswer = counted.toSorted((a, b) => a.label - b.label)
  yield* mapInSteps(byAnswer, count)
  const worth = Float64Array.from(holders, (held) => (log((1 + labels) / (1 + held)) + 1) ** IDF_POWER)
  const raw = yield* mapInSteps(counted, ({ counts }) => sparse(counts, index, worth))
  const lengths = raw.map(lengthOf).toSorted((a, b) => a - b)
  const enough = ENOUGH * (lengths[Math.floor(lengths.length / 2)] ?? 1)
  return {
    size: index.size,
    learnt: raw.map((vector) => scaled(vector, enough)),
    of: (text) => scaled(sparse(countFeatures(text), index, worth), enough),
  }
}

function sparse(counts: ReadonlyMap<number, number>, index: ReadonlyMap<number, number>, worth: Float64Array): Sparse {
  const features = new Int32Array(counts.size)
  const weights = new Float32Array(counts.size)
  let known = 0
  for (const [feature, count] of counts) {
    const at = index.get(feature)
    if (at === undefined) continue
    features[known] = at
    weights[known] = (1 + log(count)) * (worth[at] as number)
    known += 1
  }
  return { features: features.subarray(0, known), weights: weights.subarray(0, known) }
}

function lengthOf({ weights }: Sparse): number {
  let squares = 0
  for (const weight of weights) squares += weight * weight
  return sqrt(squares)
}

/** To length 1, in place; what is shorter than `enough` stays as much shorter than 1. */
function scaled(vector: Sparse, enough: number): Sparse {
  const length = max(lengthOf(vector), enough)
  for (let at = 0; at < vector.weights.length; at += 1) vector.weights[at] = (vector.weights[at] as number) / length
  return vector
}
