/**
 * `npm run danger-model`: makes locales/danger-models.bin anew from the patterns and examples in locales/. The same files give the same bytes.
 * Ordinary sentences are the examples that harm nobody, the questions of the dialogs, and what the bot itself says.
 */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { crc32 } from 'node:zlib'
import { parse } from 'yaml'
import { compileDanger, DANGER_KINDS } from '../src/core/danger.ts'
import { DANGER_BITS, featuresOf, KIND_BITS, MAGIC, PREFIX_BYTES, STEPS, VERSION } from '../src/core/danger-model.ts'
import { inputsHash } from './danger-inputs.mjs'
import { trainBinary } from './danger-training.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const FILE = `${ROOT}/locales/danger-models.bin`
/** Sentences of the bot itself that a language's model learns as ordinary. */
const OWN_SENTENCES = 400
/** As many examples all questions of the dialogs together are worth: more of them must not outweigh what is dangerous. */
const OWN_QUESTIONS = 300
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

const languages = readdirSync(`${ROOT}/locales`).filter((code) => existsSync(`${ROOT}/locales/${code}/danger-examples.jsonl`))
const patterns = readdirSync(`${ROOT}/locales`).filter((code) => existsSync(`${ROOT}/locales/${code}/danger.json`))
const find = compileDanger(Object.fromEntries(patterns.map((code) => [code, readJson(`${ROOT}/locales/${code}/danger.json`)])))

function examplesOf(language) {
  const lines = readFileSync(`${ROOT}/locales/${language}/danger-examples.jsonl`, 'utf8').trim().split('\n')
  const told = lines.map((line) => JSON.parse(line))
  const { questions, sentences } = language === 'da' ? ownDanish() : ownTranslated(language)
  const weight = Math.min(1, OWN_QUESTIONS / questions.length)
  return [
    ...told,
    ...questions.map((text) => ({ text, kind: null, weight })),
    ...sentences.slice(0, OWN_SENTENCES).map((text) => ({ text, kind: null })),
  ]
}

/** The Danish of the dialogs. What names an emergency is not ordinary. */
function ownDanish() {
  const dialogs = readdirSync(`${ROOT}/dialogs`, { recursive: true })
    .filter((name) => name.endsWith('.yaml') && !/^(emergency|phone-numbers|areas)|pack\.yaml$/.test(name))
    .toSorted((a, b) => (a < b ? -1 : 1))
  const nodes = dialogs.flatMap((name) => Object.entries(parse(readFileSync(`${ROOT}/dialogs/${name}`, 'utf8')).nodes))
  const calm = nodes.filter(([id]) => id !== 'violence-at-home')
  return {
    questions: calm.flatMap(([, { questions = [] }]) => questions),
    sentences: sentencesOf(calm.flatMap(([, { say = [], ask = [] }]) => [say, ask].flat())),
  }
}

function ownTranslated(language) {
  const folder = `${ROOT}/locales/${language}`
  const dialogs = readdirSync(folder).filter((name) => name.endsWith('.json') && !/^(danger|emergency|private|words)/.test(name))
  const entries = dialogs.flatMap((name) => {
    const file = readJson(`${folder}/${name}`)
    return Object.entries(file.texts ?? file).filter(([path]) => !path.startsWith('violence-at-home'))
  })
  return {
    questions: entries.flatMap(([, entry]) => entry.examples ?? []),
    sentences: sentencesOf(entries.map(([, entry]) => (typeof entry === 'string' ? entry : (entry.text ?? '')))),
  }
}

function sentencesOf(texts) {
  const sentences = texts.flatMap((text) => text.replace(/\{\{[^}]*\}\}/g, ' ').split(/[.!?:\n؟۔።]+/u))
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => /\s/.test(sentence) && !sentence.includes('112'))
}

function modelOf(language) {
  const examples = examplesOf(language)
  // With and without what the patterns say; what was in sight when they were made only without, because they know it too well.
  const rows = examples.flatMap(({ text, kind, weight = 1, seen = false }) => {
    const evidence = seen ? ['unknown'] : [find(text, language) ?? 'none', 'unknown']
    return evidence.map((of) => ({ kind, weight, features: featuresOf(text, language, of) }))
  })
  const train = (isIt, bits, only = () => true) => {
    const chosen = rows.filter(only).map((row) => ({ features: row.features, weight: row.weight, is: isIt(row) }))
    return trainBinary(chosen, { bits, shift: DANGER_BITS - bits })
  }
  const danger = train(({ kind }) => kind !== null, DANGER_BITS)
  const kinds = DANGER_KINDS.map((of) =>
    train(
      ({ kind }) => kind === of,
      KIND_BITS,
      ({ kind }) => kind !== null,
    ),
  )
  return [danger, ...kinds]
}

function quantised({ bias, weights }) {
  const step = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / STEPS || 1
  return { scale: [bias, step], steps: Int8Array.from(weights, (weight) => Math.round(weight / step)) }
}

const models = languages.map((language) => modelOf(language).map(quantised))
const scales = models.map((ofLanguage) => ofLanguage.map(({ scale }) => scale))
const json = Buffer.from(JSON.stringify({ made: inputsHash(), languages, scales }))
const body = Buffer.concat([json, ...models.flat().map(({ steps }) => Buffer.from(steps.buffer))])
const prefix = Buffer.alloc(PREFIX_BYTES)
prefix.writeUInt32LE(MAGIC, 0)
prefix.writeUInt32LE(VERSION, 4)
prefix.writeUInt32LE(json.length, 12)
prefix.writeUInt32LE(crc32(Buffer.concat([prefix.subarray(12), body])), 8)
writeFileSync(`${FILE}.new`, Buffer.concat([prefix, body]))
renameSync(`${FILE}.new`, FILE)
process.stdout.write(`${languages.join(' ')}: ${prefix.length + body.length} bytes\n`)
