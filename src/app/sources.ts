/** The files a library is made of, read but not yet judged, and the small ones judged here. */
import { z } from 'zod'
import { HELP_COMMANDS, type HelpCommand } from '../core/command-types.js'
import { type Area, type Problem } from '../core/types.js'

/** One file: its plain value and where each part of it stands. */
export interface Source {
  readonly file: string
  readonly value: unknown
  readonly lineOf: (path: readonly (string | number)[]) => number | undefined
}

/** By name without extension. */
export interface Sources {
  readonly dialogs: Readonly<Record<string, Source>>
  readonly packs: Readonly<Record<string, PackSource>>
  readonly areas: Readonly<Record<string, Source>>
  /** By language, then by file. */
  readonly locales: Readonly<Record<string, Readonly<Record<string, Source>>>>
  readonly phoneNumbers?: Source
  /** Says in each language that it is not offered. */
  readonly notOffered?: Source
}

/** A folder of dialogs: their names, and the file `pack.yaml` where there is one. */
export interface PackSource {
  readonly dialogs: readonly string[]
  readonly pack?: Source
}

const AreaFile = z.strictObject({
  name: z.string().min(1),
  demo: z.boolean().default(false),
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "write a colour as '#1c5a48'")
    .optional(),
  owner: z.string().min(1),
  variables: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string()),
})

/** `source` is Danish as written, `machine` a translation that no person has checked. */
export const State = z.enum(['source', 'machine', 'checked'])
const PhrasesFile = z.strictObject({ state: State, texts: z.record(z.string(), z.string().min(1)) })
const Words = z.array(z.string().min(1)).min(1)
const HelpWords = Object.fromEntries(HELP_COMMANDS.map((command) => [command, Words] as const)) as Record<HelpCommand, typeof Words>
const WordsFile = z.strictObject({
  state: State,
  commands: z.strictObject({
    language: Words,
    menu: Words,
    restart: Words,
    help: Words,
    stop: Words,
    'about-me': Words,
    'delete-me': Words,
    ...HelpWords,
  }),
  languages: z.record(z.string(), z.array(z.string().min(1))),
  heard: z.strictObject({
    not: Words,
    keys: Words,
    coming: Words,
    soon: Words,
    woman: Words,
    man: Words,
    enough: Words,
    house: z.strictObject({ entrance: Words, house: Words, inside: Words, rest: Words }),
  }),
})
export type WordsOfLanguage = z.infer<typeof WordsFile>

const PhoneNumbers = z.array(
  z.strictObject({
    number: z.union([z.string(), z.number()]).transform(String),
    name: z.string(),
    status: z.enum(['verified', 'secondary', 'unverified']),
    source: z.string(),
    checked: z.union([z.string(), z.date()]).transform(String),
  }),
)

export function readArea(id: string, source: Source, problems: Problem[]): Area | undefined {
  const area = read(AreaFile, source, problems)
  if (area === undefined) return undefined
  const { colour, ...rest } = area
  return { id, ...rest, ...(colour === undefined ? {} : { colour }) }
}

export function readPhrases(source: Source, problems: Problem[]): Readonly<Record<string, string>> | undefined {
  return read(PhrasesFile, source, problems)?.texts
}

export function readWords(source: Source, problems: Problem[]): WordsOfLanguage | undefined {
  return read(WordsFile, source, problems)
}

export interface PhoneNumbersByStatus {
  /** Seen at their owner: every text may name them. */
  readonly verified: readonly string[]
  /** Seen elsewhere: only danger cards name them until staff have confirmed them. */
  readonly secondary: readonly string[]
}

export function readPhoneNumbers(source: Source | undefined, problems: Problem[]): PhoneNumbersByStatus {
  const all = source === undefined ? [] : (read(PhoneNumbers, source, problems) ?? [])
  const withStatus = (wanted: string) => all.filter(({ status }) => status === wanted).map(({ number }) => number)
  return { verified: withStatus('verified'), secondary: withStatus('secondary') }
}

/** A file's value in its form, or a problem for each part that has another. */
export function read<T>(schema: z.ZodType<T>, source: Source, problems: Problem[]): T | undefined {
  const parsed = schema.safeParse(source.value)
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) {
    const at = path.map((part) => (typeof part === 'symbol' ? part.toString() : part))
    const line = source.lineOf(at)
    const where = at.length === 0 ? '' : `${at.join('.')}: `
    problems.push({ file: source.file, ...(line === undefined ? {} : { line }), message: `${where}${message}`, severity: 'error' })
  }
  return undefined
}
