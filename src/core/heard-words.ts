/** What a text says by listed words: a key to a home, that somebody is about to come, or a short answer. */
import { endsOf, reach } from './language/made-of.js'
import { createFindPhrase, isNumber, wordSet, wordsIn } from './private-words.js'

/** What a few words say when they are all of a message: as soon as possible, a woman, a man, that there is nothing more to say. */
export const SHORT_ANSWERS = ['soon', 'woman', 'man', 'enough'] as const
export type ShortAnswer = (typeof SHORT_ANSWERS)[number]

/** Words of one language; a star stands for the rest of a word. */
export interface HeardWords extends Readonly<Record<ShortAnswer, readonly string[]>> {
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
  /** Whether a text is this answer, with nothing but thanks and please around it. */
  readonly answers: (what: ShortAnswer, text: string) => boolean
}

/** Further words beside "there in ten minutes": a greeting, a name. Longer texts say more, perhaps that they do not come. */
const BESIDE_MAX = 3
/** Minutes. */
const SOON_MAX = 60

/** One reader of all languages; `friendly`: what may stand around a short answer. */
export function createHears(words: readonly HeardWords[], friendly: readonly string[]): Hears {
  const findKey = createFindPhrase([{ kind: true, words: words.flatMap(({ keys }) => keys) }])
  const sentences = words.flatMap(({ coming }) => coming.map(sentenceOf))
  const around = friendly.map(wordsOf)
  const short = new Map(SHORT_ANSWERS.map((what) => [what, words.flatMap((one) => one[what].map(wordsOf))]))
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
    answers: (what, text) => {
      const said = wordsOf(text)
      const ends = [...reach(said, [0], around)].flatMap((at) => endsOf(said, at, short.get(what) ?? []))
      return reach(said, ends, around).has(said.length)
    },
  }
}

function wordsOf(text: string): readonly string[] {
  return wordsIn(text.normalize('NFC')).map((word) => word.text)
}

interface Sentence {
  readonly begins: boolean
  readonly parts: readonly string[]
}

function sentenceOf(text: string): Sentence {
  const parts = text.split(' ').flatMap((part) => (part === '#' ? ['#'] : wordsOf(part)))
  return { begins: text.startsWith('^ '), parts }
}

function stands({ begins, parts }: Sentence, said: readonly string[]): boolean {
  return said.some((_, at) => (at === 0 || !begins) && parts.every((part, index) => said[at + index] === part))
}
