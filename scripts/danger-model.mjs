/**
 * `npm run danger-model`: makes locales/danger-models.bin anew from the patterns and examples in locales/. The same files give the same bytes.
 * With `--draw` what is ordinary is drawn anew before (scripts/danger-ordinary.mjs).
 */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { crc32 } from 'node:zlib'
import { compileDanger, DANGER_KINDS } from '../src/core/danger.ts'
import { DANGER_BITS, featuresOf, KIND_BITS, MAGIC, PREFIX_BYTES, STEPS, VERSION } from '../src/core/danger-model.ts'
import { inputsHash } from './danger-inputs.mjs'
import { drawOrdinary } from './danger-ordinary.mjs'
import { trainBinary } from './danger-training.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const FILE = `${ROOT}/locales/danger-models.bin`
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

const languages = readdirSync(`${ROOT}/locales`).filter((code) => existsSync(`${ROOT}/locales/${code}/danger-examples.jsonl`))
if (process.argv.includes('--draw')) drawOrdinary(languages)

const patterns = readdirSync(`${ROOT}/locales`).filter((code) => existsSync(`${ROOT}/locales/${code}/danger.json`))
const find = compileDanger(Object.fromEntries(patterns.map((code) => [code, readJson(`${ROOT}/locales/${code}/danger.json`)])))

/** What is harmless or dangerous, and what is drawn as ordinary. */
function examplesOf(language) {
  const lines = (name) => readFileSync(`${ROOT}/locales/${language}/${name}.jsonl`, 'utf8').trim().split('\n')
  const told = lines('danger-examples').map((line) => JSON.parse(line))
  return [...told, ...lines('danger-ordinary').map((line) => ({ ...JSON.parse(line), kind: null }))]
}

function modelOf(language) {
  const examples = examplesOf(language)
  // With and without what the patterns say; what was in sight when they were made only without, because they know it too well.
  const rows = examples.flatMap(({ text, kind, weight = 1, seen = false }) => {
    const evidence = seen ? ['unknown'] : [find(text, language) ?? 'none', 'unknown']
    // A question that the patterns take for danger counts in full: it must alarm nobody.
    return evidence.map((of) => ({ kind, weight: typeof of === 'string' ? weight : 1, features: featuresOf(text, language, of) }))
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
