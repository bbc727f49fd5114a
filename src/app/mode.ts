/** Trial or live, in memory as the store has it: turns and letters read it and never wait. A store that says nothing is in trial. */
import type { Missing, Mode } from '../core/mode-types.js'
import type { Instant } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { ModeDocument } from '../store/program-documents.js'
import type { AccountsDeps } from './accounts/accounts-deps.js'
import { note } from './accounts/audit.js'
import { findMissing, type ReadinessDeps } from './mode-missing.js'

/** The one document. */
const MODE_ID = 'mode'

export interface ModeSource {
  current(): Mode
  /** When it became so; 0 in a fresh installation. */
  since(): Instant
  /** Reads again what another instance may have changed; also for the start. Throws `StoreUnavailable`. */
  follow(): Promise<void>
  /** In force here at once, elsewhere when it is followed. Throws `StoreUnavailable`. */
  set(mode: Mode, since: Instant): Promise<void>
}

export function createModeSource(modes: Collection<ModeDocument>): ModeSource {
  let known: ModeDocument = { _id: MODE_ID, version: 0, mode: 'trial', since: 0 }
  const take = (read: ModeDocument | undefined) => {
    // What was read while it was being changed here is older.
    if (read !== undefined && read.version >= known.version) known = read
  }
  return {
    current: () => known.mode,
    since: () => known.since,
    follow: async () => take(await modes.get(MODE_ID)),
    async set(mode, since) {
      for (;;) {
        const stored = await modes.get(MODE_ID)
        const next: ModeDocument = { _id: MODE_ID, version: stored?.version ?? 1, mode, since }
        if ((stored === undefined ? await modes.insert(next) : await modes.replace(next)) !== 'ok') continue
        return take({ ...next, version: stored === undefined ? 1 : stored.version + 1 })
      }
    },
  }
}

export interface ChangeModeDeps extends ReadinessDeps, Pick<AccountsDeps, 'audit' | 'ids' | 'time'> {
  readonly mode: ModeSource
}

/**
 * Goes live, or back to trial; `who` is the id of the administrator. Resolves with what is missing for it: empty when it is done, else nothing
 * was changed. Throws `StoreUnavailable`.
 */
export async function changeMode(deps: ChangeModeDeps, who: string, wanted: Mode): Promise<readonly Missing[]> {
  const missing = wanted === 'live' ? await findMissing(deps) : []
  if (missing.length > 0) return missing
  await deps.mode.follow()
  if (deps.mode.current() === wanted) return []
  // Before the change, so that none is without its line.
  await note(deps, { who, what: `went-${wanted}`, about: MODE_ID }, 'all')
  await deps.mode.set(wanted, deps.time.now())
  return []
}
