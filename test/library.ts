/** The starter library as the product builds it, at a fixed time. */
import { join } from 'node:path'
import { type Built, buildLibrary } from '../src/app/dialogs.js'
import { LibraryProblems } from '../src/app/live-library.js'
import { createRecognize } from '../src/app/recognize.js'
import type { Library } from '../src/core/library.js'
import { readSources } from '../src/store/files.js'
import { readTables } from '../src/store/read-tables.js'

export const ROOT = join(import.meta.dirname, '..')
/** 23 November 2026, 10:00 in Denmark. */
export const NOW = Date.parse('2026-11-23T09:00:00Z')

export async function starterLibrary(): Promise<Library> {
  return (await starter()).library
}

export const tables = await readTables(join(ROOT, 'locales'))

async function starter(): Promise<Built> {
  const files = await readSources({ dialogs: join(ROOT, 'dialogs'), locales: join(ROOT, 'locales') })
  const built =
    'problems' in files
      ? files
      : buildLibrary(files.sources, { languages: undefined, defaultLanguage: 'da', now: NOW, recognize: createRecognize(), ...tables })
  if ('problems' in built) throw new LibraryProblems(built.problems)
  return built
}
