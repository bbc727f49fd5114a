/** One connection to an SQLite file: statements are prepared once, every error becomes one that says what to do. */
import Database from 'libsql'
import { StoreUnavailable } from './collection.js'
import { codeOf, unavailable } from './sqlite-fault.js'

/** What may be looked for. libsql ends the whole program when it is given a boolean. */
export type Bound = string | number | Uint8Array

/**
 * How long a call waits for a lock that another program holds, in milliseconds. libsql is synchronous, so nothing else happens meanwhile:
 * long enough for a reading command that copies the log back, short beside the 4 s that a whole turn has.
 */
const BUSY_TIMEOUT_MS = 200

export class Connection {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Database.Statement>()
  /** Of {@link row} alone: in libsql 0.5.29 a `get` after an `all` on one statement still searches by the values of the `all`. */
  readonly #single = new Map<string, Database.Statement>()

  /** @param file a path, or a `file:` URL with SQLite's own parameters such as `mode=ro`. */
  constructor(file: string) {
    this.#database = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  }

  get inTransaction(): boolean {
    return this.#database.open && this.#database.inTransaction
  }

  exec(sql: string): void {
    guarded(() => this.#live().exec(sql))
  }

  /** Every row as an array of column values. Text is best selected as a blob: libsql ends the whole program when stored text is not UTF-8. */
  rows(sql: string, values: readonly Bound[] = []): unknown[][] {
    return guarded(() => this.#prepared(sql).all(values) as unknown[][])
  }

  /** The first row, or nothing: one call of the database where {@link rows} makes two and more. */
  row(sql: string, values: readonly Bound[] = []): unknown[] | undefined {
    return guarded(() => this.#prepared(sql, this.#single).get(values) as unknown[] | undefined)
  }

  /** Runs one change and returns how many rows it changed. A broken unique key throws the database's own error, see {@link isUniqueViolation}. */
  run(sql: string, values: readonly (Bound | null)[] = []): number {
    return guarded(() => this.#prepared(sql).run(values).changes)
  }

  /** Locks end here even while prepared statements wait for the garbage collector. */
  close(): void {
    if (!this.#database.open) return
    this.#statements.clear()
    this.#single.clear()
    if (this.inTransaction) this.exec('ROLLBACK')
    this.#database.close()
  }

  #live(): Database.Database {
    if (!this.#database.open) throw new StoreUnavailable('it was closed')
    return this.#database
  }

  #prepared(sql: string, statements = this.#statements): Database.Statement {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#live().prepare(sql)
    // Only a statement that returns rows has a raw form.
    if (statement.reader) statement.raw()
    statements.set(sql, statement)
    return statement
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_CONSTRAINT')
}

function guarded<R>(call: () => R): R {
  try {
    return call()
  } catch (error) {
    throw isUniqueViolation(error) ? error : unavailable(error)
  }
}
