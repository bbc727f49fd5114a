/** The engine of requests alone on a real embedded store: a door that notes what each conversation hears, and calls that can be made to fail. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HandoffsDeps } from '../../src/app/handoffs/deps.js'
import { createHandoffs, type Handoffs } from '../../src/app/handoffs/handoffs.js'
import type { HandoffAsk, HelpEffect, HelpResult } from '../../src/core/help-types.js'
import type { Places } from '../../src/core/places-types.js'
import type { RequestDetails } from '../../src/core/request-types.js'
import type { Event } from '../../src/core/types.js'
import type { Volunteering } from '../../src/core/volunteer-types.js'
import type { Store } from '../../src/store/collection.js'
import {
  type Collections,
  type ContactDocument,
  type HandoffDocument,
  openCollections,
  type TurnDocument,
} from '../../src/store/collections.js'
import { openStore } from '../../src/store/open-store.js'
import { NOW } from '../library.js'
import { type ManualTime, manualTime } from '../manual-time.js'
import { VOLUNTEER } from '../volunteer.js'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

const NETWORK = {
  id: 'mothers',
  kind: 'neighbourhood-mothers',
  names: { da: 'Mødre' },
  areas: ['demo'],
  tasks: ['medicine'],
  settings: {},
} as const
const PLACES: Places = {
  places: { demo: { id: 'demo', stairwells: ['1'], neighbours: [], officeHours: [], onCall: [] } },
  networks: {
    mothers: NETWORK,
    'red-cross': { ...NETWORK, id: 'red-cross', kind: 'red-cross', external: { mail: 'help@example.org' } },
  },
}
const DETAILS: RequestDetails = { when: 'now', otherLanguages: [], wishes: {}, kept: [], minor: false, alias: 'Amina' }
/** The window stays open for as long as any story goes on. */
const MOTHER: Volunteering = { ...VOLUNTEER, network: 'mothers', tasks: ['medicine'], openUntil: NOW + 1_000_000 * HOUR }

/** Called before and after each call of the store and of the other parts; throws what is to go wrong. */
export type Trouble = (call: string, when: 'before' | 'after') => void

