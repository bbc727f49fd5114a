/**
 * Masks passwords, PINs, one-time codes, user ids and door codes in what a person writes. A value is found by its neighbours: a word that
 * names a secret, words that link, and a token that can be one. Tokens with digits or signs are masked where it is unclear; an ordinary
 * word only where it is assigned ("my password is sunshine"). Each word that names a secret is followed for a fixed number of words, so
 * work is linear in the length of the text.
 */
import { createFindPhrase, type FindPhrase, type Found, isNumber, type Word, wordSet, wordsIn } from './private-words.js'
import { firstOfNumber, quotedEnd, skipClosing, tokenAt, type Value } from './secret-tokens.js'

/** The words of one language that secrets are found by; phrases may have stars (`sifre*` begins so, `*kode` ends so). */
export interface SecretWords {
  /** Name a secret: password, PIN, code, user id. */
  readonly words: readonly string[]
  /** Places that have secrets: only tokens with digits right after them are masked. */
  readonly accounts: readonly string[]
  /** Ways a one-time code comes: only numbers of 4–7 digits near them are masked. */
  readonly messages: readonly string[]
  /** Look like such words and name no secret: postcode, code of conduct. */
  readonly never: readonly string[]
  /** May stand between the word and the value. */
  readonly links: readonly string[]
  /** Assign: what follows is the value. */
  readonly is: readonly string[]
  /** Assign from behind, in languages whose verb comes last. */
  readonly closers: readonly string[]
  readonly and: readonly string[]
  /** Ordinary words that say how a secret is, not what: wrong, forgotten, on. */
  readonly notValues: readonly string[]
  /** Say that the number after them is something else: call, at, flat. */
  readonly otherNumbers: readonly string[]
  /** Say that a message goes to, or comes from, the number after them. */
  readonly recipients: readonly string[]
  /** Say that the number before them is something else: minutes, kroner, digits. */
  readonly units: readonly string[]
  /** What is written onto a word: Arabic "and", "the". */
  readonly prefixes: readonly string[]
}

export type HideSecrets = (text: string) => { readonly text: string; readonly found: boolean }

const MASK = '▮▮▮▮'
/** Words that are followed after a word that names a secret, and how many of them may be unknown. */
const REACH = 12
const UNKNOWN_MAX = 4
const UNKNOWN_MESSAGE_MAX = 2
const BACK_MAX = 4
/** Digits of a PIN or code: three only right after its word, from four anywhere near. More than twelve are no code. */
const TIGHT_DIGITS = [3, 20] as const
const NEAR_DIGITS = [4, 12] as const
/** A one-time code sent as a message. */
const SENT_DIGITS = [4, 7] as const
/** Danish telephone numbers. */
const PHONE_DIGITS = 8
/** Flat 12B and 2.tv are shorter. */
const NEAR_MIXED_MIN = 5
const PLAIN_MIN = 3

type Kind = 'word' | 'account' | 'message' | 'never'

interface Lists {
  readonly find: FindPhrase<Kind>
  readonly links: ReadonlySet<string>
  readonly is: ReadonlySet<string>
  readonly closers: ReadonlySet<string>
  readonly and: ReadonlySet<string>
  readonly notValues: ReadonlySet<string>
  readonly otherNumbers: ReadonlySet<string>
  readonly recipients: ReadonlySet<string>
  readonly units: ReadonlySet<string>
}

interface Reading {
  readonly text: string
  readonly words: readonly Word[]
  readonly lists: Lists
  /** What stands at each word, once it was asked. */
  readonly found: Map<number, Found<Kind> | undefined>
}

/** How far the value stands from the word that names it. */
interface Nearness {
  readonly kind: Kind
  readonly unknown: number
}

