/** Several instances on one store: heartbeats, heirs, and the order of a conversation whoever receives its messages. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createInstances, type Instances } from '../../src/app/instances.js'
import { conversationId, type SendOutcome } from '../../src/app/ports.js'
import type { Store } from '../../src/store/collection.js'
import { openCollections } from '../../src/store/collections.js'
import { openSqliteStore } from '../../src/store/sqlite.js'
import { NOW, starterLibrary } from '../library.js'
import { type ManualTime, manualTime } from '../manual-time.js'
import { AMINA, openStage, type Stage, says, until } from '../stage.js'

const library = await starterLibrary()
const AMINAS = conversationId(AMINA)
const BEAT = 3000

interface Life {
  readonly stage: Stage
  readonly instances: Instances
  readonly taken: string[]
}

let dir: string
let store: Store
let time: ManualTime
let lives: Life[]
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'opgang-instances-'))
  store = await openSqliteStore({ dir })
  time = manualTime(NOW)
  lives = []
})
afterEach(async () => {
  for (const resolve of hanging) resolve({ outcome: 'refused', reason: 'the test is over' })
  hanging = []
  for (const { stage } of lives) await stage.close()
  await store.close()
  await rm(dir, { recursive: true })
})

let names = 0

/** One more process on the store. */
async function begin(): Promise<Life> {
  const collections = openCollections(store)
  const taken: string[] = []
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const instances: Instances = createInstances({
    ...collections,
    ids: { next: () => `process-${++names}` },
    time,
    log,
    shared: true,
    takeOver: (name) => {
      taken.push(name)
      return stage.settler.takeOver(name)
    },
    forget: () => stage.settler.forget(),
  })
  const stage = await openStage({ library, dir, store, time, instance: instances, shared: true })
  await instances.join()
  const life = { stage, instances, taken }
  lives.push(life)
  return life
}

/** Time goes on by whole beats; those who live renew, the others are silent. */
async function beats(count: number, living: readonly Life[]): Promise<void> {
  for (let beat = 0; beat < count; beat++) {
    time.advance(BEAT)
    for (const { instances } of living) await instances.beat()
  }
}

/** Calls to the platform without an answer, until the test is over. */
let hanging: ((outcome: SendOutcome) => void)[] = []
const hang = () => new Promise<SendOutcome>((resolve) => void hanging.push(resolve))
/** Time goes on, those who live beat, until all is settled. */
async function settled(living: readonly Life[]): Promise<void> {
  for (let beat = 0; beat < 50; beat++) {
    if ((await lives[0]?.stage.log(AMINAS))?.every(({ settle }) => settle.state === 'done') === true) return
    await beats(1, living)
    for (let macrotask = 0; macrotask < 20; macrotask++) await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error('not settled after 50 beats')
}

const turnsOf = async (life: Life) => life.stage.log(AMINAS)

test('a message that the other instance receives goes to the settler of the one before, in order', async () => {
  const [a, b] = [await begin(), await begin()]
  let release: (outcome: SendOutcome) => void = () => undefined
  a.stage.answerWith(() => new Promise((resolve) => (release = resolve)))
  await a.stage.turns.receive(AMINA, says('dansk'))
  await until(() => a.stage.sent.length === 1)
  await b.stage.turns.receive(AMINA, says('menu'))
  await b.stage.settler.idle()
  expect(b.stage.sent).toHaveLength(0)
  expect((await turnsOf(b)).map(({ settle }) => settle.by)).toEqual([a.instances.name(), a.instances.name()])
  a.stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  release({ outcome: 'sent', platformId: 'first' })
  await a.stage.settler.idle()
  time.advance(500)
  await until(async () => (await turnsOf(a)).every(({ settle }) => settle.state === 'done'))
  const wanted = (await turnsOf(a)).flatMap(({ _id, effects }) =>
    effects.flatMap(({ type }, at) => (type === 'message' ? [`${_id}.${at}`] : [])),
  )
  expect(a.stage.sent.map(({ messageId }) => messageId)).toEqual(wanted)
  expect(b.stage.sent).toHaveLength(0)
})

test('a conversation whose turns are settled goes to whoever receives its next message', async () => {
  const [a, b] = [await begin(), await begin()]
  await a.stage.turns.receive(AMINA, says('dansk'))
  await a.stage.settler.idle()
  await b.stage.turns.receive(AMINA, says('menu'))
  await b.stage.settler.idle()
  expect(a.stage.sent.length).toBeGreaterThan(0)
  expect(b.stage.sent.length).toBeGreaterThan(0)
  expect((await turnsOf(a)).every(({ settle }) => settle.state === 'done')).toBe(true)
})

test('two instances that receive at once give each event one turn, numbered without a gap', async () => {
  const [a, b] = [await begin(), await begin()]
  await a.stage.turns.receive(AMINA, says('dansk'))
  const events = Array.from({ length: 20 }, (_, at) => says(at % 2 === 0 ? 'menu' : 'hjælp'))
  const answers = await Promise.all(events.flatMap((event) => [a.stage.turns.receive(AMINA, event), b.stage.turns.receive(AMINA, event)]))
  expect(answers.filter((answer) => answer === 'committed')).toHaveLength(20)
  expect(answers.filter((answer) => answer === 'duplicate')).toHaveLength(20)
  expect((await turnsOf(a)).map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, at) => at + 1))
})

