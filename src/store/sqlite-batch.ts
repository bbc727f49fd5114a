/** Group commit: writes issued in the same macrotask share one transaction and one fsync. */
import { StoreUnavailable } from './collection.js'
import type { Connection } from './sqlite-connection.js'

interface Write {
  readonly apply: () => unknown
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Where a collection's writes go. */
export interface Writes {
  /**
   * Runs `apply`, one statement, in the next transaction, in the order of the calls. Resolves with its result once that is on the disk;
   * rejects with `StoreUnavailable`, like every write of the batch, when the transaction failed and nothing was kept.
   */
  add<R>(apply: () => R): Promise<R>
}

export class Batch implements Writes {
  #writes: Write[] = []

  constructor(private readonly connection: Connection) {}

  add<R>(apply: () => R): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (this.#writes.length === 0) setImmediate(() => this.flush())
      this.#writes.push({ apply, resolve: (result) => resolve(result as R), reject })
    })
  }

  /** Commits what is queued now. */
  flush(): void {
    const writes = this.#writes
    this.#writes = []
    if (writes.length === 0) return
    try {
      for (const settle of this.#commit(writes)) settle()
    } catch (error) {
      for (const write of writes) write.reject(error)
    }
  }

  #commit(writes: readonly Write[]): (() => void)[] {
    this.#rollBack()
    this.connection.exec('BEGIN IMMEDIATE')
    try {
      const outcomes = writes.map(outcomeOf)
      this.connection.exec('COMMIT')
      return outcomes
    } catch (error) {
      this.#rollBack()
      throw error
    }
  }

  /** Some failures end the transaction by themselves, others leave it open. */
  #rollBack(): void {
    if (this.connection.inTransaction) this.connection.exec('ROLLBACK')
  }
}

/** A statement that is wrong by itself fails alone: SQLite undoes that statement only. */
function outcomeOf(write: Write): () => void {
  try {
    const result = write.apply()
    return () => write.resolve(result)
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error
    return () => write.reject(error)
  }
}
