/** Backups as files: whole or refused, in either form. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import Database from 'libsql'
import { KEY_PURPOSES } from '../../src/app/ports.js'
import { countDocuments } from '../../src/store/backup.js'
import { openCollections } from '../../src/store/collections.js'
import { markRestoring, refuseHalfRestored, unmarkRestoring } from '../../src/store/half-restored.js'
import { openKeys } from '../../src/store/keys.js'
import { backUpLines } from '../../src/store/line-backup.js'
import { openBackup } from '../../src/store/open-backup.js'
import { openRestorePlace } from '../../src/store/restore-place.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { backUpSqlite } from '../../src/store/sqlite-backup.js'
import { storePages } from '../../src/store/store-pages.js'
import { NOW } from '../library.js'

/** Text in every row, with what some readers take for the end of a line. */
const WORDS = 'Fido\u2028bor\u2029her\r\nنعم'
const HANDOFFS = 1203
let dir: string
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-backup-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

async function filledStore(): Promise<void> {
  const store = await openSqliteStore({ dir: join(dir, 'data') })
  const { handoffs, contacts, keys } = openCollections(store)
  await openKeys(keys, () => 'k'.repeat(43))
  const more = { conversation: 'web:x', receipt: 'H-1', task: 'errand', network: '', area: 'demo', language: 'da', state: 'open' } as const
  const added = Array.from({ length: HANDOFFS }, (_, at) =>
    handoffs.insert({ ...more, _id: `h${at}`, version: 1, contact: `c${at}`, note: `${WORDS} ${at}`, openedAt: NOW }),
  )
  await Promise.all([...added, contacts.insert({ _id: 'c1', version: 4, applied: [] })])
  await store.close()
}

async function write(form: string, file: string) {
  if (form === 'copy') return backUpSqlite(join(dir, 'data'), file)
  const store = await openSqliteStore({ dir: join(dir, 'data'), readOnly: true })
  try {
    return await backUpLines(store, file, NOW)
  } finally {
    await store.close()
  }
}

describe.each(['copy', 'lines'])('a backup as %s', (form) => {
  const file = () => join(dir, 'backup')
  beforeEach(filledStore)

  test('holds everything, for the owner alone, and leaves nothing beside it', async () => {
    const counts = { contacts: 1, handoffs: HANDOFFS, keys: KEY_PURPOSES.length }
    expect(await write(form, file())).toEqual(counts)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    const backup = await openBackup(file())
    expect(await countDocuments(backup.pages())).toEqual(counts)
    const store = await openSqliteStore({ dir: join(dir, 'data'), readOnly: true })
    const all = async (pages: AsyncIterable<{ documents: readonly object[] }>) => {
      const documents: object[] = []
      for await (const page of pages) documents.push(...page.documents)
      return documents
    }
    expect(await all(backup.pages())).toEqual(await all(storePages(store)))
    await Promise.all([store.close(), backup.close()])
    expect(readdirSync(dir).toSorted()).toEqual(['backup', 'data'])
  })

  test('is never written over a file, nor while another is being written', async () => {
    writeFileSync(file(), 'mine')
    await expect(write(form, file())).rejects.toThrow('is there already')
    expect(readFileSync(file(), 'utf8')).toBe('mine')
    writeFileSync(`${file()}2.partial`, '')
    await expect(write(form, `${file()}2`)).rejects.toThrow('another backup')
    await expect(write(form, join(dir, 'none', 'backup'))).rejects.toThrow('ENOENT')
  })

  test('is refused when it was cut anywhere', async () => {
    await write(form, file())
    const whole = readFileSync(file())
    for (const share of [0, 0.001, 0.3, 0.6, 0.99, 1 - 1 / whole.length]) {
      writeFileSync(file(), whole)
      truncateSync(file(), Math.floor(whole.length * share))
      await expect(openBackup(file())).rejects.toMatchObject({
        name: 'BackupUnusable',
        message: expect.stringContaining('cannot be restored'),
      })
    }
  })

  test('is refused when a letter of it was changed', async () => {
    await write(form, file())
    const bytes = readFileSync(file())
    bytes.write('Fixo', bytes.indexOf('Fido 700'.slice(0, 4), Math.floor(bytes.length / 2)))
    writeFileSync(file(), bytes)
    await expect(openBackup(file())).rejects.toMatchObject({ name: 'BackupUnusable' })
  })
})

