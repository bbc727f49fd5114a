/**
 * What no pattern says in so many words: a logistic regression for each language over the pieces of a text and what the patterns made of it.
 * Written by scripts/danger-model.mjs from `locales/<language>/danger-examples.jsonl`; docs/danger.md tells how it is measured.
 */
import { DANGER_KINDS, type Danger, type DangerKind } from './danger.js'
import { normalize } from './language/normalize.js'
import { countFeatures } from './match/features.js'
import { stemmed } from './match/stems.js'
import type { LanguageCode } from './types.js'

/** 'OPDM' read as a little-endian number. */
export const MAGIC = 0x4d44504f
/** Of the format and of the features: raised with every change that would make old weights mean something else. */
export const VERSION = 1
/** Magic, version, checksum (CRC-32 of all that follows), length of the JSON head: 32 bits each. */
export const PREFIX_BYTES = 16
/** Weights of "is it danger" have so many bits of address; those of a kind fewer, because less depends on them. */
export const DANGER_BITS = 17
export const KIND_BITS = 14
/** What a weight is a step of is in the head; a byte holds -127 to 127 of them. */
export const STEPS = 127
/** As much of a text as matching compares. */
const TEXT_MAX = 500
/** Golden ratio of 32 bits: spreads a hash over the addresses. */
const SPREAD = 0x9e3779b1
/** Stems count a little less than what is written; both chosen by cross-validation over the examples. */
const STEMS_WEIGHT = 0.7
const STEMS_SALT = 0x5bd1e995

/** A text as addresses of {@link DANGER_BITS} bits with their values; ascending, each once. */
export interface Features {
  readonly ids: Int32Array
  readonly values: Float64Array
}

export interface Weights {
  readonly bias: number
  readonly step: number
  readonly steps: Int8Array
}

export interface DangerModel {
  readonly danger: Weights
  readonly kinds: Readonly<Record<DangerKind, Weights>>
}

/** By language. */
export type DangerModels = Readonly<Record<LanguageCode, DangerModel>>

/** What the patterns made of a text: a danger, none, or not known because nobody asked them. */
export type Evidence = Danger | 'none' | 'unknown'

/** What is read of a text in a language: its pieces and words, those of its stems, and what the patterns made of it. */
export function featuresOf(text: string, language: LanguageCode, evidence: Evidence): Features {
  const normal = normalize(text.slice(0, TEXT_MAX), language)
  const sums = new Map<number, number>()
  const add = (feature: number, amount: number) => {
    const id = Math.imul(feature, SPREAD) >>> (32 - DANGER_BITS)
    sums.set(id, (sums.get(id) ?? 0) + amount)
  }
  addCounts(add, countFeatures(normal), { weight: 1, salt: 0 })
  addCounts(add, countFeatures(stemmed(normal)), { weight: STEMS_WEIGHT, salt: STEMS_SALT })
  const signs = signsOf(evidence)
  for (const sign of signs) add(hashOf(sign), 1 / Math.sqrt(signs.length))
  const ids = Int32Array.from([...sums.keys()]).sort()
  return { ids, values: Float64Array.from(ids, (id) => sums.get(id) ?? 0) }
}

interface Block {
  /** Length of the whole block as a vector. */
  readonly weight: number
  /** Keeps features of the same letters in two blocks apart. */
  readonly salt: number
}

function addCounts(add: (feature: number, amount: number) => void, counts: ReadonlyMap<number, number>, { weight, salt }: Block): void {
  let length = 0
  for (const count of counts.values()) length += value(count) ** 2
  const scale = weight / Math.sqrt(length || 1)
  for (const [feature, count] of counts) add(feature ^ salt, value(count) * scale)
}

const value = (count: number): number => 1 + Math.log(count)

/** Names of what the patterns made of it; no letter of a text can make them. */
function signsOf(evidence: Evidence): readonly string[] {
  if (evidence === 'unknown') return []
  if (evidence === 'none') return ['\u0000none']
  const { certainty, kind } = evidence
  return ['\u0000found', `\u0000${certainty}`, `\u0000${certainty} ${kind}`]
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0
}

/** Probability 0–1 that the text tells of danger. */
export function dangerProbability({ danger }: DangerModel, features: Features): number {
  return 1 / (1 + Math.exp(-sum(danger, features, 0)))
}

/** The kind of danger that a text is most like. */
export function likeliestKind({ kinds }: DangerModel, features: Features): DangerKind {
  const scored = DANGER_KINDS.map((kind) => ({ kind, score: sum(kinds[kind], features, DANGER_BITS - KIND_BITS) }))
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).kind
}

function sum({ bias, step, steps }: Weights, { ids, values }: Features, shift: number): number {
  let total = 0
  for (const [at, id] of ids.entries()) total += (steps[id >>> shift] ?? 0) * (values[at] ?? 0)
  return bias + step * total
}

interface Head {
  readonly languages: readonly LanguageCode[]
  /** By language, then "danger" and each kind: bias and step. */
  readonly scales: readonly (readonly (readonly [bias: number, step: number])[])[]
}

/** The models in the bytes of the file. Throws when they are not a file of this version, or cut short. */
export function parseDangerModels(bytes: Uint8Array): DangerModels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new Error('not a file of danger models')
  if (view.getUint32(4, true) !== VERSION) throw new Error(`a file of version ${view.getUint32(4, true)}, not ${VERSION}`)
  const start = PREFIX_BYTES + view.getUint32(12, true)
  const { languages, scales } = JSON.parse(new TextDecoder().decode(bytes.subarray(PREFIX_BYTES, start))) as Head
  let at = start
  const take = ([bias, step]: readonly [number, number], bits: number): Weights => {
    const steps = new Int8Array(bytes.buffer, bytes.byteOffset + at, 2 ** bits)
    at += 2 ** bits
    return { bias, step, steps }
  }
  const model = (ofLanguage: Head['scales'][number]): DangerModel => {
    const [first = [0, 0], ...rest] = ofLanguage
    const danger = take(first, DANGER_BITS)
    const kinds = Object.fromEntries(DANGER_KINDS.map((kind, index) => [kind, take(rest[index] ?? [0, 0], KIND_BITS)]))
    return { danger, kinds: kinds as DangerModel['kinds'] }
  }
  return Object.fromEntries(languages.map((language, index) => [language, model(scales[index] ?? [])]))
}
