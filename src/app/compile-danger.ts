/** Reads `locales/<language>/danger.json`: its form, and slips that would make a pattern silent or far too loud. */
import { z } from 'zod'
import { DANGER_KINDS, type DangerWords } from '../core/danger.js'
import { checkGroups, checkPattern, isTooShort } from '../core/phrases/check-phrases.js'
import type { LanguageCode, Problem } from '../core/types.js'
import type { Source } from './sources.js'

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

/** The danger words of a language, or undefined when the file's form is wrong; problems are added to the list, with their line. */
export function readDanger(source: Source, language: LanguageCode, problems: Problem[]): DangerWords | undefined {
  const report = (path: readonly (string | number)[], message: string): void => {
    const line = source.lineOf(path)
    const where = path.length === 0 ? '' : `${path.join('.')}: `
    problems.push({
      file: source.file,
      ...(line === undefined ? {} : { line }),
      language,
      message: `${where}${message}`,
      severity: 'error',
    })
  }
  const parsed = DangerFile.safeParse(source.value)
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      report(
        path.map((part) => (typeof part === 'symbol' ? part.toString() : part)),
        message,
      )
    return undefined
  }
  const { state: _, ...words } = withoutUndefined(parsed.data)
  for (const { path, message } of checkGroups(words.groups, language)) report(path, message)
  for (const name of words.fuzzy ?? []) if (!(name in words.groups)) report(['fuzzy'], `there is no group ${name}`)
  checkLines(words, language, report)
  return words
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

/** Zod leaves out what is missing; the type does not know. */
function withoutUndefined(file: z.infer<typeof DangerFile>): DangerWords & { state: string } {
  // A file read from JSON has no undefined values.
  return file as DangerWords & { state: string }
}
