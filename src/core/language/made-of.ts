/** Short texts as a chain of listed phrases. */

/** Phrases, each as its words. */
export type Phrases = readonly (readonly string[])[]

/** Where phrases that begin at one of `starts` end, and those that follow behind them; `starts` among them. In words, from 0. */
export function reach(words: readonly string[], starts: Iterable<number>, phrases: Phrases): ReadonlySet<number> {
  const reached = new Set(starts)
  // A set also hands out what is added meanwhile: each end once.
  for (const at of reached) for (const end of endsOf(words, at, phrases)) reached.add(end)
  return reached
}

/** Where the phrases end that stand at a place. */
export function endsOf(words: readonly string[], at: number, phrases: Phrases): readonly number[] {
  return phrases.flatMap((phrase) => (phrase.every((word, index) => words[at + index] === word) ? [at + phrase.length] : []))
}
