/** What the settler does when reads, writes and other instances come in an unlucky order. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { conversationId, type Instance, type SendOutcome } from '../../src/app/ports.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import type { TurnDocument } from '../../src/store/collections.js'
import { starterLibrary } from '../library.js'
import { AMINA, openStage, type Stage, type StageOptions, says, until } from '../stage.js'

const library = await starterLibrary()
const AMINAS = conversationId(AMINA)
let stage: Stage
let others: Stage[]
beforeEach(() => {
  others = []
})
afterEach(async () => {
  for (const { release } of gates.splice(0)) release()
  for (const other of others) await other.close()
  await stage.close()
})

const open = async (options: Partial<StageOptions> = {}) => {
  stage = await openStage({ library, ...options })
}
/** Another life on the same store. */
const again = async (options: Partial<StageOptions>) => {
  const { dir, time, store, settler } = stage
  await settler.close()
  await store.close()
  stage = await openStage({ library, dir, time, ...options })
}
const sentIds = (of: Stage = stage) => of.sent.map(({ messageId }) => messageId)
const messagesOf = (turns: readonly TurnDocument[]) =>
  turns.flatMap(({ _id, effects }) => effects.flatMap(({ type }, index) => (type === 'message' ? [`${_id}.${index}`] : [])))
const allDone = async (conversation = AMINAS) => (await stage.log(conversation)).every(({ settle }) => settle.state === 'done')

interface Gate {
  readonly passed: Promise<void>
  release(): void
}
const gates: Gate[] = []
function gate(): Gate {
  let release = (): void => undefined
  const made = { passed: new Promise<void>((resolve) => (release = resolve)), release: () => release() }
  gates.push(made)
  return made
}

/** Work that is under way comes as far as it can without time going on. */
async function rest(): Promise<void> {
  for (let macrotask = 0; macrotask < 30; macrotask++) await new Promise((resolve) => setImmediate(resolve))
}
async function sweeps(count: number): Promise<void> {
  for (let sweep = 0; sweep < count; sweep++) {
    stage.time.advance(500)
    await rest()
  }
}

test('whoever writes while their erasure runs is answered', async () => {
  await open()
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, says('slet mig'))
  await stage.settler.idle()
  const held = gate()
  const { handoffs } = stage.collections
  const { remove } = handoffs
  handoffs.remove = async (where, limit) => {
    await held.passed
    return remove.call(handoffs, where, limit)
  }
  await stage.turns.receive(AMINA, says('ja'))
  await stage.turns.receive(AMINA, says('hej igen'))
  held.release()
  await stage.settler.idle()
  await until(() => allDone())
  const last = (await stage.log(AMINAS)).slice(-1)
  expect(last[0]?.erased).toBe(false)
  expect(messagesOf(last).length).toBeGreaterThan(0)
  expect(sentIds().slice(-messagesOf(last).length)).toEqual(messagesOf(last))
})

test('a turn is not sent before the one whose commit is still being confirmed', async () => {
  await open({ shared: true })
  others = [await openStage({ library, dir: stage.dir, store: stage.store, time: stage.time, shared: true })]
  const confirmed = gate()
  const { turns } = stage.collections
  const { insert } = turns
  turns.insert = async (turn, ms) => {
    const outcome = await insert.call(turns, turn, ms)
    await confirmed.passed
    return outcome
  }
  const first = stage.turns.receive(AMINA, says('dansk'))
  await until(async () => (await stage.log(AMINAS)).length === 1)
  await others[0]?.turns.receive(AMINA, says('menu'))
  await sweeps(3)
  expect(sentIds()).toEqual([])
  confirmed.release()
  await first
  await sweeps(4)
  await until(() => allDone())
  expect(sentIds()).toEqual(messagesOf(await stage.log(AMINAS)))
})

test('a turn that comes while the store is read is queued once', async () => {
  await open({ shared: true })
  let answer: (outcome: SendOutcome) => void = () => undefined
  stage.answerWith(() => new Promise((resolve) => (answer = resolve)))
  await stage.turns.receive(AMINA, says('dansk'))
  await until(() => stage.sent.length === 1)
  const [looked, loaded] = [gate(), gate()]
  const { turns } = stage.collections
  const { find } = turns
  turns.find = async (where, page, ms) => {
    if (page.limit === 50) await loaded.passed
    const found = await find.call(turns, where, page, ms)
    if ('settle.state' in where) await looked.passed
    return found
  }
  stage.time.advance(500)
  await rest()
  stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  answer({ outcome: 'sent', platformId: 'first' })
  await stage.settler.idle()
  // What was looked at is outdated by now: the line that it makes reads the store while the next turn is committed.
  looked.release()
  await rest()
  await stage.turns.receive(AMINA, says('menu'))
  loaded.release()
  await sweeps(4)
  await until(() => allDone())
  expect(sentIds()).toEqual(messagesOf(await stage.log(AMINAS)))
})

