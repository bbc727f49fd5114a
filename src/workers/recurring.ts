/** Work that comes again and that one instance of all does: whoever moves its next time first. */
import type { Time } from '../app/ports.js'
import type { Collection } from '../store/collection.js'
import type { TimerDocument } from '../store/program-documents.js'

export interface RecurringDeps {
  readonly timers: Collection<TimerDocument>
  readonly time: Time
}

/** True for the one caller who is to do the work now; it is due again `pause` milliseconds later. Throws `StoreUnavailable`. */
export async function isMine({ timers, time }: RecurringDeps, name: string, pause: number): Promise<boolean> {
  const now = time.now()
  const known = await timers.get(name)
  if (known === undefined) return (await timers.insert({ _id: name, version: 1, due: now + pause })) === 'ok'
  return known.due <= now && (await timers.replace({ ...known, due: now + pause })) === 'ok'
}
