import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextMacrotask } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import Database from 'libsql'
import type { Collection, Store, Stored } from '../../src/store/collection.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { storeContract } from './contract.js'

storeContract('The embedded store', async () => {
  const contractDir = mkdtempSync(join(tmpdir(), 'opgang-contract-'))
  let opened = await openSqliteStore({ dir: contractDir })
  return {
    store: opened,
    async reopen() {
      await opened.close()
      opened = await openSqliteStore({ dir: contractDir })
      return opened
    },
    async close() {
      await opened.close()
      rmSync(contractDir, { recursive: true })
    },
  }
})

interface Note extends Stored {
  readonly room: string
  readonly text: string
}
const NOTES = { name: 'notes', unique: [], indexes: [['room']] }
const note = (id: string, text = 'hello', room = 'a'): Note => ({ _id: id, version: 1, room, text })

let dir: string
let store: Store
let notes: Collection<Note>
beforeEach(async () => {
  dir = join(mkdtempSync(join(tmpdir(), 'opgang-sqlite-')), 'må #1? %2F', 'store')
  await open()
})
afterEach(async () => {
  await store.close()
  rmSync(join(dir, '..', '..'), { recursive: true })
})

async function open(): Promise<void> {
  store = await openSqliteStore({ dir })
  notes = store.collection<Note>(NOTES)
}

/** Runs SQL behind the store's back. */
function behind(sql: string): void {
  const database = new Database(join(dir, 'opgang.db'))
  database.exec(sql)
  database.close()
}

test('directory and files are for their owner alone', async () => {
  await notes.insert(note('1'))
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  const modes = readdirSync(dir).map((name) => [name, (statSync(join(dir, name)).mode & 0o777).toString(8)])
  expect(modes).toEqual(['lock.db', 'opgang.db', 'opgang.db-shm', 'opgang.db-wal'].map((name) => [name, '600']))
})

test('a person can read a row', async () => {
  await notes.insert(note('1', 'hej'))
  const row = new Database(join(dir, 'opgang.db')).prepare('SELECT id, version, doc FROM notes').all()[0]
  expect(row).toMatchObject({ id: '1', version: 1, doc: '{"_id":"1","room":"a","text":"hej"}' })
})

describe('opening', () => {
  test.each([
    ['below a file', (file: string) => join(file, 'inner')],
    ['at a file', (file: string) => file],
  ])('%s is refused with what to do', async (_, place) => {
    const file = join(dir, '..', 'file')
    writeFileSync(file, '')
    const refused = openSqliteStore({ dir: place(file) })
    await expect(refused).rejects.toMatchObject({ name: 'StoreNotOpened', fault: 'directory' })
    await expect(refused).rejects.toThrow(/name a directory that this user may write/)
  })

  test.each([
    ['not a database', (file: string) => writeFileSync(file, 'not a database at all '.repeat(500))],
    ['without its first page', (file: string) => writeFileSync(file, readFileSync(file).fill(0, 0, 4096))],
  ])('a file that is %s is refused and left alone', async (_, spoil) => {
    await notes.insert(note('1'))
    await store.close()
    spoil(join(dir, 'opgang.db'))
    const before = readFileSync(join(dir, 'opgang.db'))
    await expect(openSqliteStore({ dir })).rejects.toMatchObject({ fault: 'damaged' })
    await expect(openSqliteStore({ dir, readOnly: true })).rejects.toMatchObject({ fault: 'damaged' })
    await expect(openSqliteStore({ dir })).rejects.toThrow(/newest backup/)
    expect(readFileSync(join(dir, 'opgang.db')).equals(before)).toBe(true)
  })

  test('twice in one program is refused, and the first keeps its lock', async () => {
    await expect(openSqliteStore({ dir })).rejects.toMatchObject({ fault: 'locked' })
    await expect(openSqliteStore({ dir })).rejects.toMatchObject({ fault: 'locked' })
    expect(await notes.insert(note('1'))).toBe('ok')
    await store.close()
    await open()
    expect(await notes.get('1')).toEqual(note('1'))
  })
})

