/** What the bot understands by, made ahead and committed: the tables of languages and the models of danger. */
import { type DangerModels, PREFIX_BYTES, parseDangerModels } from '../core/danger-model.js'
import type { LanguageTables } from '../core/language/language-tables.js'
import { readLanguageTables } from './language-tables.js'
import { readTable } from './tables.js'

export interface Tables {
  readonly languageTables: LanguageTables
  readonly dangerModels: DangerModels
}

/** Reads both from the folder `locales`. Throws an error that names the file when one is missing, torn or of another version. */
export async function readTables(locales: string): Promise<Tables> {
  const [languageTables, dangerModels] = await Promise.all([
    readLanguageTables(locales),
    readTable(locales, { file: 'danger-models.bin', command: 'npm run danger-model', prefix: PREFIX_BYTES, parse: parseDangerModels }),
  ])
  return { languageTables, dangerModels }
}
