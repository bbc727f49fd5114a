/** Stopped pages as several instances know them, on a real store. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createPageStops, type PageStop, type PageStops } from '../../src/app/page-stops.js'
import { type Store, StoreUnavailable } from '../../src/store/collection.js'
import { type Collections, openCollections } from '../../src/store/collections.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { until } from '../stage.js'

const NOTHING: PageStop = { blocked: false, reason: '', rest: 0 }
const BLOCKED: PageStop = { blocked: true, reason: '', rest: 0 }
const RESTRICTED: PageStop = { blocked: false, reason: 'circuit', rest: 60_000 }
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

let dir: string
let store: Store
let pages: Collections['pages']
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'opgang-pages-'))
  store = await openSqliteStore({ dir })
  pages = openCollections(store).pages
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})

async function begin(): Promise<{ stops: PageStops; look: () => Promise<PageStop[]> }> {
  const stops = createPageStops(pages, log)
  const look = async () => {
    const learnt: PageStop[] = []
    await stops.follow((_, stop) => learnt.push(stop))
    return learnt
  }
  await look()
  return { stops, look }
}
const stored = async () => {
  const page = await pages.get('p')
  return page === undefined ? undefined : { blocked: page.blocked, reason: page.reason, rest: page.rest }
}

test('what one instance finds the others learn once, and a start learns only who is blocked', async () => {
  const [a, b] = [await begin(), await begin()]
  a.stops.note('p', RESTRICTED)
  await until(async () => (await stored()) !== undefined)
  expect([await b.look(), await b.look(), await a.look()]).toEqual([[RESTRICTED], [], []])
  b.stops.note('p', NOTHING)
  await until(async () => (await stored())?.reason === '')
  expect(await a.look()).toEqual([NOTHING])
  a.stops.note('p', { ...RESTRICTED, blocked: true })
  await until(async () => (await stored())?.blocked === true)
  const late = createPageStops(pages, log)
  const learnt: PageStop[] = []
  await late.follow((_, stop) => learnt.push(stop))
  expect(learnt).toEqual([BLOCKED])
})

test('whoever notes that a page rests does not lift the block that another noted just before', async () => {
  const [a, b] = [await begin(), await begin()]
  a.stops.note('p', BLOCKED)
  await until(async () => (await stored()) !== undefined)
  b.stops.note('p', RESTRICTED)
  await until(async () => (await stored())?.reason === 'circuit')
  expect(await stored()).toEqual({ ...RESTRICTED, blocked: true })
  expect([await a.look(), await b.look()]).toEqual([[{ ...RESTRICTED, blocked: true }], [{ ...RESTRICTED, blocked: true }]])
})

test('what could not be written down is written at the next look', async () => {
  const [a, b] = [await begin(), await begin()]
  const { insert } = pages
  let failures = 0
  pages.insert = () => {
    failures++
    return Promise.reject(new StoreUnavailable('for a moment'))
  }
  a.stops.note('p', BLOCKED)
  await until(() => failures === 1)
  pages.insert = insert
  await a.look()
  await until(async () => (await stored()) !== undefined)
  expect(await b.look()).toEqual([BLOCKED])
})
