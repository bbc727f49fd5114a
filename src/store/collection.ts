/**
 * The store port: decide purely, then compare and set. No update operators and no query language of our own,
 * so that both engines behave alike. One contract suite (`test/store/contract.ts`) runs on each implementation.
 */

/** What every stored document has. `version` starts at 1 and grows by one with each replace. */
export interface Stored {
  readonly _id: string
  readonly version: number
}

export type Scalar = string | number | boolean

/** What other instances find by when it changed. */
export interface Changing extends Stored {
  /** Instant. Written on a shared store alone, with each write; of a contact while they are a volunteer. */
  readonly changedAt?: number
}

/** Equality, membership and ranges (`from` included, `below` excluded), on declared indexes; a dotted path reaches inside. All must hold. */
export type Where = Readonly<
  Record<string, Scalar | { readonly in: readonly Scalar[] } | { readonly from?: Scalar; readonly below?: Scalar }>
>

/** Sort by one or more paths, ascending unless `descending`. `after` continues behind the values of the last document seen, in sort order. */
export interface Page {
  readonly sort: readonly string[]
  readonly descending?: boolean
  readonly limit: number
  readonly after?: readonly Scalar[]
}

export interface Count {
  /** Values of the paths counted by, in their order. */
  readonly by: readonly (Scalar | null)[]
  readonly count: number
}

/**
 * Every call may throw {@link StoreUnavailable}. `within` is how many milliseconds the caller has left: an engine that waits for a
 * network gives up then; absent, its own limit holds. A write that was given up may have happened all the same.
 */
export interface Collection<T extends Stored> {
  /** `duplicate` when any unique key is taken; nothing is written then. */
  insert(doc: T, within?: number): Promise<'ok' | 'duplicate'>
  get(id: string, within?: number): Promise<T | undefined>
  find(where: Where, page: Page, within?: number): Promise<T[]>
  /** Writes `doc` with `version + 1`, only if the stored version is `doc.version`. */
  replace(doc: T, within?: number): Promise<'ok' | 'conflict'>
  /** Removes at most `limit` documents, returns how many. */
  remove(where: Where, limit: number): Promise<number>
  count(where: Where, by?: readonly string[]): Promise<Count[]>
}

/** How a collection is declared, once, for every engine: dotted paths, every unique path present in every document. */
export interface CollectionDeclaration {
  readonly name: string
  readonly unique: readonly (readonly string[])[]
  readonly indexes: readonly (readonly string[])[]
  /** Indexed paths that a replace changes as a rule; all others are expected to stay, and cost more when they do not. */
  readonly changing?: readonly string[]
}

/** The store cannot be read or written now. `reason` is for people who run it. */
export class StoreUnavailable extends Error {
  constructor(
    readonly reason: string,
    options?: { cause?: unknown },
  ) {
    super(`The store is unavailable: ${reason}`, options)
    this.name = 'StoreUnavailable'
  }
}

export interface Health {
  readonly ok: boolean
  /** What is wrong and what to do, for people who run it. */
  readonly reason?: string
}

/** What an engine offers beside its collections. */
export interface Store {
  /** True when other instances may use the same store at the same time; false when a lock proves that nobody else does. */
  readonly shared: boolean
  collection<T extends Stored>(declaration: CollectionDeclaration): Collection<T>
  /** Whether damage was found so far. Asks nothing of the disk or the network. */
  health(): Health
  /** Proves that a write reaches the disk; throws `StoreUnavailable` otherwise. */
  probe(): Promise<void>
  /** After an erasure: leaves no trace of removed text in files beside the data. */
  scrub(): Promise<void>
  close(): Promise<void>
}
