/** Entries of one or more words as ways from word to word; where an entry ends, its label is kept. */

/** The node before the first word; no way leads back, so it also says that there is no way. */
export const START = 0
/** Of a node where no entry ends. */
export const UNLABELLED = 0
/** More than any book has words: a node and a word make one number below 2^53. */
const WORDS_MAX = 2 ** 24

/** Nodes, words and labels are numbers from 0. */
export interface EntryTree {
  /** The node that a word leads to from a node, made when it is not there. */
  readonly grow: (from: number, word: number) => number
  /** The node that a word leads to from a node, or {@link START} when no entry goes on so. */
  readonly follow: (from: number, word: number) => number
  readonly labelOf: (node: number) => number
  readonly label: (node: number, label: number) => void
}

/** A tree without entries. */
export function plantTree(): EntryTree {
  /** By word, the node after {@link START}. */
  const first: number[] = []
  const further = new Map<number, number>()
  const labels: number[] = [UNLABELLED]
  const follow = (from: number, word: number) => (from === START ? first[word] : further.get(from * WORDS_MAX + word)) ?? START
  return {
    follow,
    grow(from, word) {
      const known = follow(from, word)
      if (known !== START) return known
      const node = labels.push(UNLABELLED) - 1
      if (from === START) first[word] = node
      else further.set(from * WORDS_MAX + word, node)
      return node
    },
    labelOf: (node) => labels[node] ?? UNLABELLED,
    label: (node, label) => {
      labels[node] = label
    },
  }
}
