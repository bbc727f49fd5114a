/** Randomness that can be had again: a seed and a name give one row of numbers. */
import { hash } from '../../src/core/hash.js'

export interface Random {
  /** From 0, below 1. */
  next(): number
  /** From `from`, below `below`. */
  between(from: number, below: number): number
  /** True in that share of cases. */
  chance(share: number): boolean
}

/** Who takes numbers under a name of their own is not disturbed by how many others take. */
export function randomOf(seed: number, name: string): Random {
  let state = Number.parseInt(hash(`${seed}:${name}`), 36) | 0
  // mulberry32 (Tommy Ettinger, public domain).
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { next, between: (from, below) => from + next() * (below - from), chance: (share) => next() < share }
}
