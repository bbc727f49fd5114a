/** One collection of MongoDB: documents as they are, `_id` and `version` among their fields. */
import type { Document, Collection as Documents, IndexDescription } from 'mongodb'
import {
  type Collection,
  type CollectionDeclaration,
  type Count,
  type Page,
  type Stored,
  StoreUnavailable,
  type Where,
} from './collection.js'
import { orAborted, within } from './deadline.js'
import { isDuplicate, unavailable } from './mongodb-fault.js'
import { countPipeline, countsOf, filterOf, findOf } from './mongodb-query.js'
import { checkedLimit, checkedScalar, FOR_READING_ONLY } from './query.js'
import type { WriteOrder } from './write-order.js'

/** Time of a call whose caller names none, in milliseconds: what one event has in all (`RECEIVE_MS` in `app/turns.ts`). */
export const CALL_MS = 4_000
/** Making an index of a collection that is large already takes long; the server goes on with it when this is over, and so does the next try. */
const INDEX_MS = 60_000

/** A document of MongoDB whose id is ours. */
export type Kept = Document & { _id: string }

export interface Place {
  readonly documents: Documents<Kept>
  /** Shared by all that write to the collection in this program. */
  readonly order: WriteOrder
  readonly readOnly: boolean
}

export class MongoCollection<T extends Stored> implements Collection<T> {
  /** Whether they could be made; undefined when it has to be tried (again). */
  #indexes: Promise<boolean> | undefined
  #fault: unknown

  constructor(
    private readonly declaration: CollectionDeclaration,
    private readonly place: Place,
  ) {
    // Made now rather than in the time of the first event. A failure is told to the first call, which tries again.
    this.#indexed().catch(() => undefined)
  }

  async insert(doc: T, ms?: number): Promise<'ok' | 'duplicate'> {
    const copy = copyOf(doc)
    return this.#write(ms, doc._id, async (options) => {
      try {
        await this.place.documents.insertOne(copy, options)
        return 'ok'
      } catch (error) {
        if (isDuplicate(error)) return 'duplicate'
        throw error
      }
    })
  }

  async get(id: string, ms?: number): Promise<T | undefined> {
    const filter = { _id: { $eq: checkedScalar(id) as string } }
    return this.#read(ms, async (options) => ((await this.place.documents.findOne(filter, options)) as T | null) ?? undefined)
  }

  async find(where: Where, page: Page, ms?: number): Promise<T[]> {
    const { filter, sort, limit } = findOf(this.declaration, where, page)
    // In one answer where 16 MB hold it.
    const all = { sort, limit, batchSize: limit }
    return this.#read(ms, async (options) => (await this.place.documents.find(filter, { ...options, ...all }).toArray()) as unknown as T[])
  }

  async replace(doc: T, ms?: number): Promise<'ok' | 'conflict'> {
    const { _id, version } = doc
    const copy = { ...copyOf(doc), version: version + 1 }
    return this.#write(ms, _id, async (options) => {
      const { matchedCount } = await this.#unlessTaken(this.place.documents.replaceOne({ _id, version }, copy, options))
      return matchedCount === 1 ? 'ok' : 'conflict'
    })
  }

  async remove(where: Where, limit: number): Promise<number> {
    const filter = filterOf(this.declaration, where)
    const most = checkedLimit(limit)
    return this.#write(undefined, undefined, (options) => this.#removeSome(filter, most, options))
  }

  async count(where: Where, by: readonly string[] = []): Promise<Count[]> {
    const pipeline = countPipeline(this.declaration, where, by)
    return this.#read(undefined, async (options) => countsOf(await this.place.documents.aggregate(pipeline, options).toArray(), by))
  }

  /** MongoDB has no limited removal. What another instance changed between the two steps is looked at again. */
  async #removeSome(filter: Document, limit: number, options: CallOptions): Promise<number> {
    const { documents } = this.place
    let removed = 0
    for (;;) {
      const found = await documents.find(filter, { ...options, limit: limit - removed, projection: { _id: 1 } }).toArray()
      if (found.length === 0) return removed
      const these = { _id: { $in: found.map(({ _id }) => _id) } }
      const { deletedCount } = await documents.deleteMany({ $and: [these, filter] }, options)
      removed += deletedCount
      if (deletedCount === found.length) return removed
    }
  }

  /** Trying again cannot help a replace that takes another document's unique key, so it must not look like a conflict. */
  async #unlessTaken<R>(replacing: Promise<R>): Promise<R> {
    try {
      return await replacing
    } catch (error) {
      if (!isDuplicate(error)) throw error
      throw new TypeError(`A replace in ${this.declaration.name} took a unique key of another document; unique keys stay as inserted.`, {
        cause: error,
      })
    }
  }

  async #read<R>(ms: number | undefined, read: (options: CallOptions) => Promise<R>): Promise<R> {
    return this.#call(ms, async (options) => {
      await this.#indexed()
      return read(options)
    })
  }

  /** @param id the document that is written; undefined for several that are not known yet. */
  async #write<R>(ms: number | undefined, id: string | undefined, write: (options: CallOptions) => Promise<R>): Promise<R> {
    if (this.place.readOnly) throw new StoreUnavailable(FOR_READING_ONLY)
    return this.#call(ms, (options) => {
      const begin = async (): Promise<R> => {
        await this.#indexed()
        options.signal.throwIfAborted()
        return write(options)
      }
      // One that was given up lets the next one begin.
      const ending = (): Promise<R> => orAborted(begin(), options.signal)
      return id === undefined ? this.place.order.all(ending) : this.place.order.one(id, ending)
    })
  }

  async #call<R>(ms: number = CALL_MS, call: (options: CallOptions) => Promise<R>): Promise<R> {
    try {
      return await within(ms, (signal) => call({ signal, maxTimeMS: Math.max(1, Math.floor(ms)) }))
    } catch (error) {
      throw unavailable(error)
    }
  }

  async #indexed(): Promise<void> {
    // A try that was begun before says nothing about now when it fails: the network may be back.
    if (await this.#indexes) return
    this.#indexes ??= this.#makeIndexes().then(
      () => true,
      (error: unknown) => {
        this.#indexes = undefined
        this.#fault = error
        return false
      },
    )
    if (!(await this.#indexes)) throw this.#fault
  }

  async #makeIndexes(): Promise<void> {
    const { unique, indexes } = this.declaration
    const wanted = [...unique.map((paths) => indexOf(paths, true)), ...indexes.map((paths) => indexOf(paths, false))]
    if (this.place.readOnly || wanted.length === 0) return
    await within(INDEX_MS, (signal) => this.place.documents.createIndexes(wanted, { signal } as object))
  }
}

/** Two ways to end: the driver lets go of the call, and the server stops working on it. (The driver's own `timeoutMS` has no effect.) */
interface CallOptions {
  readonly signal: AbortSignal
  readonly maxTimeMS: number
}

function indexOf(paths: readonly string[], unique: boolean): IndexDescription {
  return { key: Object.fromEntries(paths.map((path) => [path, 1])), unique }
}

/** As it is now, and as the embedded store would keep it: what JSON has no word for is left out. */
function copyOf(doc: Stored): Kept {
  return JSON.parse(JSON.stringify(doc)) as Kept
}
