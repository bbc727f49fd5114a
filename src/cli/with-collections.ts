/** The store for a command: opened as the settings say, and closed whatever happens. */
import type { Config } from '../config.js'
import { type Collections, openCollections } from '../store/collections.js'
import { openStore } from '../store/open-store.js'

/** `readOnly` works beside a running server. Throws `StoreUnavailable` with what to do. */
export async function withCollections<T>(
  config: Pick<Config, 'DATA_DIR' | 'MONGODB_URI'>,
  readOnly: boolean,
  work: (collections: Collections) => Promise<T>,
): Promise<T> {
  const store = await openStore({ dir: config.DATA_DIR, mongodbUri: config.MONGODB_URI, readOnly })
  try {
    return await work(openCollections(store))
  } finally {
    await store.close()
  }
}
