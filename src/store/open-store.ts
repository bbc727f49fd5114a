/** Which engine keeps the store: MongoDB where an address is given, else the embedded one. */
import { mkdir } from 'node:fs/promises'
import { type Store, StoreUnavailable } from './collection.js'
import { openSqliteStore } from './sqlite.js'

/** For the owner alone, as the embedded store makes it: what else the server keeps there is private too. */
const DIRECTORY_MODE = 0o700

export interface StoreOptions {
  /** Of the embedded store, and of what each server keeps for itself. */
  readonly dir: string
  readonly mongodbUri?: string | undefined
  /** Works beside a running server; every write is refused. */
  readonly readOnly?: boolean
}

/** Throws `StoreUnavailable` with what to do. */
export async function openStore({ dir, mongodbUri, readOnly = false }: StoreOptions): Promise<Store> {
  if (mongodbUri === undefined) return openSqliteStore({ dir, readOnly })
  if (!readOnly) await makeDirectory(dir)
  // Loaded where it is used: nobody on the embedded store waits for the driver.
  const { openMongoStore } = await import('./mongodb.js')
  return openMongoStore({ uri: mongodbUri, readOnly })
}

async function makeDirectory(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: DIRECTORY_MODE })
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    throw new StoreUnavailable(`the directory ${dir} cannot be made (${code}); name one that this user may write`, { cause })
  }
}
