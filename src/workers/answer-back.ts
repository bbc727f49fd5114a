/** Looks every minute, in one of the instances, for people who can be told something now: an answer, or that their request is closed. */
import type { Log } from '../app/ports.js'
import { isMine, type RecurringDeps } from './recurring.js'

const EVERY_MS = 60_000
/** How often it is looked whether the minute has come: an instance that died leaves its turn to another. */
const LOOK_MS = 10_000

export interface AnswerBackWorkerDeps extends RecurringDeps {
  /** Tells everybody who can be told now. */
  readonly answerBack: () => Promise<number>
  readonly log: Log
}

/**
 * Runs until `signal` is aborted; the first look is soon after the start, whoever had the minute: answers may have been linked, or requests closed, while no
 * server ran. A failure is logged and the next minute tries again.
 */
export async function runAnswerBack(deps: AnswerBackWorkerDeps, signal: AbortSignal): Promise<void> {
  for (let first = true; ; first = false) {
    await deps.time.sleep(LOOK_MS, signal)
    if (signal.aborted) return
    try {
      if ((await isMine(deps, 'answer-back', EVERY_MS)) || first) await deps.answerBack()
    } catch (error) {
      deps.log.warn('looking for who can be told something failed and is tried again', { error })
    }
  }
}
