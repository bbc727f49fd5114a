/** A server that is killed between an offer, its answer and its deadline: the offer is told once and taken once, and the deadline calls staff once. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHandoffs } from '../../src/app/handoffs/handoffs.js'
import { StoreUnavailable } from '../../src/store/collection.js'
import { type Collections, openCollections, type TurnDocument } from '../../src/store/collections.js'
import { openStore } from '../../src/store/open-store.js'
import { type GraphStub, startGraphStub } from '../graph-stub.js'
import { starterLibrary } from '../library.js'
import { deliver, delivery, messengerSettings, newPeople, requestsFor } from './pair.js'
import { type Environment, eventually, type Product, startProduct } from './product.js'

const [AMINA = '', INGRID = '', HODAN = ''] = newPeople(3)
const MINUTE = 60_000
const PAGE = '104857600000001'
const library = await starterLibrary()

// The embedded store alone: MongoDB's test server is not durable, and a dead instance there is waited for.
describe('a server that is killed', () => {
  let dir: string
  let environment: Environment
  let graph: GraphStub
  let product: Product
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'opgang-help-crash-'))
    graph = await startGraphStub()
    environment = { ...messengerSettings(graph), DATA_DIR: dir }
    product = await startProduct(dir, environment)
  })
  afterEach(async () => {
    await product.stop()
    await graph.close()
    rmSync(dir, { recursive: true })
  })

  /** Reads or writes behind the back of a server that is dead. */
  async function behind<T>(work: (collections: Collections) => Promise<T>): Promise<T> {
    const store = await openStore({ dir, mongodbUri: environment['MONGODB_URI'] })
    try {
      return await work(openCollections(store))
    } finally {
      await store.close()
    }
  }
  const conversation = (user: string) => `messenger:${PAGE}:${user}`
  const contactOf = async ({ conversations }: Collections, user: string) => (await conversations.get(conversation(user)))?.contact ?? ''

  /** Hodan of the demo's network is the only one on duty. Resolves with what is asked for. */
  async function onDuty(collections: Collections): Promise<{ network: string; area: string; task: string }> {
    const networks = await collections.networks.find({}, { sort: ['_id'], limit: 50 })
    const network = networks.find(({ external, tasks }) => external === undefined && tasks.includes('shopping'))
    const [area = ''] = network?.areas ?? []
    const _id = await contactOf(collections, HODAN)
    const known = await collections.contacts.get(_id)
    const [now, of] = [Date.now(), { network: network?._id ?? '', area, tasks: ['shopping'], languages: ['da'] }]
    const promise = { what: 'confidentiality' as const, version: '1', language: 'da' as const, at: now }
    const duty = { dutySince: now - 60 * MINUTE, openUntil: now + 20 * 60 * MINUTE, load: { offers: {}, tasks: {}, lately: [] } }
    const volunteer = { ...of, alias: 'Hodan', hours: [], state: 'approved', adult: true, promise, vetting: [], ...duty } as const
    const next = { ...(known ?? { _id, version: 1, applied: [] }), volunteer }
    await (known === undefined ? collections.contacts.insert(next) : collections.contacts.replace(next))
    return { network: of.network, area, task: 'shopping' }
  }

  /** As a server leaves it that dies behind the decision and before the first word. */
  async function offered(collections: Collections, user: string, id: string): Promise<string> {
    const wanted = await onDutyOnce(collections)
    const died = () => Promise.reject(new StoreUnavailable('died'))
    const networks = {
      [wanted.network]: { id: wanted.network, kind: 'association', names: {}, areas: [wanted.area], tasks: ['shopping'], settings: {} },
    }
    const engine = createHandoffs({
      ...collections,
      receive: died,
      places: () => ({ places: {}, networks }) as never,
      keys: { mac: (__, text) => text },
      ids: { next: () => id },
      time: { now: Date.now } as never,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      alarms: { raise: died, over: died, applicantGone: died, isUnseen: died, wasTold: died },
      sendCase: died,
      humanAgent: false,
      scrub: died,
      caseWords: died as never,
    })
    const details = { when: 'now', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'A' } as const
    const turn = { contact: await contactOf(collections, user), conversation: conversation(user), at: Date.now() } as TurnDocument
    const opened = await engine.apply({ type: 'openHandoff', ...wanted, language: 'da', note: '', details }, id, turn)
    return opened?.command === 'openHandoff' ? opened.receipt : ''
  }
  let once: Promise<{ network: string; area: string; task: string }> | undefined
  const onDutyOnce = (collections: Collections) => (once ??= onDuty(collections))

  /** As if it had been open for so long that staff must be told. */
  async function deadlinePasses({ handoffs }: Collections, id: string): Promise<void> {
    const known = await handoffs.get(id)
    if (known?.handoff === undefined) throw new Error(`There is no request ${id}`)
    const due = Date.now() - MINUTE
    const timers = known.handoff.timers.map((one) => (one.timer === 'T3' ? { ...one, due } : one))
    expect(await handoffs.replace({ ...known, due, handoff: { ...known.handoff, timers } })).toBe('ok')
  }
  const kill = () => product.kill()
  const start = async () => {
    product = await startProduct(dir, environment)
  }
  interface Message {
    text?: string
    quick_replies?: { title: string; payload: string }[]
  }
  const messagesOf = (user: string, words: string) =>
    requestsFor(graph, user).flatMap(({ body }) => (JSON.stringify(body).includes(words) ? [body['message'] as Message] : []))

  test('the offer is told once and taken once, and a deadline that passes meanwhile calls staff once', async () => {
    once = undefined
    for (const user of [AMINA, INGRID, HODAN]) await deliver(product, delivery(user, 'dansk'))
    await eventually(() => [AMINA, INGRID, HODAN].every((user) => requestsFor(graph, user).length > 0))
    await kill()
    const [taken, late] = await behind(async (collections) => [
      await offered(collections, AMINA, 'taken'),
      await offered(collections, INGRID, 'late'),
    ])
    await start()
    await eventually(() => [taken, late].every((receipt) => messagesOf(HODAN, receipt).length > 0))
    await kill()
    const timers = await behind(async ({ handoffs }) => (await handoffs.get('taken'))?.handoff?.timers.map(({ timer }) => timer))
    expect(timers?.toSorted()).toEqual(['T1', 'T3'])
    await behind((collections) => deadlinePasses(collections, 'late'))
    const heard = [AMINA, INGRID].map((user) => requestsFor(graph, user).length)
    await start()
    const title = library.say('da', 'volunteering.button.accept')
    const button = messagesOf(HODAN, taken)
      .flatMap(({ quick_replies = [] }) => quick_replies)
      .find((one) => one.title === title)
    const tap = delivery(HODAN, title, button?.payload)
    await Promise.all([deliver(product, tap), deliver(product, tap)])
    await deliver(product, delivery(HODAN, title, button?.payload))
    // One reads that somebody comes, the other that staff have it.
    await eventually(() => [AMINA, INGRID].every((user, at) => requestsFor(graph, user).length > (heard[at] ?? 0)))
    // So does Hodan: that she helps the one, and that the other needs her no more.
    const [helps = ''] = library.say('da', 'talking.begins.helper', { other: '|', receipt: '', task: '', language: '' }).split(/\W*\|/)
    await eventually(() => messagesOf(HODAN, helps).length > 0 && messagesOf(HODAN, late).length > 1)
    await kill()
    await start()
    await kill()
    const end = await behind(async (collections) => ({
      taken: (await collections.handoffs.get('taken'))?.handoff,
      late: (await collections.handoffs.get('late'))?.handoff?.state,
      alarms: (await collections.alarms.find({ 'about.handoff': 'late' }, { sort: ['_id'], limit: 10 })).map(({ about }) => about.why),
      // A message that a kill left in doubt may be sent again; each event is there once.
      heard: (await collections.turns.find({ conversation: conversation(HODAN) }, { sort: ['seq'], limit: 100 })).flatMap(({ event }) =>
        event.type === 'news' ? [event.news.what === 'told' ? event.news.told : event.news.what] : [],
      ),
    }))
    expect(end).toMatchObject({ taken: { state: 'accepted' }, late: 'with-staff', alarms: ['nobody-in-time'] })
    expect(end.taken?.relays).toHaveLength(1)
    expect(end.heard.toSorted()).toEqual(['offer', 'offer', 'taken', 'talk-begins'])
  }, 150_000)
})
