/** How heavy a Danish text is to read (C. H. Björnsson's LIX, 1968): words a sentence plus the share of long words in percent. */

/** A long word has more letters than this. */
const LONG = 6

export interface Reading {
  readonly words: number
  readonly longWords: number
  readonly sentences: number
}

/** Counts texts as one; a line break ends a sentence too, and `{{area.office_phone}}` is read as the number it becomes. */
export function readingOf(texts: readonly string[]): Reading {
  const sentences = texts
    .flatMap((text) => text.replace(/\{\{[^{}]*\}\}/g, ' 0 ').split(/[.!?:]+(?=\s|$)|\n+/))
    .map((sentence) => sentence.match(/[\p{L}\p{N}]+(?:[-’'][\p{L}\p{N}]+)*/gu) ?? [])
    .filter((words) => words.length > 0)
  const words = sentences.flat()
  return { words: words.length, longWords: words.filter((word) => [...word].length > LONG).length, sentences: sentences.length }
}

/** Under 25 is for children's books, 25–34 easy, 35–44 a newspaper. */
export function lix({ words, longWords, sentences }: Reading): number {
  return words === 0 ? 0 : words / sentences + (100 * longWords) / words
}
