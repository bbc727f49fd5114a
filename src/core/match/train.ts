/**
 * Learns from examples which answer a text asks for: two multinomial logistic regressions on {@link ./vectors.ts}, one
 * of the words as written and one of their stems, trained by Adagrad with features dropped at random, and one class
 * more for texts that ask for none of the answers. What was measured, and tried in vain, stands in docs/matching.md.
 */
import { finish, mapInSteps, type Steps } from '../steps.js'
import { type Dice, seededDice, shuffle } from './seeded.js'
import { stemmed } from './stems.js'
import { type LabelledText, learningVectors, type Sparse, type Vectors } from './vectors.js'

/** Looked up once: in a sandbox, such as a test's, each look at a global costs more than the sum it is for. */
const { sqrt, exp, abs } = Math

/** How often every example is learnt from (measured: 8 is better than 30). */
const EPOCHS = 8
/** Length of the first step; later steps shorten with the gradients seen (Adagrad). */
const RATE = 0.3
/** Half of the features, drawn anew for each step, must do for recognising an example: 1 in so many is left out. */
const DROP = 2
/** Labels whose probability is wrong by less are not moved: half the work, and nothing lost that could be measured. */
const NEGLIGIBLE = 0.01
/** Keeps the first division away from zero. */
const TINY = 1e-6
/** How much the bias moves, as if it were a feature of this weight: answers with more examples are hardly preferred. */
const BIAS_WEIGHT = 0.1
/** Texts made of no words at all, for the class of none: about as many as stand in for one answer with many examples. */
const NONSENSE_TEXTS = 20
/** Words in each, drawn evenly; as short as what people write. */
const NONSENSE_WORDS = { from: 3, kinds: 6 } as const
/** How a normalised text is read: the two err on different texts, so their mean errs less than either. */
const READINGS: readonly ((text: string) => string)[] = [(text) => text, stemmed]
/** Fixed, so that the same examples always give the same answers; the first number, not one chosen. */
const SEED = 1
/** So many examples are learnt from between two pauses: a few milliseconds. */
const TOGETHER = 50

export interface Model {
  /** Features known, of both readings; with the labels it tells the model's size. */
  readonly features: number
  /** Probability 0–1 of each label for a normalised text; their sum is short of 1 by the probability of none. */
  probabilities(text: string): Float64Array
}

/** What one reading of the examples has taught. The examples themselves and what learning worked with are let go. */
interface Learnt {
  readonly read: (text: string) => string
  readonly of: Vectors['of']
  readonly kept: KeptWeights
}

/** {@link Weights} in steps of one size: a quarter of the memory, and half a point at most on unseen phrasings. */
interface KeptWeights {
  readonly labels: number
  readonly steps: Int8Array
  readonly step: number
  readonly bias: Float32Array
}

/** Largest number of steps that a signed byte holds. */
const STEPS = 127

/** Weights by feature, then by label; the last label is none, the last feature the bias. */
interface Weights {
  readonly labels: number
  readonly size: number
  readonly values: Float32Array
}

/** Trains on normalised examples whose labels run from 0 to `labels - 1`. No examples at all give a model that says none. */
export function trainModel(examples: readonly LabelledText[], labels: number): Model {
  return finish(trainingModel(examples, labels))
}

/** The same, in pieces. */
export function* trainingModel(examples: readonly LabelledText[], labels: number): Steps<Model> {
  const dice = seededDice(SEED)
  const learnt: Learnt[] = []
  for (const read of READINGS) learnt.push(yield* learnReading(read, examples, labels, dice))
  return {
    features: learnt.reduce((sum, { kept }) => sum + kept.steps.length / kept.labels, 0),
    probabilities: (text) => probabilities(learnt, labels, text),
  }
}

function* learnReading(read: Learnt['read'], examples: readonly LabelledText[], labels: number, dice: Dice): Steps<Learnt> {
  const asRead = yield* mapInSteps(examples, ({ label, text }) => ({ label, text: read(text) }))
  const vectors = yield* learningVectors(asRead, labels)
  const taught = [
    ...asRead.map(({ label }, at) => ({ label, vector: vectors.learnt[at] as Sparse })),
    ...nonsense(examples, dice).map((text) => ({ label: labels, vector: vectors.of(read(text)) })),
  ]
  const weights: Weights = {
    labels: labels + 1,
    size: vectors.size,
    values: new Float32Array((vectors.size + 1) * (labels + 1)),
  }
  yield
  yield* learn(taught, weights, dice)
  return { read, of: vectors.of, kept: rounded(weights) }
}

function rounded({ labels, size, values }: Weights): KeptWeights {
  const own = values.subarray(0, size * labels)
  const step = own.reduce((most, weight) => Math.max(most, abs(weight)), 0) / STEPS || 1
  return { labels, steps: Int8Array.from(own, (weight) => Math.round(weight / step)), step, bias: values.slice(size * labels) }
}

/**
 * Words of the examples with their letters in another order: they look like the language and mean nothing, so that
 * chance likenesses count as none. Whole words are not used: they would teach that the answers' own words mean nothing.
 */
function nonsense(examples: readonly LabelledText[], dice: Dice): string[] {
  const words = examples.flatMap(({ text }) => text.split(' '))
  return Array.from({ length: NONSENSE_TEXTS }, () => {
    const count = NONSENSE_WORDS.from + dice(NONSENSE_WORDS.kinds)
    const scrambled = Array.from({ length: count }, () => {
      const letters = [...(words[dice(words.length)] ?? '')]
      shuffle(letters, dice)
      return letters.join('')
    })
    return scrambled.join(' ')
  })
}

interface Taught {
  readonly label: number
  readonly vector: Sparse
}

