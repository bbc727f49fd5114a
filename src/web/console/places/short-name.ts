/** Ids made of names, so that nobody need think of one. */

/** Leaves room for a number behind it; an id has 40 characters at most. */
const LENGTH_MAX = 36
const SPELT: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa' }

/** `Fædregruppen (Birk)` → `faedregruppen-birk`; empty when nothing of it is in the English alphabet. */
export function shortName(name: string): string {
  const letters = name
    .toLowerCase()
    .replace(/[æøå]/g, (letter) => SPELT[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
  const words = letters.split(/[^a-z0-9]+/).filter((word) => word !== '')
  return words.join('-').slice(0, LENGTH_MAX).replace(/-$/, '')
}
