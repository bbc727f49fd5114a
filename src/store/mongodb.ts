/** MongoDB as the store: for several instances of the product on one database. */
import { type Db, MongoClient, type MongoClientOptions } from 'mongodb'
import { type Collection, type CollectionDeclaration, type Health, type Store, type Stored, StoreUnavailable } from './collection.js'
import { within } from './deadline.js'
import { CALL_MS, type Kept, MongoCollection } from './mongodb-collection.js'
import { unavailable, unreadableAddress } from './mongodb-fault.js'
import { FOR_READING_ONLY } from './query.js'
import { WriteOrder } from './write-order.js'

/** Connections of one instance: a turn asks one question at a time, so this is about how many turns are decided at once. */
const POOL_SIZE = 50
/** A little less than a call has, so that the reason why no server is there is told rather than that time is over. */
const SELECT_MS = CALL_MS - 500
/** How often each server is looked at; connections that went silent are let go one round later, by `SELECT_MS` at most. */
const HEARTBEAT_MS = 2_000
const DATABASE = 'opgang'
const PROBE = '_probe'

const CLIENT: MongoClientOptions = {
  appName: 'opgang',
  maxPoolSize: POOL_SIZE,
  serverSelectionTimeoutMS: SELECT_MS,
  connectTimeoutMS: SELECT_MS,
  waitQueueTimeoutMS: CALL_MS,
  heartbeatFrequencyMS: HEARTBEAT_MS,
  promoteLongs: true,
  // A retry carries its transaction number, so a replica set that has done the write already answers as it did then, never `duplicate`.
  // A single server is never asked twice: the driver sees that it has no such numbers.
  retryWrites: true,
}

/**
 * Whatever the address says. A write is acknowledged when most members have it on their disks, so it outlives any of them. Reads ask the
 * primary for what it has: every acknowledged write is in it. What it may still lose is no danger: whatever is decided on it is written
 * after it, and is acknowledged only when it is safe as well. (`majority` could miss a turn that was just committed, and would gain nothing.)
 */
const CONCERNS = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'local' },
  readPreference: 'primary',
} as const

export interface MongoStoreOptions {
  /** As the driver reads it, with its own options of TLS and authentication; the database is `opgang` unless the path names one. */
  readonly uri: string
  /** Makes no index, and refuses every write. */
  readonly readOnly?: boolean
}

/** Connects and logs in. Throws `StoreUnavailable` within {@link CALL_MS} when that fails; its reason never holds the password. */
export async function openMongoStore({ uri, readOnly = false }: MongoStoreOptions): Promise<Store> {
  const { client, database } = clientOf(uri)
  try {
    await within(CALL_MS, async (signal) => {
      await client.connect()
      await database.command({ ping: 1 }, { signal })
    })
  } catch (error) {
    await closeClient(client)
    throw unavailable(error)
  }
  return new MongoStore(client, database, readOnly)
}

class MongoStore implements Store {
  readonly shared = true
  readonly #orders = new Map<string, WriteOrder>()

  constructor(
    private readonly client: MongoClient,
    private readonly database: Db,
    private readonly readOnly: boolean,
  ) {}

  collection<T extends Stored>(declaration: CollectionDeclaration): Collection<T> {
    const { name } = declaration
    const order = this.#orders.get(name) ?? new WriteOrder()
    this.#orders.set(name, order)
    return new MongoCollection<T>(declaration, {
      documents: this.database.collection<Kept>(name, CONCERNS),
      order,
      readOnly: this.readOnly,
    })
  }

  /** What a replica set knows about itself is asked with each call; nothing is found beside them. */
  health(): Health {
    return { ok: true }
  }

  async probe(): Promise<void> {
    if (this.readOnly) throw new StoreUnavailable(FOR_READING_ONLY)
    const counter = this.database.collection<Kept>(PROBE, CONCERNS)
    try {
      await within(CALL_MS, async (signal) => {
        const options = { signal, upsert: true, returnDocument: 'after' as const }
        const written = await counter.findOneAndUpdate({ _id: PROBE }, { $inc: { count: 1 } }, options)
        const read = await counter.findOne({ _id: PROBE }, { signal })
        if (!(Number(read?.['count']) >= Number(written?.['count'])))
          throw new StoreUnavailable('a write that was acknowledged cannot be read back; check the disks of MongoDB')
      })
    } catch (error) {
      throw unavailable(error)
    }
  }

  /** MongoDB's files belong to its server: removed documents are gone for every reader, and when their bytes are overwritten is its own affair. */
  async scrub(): Promise<void> {}

  close(): Promise<void> {
    return closeClient(this.client)
  }
}

/** Neither the URI nor what the driver says of it may be repeated: it holds the password. */
function clientOf(uri: string): { client: MongoClient; database: Db } {
  try {
    const client = new MongoClient(uri, CLIENT)
    return { client, database: client.db(databaseName(uri)) }
  } catch (error) {
    throw unreadableAddress(error)
  }
}

function databaseName(uri: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/?]*\/([^?]+)/.exec(uri)?.[1]
  return path === undefined ? DATABASE : decodeURIComponent(path)
}

/** Taking leave of a server that does not answer ends too. */
async function closeClient(client: MongoClient): Promise<void> {
  try {
    await within(CALL_MS, () => client.close())
  } catch (error) {
    if (!(unavailable(error) instanceof StoreUnavailable)) throw error
  }
}