export interface EngineWorld {
  readonly store: Store
  readonly collections: Collections
  readonly time: ManualTime
  readonly engine: Handoffs
  /** What each conversation heard, in order. */
  readonly heard: Map<string, Event[]>
  /** Ids of events that came twice, which changes nothing. */
  readonly again: string[]
  readonly raised: Map<string, string>
  readonly mailed: string[]
  readonly logged: string[]
  /** Another instance on the same store, with the same door. */
  another(): Handoffs
  trouble(next: Trouble): void
  /** Forgets everything, for the next run. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** On the embedded store, or on MongoDB where an address is given. */
export async function openEngine({
  mongodbUri,
  humanAgent = false,
}: {
  mongodbUri?: string | undefined
  humanAgent?: boolean
} = {}): Promise<EngineWorld> {
  const dir = await mkdtemp(join(tmpdir(), 'opgang-engine-'))
  const store = await openStore({ dir, mongodbUri })
  const collections = openCollections(store)
  const time = manualTime(NOW)
  const [heard, keys, raised] = [new Map<string, Event[]>(), new Set<string>(), new Map<string, string>()]
  const [again, mailed, logged]: [string[], string[], string[]] = [[], [], []]
  let trouble: Trouble = () => undefined
  const meets = async <T>(call: string, work: () => T | Promise<T>): Promise<T> => {
    trouble(call, 'before')
    const result = await work()
    trouble(call, 'after')
    return result
  }
  const faulty = <T extends object>(name: string, collection: T): T =>
    new Proxy(collection, {
      get: (target, key) => {
        const own = Reflect.get(target, key) as (...args: unknown[]) => Promise<unknown>
        return (...args: unknown[]) => meets(`${name}.${String(key)}`, () => own.apply(target, args))
      },
    })
  const deps: HandoffsDeps = {
    handoffs: faulty('handoffs', collections.handoffs),
    contacts: faulty('contacts', collections.contacts),
    conversations: faulty('conversations', collections.conversations),
    turns: faulty('turns', collections.turns),
    evidence: faulty('evidence', collections.evidence),
    audit: faulty('audit', collections.audit),
    receive: ({ user }, event) =>
      meets('receive', () => {
        if (keys.has(event.id)) return (again.push(event.id), 'duplicate')
        keys.add(event.id)
        heard.set(user, [...(heard.get(user) ?? []), event])
        return 'committed'
      }),
    places: () => PLACES,
    keys: { mac: (_, text) => Buffer.from(text).toString('base64url') },
    ids: { next: () => 'id' },
    time,
    log: { info: () => undefined, warn: (message) => void logged.push(message), error: (message) => void logged.push(message) },
    alarms: {
      raise: ({ id, about }) => meets('raise', () => void raised.set(id, `${about.handoff} ${about.why}`)),
      over: () => meets('over', () => undefined),
      applicantGone: () => meets('applicantGone', () => undefined),
      isUnseen: (handoff, why) => meets('isUnseen', () => [...raised.values()].includes(`${handoff} ${why}`)),
      wasTold: async (handoff, onCall) => onCall === 'told' && [...raised.values()].some((one) => one.startsWith(`${handoff} `)),
    },
    sendCase: ({ id }) => meets('sendCase', () => (mailed.push(id), 'sent' as const)),
    humanAgent,
    scrub: async () => undefined,
    caseWords: () => ({ say: (key) => key, areaName: (area) => area, languageName: (code) => code }),
  }
  return {
    ...{ store, collections, time, heard, again, raised, mailed, logged },
    engine: createHandoffs(deps),
    another: () => createHandoffs(deps),
    trouble: (next) => void (trouble = next),
    async clear() {
      trouble = () => undefined
      for (const all of ['handoffs', 'contacts', 'conversations', 'evidence'] as const)
        while ((await collections[all].remove({}, 1000)) > 0);
      for (const kept of [heard, keys, raised]) kept.clear()
      for (const kept of [again, mailed, logged]) kept.length = 0
    },
    async close() {
      await store.close()
      await rm(dir, { recursive: true })
    },
  }
}

/** Somebody with a conversation of the same name, and as a volunteer where `more` is given. */
export async function moveIn({ collections }: EngineWorld, name: string, more?: Partial<Volunteering>): Promise<void> {
  const address = { channel: 'web', account: '', user: name } as const
  await collections.conversations.insert({ _id: `web::${name}`, version: 1, contact: name, ...address, createdAt: NOW, device: '' })
  if (more === undefined) return
  await collections.contacts.insert({ _id: name, version: 1, applied: [], volunteer: { ...MOTHER, alias: name, ...more } })
}

type Effect = Parameters<Handoffs['apply']>[0]

/** Carries out an effect as a settler would. */
export function carryOut(
  engine: Handoffs,
  time: ManualTime,
  { who, id, effect }: { who: string; id: string; effect: Effect },
): Promise<HelpResult | undefined> {
  const session = { language: { code: 'da' } }
  const turn = { _id: id, conversation: `web::${who}`, contact: who, at: time.now(), key: `key ${id}`, session } as TurnDocument
  return engine.apply(effect, id, turn)
}

/** What is asked of a handoff. */
export function asking(handoff: string, ask: HandoffAsk, as: Extract<HelpEffect, { type: 'handoff' }>['as'] = 'volunteer'): Effect {
  return { type: 'handoff', handoff, as, ask }
}

/** A request of the demo area in Somali. */
export function requesting(more: Partial<RequestDetails> = {}): Effect {
  const details = { ...DETAILS, ...more }
  return { type: 'openHandoff', task: 'medicine', network: 'mothers', area: 'demo', language: 'so', note: 'boxes', details }
}

/** Everything that is due is done, also what waits to be tried again. */
export async function settle(engine: Handoffs, time: ManualTime): Promise<void> {
  for (const ms of [0, 31_000, 31_000]) {
    time.advance(ms)
    for (let looks = 0; looks < 50 && (await engine.look()) > 0; looks++);
  }
}

export async function allHandoffs({ collections }: EngineWorld): Promise<HandoffDocument[]> {
  const page = { sort: ['openedAt', '_id'], limit: 500 }
  return [...(await collections.handoffs.find({ state: 'open' }, page)), ...(await collections.handoffs.find({ state: 'closed' }, page))]
}

export async function volunteerOf({ collections }: EngineWorld, name: string): Promise<NonNullable<ContactDocument['volunteer']>> {
  const found = (await collections.contacts.get(name))?.volunteer
  if (found === undefined) throw new Error(`${name} is no volunteer`)
  return found
}
