/** How far a message came that is not sent whole yet, so that trying again repeats no part. In memory; bounded. */
export interface Progress {
  /** Parts that arrived. */
  readonly parts: number
  /** Tries that failed and were worth repeating. */
  readonly tries: number
}

/** Messages remembered at most; more than ever wait at once. */
const REMEMBERED = 10_000
const NONE: Progress = { parts: 0, tries: 0 }

export class ProgressBook {
  readonly #book = new Map<string, Progress>()

  of(messageId: string): Progress {
    return this.#book.get(messageId) ?? NONE
  }

  note(messageId: string, progress: Partial<Progress>): void {
    const next = { ...this.of(messageId), ...progress }
    this.#book.delete(messageId)
    this.#book.set(messageId, next)
    const oldest = this.#book.size > REMEMBERED ? this.#book.keys().next().value : undefined
    if (oldest !== undefined) this.#book.delete(oldest)
  }

  done(messageId: string): void {
    this.#book.delete(messageId)
  }
}
