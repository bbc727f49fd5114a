/**
 * What locales/danger-models.bin is made of, as one hash. `--check` fails when the committed file was made of something else: then
 * `npm run danger-model` makes it anew.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
/** Bytes before the JSON head, and where its length stands: as src/core/danger-model.ts reads them. */
const PREFIX_BYTES = 16
const LENGTH_AT = 12
/** Code that decides which features a text has, and what is made of them. */
const FEATURES = ['danger-model', 'match/features', 'match/stems', 'language/normalize', 'language/digits'].map(
  (name) => `src/core/${name}.ts`,
)
const CODE = [...FEATURES, 'scripts/danger-model.mjs', 'scripts/danger-training.mjs']

/** SHA-256 over the patterns, the examples, what is drawn as ordinary, and that code, in hexadecimal. */
export function inputsHash() {
  const languages = readdirSync(`${ROOT}/locales`).toSorted()
  const files = languages.flatMap((code) =>
    ['danger.json', 'danger-examples.jsonl', 'danger-ordinary.jsonl'].map((name) => `locales/${code}/${name}`),
  )
  const hash = createHash('sha256')
  for (const file of [...CODE, ...files])
    if (existsSync(`${ROOT}/${file}`)) hash.update(`${file}\n`).update(readFileSync(`${ROOT}/${file}`))
  return hash.digest('hex')
}

if (process.argv.includes('--check')) {
  const bytes = readFileSync(`${ROOT}/locales/danger-models.bin`)
  const head = bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + bytes.readUInt32LE(LENGTH_AT)).toString()
  if (JSON.parse(head).made !== inputsHash()) {
    process.stderr.write(
      'locales/danger-models.bin was made of other patterns, examples or features: run npm run danger-model, and commit it\n',
    )
    process.exitCode = 1
  }
}
