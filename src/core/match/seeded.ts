/** Numbers that look random and are the same in every process: two instances must give the same answers. */

/** Looked up once: in a sandbox, such as a test's, each look at a global costs more than the sum it is for. */
const { imul, floor } = Math

/** The next whole number from 0 up to, not including, `below`. */
export type Dice = (below: number) => number

/** Mulberry32 (Tommy Ettinger, public domain), started from `seed`. */
export function seededDice(seed: number): Dice {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** The same items in another order, in place (Fisher–Yates). */
export function shuffle<T>(items: T[] | Int32Array, dice: Dice): void {
  const list = items as T[]
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = dice(last + 1)
    const item = list[last] as T
    list[last] = list[other] as T
    list[other] = item
  }
}
