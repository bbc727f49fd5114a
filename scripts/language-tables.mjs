/**
 * `npm run language-tables`: makes locales/language-tables.bin anew. The same packages and own words give the same
 * bytes. Needs the npm registry; nothing else does, for the file is committed.
 */
import { renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { crc32 } from 'node:zlib'
import { hashOf, MAGIC, ORDER, PREFIX_BYTES, STEPS_PER_NAT, VERSION, WORD_SEED } from '../src/core/language/language-tables.ts'
import { scriptOf } from '../src/core/language/letters.ts'
import { trainModel } from './language-model.mjs'
import { readWeights, withPackages } from './language-sources.mjs'

const FILE = resolve(import.meta.dirname, '../locales/language-tables.bin')
const SCRIPTS = {
  Latn: ['da', 'en', 'so', 'tr', 'pl', 'ku', 'bs', 'ro', 'vi', 'sv', 'nb', 'nn', 'de'],
  Arab: ['ar', 'ur', 'fa', 'ckb', 'ps'],
  Cyrl: ['uk', 'bs', 'ru'],
  Ethi: ['ti', 'am'],
  Taml: ['ta'],
}
/** Words of two scripts are slips and brand names. */
const oneScript = (word, script) => [...word].every((letter) => letter === "'" || /\p{M}/u.test(letter) || scriptOf(letter) === script)

function tableOf(script, languages, weights) {
  const model = trainModel(languages.map((language) => new Map([...weights[language]].filter(([word]) => oneScript(word, script)))))
  const contexts = encodeRows(
    hashed(model.contexts, (text) => text.length),
    true,
  )
  const leaves = encodeRows([...hashed(model.leaves, () => ORDER), ...hashed(model.words, () => WORD_SEED)], false)
  const { unseen } = model
  return { head: { script, languages, unseen, contexts: contexts.size, leaves: leaves.size }, bytes: [contexts.bytes, leaves.bytes] }
}

function hashed(rows, seedOf) {
  return [...rows].map(([text, entries]) => ({ key: hashOf(text, 0, text.length, seedOf(text)), entries }))
}

/** Keys, numbers of entries, then each kind of value of all entries. Of two texts with one hash the first stays: one in thousands. */
function encodeRows(all, backoffs) {
  const rows = [...new Map(all.toReversed().map((row) => [row.key, row])).values()].toSorted((a, b) => a.key - b.key)
  const entries = rows.flatMap((row) => row.entries)
  const keys = Buffer.alloc(rows.length * 4)
  rows.forEach(({ key }, index) => keys.writeUInt32LE(key, index * 4))
  const values = [
    rows.map((row) => row.entries.length),
    entries.map(({ language }) => language),
    entries.map(({ p }) => cost(p)),
    ...(backoffs ? [entries.map(({ backoff }) => cost(backoff))] : []),
  ]
  return { size: { rows: rows.length, entries: entries.length }, bytes: Buffer.concat([keys, ...values.map((list) => Buffer.from(list))]) }
}

function cost(p) {
  return Math.min(255, Math.round(-Math.log(p) * STEPS_PER_NAT))
}

const weights = withPackages(readWeights)
const tables = Object.entries(SCRIPTS).map(([script, languages]) => tableOf(script, languages, weights))
const head = Buffer.from(JSON.stringify({ scripts: tables.map((table) => table.head) }))
const body = Buffer.concat([head, ...tables.flatMap(({ bytes }) => bytes)])
const prefix = Buffer.alloc(PREFIX_BYTES)
// The checksum covers the length of the head too.
prefix.writeUInt32LE(head.length, 12)
;[MAGIC, VERSION, crc32(body, crc32(prefix.subarray(12)))].forEach((number, index) => prefix.writeUInt32LE(number, index * 4))
writeFileSync(`${FILE}.new`, Buffer.concat([prefix, body]))
renameSync(`${FILE}.new`, FILE)
for (const { script, languages, contexts, leaves } of tables.map((table) => table.head))
  console.log(`${script}: ${languages.join(' ')}: ${contexts.rows + leaves.rows} rows, ${contexts.entries + leaves.entries} entries`)
console.log(`${FILE}: ${((prefix.length + body.length) / 2 ** 20).toFixed(2)} MB`)
