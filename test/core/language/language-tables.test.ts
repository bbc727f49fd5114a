import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parseLanguageTables } from '../../../src/core/language/language-tables.js'
import { readLanguageTables } from '../../../src/store/language-tables.js'

const FILE = 'locales/language-tables.bin'

describe('the file of language tables', () => {
  let folder = ''
  const copy = () => join(folder, 'language-tables.bin')
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tables-'))
    await copyFile(FILE, copy())
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('a missing file is named, with what to do', async () => {
    await rm(copy())
    await expect(readLanguageTables(folder)).rejects.toThrow(`${copy()} cannot be read: fetch it anew`)
  })

  test.each([
    ['one changed byte', (bytes: Buffer) => bytes.fill(bytes.readUInt8(90_000) ^ 1, 90_000, 90_001)],
    ['half of it', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['its beginning', (bytes: Buffer) => bytes.subarray(0, 10)],
    ['nothing', () => Buffer.alloc(0)],
  ])('%s is a torn file', async (_name, tear) => {
    await writeFile(copy(), tear(await readFile(FILE)))
    await expect(readLanguageTables(folder)).rejects.toThrow('is torn')
  })

  test('bytes that are no tables, or of another version, are refused', async () => {
    const bytes = await readFile(FILE)
    expect(() => parseLanguageTables(Buffer.from('{"state":"machine","texts":{}}'))).toThrow('no language tables')
    expect(() => parseLanguageTables(bytes.subarray(0, 100_000))).toThrow('end too early')
    bytes.writeUInt32LE(7, 4)
    expect(() => parseLanguageTables(bytes)).toThrow('version 7')
  })

  test('bytes at an odd place in memory are read alike', async () => {
    const bytes = await readFile(FILE)
    const moved = new Uint8Array(bytes.length + 1)
    moved.set(bytes, 1)
    const [there, here] = [moved.subarray(1), bytes].map((where) => parseLanguageTables(where).Latn?.leaves)
    for (const part of ['keys', 'costs'] as const) {
      expect(there?.[part].length).toBe(here?.[part].length)
      expect(there?.[part].every((value, index) => value === here?.[part][index])).toBe(true)
    }
  })

  test('keys ascend, and every language of the sector has a table', async () => {
    const tables = Object.values(await readLanguageTables('locales'))
    for (const { contexts, leaves } of tables)
      for (const { keys } of [contexts, leaves]) expect(keys.every((key, index) => index === 0 || key > (keys[index - 1] ?? 0))).toBe(true)
    const languages = new Set(tables.flatMap((table) => table.languages))
    for (const code of ['da', 'en', 'ar', 'so', 'tr', 'ur', 'fa', 'pl', 'uk', 'ti', 'ku', 'ckb', 'bs', 'ro', 'vi', 'ta'])
      expect(languages).toContain(code)
  })
})
