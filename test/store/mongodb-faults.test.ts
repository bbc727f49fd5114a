/** MongoDB behind a network that breaks: every call ends in its time, tells the truth, and the next one works by itself. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Collection, Store, Stored } from '../../src/store/collection.js'
import { openMongoStore } from '../../src/store/mongodb.js'
import { eventually } from '../e2e/product.js'
import { addressOf, behind, describeOnMongo, dropDatabase, hostOf, newDatabase } from './mongodb-server.js'
import { openTcpProxy, type TcpProxy } from './tcp-proxy.js'

interface Note extends Stored {
  readonly words: string
}
const NOTES = { name: 'notes', unique: [], indexes: [['words']] }
const note = (id: string, words = 'hej'): Note => ({ _id: id, version: 1, words })

/** What a call may take beyond its time on a machine that is busy with other things, in milliseconds. */
const SLACK_MS = 1_500

/** What became of a call, and how long it took in milliseconds. */
async function timed<R>(call: Promise<R>): Promise<{ result?: R; error?: unknown; ms: number }> {
  const started = performance.now()
  const outcome = await call.then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  )
  return { ...outcome, ms: performance.now() - started }
}

const UNAVAILABLE = { error: { name: 'StoreUnavailable' } }

describeOnMongo('MongoDB behind a network that breaks', () => {
  let proxy: TcpProxy
  let database: string
  let store: Store
  let notes: Collection<Note>
  beforeEach(async () => {
    database = newDatabase()
    proxy = await openTcpProxy(hostOf())
    store = await openMongoStore({ uri: addressOf(database, proxy.address) })
    notes = store.collection<Note>(NOTES)
    await notes.insert(note('0'))
  })
  afterEach(async () => {
    await proxy.open()
    await store.close()
    await proxy.close()
    await dropDatabase(database)
  })

  test('stalled: every kind of call ends in its time, and the next one works when the network is back', async () => {
    proxy.stall()
    const calls = [
      notes.insert(note('1'), 300),
      notes.get('0', 300),
      notes.find({ words: 'hej' }, { sort: ['words'], limit: 1 }, 300),
      notes.replace(note('0', 'again'), 300),
    ]
    for (const outcome of await Promise.all(calls.map((call) => timed<unknown>(call)))) {
      expect(outcome).toMatchObject({ error: { name: 'StoreUnavailable', reason: expect.stringMatching(/within 300 ms/) } })
      expect(outcome.ms).toBeLessThan(300 + SLACK_MS)
    }
    await proxy.open()
    expect(await notes.get('0')).toMatchObject({ _id: '0' })
    expect(await notes.insert(note('2'))).toBe('ok')
  })

  test('stalled: 200 calls at once, more than there are connections, all end in their time', async () => {
    proxy.stall()
    const outcomes = await Promise.all(Array.from({ length: 200 }, (_, i) => timed(notes.insert(note(`many${i}`), 400))))
    for (const outcome of outcomes) expect(outcome).toMatchObject(UNAVAILABLE)
    expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan(400 + SLACK_MS)
    await proxy.open()
    expect(await notes.insert(note('after'))).toBe('ok')
  })

  test('stalled: a call without a time of its own has 4 s, a probe and a removal too', async () => {
    proxy.stall()
    const outcomes = await Promise.all([timed(store.probe()), timed(notes.remove({ words: 'hej' }, 1)), timed(notes.count({}))])
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject(UNAVAILABLE)
      expect(outcome.ms).toBeGreaterThan(3_000)
      expect(outcome.ms).toBeLessThan(4_000 + SLACK_MS)
    }
    await proxy.open()
    await store.probe()
  })

  test('cut: calls end in their time, and the next one works when the network is back', async () => {
    await proxy.cut()
    const outcomes = await Promise.all([timed(notes.insert(note('1'), 1_000)), timed(notes.get('0', 1_000))])
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject(UNAVAILABLE)
      expect(outcome.ms).toBeLessThan(1_000 + SLACK_MS)
    }
    const { error, ms } = await timed(store.probe())
    expect(error).toMatchObject({
      reason: expect.stringMatching(/cannot be reached at 127\.0\.0\.1:\d+ \(ECONNREFUSED\); check that it runs/),
    })
    expect(ms).toBeLessThan(4_000 + SLACK_MS)
    await proxy.open()
    expect(await notes.insert(note('1'))).toBe('ok')
  })

  test('cut while a call waits for its answer: the call ends at once', async () => {
    proxy.stall()
    const waiting = timed(notes.insert(note('1'), 3_000))
    await proxy.cut()
    const { error, ms } = await waiting
    expect(error).toMatchObject({ name: 'StoreUnavailable' })
    expect(ms).toBeLessThan(3_000 + SLACK_MS)
    await proxy.open()
    expect(await notes.get('0')).toEqual(note('0'))
  })

  test('an insert whose answer was lost is unavailable, and is found afterwards; again it is a duplicate', async () => {
    proxy.stall('answers')
    expect(await timed(notes.insert(note('lost'), 500))).toMatchObject({
      error: { name: 'StoreUnavailable', reason: expect.stringMatching(/may have happened/) },
    })
    await eventually(() => behind(database, async (db) => (await db.collection('notes').countDocuments({ words: 'hej' })) === 2))
    await proxy.open()
    expect(await notes.get('lost')).toEqual(note('lost'))
    expect(await notes.insert(note('lost'))).toBe('duplicate')
  })

  test('a replace whose answer was lost is unavailable, and a conflict when it is tried again', async () => {
    proxy.stall('answers')
    expect(await timed(notes.replace(note('0', 'new'), 500))).toMatchObject(UNAVAILABLE)
    await eventually(() => behind(database, async (db) => (await db.collection('notes').countDocuments({ words: 'new' })) === 1))
    await proxy.open()
    expect(await notes.replace(note('0', 'new'))).toBe('conflict')
    expect(await notes.get('0')).toEqual({ ...note('0', 'new'), version: 2 })
  })

  test('a write that waits for another one to the same document is never begun when its time is over', async () => {
    proxy.stall('answers')
    const outcomes = await Promise.all([timed(notes.insert(note('1'), 400)), timed(notes.replace(note('1', 'late'), 400))])
    for (const outcome of outcomes) expect(outcome).toMatchObject(UNAVAILABLE)
    await proxy.open()
    expect(await notes.get('1')).toEqual(note('1'))
  })

  test('a write that was given up does not hold up the next one to its document', async () => {
    proxy.stall('answers')
    const first = timed(notes.replace(note('0', 'first'), 300))
    const next = timed(notes.replace({ ...note('0', 'next'), version: 2 }, 10_000))
    expect(await first).toMatchObject(UNAVAILABLE)
    await proxy.open()
    expect(await next).toMatchObject({ result: 'ok' })
    expect(await notes.get('0')).toEqual({ ...note('0', 'next'), version: 3 })
  })

  test('connections that went silent are let go with the calls that waited on them, and new ones work', async () => {
    await Promise.all(Array.from({ length: 200 }, () => notes.get('0')))
    proxy.strand()
    const given = await Promise.all(Array.from({ length: 200 }, () => timed(notes.get('0', 300))))
    expect(given.filter(({ error }) => error !== undefined).length).toBeGreaterThan(0)
    expect(await notes.get('0', 2_000)).toEqual(note('0'))
  })

  test('slow: calls work, and one that has less time than the network takes ends in it', async () => {
    proxy.slow(100)
    expect(await notes.insert(note('1'))).toBe('ok')
    const { error, ms } = await timed(notes.get('1', 50))
    expect(error).toMatchObject({ name: 'StoreUnavailable' })
    expect(ms).toBeLessThan(50 + SLACK_MS)
    expect(await notes.get('1')).toEqual(note('1'))
  })

  test('a collection that is first used while the network stalls is made when it is back', async () => {
    proxy.stall()
    const later = store.collection<Note>({ name: 'later', unique: [['words']], indexes: [] })
    expect(await timed(later.insert(note('1'), 300))).toMatchObject(UNAVAILABLE)
    await proxy.cut()
    await proxy.open()
    expect(await later.insert(note('1'))).toBe('ok')
    expect(await later.insert(note('2'))).toBe('duplicate')
  })

  test.each(['stalled', 'cut'])('a start on a %s network ends within 5 s, in words, without the password', async (state) => {
    if (state === 'cut') await proxy.cut()
    else proxy.stall()
    const { error, ms } = await timed(openMongoStore({ uri: `mongodb://opgang:hemmelig@${proxy.address}/opgang` }))
    expect(error).toMatchObject({ name: 'StoreUnavailable', reason: expect.stringMatching(/check that/) })
    expect(ms).toBeLessThan(4_000 + SLACK_MS)
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('hemmelig')
  })

  test('closing on a stalled network ends', async () => {
    proxy.stall()
    const { ms } = await timed(store.close())
    expect(ms).toBeLessThan(4_000 + SLACK_MS)
    store = await openMongoStore({ uri: addressOf(database) })
  })
})
