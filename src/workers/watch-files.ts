/** While developing: a change to dialogs or locales is in force at once. */
import { watch } from 'chokidar'

/** Editors write in several steps: wait until a file has been still this long. */
const STILL_MS = 100

export function watchFiles(folders: readonly string[], changed: () => void): { close(): Promise<void> } {
  const watcher = watch([...folders], { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: STILL_MS, pollInterval: 20 } })
  watcher.on('all', changed)
  return { close: () => watcher.close() }
}
