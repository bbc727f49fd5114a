/** Writes to one document happen in the order they were asked for, although each may take another connection. */
export class WriteOrder {
  /** By document: resolves when the last write asked for is over, however it ended. */
  readonly #last = new Map<string, Promise<unknown>>()

  /** Begins `write` when the writes to `id` that were asked for before are over. */
  one<R>(id: string, write: () => Promise<R>): Promise<R> {
    return this.#after([id], write)
  }

  /** Begins `write` when all writes under way are over; later ones to their documents wait for it, those to others do not. */
  all<R>(write: () => Promise<R>): Promise<R> {
    return this.#after([...this.#last.keys()], write)
  }

  #after<R>(ids: readonly string[], write: () => Promise<R>): Promise<R> {
    const result = Promise.all(ids.map((id) => this.#last.get(id) ?? Promise.resolve())).then(write)
    const over: Promise<unknown> = result.then(
      () => this.#forget(ids, over),
      () => this.#forget(ids, over),
    )
    for (const id of ids) this.#last.set(id, over)
    return result
  }

  #forget(ids: readonly string[], over: Promise<unknown>): void {
    for (const id of ids) if (this.#last.get(id) === over) this.#last.delete(id)
  }
}
