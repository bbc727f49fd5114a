/** Looks for all patterns of a phrase book in a message; the work grows with the message's length, whatever it says. */
import type { LanguageCode } from '../types.js'
import { type EntryTree, START, UNLABELLED } from './entry-tree.js'
import type { Pattern, PhraseBook, Place } from './phrase-book.js'
import type { Words } from './read-text.js'

/** A pattern that was found: the tokens from `start` up to, not including, `end`. */
export interface Found<T> {
  readonly means: T
  readonly language: LanguageCode
  readonly start: number
  readonly end: number
  readonly sentence: number
}

/** A group at a place of the text. */
interface Hit {
  readonly group: number
  readonly start: number
  readonly end: number
}

/** The groups found in a text: all of them, by the token they start at, and by the token they end before. */
interface Hits {
  readonly byGroup: ReadonlyMap<number, readonly Hit[]>
  readonly starting: readonly (readonly Hit[])[]
  readonly ending: readonly (readonly Hit[])[]
  readonly sentences: readonly number[]
}

/** Everything of the book that stands in the text, each pattern once for each place of its rarest group. */
export function findPhrases<T>(book: PhraseBook<T>, words: Words): readonly Found<T>[] {
  const entries = findEntries(book, lookUp(book, words.tokens))
  const patterns = possible(book, entries)
  if (patterns.length === 0) return []
  const hits = hitsOf(entries, words, new Set(patterns.flatMap(({ places }) => places.map(({ group }) => group))))
  const found: Found<T>[] = []
  for (const pattern of patterns) findPattern(pattern, hits, found)
  return found
}

/** An entry of some groups, at its place in the text. */
interface Entry {
  readonly groups: readonly number[]
  readonly start: number
  readonly end: number
}

/** The word numbers by token; the same token is looked up once. */
function lookUp<T>({ lexicon }: PhraseBook<T>, tokens: readonly string[]): readonly (readonly number[])[] {
  const known = new Map<string, readonly number[]>()
  return tokens.map((token) => {
    const numbers = known.get(token) ?? lexicon.find(token)
    known.set(token, numbers)
    return numbers
  })
}

function findEntries<T>(book: PhraseBook<T>, numbers: readonly (readonly number[])[]): readonly Entry[] {
  const { tree } = book
  const entries: Entry[] = []
  const groupsByLabel = new Map<number, readonly number[]>([[UNLABELLED, []]])
  const groupsAt = (node: number) => {
    const label = tree.labelOf(node)
    const groups = groupsByLabel.get(label) ?? groupsWith(book, label)
    groupsByLabel.set(label, groups)
    return groups
  }
  for (const start of numbers.keys()) {
    let reached = nodesAfter(tree, [START], numbers[start])
    for (let end = start + 1; reached.length > 0; end += 1) {
      const found = reached.map(groupsAt).filter((groups) => groups.length > 0)
      entries.push(...found.map((groups) => ({ groups, start, end })))
      reached = nodesAfter(tree, reached, numbers[end])
    }
  }
  return entries
}

function nodesAfter({ follow }: EntryTree, nodes: readonly number[], words: readonly number[] = []): readonly number[] {
  return nodes.flatMap((node) => words.map((word) => follow(node, word)).filter((next) => next !== START))
}

/** The groups that any of the label's terms is in, each once, rising. */
function groupsWith({ labels, groupsOf }: PhraseBook<unknown>, label: number): readonly number[] {
  return [...new Set(labels[label]?.flatMap((term) => groupsOf[term] ?? []))].toSorted((a, b) => a - b)
}

/** The patterns all of whose groups stand somewhere in the text: few, before places are compared. */
function possible<T>({ byAnchor }: PhraseBook<T>, entries: readonly Entry[]): readonly Pattern<T>[] {
  const present = new Uint8Array(byAnchor.length)
  const found: number[] = []
  for (const groups of new Set(entries.map((entry) => entry.groups))) {
    for (const group of groups) {
      if (present[group] === 0) found.push(group)
      present[group] = 1
    }
  }
  const patterns: Pattern<T>[] = []
  for (const group of found) {
    for (const pattern of byAnchor[group] ?? []) if (pattern.places.every((place) => present[place.group] === 1)) patterns.push(pattern)
  }
  return patterns
}

