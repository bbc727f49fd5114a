/** The sums behind the table: what could lie, in one place. */

/** Middle of the values; the mean of the two middle ones of an even number. NaN of none. */
export function median(values: readonly number[]): number {
  return (
    (percentile(values, 50) +
      -percentile(
        values.map((value) => -value),
        50,
      )) /
    2
  )
}

/** Smallest value that at least `share` percent of the values do not exceed (nearest rank). NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN
}

/** One number of several rounds, with the smallest and the largest. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

/** Ratio of each round, then their spread: what slows a whole round slows both and falls out. Throws when the rounds are not the same. */
export function ratios(mine: readonly number[], theirs: readonly number[]): Spread {
  if (mine.length !== theirs.length || mine.length === 0) throw new RangeError('Ratios need the same rounds on both sides')
  return spreadOf(mine.map((value, round) => value / (theirs[round] ?? Number.NaN)))
}

/** Contenders of a round: the order is reversed every other round, so that nobody is always the first. */
export function orderOfRound<T>(contenders: readonly T[], round: number): readonly T[] {
  return round % 2 === 0 ? contenders : contenders.toReversed()
}

/** True when somebody got exactly these answers, each once, in this order. */
export function rightAndInOrder(expected: readonly string[], got: readonly string[]): boolean {
  return expected.length === got.length && expected.every((text, at) => got[at] === text)
}

/** Times of events that come by chance, `perSecond` on average: milliseconds from the start. `random` gives 0–1, 1 excluded. */
export function arrivals(count: number, perSecond: number, random: () => number): number[] {
  let at = 0
  return Array.from({ length: count }, () => {
    at += (-Math.log(1 - random()) * 1000) / perSecond
    return at
  })
}

/** A fixed sequence of numbers 0–1 (mulberry32, public domain), so that every run and every contender meets the same arrivals. */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
