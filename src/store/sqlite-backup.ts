/** The embedded store's backup: a data file of its own, one state of the store, made while a server goes on writing. */
import { type Backup, type BackupCounts, BackupUnusable, countDocuments } from './backup.js'
import { COLLECTIONS } from './collections.js'
import { writeWhole } from './private-file.js'
import { ReadingStore } from './sqlite.js'
import { checkFile } from './sqlite-check.js'
import type { Connection } from './sqlite-connection.js'
import { StoreDamaged } from './sqlite-fault.js'
import { openCopy, openForReading } from './sqlite-files.js'
import { storePages } from './store-pages.js'

/**
 * Writes a copy of the store in `dir` to `file`, and reads it back before it gets its name. Rejects when `file` is there, with
 * `StoreNotOpened` when nothing was stored, and with `StoreDamaged` when what is stored is not what was written.
 */
export function backUpSqlite(dir: string, file: string): Promise<BackupCounts> {
  return writeWhole(file, async (partial) => {
    const connection = openForReading(dir)
    try {
      connection.run('VACUUM INTO ?', [partial])
    } finally {
      connection.close()
    }
    return checkCopy(partial)
  })
}

/** Opens such a copy for a restore. Rejects with {@link BackupUnusable}. */
export async function openSqliteBackup(file: string): Promise<Backup> {
  try {
    await checkCopy(file)
    const store = new ReadingStore(openCopy(file))
    return { pages: () => storePages(store), close: () => store.close() }
  } catch (error) {
    if (error instanceof StoreDamaged)
      throw new BackupUnusable(file, `it is damaged (${error.where}); take another backup`, { cause: error })
    throw error
  }
}

/** In a program of its own first: a torn file may end libsql. Then the checksum of every row. */
async function checkCopy(file: string): Promise<BackupCounts> {
  const damage = await checkFile(file).found
  if (damage !== undefined) throw damage
  const connection = openCopy(file)
  try {
    refuseForeign(connection, file)
    return await countDocuments(storePages(new ReadingStore(connection)))
  } finally {
    connection.close()
  }
}

/** The store's own tables begin with `_`, SQLite's with `sqlite_`; every other one must be a collection of this version, by the name of its table. */
function refuseForeign(connection: Connection, file: string): void {
  const tables = connection
    .rows("SELECT CAST(name AS BLOB) FROM sqlite_master WHERE type = 'table'")
    .map(([name]) => Buffer.from(name as Uint8Array).toString())
    .filter((name) => !/^(_|sqlite_|libsql_)/.test(name))
  if (!tables.includes('turns') || !tables.includes('keys')) throw new BackupUnusable(file, 'it is a database, but not one of Opgang')
  const known = Object.values(COLLECTIONS).map(({ name }) => name as string)
  const unknown = tables.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new BackupUnusable(
      file,
      `it holds ${unknown.join(', ')}, which this version does not know; restore with the version that made it`,
    )
  }
}
