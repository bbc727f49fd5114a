import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { KEY_PURPOSES } from '../../src/app/ports.js'
import type { Collection, Store } from '../../src/store/collection.js'
import { COLLECTIONS } from '../../src/store/collections.js'
import { openKeys } from '../../src/store/keys.js'
import type { KeyDocument } from '../../src/store/program-documents.js'
import { openSqliteStore } from '../../src/store/sqlite.js'

const random = (): string => randomBytes(32).toString('base64url')

let dir: string
let store: Store
let collection: Collection<KeyDocument>
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-keys-'))
  store = await openSqliteStore({ dir })
  collection = store.collection<KeyDocument>(COLLECTIONS.keys)
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

test('a mac is HMAC-SHA256 under the stored key of its purpose', async () => {
  const keys = await openKeys(collection, random)
  const stored = await collection.get('event')
  const expected = createHmac('sha256', Buffer.from(stored?.secret ?? '', 'base64url'))
    .update('messenger:م')
    .digest('base64url')
  expect(keys.mac('event', 'messenger:م')).toBe(expected)
})

test('each purpose has a key of its own', async () => {
  const keys = await openKeys(collection, random)
  expect(new Set(KEY_PURPOSES.map((purpose) => keys.mac(purpose, 'x'))).size).toBe(KEY_PURPOSES.length)
})

test('instances that start together agree, and so does the next start', async () => {
  const instances = await Promise.all(Array.from({ length: 10 }, () => openKeys(collection, random)))
  const next = await openKeys(collection, random)
  for (const purpose of KEY_PURPOSES) {
    expect(new Set([...instances, next].map((keys) => keys.mac(purpose, 'x'))).size).toBe(1)
  }
  expect(await collection.count({})).toEqual([{ by: [], count: KEY_PURPOSES.length }])
})

test('a key that is too short is refused, made or stored', async () => {
  await expect(openKeys(collection, () => 'c2hvcnQ')).rejects.toThrow(/has 5 bytes instead of 32/)
  expect(await collection.count({})).toEqual([{ by: [], count: 0 }])
  await collection.insert({ _id: 'event', version: 1, secret: '' })
  await expect(openKeys(collection, random)).rejects.toThrow(/key for "event".*restore/)
})
