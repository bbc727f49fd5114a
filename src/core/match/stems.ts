/** What is left of a word without what grammar adds to it. */

/** Normalised letters of the Arabic script; Persian, Urdu and Sorani take part because nothing is lost by it (docs/matching.md). */
const ARABIC = /^[\u0621-\u06D3]+$/u
/** "The", also after "and", "with", "like", "so", "this", "on", "to": what is written as one word with a noun. */
const ARTICLES = ['وال', 'بال', 'کال', 'فال', 'هال', 'عال', 'لل', 'ال']
/** Before a verb: now, will and person, in written Arabic (س), the Levant (ب، ح), Morocco (غا، ک); then what one letter adds to any word. */
const BEGINNINGS = 'غا کاي کات کان کا کي کت کن بي بت بن سي ست سن سا حي حت حن لي ي ت ن م ب ل و ف ا'.split(' ')
/** Whose, whom, number and person. The longest comes first, here and above. */
const ENDINGS = 'تکم هما کم هم ها ات ون ين نا ني تي ته تک لي ه ي ک ت ا و ش'.split(' ')
/** "Not" of the dialects, around the verb. */
const NOT = { before: 'ما', after: 'ش', shortest: 5 } as const
/** An article may leave a word of two letters; other cuts leave three, as most roots have. */
const LEFT = { article: 2, other: 3 } as const
/** Of other scripts the first letters are kept: most of their languages add at the end (4 is better than 5, 6, 8 or all, most of all in Turkish). */
const KEPT = 4

/** Each word of a normalised text without article, person, tense and ending (Arabic), or its first 4 letters (other scripts). */
export function stemmed(text: string): string {
  return text
    .split(' ')
    .map((word) => (ARABIC.test(word) ? arabicStem(word) : word.slice(0, KEPT)))
    .join(' ')
}

function arabicStem(word: string): string {
  const meant = affirmed(word)
  const noun = without(meant, ARTICLES, LEFT.article)
  return withoutEnding(noun === meant ? without(meant, BEGINNINGS, LEFT.other) : noun)
}

function affirmed(word: string): string {
  if (word.length < NOT.shortest || !word.endsWith(NOT.after)) return word
  return word.slice(word.startsWith(NOT.before) ? NOT.before.length : 0, -NOT.after.length)
}

/** Cuts the first of the beginnings that leaves enough letters. */
function without(word: string, beginnings: readonly string[], left: number): string {
  const found = beginnings.find((beginning) => word.length - beginning.length >= left && word.startsWith(beginning))
  return found === undefined ? word : word.slice(found.length)
}

function withoutEnding(word: string): string {
  const found = ENDINGS.find((ending) => word.length - ending.length >= LEFT.other && word.endsWith(ending))
  return found === undefined ? word : word.slice(0, -found.length)
}