test('a file that is no backup, or one of another program or a newer version, is refused in words', async () => {
  const refused = async (text: string | undefined, words: string) => {
    if (text !== undefined) writeFileSync(join(dir, 'file'), text)
    await expect(openBackup(join(dir, 'file'))).rejects.toThrow(words)
  }
  await refused(undefined, 'ENOENT')
  await refused('', 'it is empty')
  await refused('name: hej\n', 'it is no backup of Opgang')
  await refused('{"format":"opgang-backup","version":2,"collections":["turns"]}\n', 'form 2; restore with the version that made it')
  await refused('{"format":"opgang-backup","version":1,"collections":["turns","ghosts"]}\n', 'ghosts')
  await refused('{"format":"opgang-backup","version":1,"collections":["turns"]}\n', 'it was cut')
  const header = '{"format":"opgang-backup","version":1,"at":"","collections":["turns"]}\n'
  await refused(`${header}{"collection":"turns","document":{"version":1}}\n`, 'line 2 is damaged')
  await refused(`${header}{"documents":1,"sha256":""}\n`, 'it holds 0 documents instead of 1')
  await refused(`${header}{"documents":0,"sha256":""}\n`, 'its checksum is wrong')
  const other = new Database(join(dir, 'other.db'))
  other.exec('CREATE TABLE notes (id TEXT)')
  await expect(openBackup(join(dir, 'other.db'))).rejects.toThrow('not one of Opgang')
  other.exec('CREATE TABLE turns (id TEXT); CREATE TABLE keys (id TEXT)')
  await expect(openBackup(join(dir, 'other.db'))).rejects.toThrow('notes, which this version does not know')
  other.close()
})

test('lines behind the last one are refused', async () => {
  await filledStore()
  await write('lines', join(dir, 'backup'))
  appendFileSync(join(dir, 'backup'), '{}\n')
  await expect(openBackup(join(dir, 'backup'))).rejects.toThrow('something follows its last line')
})

test('a damaged row in the store ends a backup, says the way back, and leaves no file', async () => {
  await filledStore()
  const data = new Database(join(dir, 'data', 'opgang.db'))
  data.exec("UPDATE handoffs SET doc = replace(doc, 'Fido', 'Fixo') WHERE id = 'h5'")
  data.close()
  await expect(write('copy', join(dir, 'backup'))).rejects.toThrow('put the newest backup in its place')
  expect(readdirSync(dir)).toEqual(['data'])
})

test('nothing was ever stored: a backup says so', async () => {
  await expect(write('copy', join(dir, 'backup'))).rejects.toThrow('nothing was ever stored')
  expect(readdirSync(dir)).toEqual([])
})

describe('an empty place', () => {
  const data = () => join(dir, 'data')

  test('is refused when it holds a store, a log of one, or a server', async () => {
    await filledStore()
    await expect(openRestorePlace({ dir: data() })).rejects.toThrow('holds opgang.db already')
    rmSync(join(data(), 'opgang.db'))
    writeFileSync(join(data(), 'opgang.db-wal'), '')
    await expect(openRestorePlace({ dir: data() })).rejects.toThrow('holds opgang.db-wal already')
    rmSync(join(data(), 'opgang.db-wal'))
    const server = await openSqliteStore({ dir: data() })
    await expect(openRestorePlace({ dir: data() })).rejects.toThrow('another server uses')
    await server.close()
  })

  test('lets no server in before the end, and has its data whole then', async () => {
    // The log of erasures may be there already; an empty data file is what a start that was refused leaves.
    for (const name of ['erased.log', 'opgang.db']) writeFileSync(join(dir, name), '')
    const place = await openRestorePlace({ dir })
    await openCollections(place.store).contacts.insert({ _id: 'c', version: 7, applied: [] })
    await expect(openSqliteStore({ dir })).rejects.toMatchObject({ fault: 'restoring' })
    await place.finish()
    const store = await openSqliteStore({ dir })
    expect(await openCollections(store).contacts.get('c')).toEqual({ _id: 'c', version: 7, applied: [] })
    await store.close()
    expect(statSync(join(dir, 'opgang.db')).mode & 0o777).toBe(0o600)
    expect(readdirSync(dir)).not.toContain('restoring')
  })

  test('that was given up holds no store', async () => {
    const place = await openRestorePlace({ dir })
    await openCollections(place.store).contacts.insert({ _id: 'c', version: 1, applied: [] })
    await place.abandon()
    expect(readdirSync(dir).filter((name) => name.startsWith('opgang') || name === 'restoring')).toEqual([])
    await (await openRestorePlace({ dir })).abandon()
  })
})

test('a start refuses a store that a restore has marked, until the mark is gone', async () => {
  const store = await openSqliteStore({ dir })
  const { keys } = openCollections(store)
  await markRestoring(keys)
  await expect(openKeys(keys, () => 'k'.repeat(43))).rejects.toThrow('drop the database and restore once more')
  await expect(markRestoring(keys)).rejects.toThrow('interrupted')
  await unmarkRestoring(keys)
  await refuseHalfRestored(keys)
  await openKeys(keys, () => 'k'.repeat(43))
  await store.close()
})
