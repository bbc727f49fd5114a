/** Two instances on one MongoDB share the work, and one goes on where the other was killed, stopped or asked to end. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { RETENTION_DAYS } from '../../src/core/language-choice.js'
import { openCollections } from '../../src/store/collections.js'
import { blankOld } from '../../src/workers/retention.js'
import { ConnectionStatus, connectClient } from '../directline-client.js'
import { describeOnMongo } from '../store/mongodb-server.js'
import {
  askedFor,
  deliver,
  delivery,
  echoTo,
  eventOf,
  hold,
  newPeople,
  type Pair,
  policy,
  requestsFor,
  saidTo,
  settled,
  startPair,
  turnsOf,
} from './pair.js'
import { eventually, type Product } from './product.js'
import { dropDatabases } from './stores.js'

/** Three messages in 10 ms. */
const APART_MS = 5
const ROUNDS = 3
/** A heartbeat every 3 s, dead after 15 s, 10 s for an echo; and a busy computer. */
const TAKEN_OVER_MS = 45_000
/** The other instance looks once a second; the rest is for a busy computer. */
const SEEN_MS = 2500
const DAY = 86_400_000

let pair: Pair
beforeAll(async () => {
  pair = await startPair()
})
afterAll(async () => {
  await pair?.close()
  await dropDatabases()
})

const all = <R>(users: readonly string[], act: (user: string, at: number) => Promise<R>) => Promise.all(users.map(act))
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const every = (users: readonly string[], text: string, product: Product) => all(users, (user) => deliver(product, delivery(user, text)))

/** Three messages, 5 ms apart, to one and the other by turns, each delivered to both in the end. Their events. */
async function threeAtOnce(user: string, [first, second]: readonly [Product, Product]): Promise<string[]> {
  const bodies = ['menu', 'hjælp', 'menu'].map((text) => delivery(user, text))
  await Promise.all(
    bodies.map(async (body, at) => {
      await pause(at * APART_MS)
      const [here, there] = at === 1 ? [second, first] : [first, second]
      await deliver(here, body)
      await deliver(there, body)
    }),
  )
  return bodies.map(eventOf)
}

/** Everything that was said to a person was sent once and in order; `twice`: but the first message, whose fate nobody knew. */
async function expectSent(user: string, { twice = false } = {}): Promise<void> {
  const said = await saidTo(pair, user)
  expect(said.length).toBeGreaterThan(0)
  expect(askedFor(pair, user)).toEqual([...(twice ? said.slice(0, 1) : []), ...said])
}

/** Graph has the first message to each of these people from A, and does not answer; one more message of each went to B. */
async function hangAtA(users: readonly string[]): Promise<() => void> {
  const letGo = hold(pair, users)
  await every(users, 'dansk', pair.a)
  await eventually(() => users.every((user) => askedFor(pair, user).length === 1))
  await every(users, 'hjælp', pair.b)
  return letGo
}

/** For every other one of these people an echo of the first message comes to B. */
async function echoHalf(users: readonly string[]): Promise<(at: number) => boolean> {
  const isEchoed = (at: number) => at % 2 === 0
  await all(users, async (user, at) => isEchoed(at) && expect(await echoTo(pair, pair.b, user)).toBe(200))
  return isEchoed
}

const says = (product: Product, words: string) => product.output.some((line) => line.includes(words))

