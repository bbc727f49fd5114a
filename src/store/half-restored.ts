/**
 * The mark of a restore that is under way, for stores without a file that could be renamed at the end. It stands among the keys, which
 * every start reads first: first document of the restore, last one removed.
 */
import { type Collection, StoreUnavailable } from './collection.js'
import type { KeyDocument } from './program-documents.js'

const MARK: KeyDocument = { _id: 'restoring', version: 1, secret: '' }

/** Throws when a restore into this store has not come to its end. */
export async function refuseHalfRestored(keys: Collection<KeyDocument>): Promise<void> {
  if ((await keys.get(MARK._id)) === undefined) return
  throw new StoreUnavailable('a restore into it is under way, or was interrupted; if none runs, drop the database and restore once more')
}

export async function markRestoring(keys: Collection<KeyDocument>): Promise<void> {
  await refuseHalfRestored(keys)
  if ((await keys.insert(MARK)) === 'duplicate') await refuseHalfRestored(keys)
}

export async function unmarkRestoring(keys: Collection<KeyDocument>): Promise<void> {
  await keys.remove({ _id: MARK._id }, 1)
}