/** What learning works with. */
interface Work {
  readonly weights: Weights
  readonly squares: Float32Array
  readonly scores: Float64Array
  readonly moved: Int32Array
  readonly kept: Sparse
}

/** All arrays are made here: the loop over examples makes nothing. */
function* learn(taught: readonly Taught[], weights: Weights, dice: Dice): Steps<void> {
  const longest = taught.reduce((most, { vector }) => Math.max(most, vector.features.length), 0)
  const work: Work = {
    weights,
    squares: new Float32Array(weights.values.length),
    scores: new Float64Array(weights.labels),
    moved: new Int32Array(weights.labels),
    kept: { features: new Int32Array(longest + 1), weights: new Float32Array(longest + 1) },
  }
  const order = Int32Array.from(taught.keys())
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, dice)
    for (let from = 0; from < order.length; from += TOGETHER) {
      for (const at of order.subarray(from, from + TOGETHER)) learnFrom(taught[at] as Taught, work, dice)
      yield
    }
  }
}

function learnFrom({ label, vector }: Taught, { weights, squares, scores, moved, kept }: Work, dice: Dice): void {
  const count = keepSome(vector, kept, dice)
  scoreInto(scores, weights, kept, count)
  softmax(scores)
  scores[label] = (scores[label] ?? 0) - 1
  kept.features[count] = weights.size
  kept.weights[count] = BIAS_WEIGHT
  step({ weights, squares, gradient: scores, moved, movedCount: noticeable(scores, moved) }, kept, count + 1)
}

/** Copies a random half of the features, at twice their weight. Returns how many. */
function keepSome(vector: Sparse, kept: Sparse, dice: Dice): number {
  let count = 0
  for (let at = 0; at < vector.features.length; at += 1) {
    if (dice(DROP) === 0) continue
    kept.features[count] = vector.features[at] as number
    kept.weights[count] = ((vector.weights[at] as number) * DROP) / (DROP - 1)
    count += 1
  }
  return count
}

/** Four features at a time, added in their order: the same sums with a quarter of the reads and writes of `scores`. */
function scoreInto(scores: Float64Array, { labels, size, values }: Weights, { features, weights }: Sparse, count: number): void {
  const bias = size * labels
  for (let label = 0; label < labels; label += 1) scores[label] = values[bias + label] as number
  let at = 0
  for (; at + 4 <= count; at += 4) {
    const from1 = (features[at] as number) * labels
    const from2 = (features[at + 1] as number) * labels
    const from3 = (features[at + 2] as number) * labels
    const from4 = (features[at + 3] as number) * labels
    const weight1 = weights[at] as number
    const weight2 = weights[at + 1] as number
    const weight3 = weights[at + 2] as number
    const weight4 = weights[at + 3] as number
    for (let label = 0; label < labels; label += 1)
      scores[label] =
        (scores[label] as number) +
        (values[from1 + label] as number) * weight1 +
        (values[from2 + label] as number) * weight2 +
        (values[from3 + label] as number) * weight3 +
        (values[from4 + label] as number) * weight4
  }
  for (; at < count; at += 1) {
    const from = (features[at] as number) * labels
    const weight = weights[at] as number
    for (let label = 0; label < labels; label += 1) scores[label] = (scores[label] as number) + (values[from + label] as number) * weight
  }
}

/** Scores become probabilities; the highest is taken off first so that no power overflows. */
function softmax(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > highest) highest = score
  let sum = 0
  for (let label = 0; label < scores.length; label += 1) {
    const power = exp((scores[label] as number) - highest)
    scores[label] = power
    sum += power
  }
  for (let label = 0; label < scores.length; label += 1) scores[label] = (scores[label] as number) / sum
}

interface Step {
  readonly weights: Weights
  readonly squares: Float32Array
  readonly gradient: Float64Array
  /** Labels that move; only the first so many count. */
  readonly moved: Int32Array
  readonly movedCount: number
}

/** Lists the labels whose gradient is worth a step. Returns how many. */
function noticeable(gradient: Float64Array, moved: Int32Array): number {
  let count = 0
  for (let label = 0; label < gradient.length; label += 1) {
    if (abs(gradient[label] as number) < NEGLIGIBLE) continue
    moved[count] = label
    count += 1
  }
  return count
}

function step({ weights: { labels, values }, squares, gradient, moved, movedCount }: Step, vector: Sparse, count: number): void {
  for (let at = 0; at < count; at += 1) {
    const from = (vector.features[at] as number) * labels
    const weight = vector.weights[at] as number
    for (let next = 0; next < movedCount; next += 1) {
      const label = moved[next] as number
      const slope = (gradient[label] as number) * weight
      const square = (squares[from + label] as number) + slope * slope
      squares[from + label] = square
      values[from + label] = (values[from + label] as number) - (RATE * slope) / (sqrt(square) + TINY)
    }
  }
}

function scoreKept(scores: Float64Array, { labels, steps, step, bias }: KeptWeights, { features, weights }: Sparse): void {
  scores.fill(0)
  for (let at = 0; at < features.length; at += 1) {
    const from = (features[at] as number) * labels
    const weight = weights[at] as number
    for (let label = 0; label < labels; label += 1) scores[label] = (scores[label] as number) + (steps[from + label] as number) * weight
  }
  for (let label = 0; label < labels; label += 1) scores[label] = (scores[label] as number) * step + (bias[label] as number)
}

function probabilities(learnt: readonly Learnt[], labels: number, text: string): Float64Array {
  const scores = new Float64Array(labels + 1)
  const own = new Float64Array(labels + 1)
  for (const { read, of, kept } of learnt) {
    scoreKept(own, kept, of(read(text)))
    for (let label = 0; label <= labels; label += 1) scores[label] = (scores[label] as number) + (own[label] as number) / learnt.length
  }
  softmax(scores)
  return scores.subarray(0, labels)
}
