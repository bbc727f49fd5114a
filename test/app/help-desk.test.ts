/** Requests on a real store of each kind: closed once, told once where staff want it, gone with their resident, blanked by age. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createApply } from '../../src/app/commands.js'
import { blankHandoffs } from '../../src/app/handoff-retention.js'
import { answersRead, closeRequest, requestOf, requestsIn } from '../../src/app/help-desk.js'
import { type Address, conversationId } from '../../src/app/ports.js'
import { tellClosed } from '../../src/app/tell-closed.js'
import { CLOSE_REASONS, type CloseReason } from '../../src/core/closed-types.js'
import { RETENTION_DAYS } from '../../src/core/language-choice.js'
import { type Store, StoreUnavailable } from '../../src/store/collection.js'
import type { HandoffDocument } from '../../src/store/collections.js'
import { openStore } from '../../src/store/open-store.js'
import { dropDatabases, STORES } from '../e2e/stores.js'
import { NOW } from '../library.js'
import { probeLibrary } from '../probe-library.js'
import { AMINA, HASSAN, openStage, type Stage, says } from '../stage.js'
import { tap } from './asking.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const library = await probeLibrary(`
start:
  say: Kog vandet i tre minutter.
  fact: { kind: rule, source: https://example.dk, owner: law, checked: 2026-11-20 }
call: { say: Vi skriver det op., handoff: contact, note: Postnummer 5240 }
`)

afterAll(dropDatabases)

describe.each(STORES)('on %s', (_, makeStore) => {
  let dir: string
  let store: Store
  let stage: Stage
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'opgang-help-desk-'))
    store = await openStore({ dir, mongodbUri: makeStore()['MONGODB_URI'] })
    stage = await openStage({ library, dir, store })
  })
  afterEach(async () => {
    await stage.close()
    await store.close()
    await rm(dir, { recursive: true })
  })

  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const handoffs = () => stage.collections.handoffs
  const tellAll = (receive: Stage['turns']['receive'] = stage.turns.receive) =>
    tellClosed({ ...stage.collections, time: stage.time, receive, log })
  let lines = 0
  const close = (receipt: string, more: { reason?: CloseReason; tell?: boolean } = {}) =>
    closeRequest(
      { ...stage.collections, ids: { next: () => `line${++lines}` }, time: stage.time },
      { act: 'close', receipt, reason: 'helped', tell: false, ...more },
    )
  const line = (receipt: string, language = 'da') => library.say(language, 'handoff.closed', { receipt })
  const closedTurns = async (who: Address) => (await stage.log(conversationId(who))).filter(({ event }) => event.type === 'closed')
  const linesRead = async (who: Address, text: string) =>
    (await stage.log(conversationId(who))).flatMap(({ effects }) =>
      effects.filter((effect) => effect.type === 'message' && effect.message.text === text),
    ).length

  /** Reads an answer and asks for help; resolves with the request. */
  async function asks(who: Address, language = 'dansk'): Promise<HandoffDocument> {
    stage.time.advance(1)
    await stage.turns.receive(who, says(language, { at: stage.time.now() }))
    for (const node of ['start', 'call']) {
      await stage.turns.receive(who, tap(stage, { do: 'goto', dialog: 'probe', node }, `${node}:${who.user}:${stage.time.now()}`))
    }
    await stage.settler.idle()
    const request = (await requestsIn(handoffs(), 'open')).at(-1)
    if (request === undefined) throw new Error('no request')
    return request
  }

  const known = async ({ receipt }: HandoffDocument) => requestOf(handoffs(), receipt)

  describe('closing', () => {
    test('happens once, and says the second time when and why', async () => {
      const { receipt } = await asks(HASSAN)
      expect(await close(receipt)).toBe(`${receipt} is closed: helped. The resident is not told.`)
      const closed = await requestOf(handoffs(), receipt)
      expect(closed).toMatchObject({ state: 'closed', closed: { at: stage.time.now(), reason: 'helped', tell: 'nobody' } })
      stage.time.advance(HOUR)
      await expect(close(receipt, { reason: 'double', tell: true })).rejects.toThrow(/^H-.... was closed before, on 20.*: helped\. Nothing/)
      expect(await requestOf(handoffs(), receipt)).toEqual(closed)
      expect(await tellAll()).toBe(0)
      expect(await closedTurns(HASSAN)).toEqual([])
    })

    test('by many at once has one winner', async () => {
      const { receipt } = await asks(HASSAN)
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) => close(receipt, { reason: CLOSE_REASONS[at % CLOSE_REASONS.length] ?? 'helped' })),
      )
      const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
      expect(won).toHaveLength(1)
      expect(won[0]).toContain((await requestOf(handoffs(), receipt)).closed?.reason)
      const record = await stage.collections.audit.find({}, { sort: ['at', '_id'], limit: 50 })
      expect(record).toContainEqual(expect.objectContaining({ who: 'command line', what: 'request-closed', about: receipt, area: 'demo' }))
    })

    test('of danger tells nobody, and says so before anything is closed', async () => {
      const { receipt } = await asks(HASSAN)
      const danger = await requestOf(handoffs(), receipt)
      expect(await handoffs().replace({ ...danger, task: 'danger' })).toBe('ok')
      await expect(close(receipt, { tell: true })).rejects.toThrow('is of danger: nobody is told in the chat')
      expect(await requestOf(handoffs(), receipt)).toMatchObject({ state: 'open' })
      expect(await close(receipt)).toContain('is closed: helped')
    })

    test('of a number that nobody has says so', async () => {
      await asks(HASSAN)
      await expect(close('H-0000')).rejects.toThrow('There is no request H-0000')
    })
  })

  test('a number that another request has is passed over, and the same effect has the same number twice', async () => {
    const request = await asks(HASSAN)
    const turn = await stage.collections.turns.get(request._id.split('.')[0] ?? '')
    const effect = turn?.effects.find(({ type }) => type === 'openHandoff')
    if (turn === undefined || effect?.type !== 'openHandoff') throw new Error('no effect')
    const apply = createApply({
      ...stage.collections,
      keys: stage.keys,
      calls: {},
      erase: () => Promise.reject(new Error('no')),
      ...stage.helping,
      receive: async () => 'duplicate',
      time: stage.time,
    })
    await apply(effect, request._id, turn)
    expect(await requestsIn(handoffs(), 'open')).toEqual([request])
    await handoffs().remove({ receipt: request.receipt }, 1)
    await handoffs().insert({ ...request, _id: 'another', version: 1 })
    await apply(effect, request._id, turn)
    await apply(effect, request._id, turn)
    const receipts = (await requestsIn(handoffs(), 'open')).map(({ receipt }) => receipt)
    expect(receipts).toHaveLength(2)
    expect(new Set(receipts).size).toBe(2)
  })

  test('what a person read is theirs alone, each answer once', async () => {
    await asks(AMINA)
    const request = await asks(HASSAN)
    await stage.turns.receive(HASSAN, tap(stage, { do: 'goto', dialog: 'probe', node: 'start' }, 'once more'))
    const read = await answersRead(stage.collections.turns, request)
    expect(read.filter((place) => place.startsWith('probe/'))).toEqual(['probe/start', 'probe/call'])
  })

  describe('telling', () => {
    test('is one line in the language of the resident, once, however often it is tried', async () => {
      const request = await asks(AMINA, 'العربية')
      const openedAt = (await stage.log(conversationId(AMINA))).at(-1)?.session.openedAt
      expect(await close(request.receipt, { tell: true })).toContain('The resident is told')
      expect(await Promise.all([tellAll(), tellAll()])).toContain(1)
      await stage.settler.idle()
      expect(await tellAll()).toBe(0)
      expect(stage.sent.filter(({ message }) => message.text === line(request.receipt, 'ar'))).toHaveLength(1)
      expect((await known(request)).closed).toMatchObject({ tell: 'told' })
      const [turn, ...more] = await closedTurns(AMINA)
      expect([more, turn?.session.openedAt]).toEqual([[], openedAt])
    })

    test('is made up for where the server ended between closing and telling', async () => {
      const request = await asks(HASSAN)
      await close(request.receipt, { tell: true })
      await expect(tellAll(() => Promise.reject(new StoreUnavailable('killed')))).rejects.toThrow('killed')
      expect((await known(request)).closed).toMatchObject({ tell: 'waiting' })
      expect(await tellAll()).toBe(1)
      await stage.settler.idle()
      expect([await linesRead(HASSAN, line(request.receipt)), await tellAll()]).toEqual([1, 0])
    })

    test("waits for Messenger's window", async () => {
      const request = await asks(AMINA)
      stage.time.advance(25 * HOUR)
      expect(await close(request.receipt, { tell: true })).toContain("once they write again: Messenger's window is closed")
      expect(await tellAll()).toBe(0)
      await stage.turns.receive(AMINA, says('menu', { at: stage.time.now() }))
      expect(await tellAll()).toBe(1)
      await stage.settler.idle()
      expect(stage.sent.filter(({ message }) => message.text === line(request.receipt))).toHaveLength(1)
    })

    test('waits while a person has the thread, also when they took it at the last moment', async () => {
      const request = await asks(HASSAN)
      await close(request.receipt, { tell: true })
      const taken = { id: 'taken', at: NOW, type: 'control' as const, control: 'taken' as const, by: 'person' as const }
      await tellAll(async (address, event) => {
        await stage.turns.receive(address, taken)
        return stage.turns.receive(address, event)
      })
      await stage.settler.idle()
      expect((await known(request)).closed).toMatchObject({ tell: 'waiting', attempt: 1 })
      expect([await tellAll(), await linesRead(HASSAN, line(request.receipt))]).toEqual([0, 0])
      await stage.turns.receive(HASSAN, { ...taken, id: 'back', control: 'returned' })
      expect(await tellAll()).toBe(1)
      await stage.settler.idle()
      expect([(await known(request)).closed?.tell, await linesRead(HASSAN, line(request.receipt))]).toEqual(['told', 1])
    })
  })

  describe('a resident who had everything erased', () => {
    const erase = async (who: Address) => {
      await stage.turns.receive(who, { id: 'erase', at: NOW, type: 'erase' })
      await stage.settler.idle()
    }

    test("takes their request along, closed or open, nobody else's", async () => {
      const first = await asks(HASSAN)
      await close(first.receipt, { tell: true })
      const second = await asks(HASSAN)
      const other = await asks(AMINA)
      await erase(HASSAN)
      for (const { receipt } of [first, second]) await expect(close(receipt)).rejects.toThrow(`There is no request ${receipt}`)
      expect([await tellAll(), await requestsIn(handoffs(), 'open')]).toEqual([0, [other]])
    })

    test('is not told when the erasure comes between the look and the word', async () => {
      const { receipt } = await asks(HASSAN)
      await close(receipt, { tell: true })
      expect(
        await tellAll(async (address, event) => {
          await stage.turns.receive(address, { id: 'erase', at: NOW, type: 'erase' })
          return stage.turns.receive(address, event)
        }),
      ).toBe(0)
      await stage.settler.idle()
      expect(await closedTurns(HASSAN)).toEqual([])
    })

    test('and whose request is still there is closed without a word', async () => {
      const request = await asks(HASSAN)
      await stage.collections.conversations.remove({ _id: conversationId(HASSAN) }, 1)
      expect(await close(request.receipt, { tell: true })).toContain('had everything erased, and is not told')
      expect([(await known(request)).closed?.tell, await tellAll()]).toEqual(['nobody', 0])
    })
  })

  test('by age a closed request names nobody and says nothing, and an open one stays', async () => {
    const sweep = () => blankHandoffs({ handoffs: handoffs(), time: stage.time, scrub: () => stage.store.scrub() })
    const [first, open] = [await asks(AMINA), await asks(HASSAN)]
    stage.time.advance(DAY * 2)
    await close(first.receipt, { reason: 'not-reached', tell: true })
    stage.time.advance(RETENTION_DAYS * DAY)
    expect(await sweep()).toBe(0)
    stage.time.advance(1)
    expect(await sweep()).toBe(1)
    const { receipt, task, area, openedAt } = first
    expect(await known(first)).toMatchObject({
      ...{ receipt, task, area, openedAt, contact: '', conversation: '', note: '' },
      closed: { reason: 'not-reached', tell: 'missed', kept: false },
    })
    expect([await sweep(), await answersRead(stage.collections.turns, await known(first))]).toEqual([0, []])
    expect(await known(open)).toEqual(open)
  })
})
