/** Heartbeats whose writes are lost, on a real store. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createInstances, type Instances } from '../../src/app/instances.js'
import { type Store, StoreUnavailable } from '../../src/store/collection.js'
import { type Collections, openCollections } from '../../src/store/collections.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { NOW } from '../library.js'
import { type ManualTime, manualTime } from '../manual-time.js'

let dir: string
let store: Store
let collections: Collections
let time: ManualTime
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'opgang-heartbeats-'))
  store = await openSqliteStore({ dir })
  collections = openCollections(store)
  time = manualTime(NOW)
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})

let names = 0
function instance(): Instances {
  return createInstances({
    instances: collections.instances,
    turns: collections.turns,
    ids: { next: () => `process-${++names}` },
    time,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    shared: true,
    takeOver: async () => undefined,
    forget: () => undefined,
  })
}
const stored = (name: string) => collections.instances.get(name)

test('a renewal whose answer was lost is made again, because others saw it when it was made', async () => {
  const mine = instance()
  await mine.join()
  const before = await stored(mine.name())
  if (before === undefined) throw new Error('no heartbeat was written')
  await collections.instances.replace(before)
  time.advance(3000)
  await mine.beat()
  expect(mine.alive()).toBe(true)
  expect((await stored(mine.name()))?.version).toBe(before.version + 2)
})

test('a new name that could not be entered is given up: by then it may have an heir', async () => {
  const mine = instance()
  await mine.join()
  const first = await stored(mine.name())
  if (first === undefined) throw new Error('no heartbeat was written')
  await collections.instances.replace({ ...first, owner: 'heir' })
  await collections.instances.insert({ _id: 'heir', version: 1, owner: 'heir' })
  const { insert } = collections.instances
  collections.instances.insert = () => Promise.reject(new StoreUnavailable('for a moment'))
  await expect(mine.beat()).rejects.toThrow(StoreUnavailable)
  collections.instances.insert = insert
  const lost = mine.name()
  await collections.instances.insert({ _id: lost, version: 1, owner: 'heir' })
  await mine.beat()
  expect(mine.name()).not.toBe(lost)
  expect([(await stored(lost))?.owner, (await stored(mine.name()))?.owner]).toEqual(['heir', mine.name()])
})

test('whoever looks after many that are gone, in a slow store, stays alive itself', async () => {
  const mine = instance()
  await mine.join()
  for (let at = 0; at < 12; at++) await collections.instances.insert({ _id: `gone-${at}`, version: 1, owner: `gone-${at}` })
  await mine.beat()
  for (let beat = 0; beat < 5; beat++) {
    time.advance(2999)
    await mine.beat()
  }
  const { replace } = collections.instances
  let dead = 0
  collections.instances.replace = async (one, ms) => {
    time.advance(1900)
    if (!mine.alive()) dead++
    return replace.call(collections.instances, one, ms)
  }
  time.advance(2999)
  await mine.beat()
  expect((await collections.instances.count({ _id: 'gone-11' }))[0]?.count).toBe(0)
  expect([dead, mine.alive()]).toEqual([0, true])
})
