/**
 * Recognises that a child writes, or somebody writes for a parent. Sentences are listed whole, with a place for the age (`#`) or the
 * parent (`@`): "I am #" is a child, "my son is #" is in no list. What follows the number decides whether it is an age.
 */
import { createFindPhrase, isNumber, type Word, wordSet, wordsIn } from './private-words.js'

/** The sentences of one language. `^` begins the message, `#` is a number, `@` a parent. */
export interface ChildWords {
  readonly ages: readonly string[]
  readonly grades: readonly string[]
  readonly parents: readonly string[]
  readonly parentWords: readonly string[]
  /** Says it without an age. */
  readonly children: readonly string[]
  /** Words for ages and grades, and for the tens that make an age more than a child's. */
  readonly numbers: Readonly<Record<string, number>>
  readonly years: readonly string[]
  /** May follow an age that no word of {@link years} follows. */
  readonly after: readonly string[]
  /** Near the number: it is no age. */
  readonly unless: readonly string[]
  /** Endings that make a number an ordinal. */
  readonly ordinals: readonly string[]
}

/** `age` in years when it was said; `forParent` when they write for a parent. */
export interface Child {
  readonly age?: number
  readonly forParent: boolean
}

export type ReadChild = (text: string) => Child | undefined

/** Ages of children who write here: younger ones do not, and who is 18 is of age (værgemålsloven § 1). */
const CHILD_AGES = [5, 17] as const
const AGE_MAX = 120
/** Danish children begin grade 0 in the year they become six (folkeskoleloven § 34). Elsewhere it is a guess. */
const AGE_AT_GRADE_0 = 6
const GRADE_MAX = 12
/** Words after the number that may say it is no age. */
const UNLESS_MAX = 3

interface Sentence {
  readonly means: 'age' | 'grade' | 'parent' | 'child'
  readonly begins: boolean
  readonly parts: readonly string[]
  readonly language: Language
}

/** What the places of a sentence can be, and what may follow, in its language. */
interface Language {
  readonly number: (words: readonly Word[], at: number) => { readonly value: number; readonly length: number } | undefined
  readonly parent: (words: readonly Word[], at: number) => number
  readonly years: ReadonlySet<string>
  readonly after: ReadonlySet<string>
  readonly unless: ReadonlySet<string>
  readonly ordinals: ReadonlySet<string>
}

/** Sentences by the word they can begin with; `#` for digits. */
type Sentences = Map<string, Sentence[]>

/** Where a sentence ended, and the number it had. */
interface Heard {
  readonly next: number
  readonly value?: number
}

/** A recogniser of all languages; number words count in sentences of their own language only ("on" is ten in Turkish). */
export function createReadChild(words: readonly ChildWords[]): ReadChild {
  const sentences: Sentences = new Map()
  for (const one of words) addSentences(sentences, one)
  return (text) => {
    const said = wordsIn(text.normalize('NFC'))
    const facts = said.flatMap((word, at) => {
      const known = sentences.get(isNumber(word) ? '#' : word.text) ?? []
      return known.flatMap((sentence) => factOf(sentence, said, at) ?? [])
    })
    const ages = facts.flatMap(({ age }) => age ?? [])
    if (facts.length === 0 || ages.some((age) => age > CHILD_AGES[1])) return undefined
    const [age] = ages
    return { ...(age === undefined ? {} : { age }), forParent: facts.some((fact) => fact.forParent) }
  }
}

function addSentences(sentences: Sentences, words: ChildWords): void {
  const language = readPlaces(words)
  const firstWords = (texts: readonly string[]) => [...new Set(texts.map((text) => partsOf(text)[0] ?? ''))]
  const placeFirsts: Readonly<Record<string, readonly string[]>> = {
    '#': ['#', ...firstWords(Object.keys(words.numbers))],
    '@': firstWords(words.parentWords),
  }
  const add = (means: Sentence['means'], texts: readonly string[]) => {
    for (const text of texts) {
      const begins = text.startsWith('^ ')
      const parts = partsOf(begins ? text.slice(2) : text)
      const [first = ''] = parts
      for (const key of placeFirsts[first] ?? [first]) {
        sentences.set(key, [...(sentences.get(key) ?? []), { means, begins, parts, language }])
      }
    }
  }
  add('age', words.ages)
  add('grade', words.grades)
  add('parent', words.parents)
  add('child', words.children)
}