describe('for reading only', () => {
  test('works beside the server and sees what it writes', async () => {
    await notes.insert(note('1'))
    const reading = await openSqliteStore({ dir, readOnly: true })
    const seen = reading.collection<Note>(NOTES)
    expect(await seen.get('1')).toEqual(note('1'))
    await notes.insert(note('2'))
    expect(await seen.count({})).toEqual([{ by: [], count: 2 }])
    await reading.close()
  })

  test('works without a server, and refuses every write', async () => {
    await notes.insert(note('1'))
    await store.close()
    const reading = await openSqliteStore({ dir, readOnly: true })
    const seen = reading.collection<Note>(NOTES)
    const refusal = /opened for reading only/
    await expect(seen.insert(note('2'))).rejects.toThrow(refusal)
    await expect(seen.replace(note('1'))).rejects.toThrow(refusal)
    await expect(seen.remove({}, 1)).rejects.toThrow(refusal)
    await expect(reading.probe()).rejects.toThrow(refusal)
    await expect(reading.scrub()).rejects.toThrow(refusal)
    expect(await seen.find({}, { sort: ['room'], limit: 9 })).toEqual([note('1')])
    expect(reading.health()).toEqual({ ok: true })
    await reading.close()
  })

  test('reads a collection that nobody has made yet as empty', async () => {
    const reading = await openSqliteStore({ dir, readOnly: true })
    const other = reading.collection<Note>({ ...NOTES, name: 'later' })
    expect(await other.get('1')).toBeUndefined()
    expect(await other.find({ room: 'a' }, { sort: ['room'], limit: 1 })).toEqual([])
    await reading.close()
    expect(await store.collection<Note>({ ...NOTES, name: 'later' }).insert(note('1'))).toBe('ok')
  })

  test.each(['nowhere', 'empty'])('says that nothing was ever stored: %s', async (name) => {
    const other = join(dir, '..', name)
    if (name === 'empty') mkdirSync(other)
    const refused = openSqliteStore({ dir: other, readOnly: true })
    await expect(refused).rejects.toMatchObject({ fault: 'empty' })
    await expect(refused).rejects.toThrow(/nothing was ever stored in .*start the server once/)
  })
})

describe('group commit', () => {
  test('writes issued together fail together when the transaction fails, and nothing is kept', async () => {
    await notes.insert(note('1'))
    const other = new Database(join(dir, 'opgang.db'))
    other.exec('BEGIN IMMEDIATE')
    const writes = [notes.insert(note('2')), notes.replace(note('1', 'changed')), notes.remove({ room: 'a' }, 1), store.probe()]
    for (const outcome of await Promise.allSettled(writes)) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'StoreUnavailable', reason: expect.stringMatching(/another program/) },
      })
    }
    other.exec('ROLLBACK')
    expect(await notes.find({}, { sort: ['_id'], limit: 9 })).toEqual([note('1')])
    expect(await notes.insert(note('2'))).toBe('ok')
  })

  test('a failure in the middle takes back what the batch wrote before it', async () => {
    const gone = store.collection<Note>({ ...NOTES, name: 'gone' })
    await gone.insert(note('1'))
    behind('DROP TABLE gone')
    const outcomes = await Promise.allSettled([notes.insert(note('before')), gone.insert(note('2')), notes.insert(note('after'))])
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await notes.count({})).toEqual([{ by: [], count: 0 }])
    expect(await notes.insert(note('before'))).toBe('ok')
  })

  test('close writes what is queued; afterwards every call is refused', async () => {
    const queued = notes.insert(note('1'))
    await store.close()
    expect(await queued).toBe('ok')
    await expect(notes.insert(note('2'))).rejects.toThrow('The store is unavailable: it was closed')
    await expect(notes.get('1')).rejects.toThrow('The store is unavailable: it was closed')
    await open()
    expect(await notes.get('1')).toEqual(note('1'))
  })
})

