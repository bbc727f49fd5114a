/** The danger words of all languages as the program reads them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readDanger } from '../../../src/app/compile-danger.js'
import type { DangerWords } from '../../../src/core/danger.js'
import type { Problem } from '../../../src/core/types.js'

export function readAll(): { words: Record<string, DangerWords>; problems: Problem[] } {
  const words: Record<string, DangerWords> = {}
  const problems: Problem[] = []
  for (const language of readdirSync('locales')) {
    const file = `locales/${language}/danger.json`
    if (!existsSync(file)) continue
    const read = readDanger({ file, value: JSON.parse(readFileSync(file, 'utf8')), lineOf: () => undefined }, language, problems)
    if (read !== undefined) words[language] = read
  }
  return { words, problems }
}
