/** `nlu match --examples FILE`: ranks texts on standard input by examples of a file, with the training and ranking of the product. */
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { type Example, type Ranker, trainRanker } from '../core/match/rank.js'

const USAGE = 'Usage: npm run nlu -- match --examples FILE < texts.jsonl'
/** Intents are no nodes: they stand where a dialog's id does. */
const NODE = ''

type Print = (line: string) => void

/**
 * FILE has lines `{"intent","text","language"}`, `input` has lines `{"id","text","language"}`; prints
 * `{"id","ranked":[{"intent","score"},…]}` for each, best first, scores as the product compares them with its thresholds.
 * Each broken line is named by file and line on `warn`. Resolves to the exit code: 1 when a line or the call was broken.
 */
export async function nluMatch(args: readonly string[], input: AsyncIterable<string | Buffer>, print: Print, warn: Print): Promise<number> {
  const file = examplesFile(args)
  if (file === undefined) {
    warn(USAGE)
    return 1
  }
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    warn(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  if (content === undefined) return 1
  let broken = 0
  const named = (line: string) => {
    broken += 1
    warn(line)
  }
  const examples = content
    .split('\n')
    .map((line, index) => readLine(line, ['intent', 'text', 'language'], (what) => named(`${file}:${index + 1}: ${what}`)))
  const rankers = train(examples.filter((example) => example !== undefined))
  let number = 0
  for await (const line of linesOf(input)) {
    number += 1
    const asked = readLine(line, ['id', 'text', 'language'], (what) => named(`standard input:${number}: ${what}`))
    if (asked !== undefined) print(JSON.stringify({ id: asked.id, ranked: ranked(rankers, asked) }))
  }
  return broken === 0 ? 0 : 1
}

function examplesFile(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { examples: { type: 'string' } } }).values.examples
  } catch {
    return undefined
  }
}

type Line<Name extends string> = Readonly<Record<Name, string>>

/** A line of JSON with these texts; an empty one is passed over, of a broken one it is said what is wrong. */
function readLine<Name extends string>(line: string, names: readonly Name[], broken: Print): Line<Name> | undefined {
  if (line.trim() === '') return undefined
  const value = parsed(line)
  const fields: Readonly<Record<string, unknown>> = typeof value === 'object' && value !== null ? { ...value } : {}
  const missing = names.filter((name) => typeof fields[name] !== 'string')
  if (missing.length === 0) return fields as Line<Name>
  broken(value === undefined ? 'is no JSON' : `needs ${missing.join(' and ')} as text`)
  return undefined
}

/** Undefined for what is no JSON, which no JSON can say. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function train(examples: readonly Line<'intent' | 'text' | 'language'>[]): ReadonlyMap<string, Ranker> {
  const byLanguage = new Map<string, Example[]>()
  for (const { intent, text, language } of examples) {
    const own = byLanguage.get(language) ?? []
    own.push({ dialog: intent, node: NODE, text })
    byLanguage.set(language, own)
  }
  return new Map([...byLanguage].map(([language, own]) => [language, trainRanker(own, language)]))
}

/** Nothing for a language that FILE has no examples of. */
function ranked(rankers: ReadonlyMap<string, Ranker>, { text, language }: Line<'text' | 'language'>) {
  return (rankers.get(language)?.(text) ?? []).map(({ dialog, score }) => ({ intent: dialog, score }))
}

function linesOf(input: AsyncIterable<string | Buffer>): AsyncIterable<string> {
  return createInterface({ input: Readable.from(input), crlfDelay: Number.POSITIVE_INFINITY })
}