test('whoever stops beating is taken over after 15 s by one heir, and what may have been sent waits for its echo', async () => {
  const [a, b, c] = [await begin(), await begin(), await begin()]
  a.stage.answerWith(hang)
  await a.stage.turns.receive(AMINA, says('dansk'))
  await a.stage.turns.receive(AMINA, says('menu'))
  await until(() => a.stage.sent.length === 1)
  await beats(5, [b, c])
  expect([...b.taken, ...c.taken]).toEqual([])
  await beats(1, [b, c])
  await until(() => b.taken.length + c.taken.length === 1)
  const heir = b.taken.length === 1 ? b : c
  const other = heir === b ? c : b
  await until(async () => (await turnsOf(b)).every(({ settle }) => settle.by === heir.instances.name()))
  expect(heir.stage.sent).toHaveLength(0)
  await settled([b, c])
  const wanted = (await turnsOf(b)).flatMap(({ _id, effects }) =>
    effects.flatMap(({ type }, at) => (type === 'message' ? [`${_id}.${at}`] : [])),
  )
  expect(heir.stage.sent.map(({ messageId }) => messageId)).toEqual(wanted)
  expect(other.stage.sent).toHaveLength(0)
})

test('the one that was only stopped sends nothing when it comes back, and goes on under a new name', async () => {
  const [a, b] = [await begin(), await begin()]
  const before = a.instances.name()
  a.stage.answerWith(hang)
  await a.stage.turns.receive(AMINA, says('dansk'))
  await until(() => a.stage.sent.length === 1)
  time.advance(10_000)
  expect(a.instances.alive()).toBe(false)
  await b.instances.beat()
  await beats(6, [b])
  await until(() => b.taken.includes(before))
  await settled([b])
  await a.instances.beat()
  expect(a.instances.name()).not.toBe(before)
  expect(a.instances.alive()).toBe(true)
  a.stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  await a.stage.turns.receive(AMINA, says('menu'))
  await settled([a, b])
  const orders = [...a.stage.sent, ...b.stage.sent].map(({ messageId }) => messageId)
  // Once by the instance that hung, and once more by its heir, which had no echo; the second turn once.
  expect(orders.filter((id) => orders.indexOf(id) !== orders.lastIndexOf(id))).toEqual([orders[0], orders[0]])
})

test('an heir that dies while it inherits leaves all of it to the next', async () => {
  const [a, b] = [await begin(), await begin()]
  a.stage.answerWith(hang)
  await a.stage.turns.receive(AMINA, says('dansk'))
  await until(() => a.stage.sent.length === 1)
  // What the heir wrote before it died: its name on the dead one's document, and no turn yet.
  const collections = openCollections(store)
  const dead = await collections.instances.get(a.instances.name())
  if (dead === undefined) throw new Error('no heartbeat was written')
  await collections.instances.insert({ _id: 'heir', version: 1, owner: 'heir' })
  await collections.instances.replace({ ...dead, owner: 'heir' })
  await beats(7, [b])
  await until(() => b.taken.includes(a.instances.name()))
  await settled([b])
  expect((await collections.instances.find({}, { sort: ['_id'], limit: 9 })).map(({ _id }) => _id)).toEqual([b.instances.name()])
})

test('open turns of an instance that is not known any more are adopted', async () => {
  const [a, b] = [await begin(), await begin()]
  a.stage.answerWith(hang)
  await a.stage.turns.receive(AMINA, says('dansk'))
  await until(() => a.stage.sent.length === 1)
  await openCollections(store).instances.remove({ _id: a.instances.name() }, 1)
  await b.instances.beat()
  await until(() => b.taken.length === 1)
  await settled([b])
})

test('an echo that reaches another instance is known to the one that waits for it', async () => {
  const [a, b] = [await begin(), await begin()]
  a.stage.answerWith(() => ({ outcome: 'unknown', reason: 'timeout' }))
  await a.stage.turns.receive(AMINA, says('👋'))
  await until(() => a.stage.sent.length === 1 && time.sleepers() >= 3)
  await b.stage.settler.echo(a.stage.sent[0]?.messageId ?? '', 'm_echo')
  time.advance(10_000)
  await a.stage.settler.idle()
  expect(a.stage.sent).toHaveLength(1)
  expect((await turnsOf(a))[0]?.settle).toMatchObject({ state: 'done', sent: { 0: { state: 'sent', platformId: 'm_echo' } } })
})

test('an echo that reached another instance before the outcome was unknown is not forgotten', async () => {
  const [a, b] = [await begin(), await begin()]
  let cut: (outcome: SendOutcome) => void = () => undefined
  a.stage.answerWith(() => new Promise((resolve) => (cut = resolve)))
  await a.stage.turns.receive(AMINA, says('👋'))
  await until(() => a.stage.sent.length === 1)
  await b.stage.settler.echo(a.stage.sent[0]?.messageId ?? '', 'm_echo')
  a.stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  cut({ outcome: 'unknown', reason: 'timeout' })
  await settled([a, b])
  expect(a.stage.sent).toHaveLength(1)
  expect((await turnsOf(a))[0]?.settle).toMatchObject({ state: 'done', sent: { 0: { state: 'sent', platformId: 'm_echo' } } })
})

test('a renewal whose answer was lost is known as our own', async () => {
  const a = await begin()
  const { instances } = openCollections(store)
  const mine = await instances.get(a.instances.name())
  if (mine === undefined) throw new Error('no heartbeat was written')
  await instances.replace(mine)
  await beats(1, [a])
  expect([a.instances.name(), a.instances.alive()]).toEqual([mine._id, true])
})

test('listeners hear of what another instance committed, at the next look', async () => {
  const [a, b] = [await begin(), await begin()]
  const heard: number[] = []
  const stop = b.stage.commits.subscribe(AMINAS, ({ seq, turn }) => heard.push(turn === undefined ? seq : -seq))
  await a.stage.turns.receive(AMINA, says('dansk'))
  await b.stage.commits.follow(b.stage.collections.turns, time.now())
  expect(heard).toEqual([1])
  await b.stage.turns.receive(AMINA, says('menu'))
  expect(heard).toEqual([1, -2])
  stop()
})
