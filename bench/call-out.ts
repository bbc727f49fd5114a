/**
 * What it costs to take a request in and ask the first wave, in process, on the embedded store: with a thousand requests open and most of a
 * large network off duty, against a quiet day of the same people on duty.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HandoffsDeps } from '../src/app/handoffs/deps.js'
import { createHandoffs, type Handoffs } from '../src/app/handoffs/handoffs.js'
import { NO_LOAD, type Volunteering } from '../src/core/volunteer-types.js'
import { type Collections, type HandoffDocument, openCollections, type TurnDocument } from '../src/store/collections.js'
import { openSqliteStore } from '../src/store/sqlite.js'
import { orderOfRound, ratios, type Spread, spreadOf } from './arithmetic.js'

const HOUR_MS = 3_600_000
/** Above any load cap: the same people are asked in every round. */
const LOAD_CAP = 1000
/** What somebody was asked lately stands on their contact and is read with it. */
const LATELY = 20
const ON_DUTY = 50

const NETWORK = { id: 'mothers', kind: 'neighbourhood-mothers', names: { da: 'Mødre' }, areas: ['demo'], tasks: ['medicine'] } as const
const SETTINGS = { loadCap: LOAD_CAP, restMinutes: 0 }
const DETAILS = { when: 'now', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'A' } as const

export interface CallOutOrder {
  /** Folder of the stores. */
  readonly dir: string
  readonly rounds: number
  /** Of the busy store. */
  readonly open: number
  readonly volunteers: number
}

export interface CallOutCost {
  /** Busy against quiet, round by round. */
  readonly ratio: Spread
  /** Milliseconds for one request on each. */
  readonly quiet: Spread
  readonly busy: Spread
}

/** The two take turns, the order reversed every other round; a few rounds before warm up. */
export async function measureCallOut({ dir, rounds, open, volunteers }: CallOutOrder): Promise<CallOutCost> {
  const quiet = await openWorld(join(dir, 'call-out-quiet'), { open: 10, volunteers: ON_DUTY })
  const busy = await openWorld(join(dir, 'call-out-busy'), { open, volunteers })
  try {
    const [mine, theirs]: [number[], number[]] = [[], []]
    for (let round = -WARM_UP; round < rounds; round++) {
      const took = new Map<World, number>()
      for (const world of orderOfRound([quiet, busy], Math.abs(round))) took.set(world, await timeOne(world, `request-${round}`))
      if (round < 0) continue
      mine.push(took.get(busy) ?? Number.NaN)
      theirs.push(took.get(quiet) ?? Number.NaN)
    }
    return { ratio: ratios(mine, theirs), quiet: spreadOf(theirs), busy: spreadOf(mine) }
  } finally {
    for (const world of [quiet, busy]) await world.close()
  }
}

const WARM_UP = 8

interface World {
  readonly collections: Collections
  readonly engine: Handoffs
  readonly close: () => Promise<void>
}

async function timeOne({ engine, collections }: World, id: string): Promise<number> {
  const start = performance.now()
  await engine.apply(requesting(), id, turnOf(id))
  const ms = performance.now() - start
  const state = (await collections.handoffs.get(id))?.handoff?.state
  if (state !== 'offered') throw new Error(`Nobody was asked for a request: it is ${state}`)
  return ms
}

async function openWorld(dir: string, size: { readonly open: number; readonly volunteers: number }): Promise<World> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const store = await openSqliteStore({ dir })
  const collections = openCollections(store)
  const engine = createHandoffs(depsOf(collections))
  await moveIn(collections, size.volunteers)
  await engine.apply(requesting(), 'pattern', turnOf('pattern'))
  const pattern = await collections.handoffs.get('pattern')
  if (pattern === undefined) throw new Error('A request was not stored')
  const copies = Array.from({ length: size.open - 1 }, (_, at) => copyOf(pattern, at))
  await Promise.all(copies.map((copy) => collections.handoffs.insert(copy)))
  return { collections, engine, close: () => store.close() }
}

function copyOf(pattern: HandoffDocument, at: number): HandoffDocument {
  const [_id, contact] = [`open-${at}`, `resident-${at}`]
  return { ...pattern, _id, contact, receipt: `H-${at}`, openedAt: pattern.openedAt - at * 60_000, version: 1 }
}

/** The first are on duty. */
async function moveIn({ contacts, conversations }: Collections, volunteers: number): Promise<void> {
  for (let at = 0; at < volunteers; at++) {
    const _id = `volunteer-${at}`
    const address = { channel: 'web', account: '', user: _id } as const
    await conversations.insert({ _id: `web::${_id}`, version: 1, contact: _id, ...address, createdAt: 0, device: '' })
    await contacts.insert({ _id, version: 1, applied: [], volunteer: volunteerOf(_id, at < ON_DUTY) })
  }
}

function volunteerOf(alias: string, isOnDuty: boolean): Volunteering {
  const now = Date.now()
  const lately = Array.from({ length: LATELY }, (_, at) => ({
    handoff: `earlier-${alias}-${at}`,
    at: now - at * HOUR_MS,
    took: at % 3 === 0,
  }))
  return {
    ...{ network: NETWORK.id, alias, languages: ['so', 'da'], area: 'demo', tasks: ['medicine'], hours: [] },
    ...{ state: 'approved', adult: true, vetting: [], load: { ...NO_LOAD, lately } },
    promise: { what: 'confidentiality', version: '1', language: 'da', at: now },
    ...(isOnDuty ? { dutySince: now - HOUR_MS, openUntil: now + 20 * HOUR_MS } : {}),
  }
}

function depsOf(collections: Collections): HandoffsDeps {
  const place = { id: 'demo', stairwells: ['1'], neighbours: [], officeHours: [], onCall: [] }
  const places = { places: { demo: place }, networks: { mothers: { ...NETWORK, settings: SETTINGS } } }
  return {
    ...collections,
    receive: async () => 'committed',
    places: () => places,
    keys: { mac: (_, text) => text },
    ids: { next: () => 'id' },
    time: { now: Date.now, contentNow: Date.now, drill: false, monotonic: () => performance.now(), sleep: (ms) => sleep(ms) },
    log: { info: () => undefined, warn: fail, error: fail },
    alarms: {
      raise: async () => undefined,
      over: async () => undefined,
      applicantGone: async () => undefined,
      isUnseen: async () => false,
      wasTold: async () => false,
    },
    sendCase: async () => 'sent',
    humanAgent: false,
    scrub: async () => undefined,
    caseWords: () => ({ say: (key) => key, areaName: (area) => area, languageName: (code) => code }),
  }
}

function fail(message: string, about?: object): never {
  throw new Error(`${message} ${JSON.stringify(about)}`)
}

function requesting(): Parameters<Handoffs['apply']>[0] {
  return { type: 'openHandoff', task: 'medicine', network: 'mothers', area: 'demo', language: 'so', note: '', details: DETAILS }
}

function turnOf(id: string): TurnDocument {
  const session = { language: { code: 'so' } }
  return { _id: id, conversation: 'web::resident', contact: `asks-${id}`, at: Date.now(), key: id, session } as unknown as TurnDocument
}
