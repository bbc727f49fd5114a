/** The words of a text as language detection sees them: letters only, in the spelling that tells languages apart. */

/** Scripts that have a table, by their ISO 15924 names. */
export type Script = 'Latn' | 'Arab' | 'Cyrl' | 'Ethi' | 'Taml'

/** ' ’ ‘ ʼ ʻ ` ´ ′ and fullwidth, as one: Somali and Ukrainian write them inside words. */
const APOSTROPHES = /['’‘ʼʻ`´′＇]/gu
/** Parts a compound, or takes its ending, in Persian: a space to us. */
const ZERO_WIDTH_NON_JOINER = /\u200C/gu
/** Format characters, variation selectors, tatweel, harakat and Quranic marks, and the dot that İ leaves behind. */
const UNHEARD = /\p{Cf}|[\uFE00-\uFE0F]|[\u064B-\u065F\u0670\u06D6-\u06ED\u0640]/gu
const WORDS = /[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu

/** Blocks of each script in the basic plane (Unicode 16), first and last code unit. */
const BLOCKS: readonly (readonly [first: number, last: number, script: Script])[] = [
  [0x41, 0x24f, 'Latn'],
  [0x1e00, 0x1eff, 'Latn'],
  [0x600, 0x6ff, 'Arab'],
  [0x750, 0x77f, 'Arab'],
  [0x8a0, 0x8ff, 'Arab'],
  [0x400, 0x52f, 'Cyrl'],
  [0x1200, 0x139f, 'Ethi'],
  [0x2d80, 0x2ddf, 'Ethi'],
  [0xb80, 0xbff, 'Taml'],
]

/** Lower-case words in reading order. A letter written three times or more stands twice. */
export function wordsOf(text: string): string[] {
  return (
    text
      .replace(APOSTROPHES, "'")
      .replace(ZERO_WIDTH_NON_JOINER, ' ')
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll('i\u0307', 'i')
      .replace(UNHEARD, '')
      .replace(/(\p{L})\1{2,}/gu, '$1$1')
      .match(WORDS) ?? []
  )
}

/** The script of a word by its first letter; undefined for those we have no table for. */
export function scriptOf(word: string): Script | undefined {
  const unit = word.charCodeAt(0)
  return BLOCKS.find(([first, last]) => unit >= first && unit <= last)?.[2]
}