/** Another had the turn while it was being sent, and gives it back: the line is lost, and the turn is open in the store only. */
async function losesItsLine(): Promise<void> {
  let answer: (outcome: SendOutcome) => void = () => undefined
  stage.answerWith(() => new Promise((resolve) => (answer = resolve)))
  await stage.turns.receive(AMINA, says('👋'))
  await until(() => stage.sent.length === 1)
  const [turn] = await stage.log(AMINAS)
  if (turn === undefined) throw new Error('no turn')
  await stage.collections.turns.replace({ ...turn, settle: { ...turn.settle, by: 'another' } })
  stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  answer({ outcome: 'sent', platformId: 'first' })
  await stage.settler.idle()
  await stage.collections.turns.replace({ ...turn, version: turn.version + 1 })
}

test('a look that failed is repeated', async () => {
  await open()
  await losesItsLine()
  const { turns } = stage.collections
  const { find } = turns
  let failures = 0
  turns.find = (where, page, ms) =>
    'settle.state' in where && failures++ === 0 ? Promise.reject(new StoreUnavailable('for a moment')) : find.call(turns, where, page, ms)
  await sweeps(70)
  expect(failures).toBeGreaterThan(0)
  expect(await allDone()).toBe(true)
})

test('an erasure that fails does not hide what is older', async () => {
  await open()
  stage.answerWith(() => new Promise(() => undefined))
  await stage.turns.receive(AMINA, says('👋'))
  await until(() => stage.sent.length === 1)
  const { dir, time, store } = stage
  const [turn] = await stage.log(AMINAS)
  if (turn === undefined) throw new Error('no turn')
  // Its conversation is gone already: only the tombstone is left.
  const tombstone = { ...turn, _id: 'tombstone', key: 'tombstone', conversation: 'messenger:page:gone', contact: 'gone', at: turn.at + 1 }
  await stage.collections.turns.insert({ ...tombstone, version: 1, effects: [{ type: 'erase' }] })
  await store.close()
  stage = await openStage({ library, dir, time })
  stage.collections.handoffs.remove = () => Promise.reject(new StoreUnavailable('for long'))
  await stage.settler.takeOver()
  await sweeps(30)
  expect(sentIds()).toEqual([`${turn._id}.0`])
  expect(await allDone()).toBe(true)
})

test('memory holds no more turns than it may, one for each conversation beyond that, and all are sent in order', async () => {
  await open()
  const held = () => ({ outcome: 'later' as const, reason: 'config', notBefore: stage.time.now() + 300_000, hold: 'page' as const })
  stage.hold(true)
  stage.answerWith(held)
  const people = Array.from({ length: 12 }, (_, at) => ({ ...AMINA, user: `person-${at}` }))
  for (const text of ['dansk', 'menu', 'hjælp']) for (const person of people) await stage.turns.receive(person, says(text))
  await stage.settler.idle()
  await again({ turnsMax: 5 })
  stage.hold(true)
  stage.answerWith(held)
  await stage.settler.takeOver()
  await stage.settler.idle()
  const inMemory = () => stage.settler.openTurns().reduce((sum, { count }) => sum + count, 0)
  expect(inMemory()).toBeLessThanOrEqual(5 + people.length)
  stage.hold(false)
  stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  stage.sent.length = 0
  await sweeps(6)
  for (const person of people) {
    const turns = await stage.log(conversationId(person))
    expect(turns.every(({ settle }) => settle.state === 'done')).toBe(true)
    const theirs = stage.sent.filter(({ conversation }) => conversation.user === person.user)
    expect(theirs.map(({ messageId }) => messageId)).toEqual(messagesOf(turns))
  }
  expect(inMemory()).toBe(0)
})

