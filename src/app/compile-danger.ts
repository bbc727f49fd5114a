/** Reads `locales/<language>/danger.json`: its form, and slips that would make a pattern silent or far too loud. */
import { z } from 'zod'
import { compilingDanger, DANGER_KINDS, type DangerWords, type FindByPatterns, type FindDanger } from '../core/danger.js'
import type { DangerModels } from '../core/danger-model.js'
import { createFindDanger } from '../core/find-danger.js'
import { hash } from '../core/hash.js'
import type { Detect } from '../core/language/detect.js'
import { checkGroups, checkPattern, isTooShort } from '../core/phrases/check-phrases.js'
import { type Made, makeOnce, type Preparable } from '../core/steps.js'
import type { LanguageCode, Problem } from '../core/types.js'
import { read, type Source, type Sources } from './sources.js'

/** In every language's folder. */
export const DANGER_FILE = 'danger'
/** Shorter words are ordinary ones in some of the languages, and all languages are always tried. */
const LONE_WORD_MIN = 3

const Lines = z.array(z.string().min(1))
const Kind = z.enum(DANGER_KINDS)
const Say = { gap: z.number().int().min(0).max(8).optional(), order: z.literal('any').optional(), words: Lines.min(1) }
const DangerFile = z.strictObject({
  state: z.enum(['source', 'machine', 'checked']),
  groups: z.record(z.string().regex(/^[a-z][a-z-]*$/u, 'name a group in small letters'), Lines),
  fuzzy: Lines.optional(),
  glued: Lines.optional(),
  never: z.string().min(1).optional(),
  ordinary: Lines.optional(),
  patterns: z.array(z.strictObject({ kind: Kind, certainty: z.literal('unclear').optional(), ...Say })).min(1),
  not: z
    .array(
      z.strictObject({
        kinds: z.array(Kind).min(1).optional(),
        where: z.enum(['here', 'before', 'sentence', 'message']).optional(),
        ...Say,
      }),
    )
    .optional(),
})

/** The danger words of every language that has the file; problems are added to the list, with their line. */
export function readDangerWords({ locales }: Sources, problems: Problem[]): Readonly<Record<LanguageCode, DangerWords>> {
  const entries = Object.entries(locales).flatMap(([language, files]) => {
    const source = files[DANGER_FILE]
    const words = source === undefined ? undefined : readDanger(source, problems)
    return words === undefined ? [] : [[language, words] as const]
  })
  return Object.fromEntries(entries)
}

let last: { readonly words: string; readonly find: Made<FindByPatterns> } | undefined

/** Dialogs change every day, these words hardly ever. */
function compiledOnce(words: Readonly<Record<LanguageCode, DangerWords>>): Made<FindByPatterns> {
  const same = hash(JSON.stringify(words))
  if (last?.words !== same) last = { words: same, find: makeOnce(() => compilingDanger(words)) }
  return last.find
}

/** Finds danger in any language. The patterns are compiled when they are first asked, or before that in pieces. */
export function dangerFinder(
  words: Readonly<Record<LanguageCode, DangerWords>>,
  { dangerModels, detect }: { readonly dangerModels: DangerModels; readonly detect: Detect },
): FindDanger & Preparable {
  let compiled: Made<FindByPatterns> | undefined
  const patterns = () => (compiled ??= compiledOnce(words))
  const find = createFindDanger((...of) => patterns().get()(...of), dangerModels, detect)
  return Object.assign(find, { prepare: () => patterns().prepare() })
}

/** The danger words of a language, or undefined when the file's form is wrong. */
function readDanger(source: Source, problems: Problem[]): DangerWords | undefined {
  // A file read from JSON has no undefined values: zod leaves out what is missing, and the type does not know.
  const parsed = read(DangerFile, source, problems) as (DangerWords & { readonly state: string }) | undefined
  if (parsed === undefined) return undefined
  const { state: _, ...words } = parsed
  return words
}

/** Slips in the danger words of every language. Takes about a second: for the author's check, not for a start. */
export function checkDangerWords({ locales }: Sources): readonly Problem[] {
  return Object.entries(locales).flatMap(([language, files]) => {
    const source = files[DANGER_FILE]
    const words = source === undefined ? undefined : readDanger(source, [])
    return source === undefined || words === undefined ? [] : slipsIn(words, source, language)
  })
}

function slipsIn(words: DangerWords, source: Source, language: LanguageCode): readonly Problem[] {
  const problems: Problem[] = []
  const report = (path: readonly (string | number)[], message: string): void => {
    const line = source.lineOf(path)
    const at = line === undefined ? {} : { line }
    problems.push({ file: source.file, ...at, language, message: `${path.join('.')}: ${message}`, severity: 'error' })
  }
  for (const { path, message } of checkGroups(words.groups, language)) report(path, message)
  for (const name of words.fuzzy ?? []) if (!(name in words.groups)) report(['fuzzy'], `there is no group ${name}`)
  checkLines(words, language, report)
  return problems
}

function checkLines(
  words: DangerWords,
  language: LanguageCode,
  report: (path: readonly (string | number)[], message: string) => void,
): void {
  const lines = (['patterns', 'not'] as const).flatMap((list) =>
    (words[list] ?? []).flatMap((pattern, at) => pattern.words.map((text, line) => ({ list, text, path: [list, at, 'words', line] }))),
  )
  for (const { list, text, path } of lines) {
    for (const message of checkPattern(text, words.groups, language)) report(path, message)
    if (list === 'patterns' && isTooShort(text, LONE_WORD_MIN)) report(path, 'one ordinary word is no danger: say who does what')
  }
}