describe('damage', () => {
  test.each([
    ['a byte of the document', `UPDATE notes SET doc = replace(doc, 'hello', 'jello')`],
    ['the version', 'UPDATE notes SET version = 2'],
    ['the checksum', 'UPDATE notes SET checksum = checksum + 1'],
    ['bytes that are not text', `UPDATE notes SET doc = CAST(replace(doc, 'hello', CAST(x'FFFE' AS TEXT)) AS TEXT)`],
    ['a document of another kind', `UPDATE notes SET doc = 7`],
  ])('in a row is found when it is read: %s', async (_, sql) => {
    await notes.insert(note('the-id'))
    expect(store.health()).toEqual({ ok: true })
    behind(sql)
    await expect(notes.get('the-id')).rejects.toMatchObject({ reason: expect.stringMatching(/"the-id" of notes.*damaged.*newest backup/) })
    await expect(notes.find({}, { sort: ['_id'], limit: 9 })).rejects.toThrow(/unavailable/)
    expect(store.health()).toMatchObject({ ok: false, reason: expect.stringMatching(/"the-id" of notes/) })
  })

  test('under another id is found too', async () => {
    await notes.insert(note('one'))
    behind(`UPDATE notes SET id = 'two'`)
    await expect(notes.get('two')).rejects.toThrow(/"two" of notes/)
  })

  test('in the file is found in the background', async () => {
    await Promise.all(Array.from({ length: 200 }, (_, i) => notes.insert(note(`${i}`, 'x'.repeat(1000)))))
    await store.close()
    const file = join(dir, 'opgang.db')
    truncateSync(file, statSync(file).size - 20 * 4096)
    store = await openSqliteStore({ dir, checkAfterMs: 0 })
    while (store.health().ok) await nextMacrotask()
    expect(store.health().reason).toMatch(/opgang\.db did not pass its check[^;]*; .*newest backup/)
  })

  test('is not found where there is none, and the check holds nobody up', async () => {
    await notes.insert(note('1'))
    await store.close()
    store = await openSqliteStore({ dir, checkAfterMs: 0 })
    await nextMacrotask()
    await store.scrub()
    expect(store.health()).toEqual({ ok: true })
  })
})

describe('scrub', () => {
  const SECRET = 'SECRET[0-9]+TERCES'
  /** In another program: reading the files here would drop this program's locks on them. */
  const traces = (): number => Number(execFileSync('sh', ['-c', `cat "$0"/* | grep -aoE '${SECRET}' | wc -l`, dir]).toString())

  test('leaves no removed or replaced word in any file, and every other word in place', async () => {
    // Lengths and rooms vary so that SQLite moves rows between pages, which leaves copies behind.
    const secretOf = (i: number): string => `SECRET${i}TERCES`
    const docs = Array.from({ length: 2_000 }, (_, i) => {
      const word = i % 2 === 0 ? secretOf(i) : `kept-${i}`
      return note(`${(i * 7919) % 2000}-${i}`, `${word} `.repeat(1 + ((i * 31) % 60)), `${(i * 104_729) % 9973} ${word}`)
    })
    await Promise.all(docs.map((doc) => notes.insert(doc)))
    await Promise.all(docs.map((doc, i) => notes.replace({ ...doc, text: doc.text.repeat(1 + (i % 3)) })))
    const secret = docs.filter((_, i) => i % 2 === 0)
    const removed = secret.filter((_, i) => i % 2 === 0)
    await Promise.all(removed.map((doc) => notes.remove({ _id: doc._id }, 1)))
    await Promise.all(
      secret
        .filter((_, i) => i % 2 === 1)
        .map((doc) => notes.replace(note(doc._id, '', '')).then(() => notes.replace({ ...note(doc._id, '', ''), version: 2 }))),
    )
    expect(traces()).toBeGreaterThan(0)

    await store.scrub()
    expect(traces()).toBe(0)
    expect(spawnSync('ls', ['-l', join(dir, 'opgang.db-wal')]).stdout.toString()).toMatch(/ 0 /)
    const kept = await notes.find({}, { sort: ['_id'], limit: 9_999 })
    expect(kept).toHaveLength(1_500)
    expect(kept.filter((doc) => doc.text !== '')).toHaveLength(1_000)
    expect(new Database(join(dir, 'opgang.db')).pragma('integrity_check', { simple: true })).toMatchObject({ integrity_check: 'ok' })
  })

  test('says so when a reading program keeps old words alive', async () => {
    await notes.insert(note('1'))
    const reader = new Database(join(dir, 'opgang.db'))
    reader.exec('BEGIN')
    expect(reader.prepare('SELECT count(*) AS n FROM notes').all()).toMatchObject([{ n: 1 }])
    await notes.remove({}, 1)
    await expect(store.scrub()).rejects.toThrow(/a reading program still holds removed text/)
    reader.exec('ROLLBACK')
    await store.scrub()
  })
})
