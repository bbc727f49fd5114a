/** The store that the settings name. */
import type { Store } from './collection.js'
import { openSqliteStore } from './sqlite.js'

export interface OpenStoreOptions {
  /** Folder of the embedded store. */
  readonly dir: string
  readonly mongodbUri?: string | undefined
  readonly readOnly?: boolean
}

/** Throws `StoreUnavailable` in words that say what to do. */
export async function openStore({ dir, mongodbUri, readOnly = false }: OpenStoreOptions): Promise<Store> {
  if (mongodbUri !== undefined) throw new TypeError('MONGODB_URI is not supported yet; leave it out and use the embedded store')
  return openSqliteStore({ dir, readOnly })
}