/** The masker of all languages at once: which one a text is in is not known yet when it is masked. */
export function createHideSecrets(languages: readonly SecretWords[]): HideSecrets {
  const all = (name: keyof SecretWords) => wordSet(languages.map((words) => words[name]))
  const lists: Lists = {
    find: createFindPhrase(
      languages.flatMap(({ never, words, accounts, messages, prefixes }) => [
        { kind: 'never', words: never, prefixes },
        { kind: 'word', words, prefixes },
        { kind: 'account', words: accounts, prefixes },
        { kind: 'message', words: messages, prefixes },
      ]),
    ),
    links: all('links'),
    is: all('is'),
    closers: all('closers'),
    and: all('and'),
    notValues: all('notValues'),
    otherNumbers: all('otherNumbers'),
    recipients: all('recipients'),
    units: all('units'),
  }
  return (text) => {
    const composed = text.normalize('NFC')
    const values = valuesIn({ text: composed, words: wordsIn(composed), lists, found: new Map() })
    return values.length === 0 ? { text, found: false } : { text: masked(composed, values), found: true }
  }
}

function masked(text: string, values: readonly Value[]): string {
  const parts: string[] = []
  let end = 0
  for (const value of values) {
    if (value.start < end) continue
    parts.push(text.slice(end, value.start), MASK)
    end = quotedEnd(text, value)
  }
  return parts.join('') + text.slice(end)
}

function foundAt({ words, lists, found }: Reading, at: number): Found<Kind> | undefined {
  const known = found.get(at)
  if (known !== undefined || found.has(at)) return known
  const made = lists.find(words, at)
  found.set(at, made)
  return made
}

function valuesIn(reading: Reading): Value[] {
  const values: Value[] = []
  for (let at = 0; at < reading.words.length; ) {
    const found = foundAt(reading, at)
    const after = at + (found?.length ?? 1)
    if (found === undefined || found.kind === 'never') {
      at = after
      continue
    }
    const ahead = valueAfter(reading, after, found)
    const first = ahead ?? valueBefore(reading, at, found.kind)
    const more = ahead === undefined ? [] : moreValues(reading, ahead.next)
    if (first !== undefined) values.push(first, ...more)
    at = Math.max(after, more.at(-1)?.next ?? ahead?.next ?? after)
  }
  return values
}

function valueAfter(reading: Reading, from: number, { kind, compound }: Found<Kind>): Value | undefined {
  const { words, lists } = reading
  const unknownMax = kind === 'message' ? UNKNOWN_MESSAGE_MAX : kind === 'account' ? 0 : UNKNOWN_MAX
  let unknown = 0
  let assigned = false
  for (let at = from; at < Math.min(words.length, from + REACH) && unknown <= unknownMax; ) {
    const word = words[at]
    if (word === undefined || (word.ends && at > from)) return undefined
    assigned ||= word.assigned
    if (word.ends) unknown += 1
    const value = tokenAt(reading.text, words, at)
    if (value !== undefined && accepts(reading, value, { kind, unknown })) return withoutCounted(reading, value)
    const other = value === undefined ? foundAt(reading, at) : undefined
    if (other?.kind === 'word' || other?.kind === 'never') return undefined
    if (other !== undefined) at += other.length - 1
    else if (value === undefined && lists.is.has(word.text)) assigned = true
    else if (value === undefined && lists.links.has(word.text)) assigned = false
    else if (kind === 'word' && !compound && unknown === 0 && value === undefined && isAssignedWord(reading, at, assigned))
      return plainValue(reading, at)
    else {
      unknown += 1
      assigned = false
    }
    at = value?.next ?? at + 1
  }
  return undefined
}

/** "4821 is the code": only copulas and the like between, and no telephone number. */
function valueBefore(reading: Reading, before: number, kind: Kind): Value | undefined {
  const { words, lists } = reading
  if (kind === 'account') return undefined
  let assigned = false
  for (let at = before - 1; at >= Math.max(0, before - BACK_MAX); at--) {
    const word = words[at]
    const next = words[at + 1]
    if (word === undefined || next === undefined || next.ends) return undefined
    if (word.chunk.lastMark < 0) {
      if (next.comma || !(lists.is.has(word.text) || lists.links.has(word.text))) return undefined
      assigned ||= lists.is.has(word.text)
      continue
    }
    const value = tokenAt(reading.text, words, firstOfNumber(words, at))
    if (value === undefined || value.next !== at + 1 || (next.comma && !assigned)) return undefined
    return accepts(reading, value, { kind, unknown: 1 }) ? value : undefined
  }
  return undefined
}

