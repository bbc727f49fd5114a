/** A folder with the built product and one small dialog, in which every message has an answer of its own. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../library.js'
import type { Said } from './generator.js'

export interface House {
  readonly root: string
  /** Folder of an instance's own data. */
  data(instance: number): string
  remove(): void
}

const ANY_WORD = `expect: { type: text }
    retry: Skriv et ord.
    save: word`

/** Answers in one message and in two, by turns: a crash can fall between the two. */
const WELCOME = `name: Velkommen
language: da
nodes:
  start:
    ask: Skriv et ord.
    quick_replies: { person: Tal med en person }
    ${ANY_WORD}
    goto: one
  one:
    ask: "Hørt: {{answers.word}}."
    ${ANY_WORD}
    goto: two
  two:
    say: "Hørt: {{answers.word}}."
    ask: Og så?
    ${ANY_WORD}
    goto: one
  person:
    say: Ring til kontoret.
    goto: start
`

/** What chooses the language and opens the dialog. */
export const HELLO: Said = { text: 'dansk', answer: 'Skriv et ord.' }

/** No two messages of a run are the same. */
export function wordOf(person: number, number: number): Said {
  const text = `ord-${person}-${number}`
  return { text, answer: `Hørt: ${text}.` }
}

/** Throws when nothing is built. */
export function makeHouse(): House {
  if (!existsSync(join(ROOT, 'dist/main.js'))) throw new Error('Nothing is built: run npm run build first')
  const root = mkdtempSync(join(tmpdir(), 'opgang-faults-'))
  mkdirSync(join(root, 'dialogs/areas'), { recursive: true })
  const needed = ['areas/demo.yaml', 'phone-numbers.yaml', 'emergency.yaml'].map((name) => `dialogs/${name}`)
  const tables = ['language-tables.bin', 'danger-models.bin'].map((name) => `locales/${name}`)
  for (const part of ['dist', 'package.json', 'locales/da', ...needed, ...tables]) {
    cpSync(join(ROOT, part), join(root, part), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  writeFileSync(join(root, 'dialogs/welcome.yaml'), WELCOME)
  return {
    root,
    data: (instance) => join(root, `data-${instance}`),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
