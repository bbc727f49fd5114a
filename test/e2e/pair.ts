/** Two instances of the product, A and B, on one MongoDB; Graph, which can be held; and people who write to either. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '../../src/store/collection.js'
import { openCollections, type TurnDocument } from '../../src/store/collections.js'
import { openStore } from '../../src/store/open-store.js'
import { postSigned, untilTaken } from '../faults/delivery.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { eventually, type Product, startProduct } from './product.js'
import { onMongo } from './stores.js'

const PAGE = '104857600000001'
const SECRET = 'secret-of-the-test'
const APP = '555000111222333'
/** A delivery that nobody takes for this long is a failure. */
const TAKEN_MS = 20_000
/** More turns than anybody has here. */
const TURNS_MAX = 100

export interface Pair {
  a: Product
  b: Product
  readonly graph: GraphStub
  readonly store: Store
  startA(): Promise<Product>
  close(): Promise<void>
}

export async function startPair(): Promise<Pair> {
  const dir = mkdtempSync(join(tmpdir(), 'opgang-pair-'))
  const graph = await startGraphStub({ appSecret: SECRET, appId: APP })
  const { MONGODB_URI } = onMongo()
  const environment = { MONGODB_URI, ...messengerSettings(graph) }
  const start = (name: string) => startProduct(join(dir, name), environment)
  // Both at once, on an empty database: they must agree on its keys.
  const [a, b] = await Promise.all([start('a'), start('b')])
  const store = await openStore({ dir, mongodbUri: MONGODB_URI })
  const pair: Pair = {
    a,
    b,
    graph,
    store,
    startA: () => start('a'),
    async close() {
      await Promise.all([pair.a.stop(), pair.b.stop()])
      await Promise.all([store.close(), graph.close()])
      rmSync(dir, { recursive: true })
    },
  }
  return pair
}

/** Settings of a product on the page that {@link delivery} writes to. */
export function messengerSettings(graph: GraphStub): Readonly<Record<string, string>> {
  return {
    MESSENGER_PAGES: `${PAGE}=token-of-page`,
    MESSENGER_APP_ID: APP,
    MESSENGER_APP_SECRET: SECRET,
    MESSENGER_VERIFY_TOKEN: 'verify',
    GRAPH_API_URL: graph.url,
  }
}

let stamp = Date.now()
let people = 0

/** People nobody has heard of. */
export function newPeople(count: number): string[] {
  return Array.from({ length: count }, () => `95${String(++people).padStart(14, '0')}`)
}

/** What Meta posts when a person writes; posted again, it is a redelivery. */
export function delivery(user: string, text: string, payload?: string): string {
  const quickReply = payload === undefined ? {} : { quick_reply: { payload } }
  return batch({ sender: { id: user }, recipient: { id: PAGE }, timestamp: ++stamp, message: { mid: `m_${stamp}`, text, ...quickReply } })
}

/** What Meta posts about the page itself. */
export function policy(action: 'block' | 'unblock'): string {
  return batch({ sender: { id: PAGE }, recipient: { id: PAGE }, timestamp: ++stamp, policy_enforcement: { action, reason: 'a rule' } })
}

function batch(event: object): string {
  return JSON.stringify({ object: 'page', entry: [{ id: PAGE, time: stamp, messaging: [event] }] })
}

/** The id of the event that a delivery becomes. */
export function eventOf(body: string): string {
  return `m:${PAGE}:${/"mid":"([^"]+)"/.exec(body)?.[1]}`
}

/** As Meta does it: again until it is answered 200. */
export async function deliver({ url }: Product, body: string): Promise<void> {
  const taken = await untilTaken(
    async () => (await postSigned(`${url}/webhooks/messenger`, body, SECRET)) === 200,
    AbortSignal.timeout(TAKEN_MS),
  )
  if (!taken) throw new Error(`${url} did not take a delivery`)
}

export function turnsOf({ store }: Pair, user: string): Promise<TurnDocument[]> {
  const where = { conversation: `messenger:${PAGE}:${user}` }
  return openCollections(store).turns.find(where, { sort: ['seq'], limit: TURNS_MAX })
}

/** Ids of the messages that the turns of a person say, in order. */
export async function saidTo(pair: Pair, user: string): Promise<string[]> {
  const turns = await turnsOf(pair, user)
  return turns.flatMap(({ _id, effects }) => effects.flatMap(({ type }, at) => (type === 'message' ? [`${_id}.${at}`] : [])))
}

/** Ids of the messages that Graph was asked to bring to a person, in the order they came. */
export function askedFor({ graph }: Pair, user: string): string[] {
  return requestsFor(graph, user).map(({ body }) => (body['message'] as { metadata: string }).metadata)
}

export function requestsFor(graph: GraphStub, user: string): GraphStub['requests'] {
  return graph.messages().filter(({ body }) => (body['recipient'] as { id: string }).id === user)
}

/** Shows an instance that the first message to a person arrived. */
export function echoTo(pair: Pair, product: Product, user: string): Promise<number> {
  const [metadata = ''] = askedFor(pair, user)
  return pair.graph.echo(`${product.url}/webhooks/messenger`, { mid: `m_echo_${user}`, metadata, page: PAGE, user })
}

/** Resolves when nothing of these people is open. */
export function settled(pair: Pair, users: readonly string[], ms?: number): Promise<void> {
  const isSettled = async (user: string) => (await turnsOf(pair, user)).every(({ settle }) => settle.state === 'done')
  return eventually(async () => (await Promise.all(users.map(isSettled))).every(Boolean), ms)
}

/** Graph takes every message and answers none to these people, until they are let go; the answers come then. */
export function hold({ graph }: Pair, users: readonly string[]): () => void {
  let letGo = (): void => undefined
  const free = new Promise<undefined>((resolve) => {
    letGo = () => {
      graph.answerWith(() => undefined)
      resolve(undefined)
    }
  })
  graph.answerWith(({ body }) => (users.includes((body['recipient'] as { id?: string } | undefined)?.id ?? '') ? free : undefined))
  return letGo
}
