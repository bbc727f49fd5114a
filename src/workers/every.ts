/** Work that comes again: the pause is between the end of one and the start of the next, and a failure ends nothing. */
import type { Log, Time } from '../app/ports.js'

export interface EveryOrder {
  /** What it is, for the log. */
  readonly name: string
  /** Milliseconds. */
  readonly pause: number
  readonly work: () => Promise<void>
}

/** Begins after one pause; resolves when `signal` is aborted and the work under way is done. */
export async function every(
  { name, pause, work }: EveryOrder,
  { time, log }: { time: Time; log: Log },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await time.sleep(pause, signal)
    if (signal.aborted) return
    await work().catch((error: unknown) => log.warn(`${name} failed and is tried again`, { error }))
  }
}
