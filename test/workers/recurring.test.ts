import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Store } from '../../src/store/collection.js'
import { openCollections } from '../../src/store/collections.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { isMine } from '../../src/workers/recurring.js'
import { manualTime } from '../manual-time.js'

const HOUR = 3_600_000
let dir: string
let store: Store
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'opgang-recurring-'))
  store = await openSqliteStore({ dir })
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

test('of ten instances that ask at once one does the work, and again one after its pause', async () => {
  const time = manualTime(1_795_392_000_000)
  const { timers } = openCollections(store)
  const ask = () => Promise.all(Array.from({ length: 10 }, () => isMine({ timers, time }, 'retention', HOUR)))
  expect((await ask()).filter(Boolean)).toHaveLength(1)
  time.advance(HOUR - 1)
  expect((await ask()).filter(Boolean)).toHaveLength(0)
  time.advance(1)
  expect((await ask()).filter(Boolean)).toHaveLength(1)
  expect(await isMine({ timers, time }, 'something else', HOUR)).toBe(true)
})
