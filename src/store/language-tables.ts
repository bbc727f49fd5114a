/** Reads the committed tables of language detection, whole or not at all. */
import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { type LanguageTables, PREFIX_BYTES, parseLanguageTables } from '../core/language/language-tables.js'

/** Name of the file in `locales/`. */
const FILE = 'language-tables.bin'
const REPAIR = 'fetch it anew from the repository (git checkout), or make it with npm run language-tables'

/** The tables in the folder `locales`. Throws an error that names the file when it is missing, torn or of another version. */
export async function readLanguageTables(locales: string): Promise<LanguageTables> {
  const path = `${locales}/${FILE}`
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(`${path} cannot be read: ${REPAIR}`, { cause })
  })
  if (bytes.length < PREFIX_BYTES || crc32(bytes.subarray(12)) !== bytes.readUInt32LE(8))
    throw new Error(`${path} is torn, its checksum is not that of its content: ${REPAIR}`)
  try {
    return parseLanguageTables(bytes)
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${REPAIR}`, { cause })
  }
}
