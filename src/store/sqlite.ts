/** The embedded store: one SQLite file, one server. */
import { type Collection, type CollectionDeclaration, type Health, type Store, type Stored, StoreUnavailable } from './collection.js'
import { FOR_READING_ONLY } from './query.js'
import { Batch, type Writes } from './sqlite-batch.js'
import { type Check, checkFile } from './sqlite-check.js'
import { SqliteCollection } from './sqlite-collection.js'
import type { Connection } from './sqlite-connection.js'
import type { StoreDamaged } from './sqlite-fault.js'
import { dataFile, lockDirectory, makeFiles, openData, openForReading, type Release, refuseInterruptedRestore } from './sqlite-files.js'
import { checkLayout, layOut } from './sqlite-layout.js'
import { createStatements } from './sqlite-query.js'
import { scrub } from './sqlite-scrub.js'

/** The file is looked over this long after the start, in milliseconds: the first messages come first, and a command that ends before pays nothing. */
const CHECK_AFTER_MS = 2_000

export interface SqliteStoreOptions {
  /** Made when missing. Holds `opgang.db`, its log, and the lock. */
  readonly dir: string
  /** Opens without the lock, beside a server or without one; every write is refused. */
  readonly readOnly?: boolean
  /** When to look over the file, in milliseconds after the start; {@link CHECK_AFTER_MS} when absent. */
  readonly checkAfterMs?: number
}

/**
 * Opens the store in `dir`. Throws `StoreNotOpened` when the directory cannot be used, the file is damaged, another server has it, or,
 * for reading only, when nothing was ever stored.
 */
export async function openSqliteStore({ dir, readOnly = false, checkAfterMs = CHECK_AFTER_MS }: SqliteStoreOptions): Promise<Store> {
  if (readOnly) return new ReadingStore(openForReading(dir))
  refuseInterruptedRestore(dir)
  makeFiles(dir)
  const release = lockDirectory(dir)
  try {
    return new ServerStore(dir, openData(dir), release, checkAfterMs)
  } catch (error) {
    release()
    throw error
  }
}

class ServerStore implements Store {
  readonly shared = false
  readonly #batch: Batch
  readonly #checkTimer: NodeJS.Timeout
  #check: Check | undefined
  #damage: StoreDamaged | undefined
  #closed = false

  constructor(
    dir: string,
    private readonly connection: Connection,
    private readonly release: Release,
    checkAfterMs: number,
  ) {
    this.#batch = new Batch(connection)
    connection.exec('CREATE TABLE IF NOT EXISTS _probe (id INTEGER PRIMARY KEY, count INTEGER NOT NULL)')
    this.#checkTimer = setTimeout(() => this.#startCheck(dir), checkAfterMs)
    this.#checkTimer.unref()
  }

  collection<T extends Stored>(declaration: CollectionDeclaration): Collection<T> {
    layOut(this.connection, declaration)
    return new SqliteCollection<T>(declaration, this.connection, this.#batch, (damage) => this.#found(damage))
  }

  async probe(): Promise<void> {
    const upsert = 'INSERT INTO _probe (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1'
    const before = this.#probeCount()
    await this.#batch.add(() => this.connection.run(upsert))
    if (this.#probeCount() <= before) throw new StoreUnavailable('a write that was acknowledged cannot be read back; check the disk')
  }

  async scrub(): Promise<void> {
    this.#batch.flush()
    // The check reads an old state of the file, which keeps the log from being emptied.
    await this.#check?.found
    await scrub(this.connection)
  }

  health(): Health {
    return healthOf(this.#damage)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#checkTimer)
    this.#check?.stop()
    await this.#check?.found
    this.#batch.flush()
    try {
      this.connection.rows('PRAGMA wal_checkpoint(TRUNCATE)')
    } finally {
      this.connection.close()
      this.release()
    }
  }

  #probeCount(): number {
    return Number(this.connection.rows('SELECT count FROM _probe')[0]?.[0] ?? 0)
  }

  #startCheck(dir: string): void {
    this.#check = checkFile(dataFile(dir))
    void this.#check.found.then((damage) => this.#found(damage))
  }

  #found(damage: StoreDamaged | undefined): void {
    this.#damage ??= damage
  }
}

const REFUSED: Writes = { add: () => Promise.reject(new StoreUnavailable(FOR_READING_ONLY)) }

/** Any file of the embedded store, over a connection that only reads: a server's, or a copy. */
export class ReadingStore implements Store {
  readonly shared = true
  #damage: StoreDamaged | undefined

  constructor(private readonly connection: Connection) {}

  collection<T extends Stored>(declaration: CollectionDeclaration): Collection<T> {
    const made = this.connection.rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [declaration.name])
    // A collection that the server has not made yet reads as empty.
    checkLayout(this.connection, declaration)
    if (made.length === 0) for (const statement of createStatements(declaration, true)) this.connection.exec(statement)
    return new SqliteCollection<T>(declaration, this.connection, REFUSED, (damage) => {
      this.#damage ??= damage
    })
  }

  async probe(): Promise<void> {
    throw new StoreUnavailable(FOR_READING_ONLY)
  }

  async scrub(): Promise<void> {
    throw new StoreUnavailable(FOR_READING_ONLY)
  }

  health(): Health {
    return healthOf(this.#damage)
  }

  async close(): Promise<void> {
    this.connection.close()
  }
}

function healthOf(damage: StoreDamaged | undefined): Health {
  return damage === undefined ? { ok: true } : { ok: false, reason: damage.reason }
}
