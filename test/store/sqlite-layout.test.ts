/** Tables of an older layout are brought up at the start, with all that is in them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import Database from 'libsql'
import type { Stored } from '../../src/store/collection.js'
import { openSqliteStore } from '../../src/store/sqlite.js'

interface Note extends Stored {
  readonly room: string
  readonly seen: boolean
  readonly mark: { readonly by: string }
}
const NOTES = { name: 'notes', unique: [['room']], indexes: [['mark.by', 'seen']] }
const note = (id: string): Note => ({ _id: id, version: 1, room: `room ${id}`, seen: id === '1', mark: { by: 'æ' } })

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-layout-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

/** The layout that had no columns for paths: an index was on an expression over the document. */
function writeOldStore(): void {
  const database = new Database(join(dir, 'opgang.db'))
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('CREATE TABLE notes (id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, doc TEXT NOT NULL, checksum INTEGER NOT NULL)')
  database.exec("CREATE UNIQUE INDEX notes_room ON notes (json_extract(doc, '$.room'))")
  for (const id of ['1', '2']) {
    const { version, ...rest } = note(id)
    const doc = JSON.stringify(rest)
    database.prepare('INSERT INTO notes VALUES (?, ?, ?, ?)').run([id, version, doc, crc32(doc, crc32(`\n${version}\n`, crc32(id)))])
  }
  database.close()
}

test('an older store is found whole, searchable and unique', async () => {
  writeOldStore()
  const store = await openSqliteStore({ dir })
  const notes = store.collection<Note>(NOTES)
  expect(await notes.find({}, { sort: ['_id'], limit: 9 })).toEqual([note('1'), note('2')])
  expect(await notes.find({ 'mark.by': 'æ', seen: true }, { sort: ['_id'], limit: 9 })).toEqual([note('1')])
  expect(await notes.insert({ ...note('3'), room: 'room 1' })).toBe('duplicate')
  expect(await notes.replace({ ...note('2'), seen: true })).toBe('ok')
  expect(await notes.count({ seen: true })).toEqual([{ by: [], count: 2 }])
  await store.close()
})

test('a reading program says what brings an older store up', async () => {
  writeOldStore()
  const store = await openSqliteStore({ dir, readOnly: true })
  expect(() => store.collection<Note>(NOTES)).toThrow('start the server once, which brings it up')
  await store.close()
})

test('a path that is declared later is found in what was stored before, and an index that is not declared any more goes', async () => {
  const first = await openSqliteStore({ dir })
  await first.collection<Note>({ name: 'notes', unique: [], indexes: [['room']] }).insert(note('1'))
  await first.close()
  const second = await openSqliteStore({ dir })
  const notes = second.collection<Note>({ name: 'notes', unique: [], indexes: [['mark.by']] })
  expect(await notes.find({ 'mark.by': 'æ' }, { sort: ['_id'], limit: 9 })).toEqual([note('1')])
  await second.close()
  const database = new Database(join(dir, 'opgang.db'))
  const indexes = database.prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").all() as { name: string }[]
  database.close()
  expect(indexes.map(({ name }) => name)).toEqual(['by_notes_mark_by'])
})
