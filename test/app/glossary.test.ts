import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Built } from '../../src/app/dialogs.js'
import { checkGlossary, readGlossary, type Term } from '../../src/app/glossary.js'
import { describeProblem } from '../../src/app/live-library.js'
import type { Problem } from '../../src/core/types.js'
import { readGlossaryFile } from '../../src/store/files.js'

import { dialogOf, yamlSource } from '../core/dialog/yaml-source.js'
import { ROOT } from '../library.js'

const RENT: Term = {
  da: 'husleje',
  forms: ['huslejen'],
  shown: true,
  en: ['rent'],
  ar: ['الإيجار', 'إيجار'],
  so: ['kirada'],
  tr: ['kira'],
  ur: ['کرایہ'],
  fa: ['اجاره'],
}
const dialog = dialogOf('start: { say: [Betal huslejen., Husk huslejen.] }', 'money')

/** What is said about an English translation of the two bubbles. */
function slips(...english: string[]): string[] {
  const texts = Object.fromEntries(english.map((text, at) => [`start.say.${at}`, { text, state: 'machine' as const }]))
  const built = {
    library: { dialogs: { money: dialog } },
    translations: { en: { money: { texts, questions: {} } } },
  } as unknown as Pick<Built, 'library' | 'translations'>
  return checkGlossary([RENT], built).map(describeProblem)
}

describe('a term of the glossary', () => {
  test('is translated by its fixed word, with the Danish word once in what is read at once', () => {
    expect(slips('Pay the RENT (husleje).', 'Remember it.')).toEqual([])
    expect(slips('Pay the fee (husleje).', 'Remember it.')).toEqual([
      expect.stringContaining('locales/en/money.json (en): start: "husleje" has a fixed translation: write rent'),
    ])
    expect(slips('Pay the rent.', 'Remember it.')).toEqual([expect.stringContaining('write (husleje) after its translation')])
  })

  test('that is not translated yet is no slip', () => {
    expect(slips('Pay the fee.')).toEqual([])
  })

  test('in a file that cannot be read as such is told with its line', () => {
    const problems: Problem[] = []
    readGlossary(yamlSource('- { da: husleje, en: [rent] }', 'locales/glossary.yaml'), problems)
    expect(problems.map(({ message }) => message)).toContainEqual(expect.stringMatching(/^0\.ar/))
  })
})

test('the glossary has eighty terms or more, each once', async () => {
  const problems: Problem[] = []
  const folders = { dialogs: join(ROOT, 'dialogs'), locales: join(ROOT, 'locales') }
  const terms = readGlossary(await readGlossaryFile(folders, problems), problems)
  expect(problems).toEqual([])
  expect(terms.length).toBeGreaterThanOrEqual(80)
  expect(new Set(terms.map(({ da }) => da)).size).toBe(terms.length)
})
