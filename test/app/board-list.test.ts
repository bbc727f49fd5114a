/** The lists of the board over ten thousand requests of one area: whole, in order, and no more read than is shown. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BoardDeps } from '../../src/app/board/board-deps.js'
import { onBoard } from '../../src/app/board/board-place.js'
import { type ListOrder, listRequests, readPlace } from '../../src/app/board/request-list.js'
import type { RequestPage } from '../../src/core/board-types.js'
import { draftHandoff } from '../../src/core/handoff.js'
import type { HandoffState } from '../../src/core/handoff-types.js'
import { NO_PLACES } from '../../src/core/places-types.js'
import type { Collection, Store } from '../../src/store/collection.js'
import { type Collections, type HandoffDocument, openCollections } from '../../src/store/collections.js'
import { openStore } from '../../src/store/open-store.js'
import { NOW, starterLibrary } from '../library.js'
import { manualTime } from '../manual-time.js'

const ALL = 10_000
const STATES: readonly HandoffState[] = ['open', 'offered', 'accepted', 'with-staff', 'done']
const library = await starterLibrary()

/** Three of five wait, one is going, one is closed; every hundredth of danger; times in no order, and shared by two. */
function requestOf(n: number): HandoffDocument {
  const state = STATES[n % STATES.length] ?? 'open'
  const task = n % 100 === 3 || n % 100 === 4 ? 'danger' : 'medicine'
  const draft = draftHandoff({ resident: `c${n}`, task, minor: false, timings: { t1: 1, t2: 2, t3: 3, t4: 4, t5: 5 } })
  const openedAt = NOW - ((Math.floor(n / 2) * 7919) % ALL) * 1000
  const closed = { at: openedAt, reason: 'helped', tell: 'nobody', attempt: 0, kept: true } as const
  return {
    ...{ _id: `h${n}`, version: 1, contact: `c${n}`, conversation: '', receipt: `H-${n}`, task, network: '', note: '', area: 'demo' },
    ...{ language: n % 3 === 0 ? 'ar' : 'so', openedAt, handoff: { ...draft, state } },
    ...(state === 'done' ? { state: 'closed', closed } : { state: 'open' }),
  }
}

let dir: string
let store: Store
let collections: Collections
let read = 0
let deps: BoardDeps
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'opgang-board-'))
  store = await openStore({ dir, mongodbUri: undefined })
  collections = openCollections(store)
  for (let from = 0; from < ALL; from += 500)
    await Promise.all(Array.from({ length: 500 }, (_, at) => collections.handoffs.insert(onBoard(requestOf(from + at)))))
  const counted = new Proxy(collections.handoffs, {
    get: (target, key) =>
      key === 'find'
        ? async (...asked: Parameters<Collection<HandoffDocument>['find']>) => {
            const found = await target.find(...asked)
            read += found.length
            return found
          }
        : (Reflect.get(target, key) as (...args: unknown[]) => unknown).bind(target),
  })
  deps = {
    collections: { ...collections, handoffs: counted },
    places: { current: () => NO_PLACES, load: async () => undefined, follow: async () => false },
    library: { current: () => library },
    time: manualTime(NOW),
  }
})
afterAll(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})

const ORDER: ListOrder = { list: 'waiting', areas: ['demo'], safeguarding: true, size: 100 }

async function everyPage(order: ListOrder): Promise<readonly RequestPage[]> {
  const pages: RequestPage[] = []
  for (let next: string | undefined = ''; next !== undefined; next = pages.at(-1)?.next)
    pages.push(await listRequests(deps, { ...order, after: next === '' ? undefined : readPlace(next) }))
  return pages
}

test.each<[string, ListOrder, number]>([
  ['who waits', ORDER, 6000],
  ['who waits, without danger', { ...ORDER, safeguarding: false }, 5900],
  ['what is going', { ...ORDER, list: 'going' }, 2000],
  ['what is closed', { ...ORDER, list: 'closed', areas: 'all' }, 2000],
  ['what is closed, without danger', { ...ORDER, list: 'closed', safeguarding: false }, 1900],
  ['of one language', { ...ORDER, language: 'ar', size: 97 }, 2001],
])('%s: each once, in order', async (_, order, number) => {
  const rows = (await everyPage(order)).flatMap((page) => page.rows)
  expect(rows).toHaveLength(number)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(number)
  const isClosed = order.list === 'closed'
  // Closed ones: the newest first, danger among them.
  const place = ({ danger, openedAt }: (typeof rows)[number]) =>
    [danger === true && !isClosed ? 0 : 1, isClosed ? -openedAt : openedAt] as const
  const keys = rows.map(place)
  expect(keys).toEqual(keys.toSorted(([a1, a2], [b1, b2]) => a1 - b1 || a2 - b2))
})

test('the first page and one far behind read what they show, and one more of each kind', async () => {
  for (const order of [
    ORDER,
    { ...ORDER, list: 'closed' as const },
    { ...ORDER, after: { danger: false, at: NOW - 1_000_000, id: 'h' } },
  ]) {
    read = 0
    const { rows, counts } = await listRequests(deps, order)
    expect(rows).toHaveLength(100)
    expect(read).toBeLessThanOrEqual(2 * 101)
    expect(counts).toEqual({ waiting: 6000, going: 2000, closed: 2000 })
  }
})

test('what an older version wrote is found by the first look', async () => {
  const old = { ...requestOf(0), _id: 'old', area: 'birkehaven' }
  await collections.handoffs.insert(old)
  expect(await listRequests(deps, { ...ORDER, areas: ['birkehaven'] })).toMatchObject({ rows: [{ id: 'old' }], counts: { waiting: 1 } })
  expect((await collections.handoffs.get('old'))?.board).toEqual(onBoard(old).board)
})

test('a place that is nothing of ours is none', () => {
  expect(['', '1', '2.1.a', '0.x.a', '0.1.', `0.1.${'a'.repeat(300)}`].map(readPlace)).toEqual(Array(6).fill(undefined))
  expect(readPlace('1.17.turn.0')).toEqual({ danger: true, at: 17, id: 'turn.0' })
})
