/** What a text is compared by: pieces of its words, its words, and pairs of words, each as a 32-bit number. */

/** Looked up once: in a sandbox, such as a test's, each look at a global costs more than the sum it is for. */
const { imul } = Math

/** Pieces of 1 to 4 letters inside a word: a typing error or an ending costs a few of them, not the word (docs/matching.md). */
const PIECE_MAX = 4
/** The space before and after a word counts as a letter of a piece, and is none by itself. */
const EDGE = 32
/** Kinds of features start their hash apart, so that a word is never taken for a piece. */
const WORD = 1001
const PAIR = 2002
/** Of FNV-1a; letters are taken as UTF-16 units. */
const PRIME = 0x01_00_01_93

/**
 * How often each feature occurs in a normalised text. Keys are hashes: two features in a library of some
 * 20,000 share one about once in 20 libraries, which costs nothing that could be measured.
 */
export function countFeatures(text: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  const words = text.split(' ').filter((word) => word !== '')
  words.forEach((word, at) => {
    countPieces(` ${word} `, counts)
    add(counts, hashed(word, WORD))
    const next = words[at + 1]
    if (next === undefined) return
    const pair = `${word} ${next}`
    add(counts, hashed(pair, PAIR))
  })
  return counts
}

function countPieces(padded: string, counts: Map<number, number>): void {
  for (let from = 0; from < padded.length; from += 1) {
    let hash = 0
    for (let to = from; to < padded.length && to - from < PIECE_MAX; to += 1) {
      hash = mixed(hash, padded.charCodeAt(to))
      if (padded.charCodeAt(to) !== EDGE || to > from) add(counts, finished(hash + to - from))
    }
  }
}

function hashed(text: string, start: number): number {
  let hash = start
  for (let at = 0; at < text.length; at += 1) hash = mixed(hash, text.charCodeAt(at))
  return finished(hash)
}

const mixed = (hash: number, unit: number): number => imul(hash ^ unit, PRIME)
const finished = (hash: number): number => (hash ^ (hash >>> 15)) | 0

function add(counts: Map<number, number>, feature: number): void {
  counts.set(feature, (counts.get(feature) ?? 0) + 1)
}
