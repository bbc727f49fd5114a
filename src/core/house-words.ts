/** Reads which house or stairwell somebody names, by the words that stand beside the number in any of our languages. */
import { isNumber, type Word, wordSet, wordsIn } from './private-words.js'

/** Words of one language, each alone. */
export interface HouseWords {
  /** A stairwell or an entrance. */
  readonly entrance: readonly string[]
  /** "Number", a house or a block. */
  readonly house: readonly string[]
  /** A floor or a flat: the number beside it is none of a stairwell. */
  readonly inside: readonly string[]
  /** What else such an answer is made of: "I live in", "second", "left", endings of ordinals. */
  readonly rest: readonly string[]
}

/** `house`: the number, with a letter where it has one (`12 A`); absent when none is named. `plain`: nothing else is said. */
export interface House {
  readonly house?: string
  readonly plain: boolean
}

export type ReadHouse = (text: string) => House

type Kind = 'number' | 'letter' | 'entrance' | 'house' | 'inside' | 'rest' | 'other'

/** An answer is shorter. */
const WORDS_MAX = 14
const DIGITS_MAX = 4
/** How names of Danish roads end, folded: roads here have no other names, whatever language is written. */
const ROADS = [
  'vej',
  'vejen',
  'gade',
  'gaden',
  'alle',
  'vaenget',
  'parken',
  'plads',
  'pladsen',
  'straede',
  'torvet',
  'haven',
  'bakken',
  'toften',
]
/** A road is longer than its ending: "alle" alone is "everybody". */
const ROAD_MIN = 6
/** Which number counts, best first. */
const BEST: readonly (Kind | undefined)[] = ['entrance', 'house', undefined]

/** A reader of all languages at once: people use Danish words for what stands on a Danish door. */
export function createReadHouse(words: readonly HouseWords[]): ReadHouse {
  const sets = (['entrance', 'house', 'inside', 'rest'] as const).map((kind) => ({ kind, set: wordSet(words.map((one) => one[kind])) }))
  const kindOf = (word: Word, last: Word | undefined): Kind => {
    if (isNumber(word)) return word.text.length <= DIGITS_MAX ? 'number' : 'other'
    const isLetter = last !== undefined && isNumber(last) && /^[a-z]$/.test(word.text)
    if (isLetter && word.chunk === last.chunk) return 'letter'
    const listed = sets.find(({ set }) => set.has(word.text))?.kind
    if (listed !== undefined) return listed
    if (isLetter) return 'letter'
    return isRoad(word.text) ? 'rest' : 'other'
  }
  return (text) => {
    const said = wordsIn(text.normalize('NFC'))
    if (said.length > WORDS_MAX) return { plain: false }
    const kinds = said.map((word, at) => kindOf(word, said[at - 1]))
    const house = houseIn(said, kinds)
    return { plain: kinds.includes('number') && !kinds.includes('other'), ...(house === undefined ? {} : { house }) }
  }
}

function isRoad(text: string): boolean {
  return text.length >= ROAD_MIN && ROADS.some((ending) => text.endsWith(ending))
}

function houseIn(said: readonly Word[], kinds: readonly Kind[]): string | undefined {
  const claims = claimsIn(said, kinds)
  const numbers = kinds.flatMap((kind, at) => (kind === 'number' ? [at] : []))
  const [at] = BEST.flatMap((kind) => numbers.filter((number) => claims.get(number) === kind))
  if (at === undefined) return undefined
  const letter = kinds[at + 1] === 'letter' ? ` ${said[at + 1]?.text.toUpperCase()}` : ''
  return `${Number(said[at]?.text)}${letter}`
}

/** Each word that names a place has the number before it ("2. sal"), else the one behind it ("opgang 3"). */
function claimsIn(said: readonly Word[], kinds: readonly Kind[]): ReadonlyMap<number, Kind> {
  const claims = new Map<number, Kind>()
  kinds.forEach((kind, at) => {
    if (kind !== 'entrance' && kind !== 'house' && kind !== 'inside') return
    const free = [numberBefore(said, kinds, at), numberBehind(kinds, at)].find((number) => number !== undefined && !claims.has(number))
    if (free !== undefined) claims.set(free, kind)
  })
  return claims
}

/** Its letter, or the ending of an ordinal, may stand between. */
function numberBefore(said: readonly Word[], kinds: readonly Kind[], at: number): number | undefined {
  if (kinds[at - 1] === 'number') return at - 1
  const between = kinds[at - 1] === 'letter' || said[at - 1]?.chunk === said[at - 2]?.chunk
  return between && kinds[at - 2] === 'number' ? at - 2 : undefined
}

/** "Entrance number 3" names one. */
function numberBehind(kinds: readonly Kind[], at: number): number | undefined {
  const behind = kinds[at + 1] === 'house' ? at + 2 : at + 1
  return kinds[behind] === 'number' ? behind : undefined
}
