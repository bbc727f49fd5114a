import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { openStore } from '../../src/store/open-store.js'
import { freePort } from '../e2e/product.js'
import { addressOf, describeOnMongo, dropDatabase, newDatabase } from './mongodb-server.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-open-store-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('without an address the embedded store opens, alone', async () => {
  const store = await openStore({ dir: join(dir, 'data') })
  expect(store.shared).toBe(false)
  expect(statSync(join(dir, 'data', 'opgang.db')).isFile()).toBe(true)
  await store.close()
})

test('a directory that cannot be made is told before MongoDB is asked', async () => {
  writeFileSync(join(dir, 'file'), '')
  const refused = openStore({ dir: join(dir, 'file', 'data'), mongodbUri: 'mongodb://db.example/opgang' })
  await expect(refused).rejects.toThrow(/file.data cannot be made \(ENOTDIR\); name one that this user may write/)
})

test('a MongoDB for which nobody listens ends a start within a few seconds', async () => {
  const mongodbUri = `mongodb://127.0.0.1:${await freePort()}/opgang`
  const started = performance.now()
  await expect(openStore({ dir: join(dir, 'data'), mongodbUri })).rejects.toMatchObject({ name: 'StoreUnavailable' })
  // The driver by itself waits 30 s.
  expect(performance.now() - started).toBeLessThan(15_000)
})

describeOnMongo('with an address', () => {
  test('MongoDB opens, for several at once, and each has a private directory of its own', async () => {
    const database = newDatabase()
    const options = { dir: join(dir, 'data'), mongodbUri: addressOf(database) }
    const stores = [await openStore(options), await openStore(options), await openStore({ ...options, readOnly: true })]
    expect(stores.map(({ shared }) => shared)).toEqual([true, true, true])
    expect(statSync(options.dir).mode & 0o777).toBe(0o700)
    for (const store of stores) await store.close()
    await dropDatabase(database)
  })
})
