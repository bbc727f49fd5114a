/** What a text speaks of by listed words: a key to a home, or that somebody is about to come. */
import { createFindPhrase, isNumber, wordSet, wordsIn } from './private-words.js'

/** Words of one language; a star stands for the rest of a word. */
export interface HeardWords {
  /** Says that what stands beside it is not wanted. */
  readonly not: readonly string[]
  readonly keys: readonly string[]
  /** Said by who sets out now; `#` is a number of minutes, and `^` begins the message: without "I" it may be of anybody. */
  readonly coming: readonly string[]
}

export interface Hears {
  /** Whether a word, as texts are compared, says no to what stands beside it. */
  readonly isNot: (word: string) => boolean
  /** Whether a text names a key. */
  readonly namesKey: (text: string) => boolean
  /** Whether a text says, and says little else, that its writer comes now or within an hour. */
  readonly saysComing: (text: string) => boolean
}

/** Further words beside "there in ten minutes": a greeting, a name. Longer texts say more, perhaps that they do not come. */
const BESIDE_MAX = 3
/** Minutes. */
const SOON_MAX = 60

/** One reader of all languages. */
export function createHears(words: readonly HeardWords[]): Hears {
  const findKey = createFindPhrase([{ kind: true, words: words.flatMap(({ keys }) => keys) }])
  const sentences = words.flatMap(({ coming }) => coming.map(sentenceOf))
  const negations = wordSet(words.map(({ not }) => not))
  return {
    isNot: (word) => negations.has(word),
    namesKey: (text) => {
      const said = wordsIn(text.normalize('NFC'))
      return said.some((_, at) => findKey(said, at) !== undefined)
    },
    saysComing: (text) => {
      const said = wordsIn(text.normalize('NFC')).map((word) => (isNumber(word) && Number(word.text) <= SOON_MAX ? '#' : word.text))
      return sentences.some((sentence) => said.length - sentence.parts.length <= BESIDE_MAX && stands(sentence, said))
    },
  }
}

interface Sentence {
  readonly begins: boolean
  readonly parts: readonly string[]
}

function sentenceOf(text: string): Sentence {
  const parts = text.split(' ').flatMap((part) => (part === '#' ? ['#'] : wordsIn(part.normalize('NFC')).map((word) => word.text)))
  return { begins: text.startsWith('^ '), parts }
}

function stands({ begins, parts }: Sentence, said: readonly string[]): boolean {
  return said.some((_, at) => (at === 0 || !begins) && parts.every((part, index) => said[at + index] === part))
}
