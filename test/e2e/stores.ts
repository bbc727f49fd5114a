/** The stores that the product's tests run on, and what is in them, read behind the product's back. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf, behind, dropDatabase, newDatabase } from '../store/mongodb-server.js'
import type { Environment } from './product.js'

/** Settings of a store of its own; the embedded one is in the folder `DATA_DIR`. Each call makes another. */
type MakeStore = () => Record<string, string>

const databases: string[] = []

/** The embedded store always; MongoDB where the environment names a server. */
export const STORES: readonly [name: string, make: MakeStore][] = [
  ['the embedded store', () => ({})],
  ...(process.env['MONGODB_URI'] ? [['MongoDB', onMongo] satisfies [string, MakeStore]] : []),
]

/** Whole days at work are played on one store each, some on this and some on that: the use cases under them are tested on both. */
export const FIRST_STORE = STORES.slice(0, 1)
/** MongoDB where there is a server, else the embedded store. */
export const LAST_STORE = STORES.slice(-1)

/** A database that {@link dropDatabases} drops. */
export function onMongo(): { MONGODB_URI: string } {
  const database = newDatabase()
  databases.push(database)
  return { MONGODB_URI: addressOf(database) }
}

/** For after all tests of a file. */
export async function dropDatabases(): Promise<void> {
  await Promise.all(databases.splice(0).map(dropDatabase))
}

/** Everything that the store of a product holds: the bytes of its files, or every document of its database. */
export async function storedText(environment: Environment): Promise<string> {
  const { DATA_DIR: dir = '', MONGODB_URI: uri } = environment
  if (uri === undefined) return filesOf(dir)
  return behind(new URL(uri).pathname.slice(1), async (database) => {
    const collections = await database.collections()
    return JSON.stringify(await Promise.all(collections.map((collection) => collection.find().toArray())))
  })
}

function filesOf(dir: string): string {
  const files = readdirSync(dir).filter((name) => name.startsWith('opgang.db'))
  return files.map((name) => readFileSync(join(dir, name), 'latin1')).join('\n')
}
