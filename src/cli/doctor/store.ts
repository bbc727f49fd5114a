/** The store: can it be read, is it whole. Nothing is written. */
import { StoreUnavailable } from '../../store/collection.js'
import { openCollections } from '../../store/collections.js'
import { refuseHalfRestored } from '../../store/half-restored.js'
import { openStore } from '../../store/open-store.js'
import { checkFile } from '../../store/sqlite-check.js'
import { dataFile } from '../../store/sqlite-files.js'
import { bad, type Finding, good } from './finding.js'

export async function checkStore({ dir, mongodbUri }: { dir: string; mongodbUri: string | undefined }): Promise<Finding> {
  try {
    const turns = await look({ dir, mongodbUri })
    if (mongodbUri !== undefined) return good(`Store: MongoDB can be read, and holds ${turns} turns`)
    const damage = await checkFile(dataFile(dir)).found
    return damage === undefined ? good(`Store: ${dir} is whole, and holds ${turns} turns`) : bad(`Store: ${damage.reason}`)
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    return bad(`Store: ${error.reason}`)
  }
}

/** Number of turns. The newest is read, so that at least one checksum is. */
async function look(place: { dir: string; mongodbUri: string | undefined }): Promise<number> {
  const store = await openStore({ ...place, readOnly: true })
  try {
    const { turns, keys } = openCollections(store)
    await refuseHalfRestored(keys)
    await turns.find({}, { sort: ['at', 'conversation', 'seq'], descending: true, limit: 1 })
    return (await turns.count({}))[0]?.count ?? 0
  } finally {
    await store.close()
  }
}
