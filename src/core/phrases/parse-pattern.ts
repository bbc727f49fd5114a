/** How a pattern is written: `@he @hits + (me|us)`, groups and words in their order. */
import { closing, splitOutside } from './spell.js'

/** Words that may stand between two places unless the pattern says otherwise, and where it writes `...`. */
const GAP = 2
const WIDE_GAP = 5

/** One place of a pattern: what may stand there, and how many other words may stand before it. */
export interface Slot {
  /** Words, and groups by `@name`. */
  readonly entries: readonly string[]
  readonly gap: number
}

/**
 * Reads a pattern into the ways it may be said. Between two plain words nothing may stand, around a group up to `gap` words (2);
 * `+` says that nothing may stand there, `...` that up to five may. Brackets with an empty choice may be left out: two ways.
 */
export function parsePattern(text: string, gap = GAP): readonly (readonly Slot[])[] {
  let ways: (readonly Slot[])[] = [[]]
  let next: number | undefined
  for (const part of splitOutside(text.trim().replace(/\s+/gu, ' '), ' ').filter((one) => one !== '')) {
    if (part === '+') next = 0
    else if (part === '...') next = WIDE_GAP
    else {
      const { entries, optional } = choicesOf(part)
      const said = ways.map((slots) => [...slots, { entries, gap: gapBefore(slots, entries, next ?? gap, next !== undefined) }])
      // What is left out leaves its gap to the next place.
      ways = optional ? [...ways, ...said] : said
      if (!optional || next !== WIDE_GAP) next = undefined
    }
  }
  return ways.filter((slots) => slots.length > 0)
}

function gapBefore(slots: readonly Slot[], entries: readonly string[], gap: number, written: boolean): number {
  const plain = ![...entries, ...(slots.at(-1)?.entries ?? [])].some((entry) => entry.startsWith('@'))
  return plain && !written ? 0 : gap
}

function choicesOf(part: string): { entries: readonly string[]; optional: boolean } {
  const isWhole = part.startsWith('(') && closing(part, 0) === part.length - 1
  if (!isWhole) return { entries: [part], optional: false }
  const choices = splitOutside(part.slice(1, -1), '|')
  return { entries: choices.filter((choice) => choice.trim() !== ''), optional: choices.some((choice) => choice.trim() === '') }
}
