/** The MongoDB that the tests run against, each in a database of its own. */
import { randomBytes } from 'node:crypto'
import { describe } from '@jest/globals'
import { MongoClient } from 'mongodb'

/** Undefined where none is named: `npm test` says then how to name one. */
const MONGODB_URI = process.env['MONGODB_URI'] || undefined

export const describeOnMongo = MONGODB_URI === undefined ? describe.skip : describe

export function newDatabase(): string {
  return `opgang_test_${randomBytes(6).toString('hex')}`
}

/** The address of the server with another database, and with another host and port where given. */
export function addressOf(database: string, hostAndPort?: string): string {
  const url = new URL(MONGODB_URI ?? '')
  // The user stays where the original address keeps it.
  if (url.username !== '' && !url.searchParams.has('authSource')) url.searchParams.set('authSource', url.pathname.slice(1) || 'admin')
  url.pathname = `/${database}`
  if (hostAndPort !== undefined) url.host = hostAndPort
  return url.href
}

/** Host and port of the server. */
export function hostOf(): { host: string; port: number } {
  const { hostname, port } = new URL(MONGODB_URI ?? '')
  return { host: hostname, port: Number(port || 27_017) }
}

/** Asks the server behind the store's back. */
export async function behind<R>(database: string, ask: (database: ReturnType<MongoClient['db']>) => Promise<R>): Promise<R> {
  const client = new MongoClient(addressOf(database))
  try {
    return await ask(client.db(database))
  } finally {
    await client.close()
  }
}

export function dropDatabase(database: string): Promise<boolean> {
  return behind(database, (db) => db.dropDatabase())
}
