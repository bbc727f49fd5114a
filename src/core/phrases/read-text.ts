/** A message as the patterns see it: its words in their matching form, and which sentence each stands in. */
import { normalize } from '../language/normalize.js'
import type { LanguageCode } from '../types.js'

/** Nobody writes this letter; it survives normalisation and stands for the end of a sentence. */
const BREAK = 'ꙮ'
/** An end of a sentence: a line end, `!` and `?`, one full stop before a space. Dots in a row are a pause. */
const SENTENCE_END = /[\n!?؟।۔።;]|(?<!\.)\.(?=\s|$)/gu

export interface Words {
  readonly tokens: readonly string[]
  /** The number of the sentence, by token. */
  readonly sentences: readonly number[]
}

/** The words of a message; the language only decides what a Turkish I is. */
export function readText(text: string, language: LanguageCode): Words {
  const tokens: string[] = []
  const sentences: number[] = []
  let sentence = 0
  for (const token of normalize(text.replace(SENTENCE_END, ` ${BREAK} `), language).split(' ')) {
    if (token === BREAK) sentence += 1
    else if (token !== '') {
      tokens.push(token)
      sentences.push(sentence)
    }
  }
  return { tokens, sentences }
}
