import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { MongoNetworkError, MongoServerError, MongoWriteConcernError } from 'mongodb'
import type { Collection, Stored } from '../../src/store/collection.js'
import { COLLECTIONS } from '../../src/store/collections.js'
import { openMongoStore } from '../../src/store/mongodb.js'
import { unavailable } from '../../src/store/mongodb-fault.js'
import { storeContract } from './contract.js'
import { addressOf, behind, describeOnMongo, dropDatabase, newDatabase } from './mongodb-server.js'

interface Note extends Stored {
  readonly room: string
  readonly words?: unknown
}
const NOTES = { name: 'notes', unique: [], indexes: [['room']] }
const note = (id: string, more: Partial<Note> = {}): Note => ({ _id: id, version: 1, room: 'a', ...more })

describeOnMongo('on a server', () => {
  storeContract('MongoDB', async () => {
    const database = newDatabase()
    let store = await openMongoStore({ uri: addressOf(database) })
    return {
      store,
      async reopen() {
        await store.close()
        store = await openMongoStore({ uri: addressOf(database) })
        return store
      },
      async close() {
        await store.close()
        await dropDatabase(database)
      },
    }
  })

  let database: string
  let store: Awaited<ReturnType<typeof openMongoStore>>
  let notes: Collection<Note>
  beforeEach(async () => {
    database = newDatabase()
    store = await openMongoStore({ uri: addressOf(database) })
    notes = store.collection<Note>(NOTES)
  })
  afterEach(async () => {
    await store.close()
    await dropDatabase(database)
  })

  test('every declared index is there, unique where it is declared so, also when two instances start together', async () => {
    const other = await openMongoStore({ uri: addressOf(database) })
    const { turns } = COLLECTIONS
    await Promise.all([store, other].map((one) => one.collection(turns).find({}, { sort: ['at'], limit: 1 })))
    const made = await behind(database, (db) => db.collection(turns.name).indexes())
    const ours = made.filter(({ name }) => name !== '_id_')
    const paths = (unique: boolean) => ours.filter((index) => (index.unique ?? false) === unique).map(({ key }) => Object.keys(key).join())
    expect(paths(true).toSorted()).toEqual(turns.unique.map((one) => one.join()).toSorted())
    expect(paths(false).toSorted()).toEqual(turns.indexes.map((one) => one.join()).toSorted())
    await other.close()
  })

  test('a document is kept under its own fields and comes back as it was: operators, dots, large numbers', async () => {
    const words = { $set: { version: 9 }, 'a.b': '$room', large: 2 ** 40, most: Number.MAX_SAFE_INTEGER, part: 0.1, at: 1_700_000_000_000 }
    await notes.insert(note('1', { words: { ...words, gone: undefined } }))
    expect(await notes.get('1')).toStrictEqual(note('1', { words }))
    const raw = await behind(database, (db) => db.collection('notes').findOne({}))
    expect(raw).toStrictEqual(note('1', { words }))
  })

  test('two instances: one insert and one replace of many wins, and each reads what the other wrote', async () => {
    const other = await openMongoStore({ uri: addressOf(database) })
    const both = [notes, other.collection<Note>(NOTES)] as const
    const each = <R>(call: (one: Collection<Note>, i: number) => Promise<R>) =>
      Promise.all(Array.from({ length: 40 }, (_, i) => call(i % 2 === 0 ? both[0] : both[1], i)))
    const inserted = await each((one, i) => one.insert(note('1', { words: i })))
    expect(inserted.filter((outcome) => outcome === 'ok')).toHaveLength(1)
    const replaced = await each((one, i) => one.replace(note('1', { words: i })))
    expect(replaced.filter((outcome) => outcome === 'ok')).toHaveLength(1)
    for (const one of both) expect(await one.get('1')).toEqual(note('1', { version: 2, words: replaced.indexOf('ok') }))
    await other.close()
  })

  test('removing together takes each document once, and none is left', async () => {
    const other = await openMongoStore({ uri: addressOf(database) })
    await Promise.all(Array.from({ length: 60 }, (_, i) => notes.insert(note(`${i}`))))
    const removed = await Promise.all([notes.remove({ room: 'a' }, 40), other.collection<Note>(NOTES).remove({ room: 'a' }, 40)])
    expect(removed.reduce((sum, one) => sum + one)).toBe(60)
    expect(await notes.count({})).toEqual([{ by: [], count: 0 }])
    await other.close()
  })

  test('for reading only sees what is written, refuses every write, and makes nothing', async () => {
    await notes.insert(note('1'))
    const reading = await openMongoStore({ uri: addressOf(database), readOnly: true })
    const seen = reading.collection<Note>(NOTES)
    expect(await seen.get('1')).toEqual(note('1'))
    expect(await reading.collection<Note>({ ...NOTES, name: 'later' }).find({}, { sort: ['room'], limit: 1 })).toEqual([])
    const refusal = /opened for reading only/
    await expect(seen.insert(note('2'))).rejects.toThrow(refusal)
    await expect(seen.replace(note('1'))).rejects.toThrow(refusal)
    await expect(seen.remove({}, 1)).rejects.toThrow(refusal)
    await expect(reading.probe()).rejects.toThrow(refusal)
    await reading.close()
    const names = await behind(database, (db) => db.listCollections().toArray())
    expect(names.map(({ name }) => name)).toEqual(['notes'])
  })

  test('the database is opgang unless the address names one', async () => {
    const unnamed = await openMongoStore({ uri: addressOf('') })
    const name = `contract_${database}`
    await unnamed.collection<Note>({ ...NOTES, name }).insert(note('1'))
    expect(await behind('opgang', (db) => db.collection(name).countDocuments())).toBe(1)
    await behind('opgang', (db) => db.collection(name).drop())
    await unnamed.close()
  })

  test('after close every call is refused', async () => {
    await store.close()
    await store.close()
    await expect(notes.insert(note('2'))).rejects.toThrow('The store is unavailable: it was closed')
    await expect(notes.get('1')).rejects.toThrow('The store is unavailable: it was closed')
    await expect(store.probe()).rejects.toThrow('The store is unavailable: it was closed')
    store = await openMongoStore({ uri: addressOf(database) })
  })
})

