/** Everything in a store, collection by collection, in the order of their ids. */
import type { BackupPage, CollectionName } from './backup.js'
import type { Store, Stored } from './collection.js'
import { COLLECTIONS } from './collections.js'

/** Documents that are in memory at once. */
const PAGE = 500

/** Turns come first: what is written meanwhile then has its conversation in the pages that follow. */
export async function* storePages(store: Store): AsyncGenerator<BackupPage> {
  for (const name of Object.keys(COLLECTIONS) as CollectionName[]) {
    const collection = store.collection<Stored>(COLLECTIONS[name])
    for (let last: string | undefined; ; ) {
      const documents = await collection.find({}, { sort: ['_id'], limit: PAGE, ...(last === undefined ? {} : { after: [last] }) })
      if (documents.length > 0) yield { collection: name, documents }
      last = documents.at(-1)?._id
      if (documents.length < PAGE) break
    }
  }
}