function hitsOf(entries: readonly Entry[], { sentences }: Words, wanted: ReadonlySet<number>): Hits {
  const byGroup = new Map<number, Hit[]>([...wanted].map((group) => [group, []]))
  const starting: Hit[][] = sentences.map(() => [])
  const ending: Hit[][] = Array.from({ length: sentences.length + 1 }, () => [])
  for (const { groups, start, end } of entries) {
    for (const group of groups) {
      if (!wanted.has(group)) continue
      const hit = { group, start, end }
      byGroup.get(group)?.push(hit)
      starting[start]?.push(hit)
      ending[end]?.push(hit)
    }
  }
  return { byGroup, starting, ending, sentences }
}

function findPattern<T>(pattern: Pattern<T>, hits: Hits, found: Found<T>[]): void {
  for (const hit of hits.byGroup.get(pattern.places[pattern.anchor]?.group ?? 0) ?? []) {
    const span = pattern.order === 'any' ? around(pattern, hit, hits) : along(pattern, hit, hits)
    if (span === undefined) continue
    found.push({ means: pattern.means, language: pattern.language, ...span, sentence: hits.sentences[hit.start] ?? 0 })
  }
}

interface Span {
  readonly start: number
  readonly end: number
}

/** From the anchor to the right, then to the left, keeping every place a part may end at: no way is walked twice. */
function along<T>({ places, anchor }: Pattern<T>, hit: Hit, hits: Hits): Span | undefined {
  let ends: readonly number[] = [hit.end]
  for (const place of places.slice(anchor + 1)) ends = endsAfter(ends, place, hits)
  let starts: readonly number[] = [hit.start]
  for (let at = anchor; at > 0 && ends.length > 0; at -= 1) {
    starts = startsBefore(starts, { group: places[at - 1]?.group ?? 0, gap: places[at]?.gap ?? 0 }, hits)
  }
  return ends.length === 0 || starts.length === 0 ? undefined : { start: Math.max(...starts), end: Math.min(...ends) }
}

function endsAfter(ends: readonly number[], { group, gap }: Place, { starting, sentences }: Hits): readonly number[] {
  const reached = ends.flatMap((end) => {
    const near = starting.slice(end, end + gap + 1).filter((_, at) => sentences[end + at] === sentences[end - 1])
    return near.flatMap((here) => here.filter((one) => one.group === group).map((one) => one.end))
  })
  return [...new Set(reached)]
}

function startsBefore(starts: readonly number[], { group, gap }: Place, { ending, sentences }: Hits): readonly number[] {
  const reached = starts.flatMap((start) => {
    const from = Math.max(1, start - gap)
    const near = ending.slice(from, start + 1).filter((_, at) => sentences[from + at - 1] === sentences[start])
    return near.flatMap((here) => here.filter((one) => one.group === group).map((one) => one.start))
  })
  return [...new Set(reached)]
}

/** Every other group within so many words of the anchor, before or after it, in the same sentence. */
function around<T>({ places, anchor }: Pattern<T>, hit: Hit, hits: Hits): Span | undefined {
  let { start, end } = hit
  for (const [index, { group, gap }] of places.entries()) {
    if (index === anchor) continue
    const near = hits.byGroup.get(group)?.find((one) => isNear(one, hit, gap) && hits.sentences[one.start] === hits.sentences[hit.start])
    if (near === undefined) return undefined
    start = Math.min(start, near.start)
    end = Math.max(end, near.end)
  }
  return { start, end }
}

function isNear(one: Hit, anchor: Hit, gap: number): boolean {
  return one.start >= anchor.end ? one.start - anchor.end <= gap : one.end <= anchor.start && anchor.start - one.end <= gap
}