describe('an address that cannot be used', () => {
  test.each([
    'mongodb://opgang:hemme@lig@db.example/opgang',
    'mongodb://opgang:hemme/lig@db.example/opgang',
    'mongodb://opgang:hemme:lig@db.example/opgang',
    'mongodb://opgang:hemme%zzlig@db.example/opgang',
    'mongodb://opgang:hemmelig@db.example:99999/opgang',
    'mongodb://opgang:hemmelig@/opgang',
    'mongodb://opgang:hemmelig@db.example/op.gang',
    'mongodb://opgang:hemmelig@db.example/?tls=perhaps&ssl=sometimes',
  ])('%s is refused without a word of the password', async (uri) => {
    const refused = await openMongoStore({ uri }).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      name: 'StoreUnavailable',
      reason: expect.stringMatching(/MONGODB_URI cannot be read.*; write mongodb:/),
    })
    expect(`${String(refused)} ${String((refused as Error).stack)}`).not.toMatch(/hemme|lig/)
    expect(refused).not.toHaveProperty('cause')
  })

  test('an option that the driver does not know is named', async () => {
    await expect(openMongoStore({ uri: 'mongodb://a:hemmelig@db.example/?tlss=true' })).rejects.toThrow(/option tlss is not supported/)
  })
})

describe('what MongoDB answers becomes a reason that says what to do', () => {
  const server = (code: number, codeName: string) => new MongoServerError({ code, codeName, errmsg: `hemmelig: { words: "hemmelig" }` })
  const unconfirmed = { writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'hemmelig' }, ok: 1 }
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' })
  test.each([
    ['a wrong password', server(18, 'AuthenticationFailed'), /refuses the user or the password.*\(AuthenticationFailed, 18\)/],
    ['a missing right', server(13, 'Unauthorized'), /role readWrite/],
    ['no primary', server(10107, 'NotWritablePrimary'), /no primary/],
    ['its own time over', server(50, 'MaxTimeMSExpired'), /in the time there was/],
    ['a full disk', server(14031, 'OutOfDiskSpace'), /disk is full/],
    ['what we do not know', server(999, 'Something'), /refused the call \(Something, 999\)/],
    ['no majority', new MongoWriteConcernError(unconfirmed as never), /did not confirm a write, which may have happened/],
    ['a broken connection', new MongoNetworkError('broke', { cause: reset }), /broke.*\(ECONNRESET\)/],
  ])('%s', (_, error, reason) => {
    const told = unavailable(error)
    expect(told).toMatchObject({ name: 'StoreUnavailable', reason: expect.stringMatching(reason) })
    const { cause, message, stack } = told as Error
    expect([cause, message, stack].map(String).join()).not.toContain('hemmelig')
  })

  test('a mistake of ours stays as it is', () => {
    const mistake = new TypeError('x')
    expect(unavailable(mistake)).toBe(mistake)
  })
})
