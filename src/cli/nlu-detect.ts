/** `npm run --silent nlu -- detect`: JSON lines `{ id, text, candidates? }` in, `{ id, language, confidence }` out, in the same order. */
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { createDetect, type Detect } from '../core/language/detect.js'
import type { LanguageCode } from '../core/types.js'
import { readLanguageTables } from '../store/language-tables.js'

const LOCALES = fileURLToPath(new URL('../../locales', import.meta.url))
/** The languages of the sector that have a table: who is asked about when a line names no candidates. */
const ALL: readonly LanguageCode[] = ['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa', 'pl', 'uk', 'ti', 'ku', 'ckb', 'bs', 'ro', 'vi', 'ta']

interface Line {
  readonly id: string | number
  readonly text: string
  readonly candidates: readonly LanguageCode[]
}

/**
 * The likeliest candidate of each text, or null when it has no letters to judge or none of a candidate's script; its
 * probability counts the languages that are not offered too. A broken line is named by its number on `warn`;
 * the others are answered, and the exit code is 1. Throws when the tables cannot be read, or on any argument.
 */
export async function nluDetect(
  args: readonly string[],
  input: AsyncIterable<string | Buffer>,
  print: (line: string) => void,
  warn: (line: string) => void,
): Promise<number> {
  if (args.length > 0) throw new Error('detect takes no arguments: lines come from standard input')
  const detect = createDetect(await readLanguageTables(LOCALES))
  let number = 0
  let broken = 0
  for await (const text of createInterface({ input: Readable.from(input), crlfDelay: Infinity })) {
    number += 1
    if (text.trim() === '') continue
    const line = readLine(text)
    if (typeof line !== 'string') print(JSON.stringify(answer(line, detect)))
    else {
      broken += 1
      warn(`line ${number}: ${line}`)
    }
  }
  return broken === 0 ? 0 : 1
}

function answer({ id, text, candidates }: Line, detect: Detect): object {
  const best = detect(text, { candidates }).ranked.find(({ language }) => candidates.includes(language))
  return { id, language: best?.language ?? null, confidence: Number((best?.p ?? 0).toFixed(4)) }
}

/** The line, or what is wrong with it. */
function readLine(text: string): Line | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'is no JSON'
  }
  if (typeof value !== 'object' || value === null) return 'is no object'
  const { id, text: message, candidates = ALL } = value as Readonly<Record<string, unknown>>
  if (typeof id !== 'string' && typeof id !== 'number') return 'needs an "id", a string or a number'
  if (typeof message !== 'string') return 'needs a "text"'
  if (!Array.isArray(candidates) || candidates.length === 0 || !candidates.every((code) => typeof code === 'string'))
    return '"candidates" must be a list of language codes'
  return { id, text: message, candidates }
}
