/** An empty place for a restore, that no server can start on before the restore has come to its end. */
import { existsSync, rmSync, statSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { type Store, type Stored, StoreUnavailable } from './collection.js'
import { COLLECTIONS, openCollections } from './collections.js'
import { markRestoring, unmarkRestoring } from './half-restored.js'
import { openStore } from './open-store.js'
import { sync } from './private-file.js'
import { openSqliteStore } from './sqlite.js'
import { dataFile, lockEmptyDirectory, restoringFolder } from './sqlite-files.js'

export interface RestorePlace {
  readonly store: Store
  /** Everything was restored: from now on a server may start. Closes the store. */
  finish(): Promise<void>
  /** Leaves nothing, or on MongoDB a store that no server starts on. Closes the store. */
  abandon(): Promise<void>
}

/** Rejects with `StoreUnavailable` when the place is not empty, or somebody uses it. */
export function openRestorePlace(place: { dir: string; mongodbUri?: string | undefined }): Promise<RestorePlace> {
  return place.mongodbUri === undefined ? besideDataFile(place.dir) : inMongo({ dir: place.dir, mongodbUri: place.mongodbUri })
}

/** A store in a folder of its own in `dir`, whose data file is moved into its place at the end. The lock of `dir` is held all along. */
async function besideDataFile(dir: string): Promise<RestorePlace> {
  const release = lockEmptyDirectory(dir)
  const folder = restoringFolder(dir)
  const tidy = () => {
    rmSync(folder, { recursive: true, force: true })
    release()
  }
  try {
    // Of a restore that was interrupted; the lock proves that it runs no more.
    rmSync(folder, { recursive: true, force: true })
    const store = await openSqliteStore({ dir: folder })
    return {
      store,
      async finish() {
        await store.close()
        refuseOpenLog(folder)
        await rename(dataFile(folder), dataFile(dir))
        await sync(dir)
        tidy()
      },
      async abandon() {
        await store.close()
        tidy()
      },
    }
  } catch (error) {
    tidy()
    throw error
  }
}

/** What stands in the log beside a data file would be lost by moving the file alone. */
function refuseOpenLog(folder: string): void {
  const log = `${dataFile(folder)}-wal`
  if (existsSync(log) && statSync(log).size > 0) throw new StoreUnavailable(`${log} was not emptied; restore once more`)
}

/** A mark is the first document and goes last; a start that finds it refuses. */
async function inMongo(place: { dir: string; mongodbUri: string }): Promise<RestorePlace> {
  const store = await openStore(place)
  try {
    const { keys } = openCollections(store)
    await markRestoring(keys)
    const taken = await firstTaken(store)
    if (taken !== undefined) {
      await unmarkRestoring(keys)
      throw new StoreUnavailable(`it holds ${taken} already; name an empty database in MONGODB_URI, or drop this one first`)
    }
    return {
      store,
      async finish() {
        await unmarkRestoring(keys)
        await store.close()
      },
      abandon: () => store.close(),
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Name of a collection that holds something, but for the mark. */
async function firstTaken(store: Store): Promise<string | undefined> {
  for (const declaration of Object.values(COLLECTIONS)) {
    const found = await store.collection<Stored>(declaration).find({}, { sort: ['_id'], limit: 2 })
    if (found.length > (declaration === COLLECTIONS.keys ? 1 : 0)) return declaration.name
  }
  return undefined
}
