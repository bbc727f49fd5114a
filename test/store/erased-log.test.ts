/** Who was erased, beside the store: durable, private, and readable after a crash. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { erasedLogOf, openErasedLog, readErasedLog } from '../../src/store/erased-log.js'
import { NOW } from '../library.js'

const FIRST = 'a'.repeat(43)
const SECOND = 'b'.repeat(43)
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-erased-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('a line for each contact with its time, for the owner alone, in a folder that is made when missing', async () => {
  const data = join(dir, 'data')
  const log = openErasedLog(data, () => NOW)
  await log.append(FIRST)
  await log.append(SECOND)
  await log.append(FIRST)
  const time = new Date(NOW).toISOString()
  expect(readFileSync(erasedLogOf(data), 'utf8')).toBe(`${time} ${FIRST}\n${time} ${SECOND}\n`)
  expect([statSync(data).mode & 0o777, statSync(erasedLogOf(data)).mode & 0o777]).toEqual([0o700, 0o600])
  expect(await readErasedLog(erasedLogOf(data))).toEqual({ hashes: new Set([FIRST, SECOND]), torn: [] })
})

test('a line that a crash left half spoils no other, before or after it', async () => {
  await openErasedLog(dir, () => NOW).append(FIRST)
  appendFileSync(erasedLogOf(dir), `${new Date(NOW).toISOString()} bbbb`)
  expect(await readErasedLog(erasedLogOf(dir))).toEqual({ hashes: new Set([FIRST]), torn: [2] })
  await openErasedLog(dir, () => NOW).append(SECOND)
  expect(await readErasedLog(erasedLogOf(dir))).toEqual({ hashes: new Set([FIRST, SECOND]), torn: [2] })
})

test('where nobody was erased there is no file, and a file that cannot be read is an error', async () => {
  expect(await readErasedLog(erasedLogOf(dir))).toBeUndefined()
  await expect(readErasedLog(dir)).rejects.toThrow('EISDIR')
})
