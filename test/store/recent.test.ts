/** What is kept in memory is what the store holds, whatever was written, together or one after another. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Collection, type Store, StoreUnavailable } from '../../src/store/collection.js'
import { COLLECTIONS, type ContactDocument, type TurnDocument } from '../../src/store/collections.js'
import { keepById, keepNewest, keepRecent } from '../../src/store/recent.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { echoTurn } from '../bot/directline/web-chat-server.js'

const ROOMS = ['a', 'b', 'c']
const NEWEST = { sort: ['seq'], descending: true, limit: 1 }

let dir: string
let store: Store
let inner: Collection<TurnDocument>
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-recent-'))
  store = await openSqliteStore({ dir })
  inner = store.collection<TurnDocument>(COLLECTIONS.turns)
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

/** Numbers from 0 to below 1, the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function turn(room: string, seq: number, id: string): TurnDocument {
  return { ...echoTurn(room, seq, { id, at: 1000 + seq, type: 'start' }), _id: id }
}

async function agree(turns: Collection<TurnDocument>): Promise<void> {
  for (const conversation of ROOMS) expect(await turns.find({ conversation }, NEWEST)).toEqual(await inner.find({ conversation }, NEWEST))
}

test.each([1, 2, 3, 4, 5])('the newest turn is that of the store, over 300 rounds of mixed writes (seed %d)', async (seed) => {
  const random = seeded(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const turns = keepNewest(inner)
  const known: TurnDocument[] = []
  for (let round = 0; round < 300; round++) {
    const writes: Promise<unknown>[] = []
    for (let write = Math.ceil(random() * 4); write > 0; write--) {
      const room = pick(ROOMS)
      const [newest] = await inner.find({ conversation: room }, NEWEST)
      const made = turn(room, (newest?.seq ?? 0) + (newest !== undefined && random() < 0.3 ? 0 : 1), `${round}.${write}`)
      const old = known.length > 0 ? pick(known) : made
      const choice = random()
      if (choice < 0.55) writes.push(turns.insert(made))
      else if (choice < 0.98) writes.push(turns.replace({ ...old, kept: random() < 0.5, version: old.version + Math.floor(random() * 2) }))
      else writes.push(turns.remove({ conversation: room, seq: { from: Math.floor(random() * 30) } }, 5))
      known.push(made)
    }
    if (random() < 0.5) await Promise.all(writes)
    else for (const write of writes) await write
    await agree(turns)
    if (known.length > 0) known[known.indexOf(pick(known))] = (await inner.get(pick(known)._id)) ?? pick(known)
  }
})

test('a write that the store refused leaves the store to be asked', async () => {
  const turns = keepNewest({ ...bound(inner), insert: () => Promise.reject(new StoreUnavailable('full')) })
  await inner.insert(turn('a', 1, 'one'))
  await expect(turns.insert(turn('a', 2, 'two'))).rejects.toThrow(StoreUnavailable)
  await agree(turns)
  expect(await keepNewest(inner).insert(turn('a', 1, 'again'))).toBe('duplicate')
})

test('a document is kept with its version, and gone when it is removed', async () => {
  const contacts = store.collection<ContactDocument>(COLLECTIONS.contacts)
  const kept = keepById(contacts)
  const amina = { _id: 'amina', version: 1, applied: [] }
  expect(await kept.insert(amina)).toBe('ok')
  expect(await kept.replace({ ...amina, area: 'demo' })).toBe('ok')
  expect(await kept.get('amina')).toEqual({ ...amina, version: 2, area: 'demo' })
  expect(await kept.replace({ ...amina, area: 'late' })).toBe('conflict')
  expect(await kept.get('amina')).toEqual(await contacts.get('amina'))
  await kept.remove({ _id: 'amina' }, 1)
  expect(await kept.get('amina')).toBeUndefined()
})

test('a store that others write too is asked each time', () => {
  const shared = { ...store, shared: true }
  expect(keepRecent(shared)).toBe(shared)
})

function bound(collection: Collection<TurnDocument>): Collection<TurnDocument> {
  return {
    insert: (doc) => collection.insert(doc),
    get: (id) => collection.get(id),
    find: (where, page) => collection.find(where, page),
    replace: (doc) => collection.replace(doc),
    remove: (where, limit) => collection.remove(where, limit),
    count: (where, by) => collection.count(where, by),
  }
}
