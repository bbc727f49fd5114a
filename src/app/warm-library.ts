/** Makes the library in force ready in the background: nobody waits for it, and nobody finds the server busy because of it. */
import type { LibrarySource } from './library-source.js'
import type { Log, Time } from './ports.js'

/** Milliseconds of work after which requests have a turn; the piece under way may take a few more. */
const SLICE_MS = 10

/**
 * Compiles the danger words and trains the answers' models, the default language first, with a pause after every {@link SLICE_MS}. A message
 * that comes before finishes what it needs at once. Ends early when the signal is aborted or another library is in force. Never rejects.
 */
export async function warmLibrary(source: LibrarySource, { time, log }: { time: Time; log: Log }, signal: AbortSignal): Promise<void> {
  const library = source.current()
  try {
    // Long ago: whoever calls waits for nothing but the first piece.
    let began = Number.NEGATIVE_INFINITY
    for (const _ of library.warm()) {
      if (time.monotonic() - began < SLICE_MS) continue
      await time.sleep(0, signal)
      if (signal.aborted || source.current() !== library) return
      began = time.monotonic()
    }
  } catch (error) {
    log.error('the library could not be made ready ahead: the first messages wait for it', { error })
  }
}
