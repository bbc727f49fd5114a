/** Ranks the answers of one language for a text: whoever writes an example word for word is certain, the rest is probability. */
import { normalize } from '../language/normalize.js'
import { finish, mapInSteps, type Steps } from '../steps.js'
import type { Goto, LanguageCode } from '../types.js'
import { trainingModel } from './train.js'

export interface Example extends Goto {
  readonly text: string
}

export interface Ranked extends Goto {
  /** Probability 0–1 that the text asks for this; 1 only for a text that equals an example. */
  readonly score: number
}

export type Ranker = (text: string) => readonly Ranked[]

/** Longest text that is compared, in UTF-16 units before and after normalising; what a person asks is said by then. */
const TEXT_MAX = 500
/** Less than the certainty of an equal text. */
const NEARLY_CERTAIN = 0.999

/** Trains on a language's examples; the result ranks a text's nodes, best first. The order of the examples changes nothing. */
export function trainRanker(examples: readonly Example[], language: LanguageCode): Ranker {
  return finish(trainingRanker(examples, language))
}

/** The same, in pieces. */
export function* trainingRanker(examples: readonly Example[], language: LanguageCode): Steps<Ranker> {
  const named = yield* mapInSteps(examples, ({ dialog, node, text }) => {
    return { name: `${dialog}/${node}`, dialog, node, text: comparable(text, language) }
  })
  const { nodes, labelled } = label(named)
  const model = yield* trainingModel(labelled, nodes.length)
  const equal = new Map<string, Set<number>>()
  for (const { label, text } of labelled) equal.set(text, (equal.get(text) ?? new Set()).add(label))
  return (text) => {
    const normal = comparable(text, language)
    if (normal === '') return []
    const same = equal.get(normal)
    const scores = model.probabilities(normal)
    return nodes
      .map((node, at) => ({ ...node, score: same?.has(at) ? 1 : Math.min(NEARLY_CERTAIN, scores[at] ?? 0) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
  }
}

interface Named extends Example {
  /** `dialog/node` */
  readonly name: string
}

/** Nodes by name, and every text once a node, in an order of their own: the order of files must not reach the model. */
function label(named: readonly Named[]) {
  const meant = named.filter(({ text }) => text !== '').toSorted((a, b) => compare(a.name, b.name) || compare(a.text, b.text))
  const nodes: Goto[] = []
  const labelled: { label: number; text: string }[] = []
  let last: Named | undefined
  for (const { name, dialog, node, text } of meant) {
    if (name !== last?.name) nodes.push({ dialog, node })
    if (name !== last?.name || text !== last.text) labelled.push({ label: nodes.length - 1, text })
    last = { name, dialog, node, text }
  }
  return { nodes, labelled }
}

function comparable(text: string, language: LanguageCode): string {
  return normalize(text.slice(0, TEXT_MAX), language).slice(0, TEXT_MAX)
}

/** By code units: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
