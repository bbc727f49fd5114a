/** Reads the committed tables of language detection, whole or not at all. */
import { type LanguageTables, PREFIX_BYTES, parseLanguageTables } from '../core/language/language-tables.js'
import { readTable } from './tables.js'

/** The tables in the folder `locales`. Throws an error that names the file when it is missing, torn or of another version. */
export function readLanguageTables(locales: string): Promise<LanguageTables> {
  return readTable(locales, {
    file: 'language-tables.bin',
    command: 'npm run language-tables',
    prefix: PREFIX_BYTES,
    parse: parseLanguageTables,
  })
}
