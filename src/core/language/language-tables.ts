/** The committed tables of language detection as typed arrays. Written by scripts/language-tables.mjs; docs/language.md tells the format. */
import type { LanguageCode } from '../types.js'
import type { Script } from './letters.js'

/** 'OPLT' read as a little-endian number. */
export const MAGIC = 0x544c504f
/** Of the format: raised with every change that older code would misread. */
export const VERSION = 1
/** Magic, version, checksum (CRC-32 of all that follows), length of the JSON head: 32 bits each. */
export const PREFIX_BYTES = 16
/** A byte b stands for a probability of e^(-b/14): 18 nats in steps of 0.07. */
export const STEPS_PER_NAT = 14
/** Longest sequence of characters that has a row. */
export const ORDER = 4
/** Seed of the hash of whole words, beyond those of sequences, which are their lengths. */
export const WORD_SEED = 9

/** Rows of a script: what each language knows about one sequence of characters. */
export interface Rows {
  /** Hashes, ascending. */
  readonly keys: Uint32Array
  /** Where each row's entries begin, and one more for the end. */
  readonly starts: Uint32Array
  /** First key of each value of a hash's upper bits. */
  readonly buckets: Uint32Array
  /** 32 less the number of upper bits that choose a bucket. */
  readonly shift: number
  /** By entry: index into the script's languages. */
  readonly languages: Uint8Array
  /** By entry: the last character's probability after the others, or the word's among words. */
  readonly costs: Uint8Array
  /** By entry: what is left for characters never seen after this sequence. Only sequences shorter than `ORDER` have it. */
  readonly backoffs: Uint8Array
}

export interface ScriptTable {
  readonly languages: readonly LanguageCode[]
  /** By language: the natural logarithm of the probability of a character it never writes. */
  readonly unseen: readonly number[]
  /** Sequences of 1 to `ORDER` - 1 characters. */
  readonly contexts: Rows
  /** Sequences of `ORDER` characters, and whole words. */
  readonly leaves: Rows
}

export type LanguageTables = Readonly<Partial<Record<Script, ScriptTable>>>

interface Head {
  readonly scripts: readonly {
    readonly script: Script
    readonly languages: readonly LanguageCode[]
    readonly unseen: readonly number[]
    readonly contexts: { readonly rows: number; readonly entries: number }
    readonly leaves: { readonly rows: number; readonly entries: number }
  }[]
}

/** Hash of `text` from `from` to `to` (code units), 32 bits; `seed` keeps kinds of keys apart. */
export function hashOf(text: string, from: number, to: number, seed: number): number {
  let hash = Math.imul(seed, 0x9e3779b1) ^ 0x811c9dc5
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The tables in the bytes of the file. Throws when they are no such file, of another version, or end too early. */
export function parseLanguageTables(bytes: Uint8Array): LanguageTables {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < PREFIX_BYTES || view.getUint32(0, true) !== MAGIC) throw new Error('these are no language tables')
  const version = view.getUint32(4, true)
  if (version !== VERSION) throw new Error(`the language tables are of version ${version}, not ${VERSION}`)
  const end = PREFIX_BYTES + view.getUint32(12, true)
  const { scripts } = JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, end))) as Head
  const reader = createReader(bytes, end)
  return Object.fromEntries(
    scripts.map(({ script, languages, unseen, contexts, leaves }) => [
      script,
      { languages, unseen, contexts: readRows(reader, contexts, true), leaves: readRows(reader, leaves, false) },
    ]),
  )
}

/** The file's numbers are little-endian; copied as they are where the machine's are too, which is ten times faster. */
const BIG_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 0

interface Reader {
  readonly numbers: (count: number) => Uint32Array
  readonly bytes: (count: number) => Uint8Array
}

function createReader(bytes: Uint8Array, from: number): Reader {
  let at = from
  const take = (count: number) => {
    at += count
    if (at > bytes.length) throw new Error('the language tables end too early')
    return bytes.subarray(at - count, at)
  }
  const numbers = (count: number) => {
    const copy = new Uint32Array(count)
    const raw = new Uint8Array(copy.buffer)
    raw.set(take(count * 4))
    if (BIG_ENDIAN) for (let index = 0; index < raw.length; index += 4) raw.subarray(index, index + 4).reverse()
    return copy
  }
  return { numbers, bytes: take }
}

function readRows(reader: Reader, { rows, entries }: { rows: number; entries: number }, backoffs: boolean): Rows {
  const keys = reader.numbers(rows)
  const lengths = reader.bytes(rows)
  const starts = new Uint32Array(rows + 1)
  for (let row = 0; row < rows; row += 1) starts[row + 1] = (starts[row] ?? 0) + (lengths[row] ?? 0)
  const languages = reader.bytes(entries)
  const costs = reader.bytes(entries)
  return { keys, starts, ...bucketsOf(keys), languages, costs, backoffs: reader.bytes(backoffs ? entries : 0) }
}

/** One to two keys a bucket on average, so that a look-up is few steps. */
function bucketsOf(keys: Uint32Array): { buckets: Uint32Array; shift: number } {
  const bits = Math.max(1, Math.floor(Math.log2(keys.length + 1)))
  const shift = 32 - bits
  const buckets = new Uint32Array(2 ** bits + 1)
  for (let row = 0; row < keys.length; row += 1) {
    const next = ((keys[row] ?? 0) >>> shift) + 1
    buckets[next] = (buckets[next] ?? 0) + 1
  }
  for (let bucket = 1; bucket < buckets.length; bucket += 1) buckets[bucket] = (buckets[bucket] ?? 0) + (buckets[bucket - 1] ?? 0)
  return { buckets, shift }
}

/** The row of a hash, or -1. */
export function findRow({ keys, buckets, shift }: Rows, hash: number): number {
  const bucket = hash >>> shift
  const end = buckets[bucket + 1] ?? 0
  for (let row = buckets[bucket] ?? 0; row < end; row += 1) if (keys[row] === hash) return row
  return -1
}