describeOnMongo('two instances', () => {
  test('whoever receives a message, it is answered once and in order, also when it is delivered to both', async () => {
    const users = newPeople(40)
    const rounds = await all(users, async (user, at) => {
      const both: [Product, Product] = at % 2 === 0 ? [pair.a, pair.b] : [pair.b, pair.a]
      const hello = delivery(user, 'dansk')
      await Promise.all(both.map((product) => deliver(product, hello)))
      const events: string[][] = [[eventOf(hello)]]
      for (let round = 0; round < ROUNDS; round++) events.push(await threeAtOnce(user, round % 2 === 0 ? both : [both[1], both[0]]))
      return events
    })
    await settled(pair, users, 60_000)
    await all(users, async (user, at) => {
      const turns = await turnsOf(pair, user)
      expect(turns.map(({ seq }) => seq)).toEqual(Array.from({ length: 1 + 3 * ROUNDS }, (_, before) => before + 1))
      // Those of one round were under way at once; the rounds were not.
      const found = turns.map(({ event }) => rounds[at]?.findIndex((events) => events.includes(event.id)))
      expect(found).toEqual([0, ...Array.from({ length: ROUNDS }, (_, round) => [round + 1, round + 1, round + 1]).flat()])
      expect(new Set(turns.map(({ event }) => event.id)).size).toBe(turns.length)
      await expectSent(user)
    })
    for (const { output } of [pair.a, pair.b]) expect(output.filter((line) => line.includes('"message":"turn"')).length).toBeGreaterThan(50)
  })

  test('a button that A made is good at B', async () => {
    const [user = ''] = newPeople(1)
    await every([user], 'dansk', pair.a)
    await settled(pair, [user])
    const menu = requestsFor(pair.graph, user).at(-1)?.body['message'] as { quick_replies: { payload: string }[] } | undefined
    await deliver(pair.b, delivery(user, 'whatever the phone shows', menu?.quick_replies[0]?.payload))
    expect((await turnsOf(pair, user)).map(({ event }) => event.type)).toEqual(['message', 'tap'])
  })

  test('a chat that is open on A shows what B committed; token, button and cookie of A are good at B', async () => {
    const ask = (product: Product, path: string, headers: Record<string, string>, body: object = {}) =>
      fetch(`${product.url}/directline/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    const opened = await ask(pair.a, 'session', {})
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const grant = (await opened.json()) as { conversationId: string; token: string; streamUrl: string }
    const client = connectClient({ domain: `${pair.a.url}/directline`, webSocket: true, ...grant })
    await client.status(ConnectionStatus.Online)
    await client.count(1)
    const authorization = `Bearer ${grant.token}`
    const post = async (activity: object) => {
      const path = `conversations/${grant.conversationId}/activities`
      expect((await ask(pair.b, path, { authorization }, { type: 'message', from: { id: 'me' }, ...activity })).status).toBe(200)
      const before = client.received.length
      await eventually(() => client.received.slice(before).some(({ from }) => from.id === 'opgang'), SEEN_MS)
    }
    for (const text of ['dansk', 'hjælp', 'menu']) await post({ text })
    const buttons = client.received.flatMap((activity) =>
      'suggestedActions' in activity ? (activity.suggestedActions?.actions ?? []) : [],
    )
    await post({ text: 'whatever the page shows', value: buttons.at(-1)?.value })
    const turns = await openCollections(pair.store).turns.find(
      { conversation: `web:${grant.conversationId}` },
      { sort: ['seq'], descending: true, limit: 1 },
    )
    expect(turns[0]?.event.type).toBe('tap')
    const again = await ask(pair.b, 'session', { cookie })
    expect(await again.json()).toMatchObject({ resumed: true, conversationId: grant.conversationId })
    const moved = connectClient({ domain: `${pair.b.url}/directline`, webSocket: true, token: grant.token })
    await moved.count(client.received.length)
    expect(moved.received.map(({ id }) => id)).toEqual(client.received.map(({ id }) => id))
    for (const one of [client, moved]) one.end()
  })

  test('a page that Meta blocked sends nothing from either, and goes on when the other one is told', async () => {
    const isBlockedAt = async ({ url }: Product) =>
      /^opgang_breaker_state\{[^}]*state="policy"[^}]*\} 1$/m.test(await (await fetch(`${url}/metrics`)).text())
    const [atA = '', atB = ''] = newPeople(2)
    await deliver(pair.a, policy('block'))
    await eventually(() => isBlockedAt(pair.b), SEEN_MS)
    await every([atA], 'dansk', pair.a)
    await every([atB], 'dansk', pair.b)
    const waits = async (user: string) => (await turnsOf(pair, user))[0]?.settle.sent[0]?.state === 'waiting'
    await eventually(async () => (await waits(atA)) && (await waits(atB)))
    expect([askedFor(pair, atA), askedFor(pair, atB)]).toEqual([[], []])
    await deliver(pair.b, policy('unblock'))
    await settled(pair, [atA, atB])
    await all([atA, atB], (user) => expectSent(user))
  })

  test('an echo that reaches B for a message of A is honoured', async () => {
    const users = newPeople(6)
    pair.graph.answerWith(({ body }) => (users.includes((body['recipient'] as { id?: string }).id ?? '') ? 'reset' : undefined))
    await every(users, 'dansk', pair.a)
    await eventually(() => users.every((user) => askedFor(pair, user).length === 1))
    pair.graph.answerWith(() => undefined)
    const isEchoed = await echoHalf(users)
    await settled(pair, users)
    await all(users, (user, at) => expectSent(user, { twice: !isEchoed(at) }))
  })

  test('A is killed while its messages hang: B takes over, nothing is lost, twice only what had no echo', async () => {
    const users = newPeople(12)
    const letGo = await hangAtA(users)
    await pair.a.kill()
    letGo()
    const isEchoed = await echoHalf(users)
    await settled(pair, users, TAKEN_OVER_MS)
    await all(users, (user, at) => expectSent(user, { twice: !isEchoed(at) }))
    expect(says(pair.b, 'an instance is gone')).toBe(true)
    pair.a = await pair.startA()
  })

  test('A is stopped for so long that B takes over: when it goes on it sends nothing twice, and has another name', async () => {
    const users = newPeople(12)
    const letGo = await hangAtA(users)
    process.kill(pair.a.pid, 'SIGSTOP')
    // Its calls are answered; it reads that when it goes on, and has more to send in each of these turns.
    letGo()
    const isEchoed = await echoHalf(users)
    await settled(pair, users, TAKEN_OVER_MS)
    process.kill(pair.a.pid, 'SIGCONT')
    await eventually(() => says(pair.a, 'goes on under a new name'))
    await every(users, 'menu', pair.a)
    await settled(pair, users)
    await all(users, (user, at) => expectSent(user, { twice: !isEchoed(at) }))
  })

  test('A is asked to end: B has its turns at the next heartbeat', async () => {
    const users = newPeople(6)
    const letGo = await hangAtA(users)
    const name = (await turnsOf(pair, users[0] ?? ''))[0]?.settle.by
    expect(await pair.a.stop()).toBe(0)
    letGo()
    const isLeft = async (user: string) => (await turnsOf(pair, user)).every(({ settle }) => settle.by !== name)
    // A beat is 3 s; stillness alone would take 15.
    await eventually(async () => (await all(users, isLeft)).every(Boolean), 9000)
    const isEchoed = await echoHalf(users)
    await settled(pair, users, TAKEN_OVER_MS)
    await all(users, (user, at) => expectSent(user, { twice: !isEchoed(at) }))
    pair.a = await pair.startA()
  })

  test('two that blank old turns at once blank each once', async () => {
    const { turns } = openCollections(pair.store)
    const errors: unknown[] = []
    const log = { info: () => undefined, warn: () => undefined, error: (message: string) => void errors.push(message) }
    const later = Date.now() + (RETENTION_DAYS + 1) * DAY
    const time = { now: () => later, contentNow: () => later, drill: false, monotonic: () => 0, sleep: () => Promise.resolve() }
    const sweep = () => blankOld({ turns, time, log, scrub: () => pair.store.scrub() })
    // Nothing comes any more: a conversation's last turn would be blanked again once another follows it.
    const count = async (where: Parameters<typeof turns.count>[0]) => (await turns.count(where))[0]?.count ?? 0
    await eventually(async () => (await count({ 'settle.state': 'open' })) === 0)
    await Promise.all([pair.a.stop(), pair.b.stop()])
    const there = await count({})
    expect(there).toBeGreaterThan(400)
    const [one, two] = await Promise.all([sweep(), sweep()])
    expect([one + two, errors]).toEqual([there, []])
    expect(await sweep()).toBe(0)
    expect(await turns.count({ kept: true, erased: false }, ['conversation'])).toHaveLength(
      (await turns.count({}, ['conversation'])).length,
    )
  })
})
