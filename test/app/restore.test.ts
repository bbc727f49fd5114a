/** What a restore makes of a backup's documents, on a real store. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { conversationId } from '../../src/app/ports.js'
import { type Restored, restore } from '../../src/app/restore.js'
import { UNSENT_MS } from '../../src/app/unsent.js'
import type { Store } from '../../src/store/collection.js'
import { type Collections, openCollections } from '../../src/store/collections.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { storePages } from '../../src/store/store-pages.js'
import { starterLibrary } from '../library.js'
import { AMINA, HASSAN, openStage, type Stage, says, until } from '../stage.js'

const library = await starterLibrary()
const AMINAS = conversationId(AMINA)
const HASSANS = conversationId(HASSAN)
let stage: Stage
let dir: string
let store: Store
let restored: Collections
beforeEach(async () => {
  stage = await openStage({ library })
  dir = mkdtempSync(join(tmpdir(), 'opgang-restore-'))
  store = await openSqliteStore({ dir })
  restored = openCollections(store)
})
afterEach(async () => {
  await stage.close()
  await store.close()
  rmSync(dir, { recursive: true })
})

const remembered: string[] = []
function restoreAll(contacts: readonly string[] = []): Promise<Restored> {
  remembered.length = 0
  return restore(storePages(stage.store), {
    collections: restored,
    time: stage.time,
    keys: async () => stage.keys,
    erased: new Set(contacts.map((contact) => stage.keys.mac('deletion', contact))),
    erasedLog: { append: async (hash) => void remembered.push(hash) },
    scrub: () => store.scrub(),
    sends: (conversation) => conversation.startsWith('messenger:'),
  })
}

/** Amina waits for an answer on Messenger since more than ten minutes; Hassan has a request, and his talk is on the web. */
async function twoTalks(): Promise<void> {
  stage.answerWith(() => ({ outcome: 'later', reason: 'retry', notBefore: stage.time.now() + 100 * UNSENT_MS, hold: 'message' }))
  await stage.turns.receive(AMINA, says('min hund hedder Fido'))
  for (const text of ['dansk', 'jeg vil snakke med nogen']) await stage.turns.receive(HASSAN, says(text))
  await until(async () => (await stage.log(HASSANS)).length === 3)
  await stage.settler.idle()
  stage.time.advance(UNSENT_MS + 1)
}
const contactOf = async (id: string) => (await stage.collections.conversations.get(id))?.contact ?? ''

test('what waits on Messenger is listed; on the web page it is delivered by being read, so an open turn stays as it is', async () => {
  await twoTalks()
  const [cut] = await stage.log(HASSANS)
  if (cut === undefined) throw new Error('no turn')
  await stage.collections.turns.replace({ ...cut, settle: { by: 'gone', state: 'open', sent: {} } })
  const { listed, documents, erasedAgain } = await restoreAll()
  expect([[...listed.keys()], erasedAgain]).toEqual([[AMINAS], 0])
  const counts = await Promise.all(Object.values(restored).map(async (collection) => (await collection.count({}))[0]?.count ?? 0))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(documents)
  expect((await restored.turns.get(cut._id))?.settle).toEqual({ by: 'gone', state: 'open', sent: {} })
})

test('who was erased since is erased again, is on no list, and nobody else loses anything', async () => {
  await twoTalks()
  const amina = await contactOf(AMINAS)
  const hassan = await contactOf(HASSANS)
  const { listed, erasedAgain } = await restoreAll([amina, 'somebody-else'])
  expect([listed.size, erasedAgain, remembered]).toEqual([0, 1, [stage.keys.mac('deletion', amina)]])
  expect(await restored.conversations.get(AMINAS)).toBeUndefined()
  expect(await restored.turns.count({ contact: amina })).toEqual([{ by: [], count: 0 }])
  const [turn] = await restored.turns.find({ conversation: AMINAS }, { sort: ['seq'], limit: 10 })
  expect(turn).toMatchObject({ erased: true, effects: [], key: (await stage.log(AMINAS))[0]?.key, settle: { state: 'done' } })
  expect(await restored.turns.find({ conversation: HASSANS }, { sort: ['seq'], limit: 10 })).toEqual(await stage.log(HASSANS))
  expect(await restored.handoffs.count({ contact: hassan })).toEqual([{ by: [], count: 1 }])
})

test('a person of whom there is but a conversation, or but a contact, is found too', async () => {
  const one = { _id: 'web:one', version: 1, contact: 'c-one', channel: 'web', account: '', user: 'one', createdAt: 0, device: '' } as const
  await stage.collections.conversations.insert(one)
  await stage.collections.contacts.insert({ _id: 'c-two', version: 1, applied: [] })
  expect((await restoreAll(['c-one', 'c-two'])).erasedAgain).toBe(2)
  expect(await restored.conversations.get('web:one')).toBeUndefined()
  expect(await restored.contacts.get('c-two')).toBeUndefined()
})

test('a document that is there already ends the restore: something else writes into the store', async () => {
  await twoTalks()
  await restored.keys.insert({ _id: 'event', version: 1, secret: 'x' })
  await expect(restoreAll()).rejects.toThrow('something else writes into it')
})

test('nobody is signed in by what was restored, and no link that may have been used since works again', async () => {
  const { logins, oneTimes, staff } = stage.collections
  await staff.insert({ _id: 's', version: 1, name: 'Sanne', roles: [], safeguarding: false, passkeys: [], state: 'active' })
  await logins.insert({ _id: 'l', version: 1, staff: 's', createdAt: 0, seenAt: 0, until: Number.MAX_SAFE_INTEGER })
  const link = { version: 1, until: Number.MAX_SAFE_INTEGER, used: false }
  await oneTimes.insert({ ...link, _id: 'o', opens: { what: 'staff', staff: 's' } })
  await oneTimes.insert({ ...link, _id: 'c', opens: { what: 'case', handoff: 'h', network: 'n' } })
  await restoreAll()
  expect(await restored.staff.get('s')).toMatchObject({ name: 'Sanne' })
  expect([await restored.logins.get('l'), await restored.oneTimes.get('o')]).toEqual([undefined, undefined])
  expect(await restored.oneTimes.get('c')).toMatchObject({ used: false })
})
