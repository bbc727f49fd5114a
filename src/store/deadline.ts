/** No call outlives its caller: work that waits for a network ends when its time is over. */
import { StoreUnavailable } from './collection.js'

/**
 * What `call` answers, or `StoreUnavailable` after `ms` milliseconds, whatever `call` does then. Its signal is aborted at that moment, so
 * that what is still waiting is not begun, and what is under way is let go.
 */
export async function within<R>(ms: number, call: (signal: AbortSignal) => Promise<R>): Promise<R> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(new StoreUnavailable(lateReason(ms))), Math.max(0, ms))
  try {
    return await orAborted(call(over.signal), over.signal)
  } finally {
    clearTimeout(timer)
  }
}

/** What `work` gives, or the reason of the signal as soon as it is aborted. */
export function orAborted<R>(work: Promise<R>, signal: AbortSignal): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function lateReason(ms: number): string {
  const time = `no answer came within ${Math.max(0, Math.round(ms))} ms, and a write may have happened all the same`
  return `${time}; check that the database runs and that the network to it is well`
}