function moreValues(reading: Reading, from: number): Value[] {
  const { words, lists } = reading
  const values: Value[] = []
  let last = from
  for (let at = from; at < words.length && at - last < REACH; ) {
    const word = words[at]
    if (word === undefined || word.ends) break
    if (lists.and.has(word.text) || lists.links.has(word.text)) {
      at += 1
      continue
    }
    const value = tokenAt(reading.text, words, at)
    if (value === undefined || !accepts(reading, value, { kind: 'word', unknown: 1 })) break
    values.push(value)
    last = at = value.next
  }
  return values
}

function accepts(reading: Reading, value: Value, { kind, unknown }: Nearness): boolean {
  const { words, lists, text } = reading
  const before = words[value.at - 1]
  const after = words[value.next]
  if (value.other || text.charAt(value.start) === '+') return false
  const isOther = before !== undefined && lists.otherNumbers.has(before.text) && !words[value.at]?.assigned
  if (isOther && isNumber(words[value.at] ?? before)) return false
  if (value.digits === undefined) return acceptsMixed(reading, value, { kind, unknown })
  const counted = after !== undefined && !after.ends && lists.units.has(after.text)
  if (counted && value.next - value.at === 1) return false
  if (value.amount === true && (kind !== 'word' || unknown > 0)) return false
  const isPhone = value.digits === PHONE_DIGITS
  if (kind === 'message') return isBetween(value.digits, SENT_DIGITS) && !(before !== undefined && lists.recipients.has(before.text))
  if (kind === 'account') return isBetween(value.digits, NEAR_DIGITS) && !isPhone
  if (unknown === 0) return isBetween(value.digits, TIGHT_DIGITS)
  return isBetween(value.digits, NEAR_DIGITS) && !isPhone && !isPostcode(text, value, after)
}

/** `2450 København`. */
function isPostcode(text: string, { digits }: Value, after: Word | undefined): boolean {
  const initial = after === undefined || after.ends || after.comma ? '' : text.charAt(after.start)
  return digits === 4 && initial !== initial.toLowerCase()
}

function acceptsMixed({ words, lists }: Reading, value: Value, { kind, unknown }: Nearness): boolean {
  const [first, second] = [words[value.at], words[value.at + 1]]
  const isAmount = value.next - value.at === 2 && first !== undefined && isNumber(first) && lists.units.has(second?.text ?? '')
  if (isAmount || kind === 'message') return false
  if (kind === 'word' && unknown === 0) return true
  return value.end - value.start >= NEAR_MIXED_MIN && value.email !== true
}

/** "4821 2 times": the last group of a grouped number is counted, not a part of it. */
function withoutCounted({ words, lists }: Reading, value: Value): Value {
  const after = words[value.next]
  if (value.digits === undefined || value.next - value.at < 2 || after === undefined || !lists.units.has(after.text)) return value
  return { ...value, next: value.next - 1, end: words[value.next - 2]?.end ?? value.end }
}

function isAssignedWord({ words, lists }: Reading, at: number, assigned: boolean): boolean {
  const word = words[at]
  const next = words[at + 1]
  if (word === undefined || word.text.length < PLAIN_MIN || lists.notValues.has(word.text)) return false
  if (next === undefined || next.ends) return assigned
  return lists.closers.has(next.text) || (assigned && !lists.units.has(next.text))
}

function plainValue({ text, words }: Reading, at: number): Value | undefined {
  const word = words[at]
  if (word === undefined) return undefined
  return { at, next: word.chunk.next, start: word.start, end: skipClosing(text, word.chunk.end, word.end - 1) }
}

function isBetween(count: number, [least, most]: readonly [number, number]): boolean {
  return count >= least && count <= most
}
