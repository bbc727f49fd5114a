/** A place in a dialog or translation file while it is read: its value, where it stands, and the list that problems go to. */
import type { Problem } from '../types.js'

/** One file: its plain value and where each part of it stands. */
export interface FileSource {
  readonly file: string
  readonly value: unknown
  /** Line (from 1) of the value at a path; undefined when nothing stands there. */
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined
}

export interface Cursor {
  readonly value: unknown
  readonly path: readonly (string | number)[]
  readonly source: FileSource
  readonly problems: Problem[]
  readonly node?: string
  readonly language?: string
}

/** Letters that may be wrong in a key that is still guessed. */
const GUESS_DISTANCE = 3
export const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
export const ID_FORM = 'an id of small English letters, digits and dashes, for example letter-help'

export function openCursor(source: FileSource): Cursor {
  return { value: source.value, path: [], source, problems: [] }
}

/** The value at a key of an object or a list; undefined when it is not there. */
export function inside(cursor: Cursor, key: string | number): Cursor {
  const { value } = cursor
  const found =
    typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined
  return { ...cursor, value: found, path: [...cursor.path, key] }
}

export function has(cursor: Cursor, key: string): boolean {
  return isObject(cursor.value) && Object.hasOwn(cursor.value, key)
}

/** Writes down what is wrong here, on the line of the nearest thing that stands in the file. Returns undefined, so that a reader can end with it. */
export function report(cursor: Cursor, message: string): undefined {
  const line = nearestLine(cursor.source, cursor.path)
  cursor.problems.push({
    file: cursor.source.file,
    ...(line === undefined ? {} : { line }),
    ...(cursor.node === undefined ? {} : { node: cursor.node }),
    ...(cursor.language === undefined ? {} : { language: cursor.language }),
    message,
    severity: 'error',
  })
  return undefined
}

/** Line of the value at a path, or of the nearest thing around it that stands in the file. */
export function nearestLine(source: FileSource, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const line = source.lineOf(path.slice(0, length))
    if (line !== undefined) return line
  }
  return undefined
}

/** True for an object whose every key is known; each other key is a problem that names the nearest known one. */
export function isRecord(cursor: Cursor, known: readonly string[]): boolean {
  if (!isObject(cursor.value)) {
    report(cursor, `${here(cursor)} must be a list of keys and values: ${known.join(', ')}`)
    return false
  }
  for (const key of Object.keys(cursor.value)) {
    if (!known.includes(key)) report(inside(cursor, key), `\`${key}\` is not known here: ${guess(key, known)}`)
  }
  return true
}

/** Entries of an object whose keys are ids; another key is a problem and left out. */
export function idEntries(cursor: Cursor): [string, Cursor][] {
  if (!isObject(cursor.value)) {
    report(cursor, `${here(cursor)} must be a list of ids, each with what it stands for`)
    return []
  }
  return Object.keys(cursor.value).flatMap((key): [string, Cursor][] => {
    const entry = inside(cursor, key)
    if (ID.test(key)) return [[key, entry]]
    report(entry, `\`${key}\` must be ${ID_FORM}`)
    return []
  })
}

/** Entries of a list. */
export function items(cursor: Cursor): Cursor[] {
  if (Array.isArray(cursor.value)) return cursor.value.map((_, index) => inside(cursor, index))
  report(cursor, `${here(cursor)} must be a list`)
  return []
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text with something in it. */
export function readText(cursor: Cursor): string | undefined {
  if (typeof cursor.value === 'string' && cursor.value.trim() !== '') return cursor.value
  if (typeof cursor.value === 'number' || typeof cursor.value === 'boolean') {
    return report(cursor, `${here(cursor)} must be a text: put ${String(cursor.value)} in quotes`)
  }
  return report(cursor, `${here(cursor)} must be a text with something in it`)
}

export function readId(cursor: Cursor): string | undefined {
  if (typeof cursor.value === 'string' && ID.test(cursor.value)) return cursor.value
  return report(cursor, `${here(cursor)} must be ${ID_FORM}`)
}

export function readBoolean(cursor: Cursor): boolean {
  if (typeof cursor.value !== 'boolean') report(cursor, `${here(cursor)} must be true or false`)
  return cursor.value === true
}

/** One of a few words. */
export function readOneOf<T extends string>(cursor: Cursor, words: readonly T[]): T | undefined {
  const word = words.find((candidate) => candidate === cursor.value)
  if (word !== undefined) return word
  const near = typeof cursor.value === 'string' ? nearest(cursor.value, words) : undefined
  return report(cursor, `${here(cursor)} must be one of ${words.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`)
}

export function readNumber(cursor: Cursor): number | undefined {
  if (typeof cursor.value === 'number' && Number.isFinite(cursor.value)) return cursor.value
  return report(cursor, `${here(cursor)} must be a number`)
}

/** A count from 1. */
export function readCount(cursor: Cursor): number | undefined {
  if (typeof cursor.value === 'number' && Number.isInteger(cursor.value) && cursor.value >= 1) return cursor.value
  return report(cursor, `${here(cursor)} must be a whole number from 1`)
}

/** Reads the value of a key when it is there. */
export function optional<T>(cursor: Cursor, key: string, read: (cursor: Cursor) => T | undefined): T | undefined {
  return has(cursor, key) ? read(inside(cursor, key)) : undefined
}

/** The object without the keys that hold undefined. */
export function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> }
}

function here({ path }: Cursor): string {
  return path.length === 0 ? 'the file' : `\`${String(path.at(-1))}\``
}

export function guess(key: string, known: readonly string[]): string {
  const near = nearest(key, known)
  return near === undefined ? `use one of ${known.join(', ')}` : `did you mean \`${near}\`?`
}

/** The known word with the fewest letters wrong, when they are few. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.min(GUESS_DISTANCE, Math.floor(word.length / 2))
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .toSorted((a, b) => a.distance - b.distance)
  return best !== undefined && best.distance <= limit ? best.candidate : undefined
}

/** Levenshtein distance; words are short, so one row at a time is enough. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let at = 1; at <= from.length; at++) {
    const next = [at]
    for (let column = 1; column <= to.length; column++) {
      const change = (row[column - 1] ?? 0) + (from[at - 1] === to[column - 1] ? 0 : 1)
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
