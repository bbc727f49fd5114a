import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Metrics } from '../../src/app/ports.js'
import { type Collection, type Store, type Stored, StoreUnavailable } from '../../src/store/collection.js'
import { observeStore } from '../../src/store/measured-store.js'
import { openSqliteStore } from '../../src/store/sqlite.js'

interface Place extends Stored {
  readonly name: string
}
const dir = mkdtempSync(join(tmpdir(), 'opgang-measured-'))
let inner: Store
let store: Store
let places: Collection<Place>
let calls: Parameters<Metrics['store']>[0][] = []
let clock = 0

beforeAll(async () => {
  inner = await openSqliteStore({ dir })
  store = observeStore(inner, { store: (call) => void calls.push(call) }, () => (clock += 5))
  places = store.collection<Place>({ name: 'places', unique: [['name']], indexes: [] })
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

test('every call is measured once, and answers as the store itself does', async () => {
  const place = { _id: 'a', version: 1, name: 'Vaskeri' }
  expect(await places.insert(place)).toBe('ok')
  expect(await places.insert({ ...place, _id: 'b' })).toBe('duplicate')
  expect(await places.get('a', 4000)).toEqual(place)
  expect(await places.find({ name: 'Vaskeri' }, { sort: ['name'], limit: 1 })).toEqual([place])
  expect(await places.replace(place)).toBe('ok')
  expect(await places.replace(place)).toBe('conflict')
  expect(await places.count({ name: 'Vaskeri' })).toEqual([{ by: [], count: 1 }])
  expect(await places.remove({ name: 'Vaskeri' }, 5)).toBe(1)
  expect(calls.map(({ operation }) => operation)).toEqual(['insert', 'insert', 'get', 'find', 'replace', 'replace', 'count', 'remove'])
  expect(calls.every(({ collection, failed, ms }) => collection === 'places' && !failed && ms === 5)).toBe(true)
})

test('what the store is asked beside its collections reaches it', async () => {
  await store.probe()
  await store.scrub()
  expect([store.shared, store.health()]).toEqual([inner.shared, inner.health()])
})

test('the time left goes along, and a failure is measured and stays a failure', async () => {
  calls = []
  const away: Collection<Place> = { ...places, get: (_, within) => Promise.reject(new StoreUnavailable(`away after ${within}`)) }
  const failing = observeStore({ ...inner, collection: () => away as never }, { store: (call) => void calls.push(call) }, () => 0)
  const one = failing.collection<Place>({ name: 'places', unique: [], indexes: [] })
  await expect(one.get('a', 120)).rejects.toThrow('away after 120')
  expect(calls).toEqual([{ collection: 'places', operation: 'get', failed: true, ms: 0 }])
})