function readPlaces({ numbers, parentWords, years, after, unless, ordinals }: ChildWords): Language {
  const findNumber = createFindPhrase(Object.entries(numbers).map(([text, value]) => ({ kind: value, words: [text] })))
  const findParent = createFindPhrase([{ kind: true, words: parentWords }])
  return {
    number: (said, at) => {
      const word = said[at]
      if (word !== undefined && isNumber(word)) return { value: Number(word.text), length: 1 }
      const found = findNumber(said, at)
      return found && { value: found.kind, length: found.length }
    },
    parent: (said, at) => findParent(said, at)?.length ?? 0,
    years: wordSet([years]),
    after: wordSet([after]),
    unless: wordSet([unless]),
    ordinals: wordSet([ordinals]),
  }
}

function partsOf(text: string): string[] {
  return text
    .split(' ')
    .flatMap((part) => (part === '#' || part === '@' ? [part] : wordsIn(part.normalize('NFC')).map((word) => word.text)))
}

function factOf(sentence: Sentence, words: readonly Word[], at: number): Child | undefined {
  if ((sentence.begins && at > 0) || !mayBegin(sentence, words, at)) return undefined
  const heard = hear(sentence, words, at)
  if (heard === undefined || (sentence.parts[0] === '#' && isPartOfNumber(sentence.language, words, at))) return undefined
  const { value = -1, next } = heard
  switch (sentence.means) {
    case 'parent':
      return { forParent: true }
    case 'child':
      return { forParent: false }
    case 'grade':
      return value >= 0 && value <= GRADE_MAX ? { age: value + AGE_AT_GRADE_0, forParent: false } : undefined
    case 'age': {
      const isAge = value >= CHILD_AGES[0] && value <= AGE_MAX && endsAsAge(sentence, words, next)
      return isAge ? { age: value, forParent: false } : undefined
    }
  }
}

/** The word after a number of digits tells nearly all sentences apart; an ordinal's ending may come first. */
function mayBegin({ parts: [first, second] }: Sentence, words: readonly Word[], at: number): boolean {
  const [word, one, two] = [words[at], words[at + 1], words[at + 2]]
  if (first !== '#' || second === undefined || word === undefined || !isNumber(word)) return true
  return one?.text === second || two?.text === second
}

/** "twenty-five" in languages that write it in two or three words. */
function isPartOfNumber({ number }: Language, words: readonly Word[], at: number): boolean {
  return [at - 1, at - 2].some((before) => before >= 0 && number(words, before) !== undefined)
}

function hear({ language, parts }: Sentence, words: readonly Word[], at: number): Heard | undefined {
  let next = at
  let value: number | undefined
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]
    const word = words[next]
    // "5. klasse" is one sentence.
    if (word === undefined || (word.ends && index > 0 && parts[index - 1] !== '#')) return undefined
    const number = part === '#' ? language.number(words, next) : undefined
    const length = part === '#' ? (number?.length ?? 0) : part === '@' ? language.parent(words, next) : Number(word.text === part)
    if (length === 0) return undefined
    next += length
    if (number === undefined) continue
    value = number.value
    if (index < parts.length - 1 && words[next]?.text !== parts[index + 1] && isOrdinalEnding(language, words, next)) next += 1
  }
  return { next, ...(value === undefined ? {} : { value }) }
}

/** `6th`, written as one. */
function isOrdinalEnding({ ordinals }: Language, words: readonly Word[], at: number): boolean {
  const word = words[at]
  return word !== undefined && word.chunk === words[at - 1]?.chunk && ordinals.has(word.text)
}

/** "I am 12" is an age before a full stop, a comma or "and"; before "minutes" it is none, nor is "12 years older". */
function endsAsAge({ language, parts, begins }: Sentence, words: readonly Word[], next: number): boolean {
  const { years, after, unless } = language
  const following = words.slice(next, next + UNLESS_MAX)
  if (following.some(({ text }) => unless.has(text))) return false
  const last = parts.at(-1) ?? ''
  if (last !== '#' && !(begins && years.has(last))) return true
  const [word] = following
  return word === undefined || word.ends || word.comma || years.has(word.text) || after.has(word.text)
}
