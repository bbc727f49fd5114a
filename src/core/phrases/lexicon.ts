/** All words of all languages in one place, so that each word of a message is looked up once. */

/** A word of so many letters may have one wrong, missing, additional or swapped one. */
const FUZZY_MIN = 6
/** Nobody's word, and no work for us. */
const TOKEN_MAX = 40

export interface Lexicon {
  /** The number of a word; `abc*` stands for all that begin so, `*abc` for all that end so. The same word keeps its number. */
  readonly add: (word: string) => number
  /** From now on this word is also found with one typing error, if it is long enough and no part of it is open. */
  readonly allowTypos: (word: string) => void
  /** A word that is right as it is, and so never another one mistyped. */
  readonly keep: (word: string) => void
  /** The numbers of the words that a token of a message is. */
  readonly find: (token: string) => readonly number[]
}

/** Words by how they are looked for. */
interface Index {
  readonly whole: Map<string, number>
  readonly starts: Map<string, number>
  readonly ends: Map<string, number>
  /** Words with a star, as they are written. */
  readonly starred: Map<string, number>
  readonly kept: Set<string>
  /** By what is left of a word when one letter goes. */
  readonly shortened: Map<string, string[]>
  readonly lengths: { starts: number; ends: number }
  count: number
}

const NOTHING: readonly number[] = []

/** An empty lexicon. */
export function openLexicon(): Lexicon {
  const index: Index = {
    whole: new Map(),
    starts: new Map(),
    ends: new Map(),
    starred: new Map(),
    kept: new Set(),
    shortened: new Map(),
    lengths: { starts: 0, ends: 0 },
    count: 0,
  }
  return {
    add: (word) => add(index, word),
    allowTypos: (word) => allowTypos(index, word),
    keep: (word) => index.kept.add(word),
    find: (token) => find(index, token),
  }
}

function add(index: Index, word: string): number {
  const { whole, starts, ends, starred, lengths } = index
  const isPlain = !word.includes('*')
  const known = (isPlain ? whole : starred).get(word)
  if (known !== undefined) return known
  const number = index.count
  index.count += 1
  if (isPlain) {
    whole.set(word, number)
    return number
  }
  starred.set(word, number)
  // Of words that differ in their stars alone (abc* and abc**) the last one added is found.
  const bare = word.replaceAll('*', '')
  if (word.endsWith('*')) {
    starts.set(bare, number)
    lengths.starts = Math.max(lengths.starts, bare.length)
  } else if (word.startsWith('*')) {
    ends.set(bare, number)
    lengths.ends = Math.max(lengths.ends, bare.length)
  } else whole.set(bare, number)
  return number
}

function allowTypos(index: Index, word: string): void {
  if (word.length < FUZZY_MIN || word.includes('*')) return
  for (const key of [word, ...withoutOne(word)]) {
    const words = index.shortened.get(key)
    if (words === undefined) index.shortened.set(key, [word])
    else if (!words.includes(word)) words.push(word)
  }
}

function find(index: Index, token: string): readonly number[] {
  if (token.length > TOKEN_MAX) return NOTHING
  const whole = index.whole.get(token)
  const found = whole === undefined ? [] : [whole]
  for (let length = Math.min(token.length, index.lengths.starts); length > 1; length -= 1) {
    const number = index.starts.get(token.slice(0, length))
    if (number !== undefined) found.push(number)
  }
  for (let length = Math.min(token.length, index.lengths.ends); length > 1; length -= 1) {
    const number = index.ends.get(token.slice(-length))
    if (number !== undefined) found.push(number)
  }
  return found.length > 0 || index.kept.has(token) ? found : mistyped(index, token)
}

function mistyped(index: Index, token: string): readonly number[] {
  if (token.length < FUZZY_MIN - 1) return NOTHING
  const words = new Set([token, ...withoutOne(token)].flatMap((key) => index.shortened.get(key) ?? []))
  return [...words].filter((word) => isOneEdit(word, token)).flatMap((word) => index.whole.get(word) ?? [])
}

function withoutOne(word: string): string[] {
  return Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1))
}

/** One letter wrong, missing, too many, or two neighbours swapped; the first letter people get right. */
function isOneEdit(word: string, token: string): boolean {
  if (word[0] !== token[0]) return false
  let at = 0
  while (at < word.length && word[at] === token[at]) at += 1
  const [left, typed] = [word.slice(at), token.slice(at)]
  if (word.length !== token.length) return left.length > typed.length ? left.slice(1) === typed : left === typed.slice(1)
  return left.slice(1) === typed.slice(1) || (left.slice(2) === typed.slice(2) && left[0] === typed[1] && left[1] === typed[0])
}
