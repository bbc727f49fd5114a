/** Reads the words that private things are found by (`locales/<language>/private.json`) and makes what runs on every message out of them. */
import { z } from 'zod'
import { createReadChild } from '../core/child.js'
import type { Library } from '../core/library.js'
import { createHideSecrets } from '../core/secrets.js'
import type { LanguageCode, Problem } from '../core/types.js'
import { read, type Source, type Sources, State } from './sources.js'

/** The file of a language folder; a folder with nothing else offers no language and has no danger cards. */
export const PRIVATE_FILE = 'private'

const Text = z.string().regex(/[\p{L}\p{N}]/u, 'write a word: it has no letter or digit')
const Word = z.string().regex(/^\p{L}[\p{L}\p{M}'’\u200C]*$/u, 'write one word of letters alone')
const Phrase = Text.regex(
  /^(\*[^\s*]+|[^\s*]+\*?)( [^\s*]+\*?)*$/u,
  'write words with one space between; a star stands first or at the end of a word',
)
const Sentence = Text.regex(/^(\^ )?[^\s*^]+( [^\s*^]+)*$/u, 'write words with one space between, "^ " only at the beginning, and no star')
const Numbers = z.record(Text, z.number().int().min(0))

const Secrets = z.strictObject({
  words: z.array(Phrase).min(1),
  accounts: z.array(Phrase),
  messages: z.array(Phrase),
  never: z.array(Phrase),
  links: z.array(Word),
  is: z.array(Word),
  closers: z.array(Word),
  and: z.array(Word),
  notValues: z.array(Word),
  otherNumbers: z.array(Word),
  recipients: z.array(Word),
  units: z.array(Word),
  prefixes: z.array(Word),
})
const ChildFile = z.strictObject({
  ages: z.array(Sentence.regex(/#/, 'write # where the age stands')).min(1),
  grades: z.array(Sentence.regex(/#/, 'write # where the grade stands')),
  parents: z.array(Sentence.regex(/@/, 'write @ where the parent stands')),
  parentWords: z.array(Text),
  children: z.array(Sentence),
  numbers: Numbers,
  years: z.array(Word),
  after: z.array(Word),
  unless: z.array(Word),
  ordinals: z.array(Word),
})
const PrivateFile = z.strictObject({ state: State, secrets: Secrets, child: ChildFile.optional() })
export type PrivateWords = z.infer<typeof PrivateFile>

/** The private words of every folder of `locales/`, offered or not: people write more languages than the library answers in. */
export function readPrivateWords({ locales }: Sources, problems: Problem[]): Readonly<Record<LanguageCode, PrivateWords>> {
  const entries = Object.entries(locales).flatMap(([language, files]) => {
    const source: Source | undefined = files[PRIVATE_FILE]
    const words = source === undefined ? undefined : read(PrivateFile, source, problems)
    return words === undefined ? [] : [[language, words] as const]
  })
  return Object.fromEntries(entries)
}

export function compilePrivate(words: Readonly<Record<LanguageCode, PrivateWords>>): Pick<Library, 'hideSecrets' | 'readChild'> {
  const all = Object.values(words)
  return {
    hideSecrets: createHideSecrets(all.map(({ secrets }) => secrets)),
    readChild: createReadChild(all.flatMap(({ child }) => child ?? [])),
  }
}
