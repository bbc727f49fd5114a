/** The use cases on a real embedded store in a folder of its own, with a sender that records and a time that tests move. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAlarms, type Alarms as RealAlarms } from '../src/app/alarms.js'
import { createCalls } from '../src/app/calls.js'
import { type CommandsDeps, createApply } from '../src/app/commands.js'
import { type CommitBook, createCommits } from '../src/app/commits.js'
import { createErase } from '../src/app/erasure.js'
import type { Alarms } from '../src/app/handoffs/deps.js'
import { createHandoffs, type Handoffs } from '../src/app/handoffs/handoffs.js'
import { createLeftOver } from '../src/app/mode-strangers.js'
import type { Address, Instance, Keys, Log, SendOrder, SendOutcome } from '../src/app/ports.js'
import { createSettler, type Settler } from '../src/app/settle.js'
import { applyStaffEffect } from '../src/app/staff-effects.js'
import { createTurns, type Turns } from '../src/app/turns.js'
import type { Library } from '../src/core/library.js'
import { NO_PLACES, type Places } from '../src/core/places-types.js'
import type { Store } from '../src/store/collection.js'
import { type Collections, openCollections, type TurnDocument } from '../src/store/collections.js'
import { openErasedLog } from '../src/store/erased-log.js'
import { openKeys } from '../src/store/keys.js'
import { openSqliteStore } from '../src/store/sqlite.js'
import { NOW } from './library.js'
import { type ManualTime, manualTime } from './manual-time.js'
import { silentMetrics } from './silent-metrics.js'

export const AMINA: Address = { channel: 'messenger', account: '104857600000001', user: '7412365890123456' }
export const HASSAN: Address = { channel: 'web', account: '', user: 'hassans-chat' }

export interface Stage {
  readonly dir: string
  readonly store: Store
  readonly collections: Collections
  readonly turns: Turns
  readonly commits: CommitBook
  readonly settler: Settler
  readonly keys: Keys
  readonly time: ManualTime
  /** Orders that reached the sender, in order. */
  readonly sent: SendOrder[]
  readonly logged: string[]
  readonly requests: Handoffs
  readonly alarms: RealAlarms
  /** What carrying out effects needs of requests. */
  readonly helping: Pick<CommandsDeps, 'requests' | 'staff'>
  /** Alarms that were raised, each once. */
  readonly raised: Raised[]
  /** Requests that nobody on call need look at any more. */
  readonly calm: string[]
  /** Cases that were mailed to networks. */
  readonly cases: { handoff: string; network: string }[]
  /** What the sender answers from now on. */
  answerWith(answer: (order: SendOrder) => SendOutcome | Promise<SendOutcome>): void
  /** Whether the page's sends are stopped, from now on. */
  hold(stopped: boolean): void
  /** All turns of a conversation, oldest first. */
  log(conversation: string): Promise<TurnDocument[]>
  close(): Promise<void>
}

type Raised = Parameters<Alarms['raise']>[0]

export interface StageOptions {
  readonly library: Library
  readonly places?: Places
  readonly dir?: string
  readonly time?: ManualTime
  /** A store that is open already, which several instances share. */
  readonly store?: Store
  readonly instance?: Instance
  readonly shared?: boolean
  /** False when the channel is not set up. */
  readonly sender?: false
  /** Open turns that the settler holds in memory. */
  readonly turnsMax?: number
  /** One-time words are looked up, instead of being wrong. */
  readonly words?: true
  /** Strangers on Messenger are not written to while it answers true. */
  readonly trial?: () => boolean
  /** Since when: what was decided before is held back too. */
  readonly trialSince?: () => number
  /** Alarms are kept and told as in the product, instead of only being noted in `raised`. */
  readonly alarms?: true
  /** Puts around the collections what the product has around them. */
  readonly around?: (collections: Collections, time: ManualTime) => Collections
}

let counter = 0
let instances = 0

