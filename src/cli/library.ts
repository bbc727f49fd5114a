/** The library of this folder, for commands that need no server. */
import { fileURLToPath } from 'node:url'
import type { BuildOptions, Built } from '../app/dialogs.js'
import { buildLibrary } from '../app/dialogs.js'
import { createRecognize } from '../app/recognize.js'
import type { Problem } from '../core/types.js'
import { readSources } from '../store/files.js'
import { readTables } from '../store/read-tables.js'

export const FOLDERS = {
  dialogs: fileURLToPath(new URL('../../dialogs', import.meta.url)),
  locales: fileURLToPath(new URL('../../locales', import.meta.url)),
}

export async function loadLibrary(options: Partial<BuildOptions> = {}): Promise<Built | { problems: readonly Problem[] }> {
  const files = await readSources(FOLDERS)
  if ('problems' in files) return files
  return buildLibrary(files.sources, {
    languages: undefined,
    defaultLanguage: 'da',
    now: Date.now(),
    recognize: createRecognize(),
    ...(await readTables(FOLDERS.locales)),
    ...options,
  })
}
