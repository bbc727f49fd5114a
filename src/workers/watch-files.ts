/** While developing: a change to dialogs or locales is in force at once. */
import { once } from 'node:events'
import { watch } from 'chokidar'

/** Editors write in several steps: wait until a file has been still this long. */
const STILL_MS = 100

/** Resolves when every file is watched. */
export async function watchFiles(folders: readonly string[], changed: () => void): Promise<{ close(): Promise<void> }> {
  const watcher = watch([...folders], { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: STILL_MS, pollInterval: 20 } })
  await once(watcher, 'ready')
  watcher.on('all', changed)
  return { close: () => watcher.close() }
}