export async function openStage(options: StageOptions): Promise<Stage> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'opgang-')))
  const time = options.time ?? manualTime(NOW)
  const store = options.store ?? (await openSqliteStore({ dir }))
  const name = `instance ${++instances}`
  let held = false
  const { around = (collections) => collections } = options
  const collections = around(openCollections(store), time)
  const ids = { next: () => `id${String(++counter).padStart(6, '0')}` }
  const keys = await openKeys(collections.keys, () => 'k'.repeat(43))
  const logged: string[] = []
  const note = (message: string, fields?: object) =>
    void logged.push(`${message} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? value.message : value))}`)
  const log: Log = { info: note, warn: note, error: note }
  const sent: SendOrder[] = []
  let answer: (order: SendOrder) => SendOutcome | Promise<SendOutcome> = (order) => ({
    outcome: 'sent',
    platformId: `m_${order.messageId}`,
  })
  const sender = {
    send: async (order: SendOrder) => {
      sent.push(order)
      return answer(order)
    },
    holds: () => held,
  }
  const instance: Instance = options.instance ?? { name: () => name, alive: () => true }
  const commits = createCommits()
  const restrains = (channel: string) => channel === 'messenger' && options.trial?.() === true
  const turns: Turns = createTurns({
    ...collections,
    library: { current: () => options.library },
    places: () => options.places ?? NO_PLACES,
    keys,
    ids,
    time,
    log,
    metrics: silentMetrics,
    commits,
    instance,
    sends: (channel) => channel === 'messenger',
    restrains,
    settle: (turn, conversation, follows) => settler.take(turn, conversation, follows),
  })
  const scrub = () => store.scrub()
  const raised: Raised[] = []
  const calm: string[] = []
  const alarms = createAlarms({
    ...collections,
    ...{ keys, time, log, receive: turns.receive },
    places: () => options.places ?? NO_PLACES,
    say: (key, values) => options.library.say('da', key, values),
    areaName: (area) => area,
    tellResident: (handoff, truth) => requests.tellStaff(handoff, truth),
  })
  const noted: Alarms = {
    raise: async (alarm) => void (raised.some(({ id }) => id === alarm.id) || raised.push(alarm)),
    over: async (handoff) => void calm.push(handoff),
    applicantGone: async () => undefined,
    isUnseen: async (handoff, why) => raised.some(({ about }) => about.handoff === handoff && about.why === why),
    wasTold: async () => false,
  }
  const cases: { handoff: string; network: string }[] = []
  const requests: Handoffs = createHandoffs({
    ...collections,
    keys,
    ids,
    time,
    log,
    scrub,
    alarms: options.alarms === undefined ? noted : alarms,
    places: () => options.places ?? NO_PLACES,
    receive: turns.receive,
    caseWords: (language) => ({
      say: (key, values) => options.library.say(language, key, values),
      areaName: (area) => area,
      languageName: (code) => code,
    }),
    sendCase: async (order) => (cases.push(order), 'sent'),
    humanAgent: false,
  })
  const erase = createErase({ ...collections, keys, erasedLog: openErasedLog(dir, time.now), log, scrub, forget: requests.forget })
  const basics = { ...collections, keys, calls: createCalls(collections), erase, requests, receive: turns.receive, time }
  const staffDeps = { ...collections, keys, ids, time, receive: turns.receive, seen: alarms }
  const staff: CommandsDeps['staff'] = (effect, id, turn) => applyStaffEffect(staffDeps, effect, id, turn)
  const helping: Stage['helping'] = { requests, staff: options.words ? staff : async () => ({ command: 'word', is: 'wrong' }) }
  const apply = createApply({ ...basics, ...helping })
  const settler: Settler = createSettler({
    ...collections,
    senders: options.sender === false ? {} : { messenger: sender },
    sends: (channel) => channel === 'messenger',
    leftOver: createLeftOver({ ...collections, mode: { since: options.trialSince ?? (() => 0) }, restrains }),
    instance,
    shared: options.shared ?? false,
    committing: turns.committing,
    metrics: silentMetrics,
    time,
    log,
    apply,
    ...(options.turnsMax === undefined ? {} : { turnsMax: options.turnsMax }),
  })
  return {
    dir,
    store,
    collections,
    turns,
    commits,
    settler,
    keys,
    time,
    sent,
    logged,
    requests,
    alarms,
    helping,
    raised,
    calm,
    cases,
    answerWith: (next) => void (answer = next),
    hold: (stopped) => void (held = stopped),
    log: (conversation) => collections.turns.find({ conversation }, { sort: ['seq'], limit: 1000 }),
    async close() {
      await turns.close()
      await settler.close()
      if (options.store === undefined) await store.close()
      if (options.dir === undefined) await rm(dir, { recursive: true })
    },
  }
}

let eventNumber = 0

/** A typed message, with an id of its own unless one is given. */
export function says(text: string, more: { id?: string; at?: number; sentAt?: number } = {}) {
  return { id: `m:${++eventNumber}`, at: NOW, type: 'message' as const, text, ...more }
}

/** Resolves when `condition` holds; what it waits for is work in this process, never time. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve))
}