test('a turn that is open behind one that is done, as a backup made while running may hold it, is settled', async () => {
  await open()
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.turns.receive(AMINA, says('menu'))
  await stage.settler.idle()
  const [first] = await stage.log(AMINAS)
  if (first === undefined) throw new Error('no turn')
  await stage.collections.turns.replace({ ...first, settle: { by: 'foreign', state: 'open', sent: {} } })
  stage.sent.length = 0
  await stage.settler.takeOver()
  await sweeps(30)
  expect(await allDone()).toBe(true)
  expect(sentIds()).toEqual(messagesOf([first]))
})

test('an instance that was taken for dead during a write sends nothing after it', async () => {
  let alive = true
  const instance: Instance = { name: () => 'me', alive: () => alive }
  await open({ instance })
  stage.answerWith(() => ({ outcome: 'later', reason: 'retry', notBefore: stage.time.now() + 1000, hold: 'message' }))
  await stage.turns.receive(AMINA, says('👋'))
  await stage.settler.idle()
  stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  const { turns } = stage.collections
  const { replace } = turns
  turns.replace = async (turn, ms) => {
    alive = false
    return replace.call(turns, turn, ms)
  }
  await sweeps(4)
  expect(stage.sent).toHaveLength(1)
  turns.replace = replace
  alive = true
  await sweeps(4)
  expect(await allDone()).toBe(true)
  expect(stage.sent).toHaveLength(2)
})

test('the window is judged by the newest time that a person wrote, however little of what is open is read', async () => {
  await open()
  stage.answerWith(() => ({ outcome: 'later', reason: 'retry', notBefore: stage.time.now() + 300_000, hold: 'message' }))
  const began = stage.time.now()
  for (let at = 0; at < 60; at++) await stage.turns.receive(AMINA, says('menu', { at: began + at * 1000 }))
  await stage.settler.idle()
  await again({})
  await stage.settler.takeOver()
  await stage.settler.idle()
  expect(await allDone()).toBe(true)
  expect(new Set(stage.sent.map(({ openedAt }) => openedAt))).toEqual(new Set([began + 59_000]))
})

test('when a page goes on, those who waited come by the hundred, and all come', async () => {
  await open()
  stage.answerWith(() => {
    stage.hold(true)
    return { outcome: 'later', reason: 'outage', notBefore: stage.time.now() + 60_000, hold: 'page' }
  })
  const people = Array.from({ length: 450 }, (_, at) => ({ ...AMINA, user: `person-${at}` }))
  await Promise.all(people.map((person) => stage.turns.receive(person, says('👋'))))
  await stage.settler.idle()
  await sweeps(61)
  // The one that asks whether the page is well again learns that it is not.
  const before = stage.sent.length
  stage.hold(false)
  await sweeps(1)
  expect(stage.sent.length - before).toBe(200)
  stage.hold(false)
  stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
  await sweeps(4)
  for (const person of people) expect(await allDone(conversationId(person))).toBe(true)
})

test('what must be sent waits while its channel is not set up', async () => {
  await open({ sender: false })
  await stage.turns.receive(AMINA, says('dansk'))
  await stage.settler.idle()
  expect((await stage.log(AMINAS))[0]?.settle).toMatchObject({ state: 'open', sent: {} })
  await again({})
  await stage.settler.takeOver()
  await sweeps(30)
  expect(await allDone()).toBe(true)
  expect(sentIds()).toEqual(messagesOf(await stage.log(AMINAS)))
})

test('a conversation whose open turns could not be read is read again', async () => {
  await open()
  let answer: (outcome: SendOutcome) => void = () => undefined
  stage.answerWith(() => new Promise((resolve) => (answer = resolve)))
  await stage.turns.receive(AMINA, says('dansk'))
  await until(() => stage.sent.length === 1)
  const { turns } = stage.collections
  const { insert, find } = turns
  // The turn before is settled while this one is being written: its place in the line is known from the store only.
  turns.insert = async (turn, ms) => {
    const outcome = await insert.call(turns, turn, ms)
    stage.answerWith(({ messageId }) => ({ outcome: 'sent', platformId: messageId }))
    answer({ outcome: 'sent', platformId: 'first' })
    await stage.settler.idle()
    return outcome
  }
  let failures = 0
  turns.find = (where, page, ms) =>
    page.limit === 50 && failures++ === 0 ? Promise.reject(new StoreUnavailable('for a moment')) : find.call(turns, where, page, ms)
  await stage.turns.receive(AMINA, says('menu'))
  await sweeps(70)
  expect(failures).toBeGreaterThan(0)
  expect(await allDone()).toBe(true)
  expect(sentIds()).toEqual(messagesOf(await stage.log(AMINAS)))
})
