/** The product's parts, put together as `application.ts` does, and people who have walked a little: what the layers are timed on. */

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Activity } from 'botbuilder'
import type { Ids, Log } from '../src/app/ports.js'
import type { MessengerConfig } from '../src/bot/messenger/messenger-config.js'
import type { Config } from '../src/config.js'
import { NO_PLACES } from '../src/core/places-types.js'
import { createMetrics } from '../src/metrics.js'
import type { ConversationDocument, TurnDocument } from '../src/store/collections.js'
import { readTables } from '../src/store/read-tables.js'
import { chooseLanguage, makePeople, nextStep, type Said } from './people.js'
import { ROOT } from './root.js'
import { readWalks } from './walk.js'

/** Messages that are worked on at the same time in a busy server, about. */
const TOGETHER = 32

/** The code that `npm start` runs; what is compiled on the fly for the benchmark itself is not quite the same. */
export async function built<T>(path: string): Promise<T> {
  return (await import(new URL(`../dist/${path}`, import.meta.url).href)) as T
}

const { finish } = await built<typeof import('../src/core/steps.js')>('core/steps.js')
const { createTurns } = await built<typeof import('../src/app/turns.js')>('app/turns.js')
const { openLibrary } = await built<typeof import('../src/app/live-library.js')>('app/live-library.js')
const { createRecognize } = await built<typeof import('../src/app/recognize.js')>('app/recognize.js')
const { createBot } = await built<typeof import('../src/bot/bot.js')>('bot/bot.js')
const { openMessenger } = await built<typeof import('../src/bot/messenger/messenger-channel.js')>('bot/messenger/messenger-channel.js')
const { readConfig, readEnvironment } = await built<typeof import('../src/config.js')>('config.js')
const { createLog } = await built<typeof import('../src/log.js')>('log.js')
const { openCollections } = await built<typeof import('../src/store/collections.js')>('store/collections.js')
const { readSources } = await built<typeof import('../src/store/files.js')>('store/files.js')
const { openKeys } = await built<typeof import('../src/store/keys.js')>('store/keys.js')
const { openSqliteStore } = await built<typeof import('../src/store/sqlite.js')>('store/sqlite.js')
const { systemTime } = await built<typeof import('../src/time.js')>('time.js')
const { createWebhook } = await built<typeof import('../src/bot/messenger/webhook.js')>('bot/messenger/webhook.js')

const secret = () => randomBytes(32).toString('base64url')
const ids: Ids = { next: () => randomBytes(16).toString('base64url') }
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

export type Parts = Awaited<ReturnType<typeof openParts>>

export async function openParts() {
  const read = readConfig(readEnvironment())
  if ('problems' in read) throw new Error(read.problems.join('\n'))
  const { config } = read
  const time = systemTime(undefined)
  const folders = { dialogs: join(ROOT, 'dialogs'), locales: join(ROOT, 'locales') }
  const metrics = createMetrics({ languages: () => [], pages: [], openTurns: () => [] })
  const recognize = createRecognize()
  const tables = await readTables(folders.locales)
  const options = () => ({ languages: undefined, defaultLanguage: 'da', now: time.now(), recognize, ...tables })
  const library = await openLibrary(() => readSources(folders), options, silent)
  // The first messages of a start are not what is timed.
  finish(library.current().warm())
  const store = await openSqliteStore({ dir: config.DATA_DIR })
  const collections = openCollections(store)
  const keys = await openKeys(collections.keys, secret)
  const committed: { turn: TurnDocument; conversation: ConversationDocument }[] = []
  const settle = (turn: TurnDocument, conversation: ConversationDocument) => void committed.push({ turn, conversation })
  const instance = { name: () => 'layers', alive: () => true }
  const basics = { library, keys, ids, time, log: silent, metrics, instance }
  const rest = { commits: { publish: () => undefined }, sends: () => true, settle, places: () => NO_PLACES }
  const turns = createTurns({ ...collections, ...basics, ...rest })
  const bot = createBot(turns.receive, keys, time.now)
  const messengerConfig = messengerSettings(config)
  const say = (language: string, key: string) => library.current().say(language, key)
  const messenger = openMessenger({
    ...basics,
    ...time,
    config: messengerConfig,
    publicUrl: '',
    random: Math.random,
    noteStop: () => undefined,
    bot,
    noteEcho: async () => undefined,
    languages: () => library.current().languages.map(({ code }) => code),
    say,
  })
  const log = createLog('info', true)
  return { config, messengerConfig, time, library: library.current(), store, collections, keys, committed, messenger, log }
}

function messengerSettings(config: Config): MessengerConfig {
  return {
    pages: config.MESSENGER_PAGES ?? new Map<string, string>(),
    appId: config.MESSENGER_APP_ID ?? '',
    appSecrets: config.MESSENGER_APP_SECRET ?? [],
    verifyToken: config.MESSENGER_VERIFY_TOKEN ?? '',
    humanAgent: false,
    graphApiUrl: config.GRAPH_API_URL,
  }
}

/** One person's next message, in every form it has on its way. */
export interface Case {
  readonly body: Buffer
  readonly signature: string
  readonly activity: Activity
  readonly conversation: ConversationDocument
  /** The turn before. */
  readonly last: TurnDocument
  /** The turn that answers. */
  readonly turn: TurnDocument
}

export async function makeCases(parts: Parts): Promise<readonly Case[]> {
  const people = makePeople(await readWalks(), TOGETHER)
  const cases: Case[] = []
  for (const person of people) {
    for (const said of [chooseLanguage(person), nextStep(person)]) await parts.messenger.routes.handleWebhook(webhookOf(said))
    const request = webhookOf(nextStep(person))
    const activity = await heard(parts, request)
    await parts.messenger.routes.handleWebhook(request)
    const [last, now] = parts.committed.slice(-2)
    if (last === undefined || now === undefined) throw new Error('A turn of the layers was not committed')
    cases.push({ ...request, activity, conversation: now.conversation, last: last.turn, turn: now.turn })
  }
  return cases
}

/** What the benchmark's own requests look like once the server has read them. */
function webhookOf({ request }: Said): { body: Buffer; signature: string } {
  const end = request.indexOf('\r\n\r\n')
  const signature = /x-hub-signature-256: (\S+)/i.exec(request.toString('latin1', 0, end))?.[1] ?? ''
  return { body: request.subarray(end + 4), signature }
}

async function heard(parts: Parts, request: { body: Buffer; signature: string }): Promise<Activity> {
  const activities: Activity[] = []
  await createWebhook(webhookDeps(parts, async (activity) => void activities.push(activity)))(request)
  const [activity] = activities
  if (activity === undefined) throw new Error('The webhook heard nothing in a message of the benchmark')
  return activity
}

/** The webhook with nothing behind it. */
export function webhookDeps({ messengerConfig }: Parts, hear: (activity: Activity) => Promise<void>): Parameters<typeof createWebhook>[0] {
  const nothing = () => undefined
  return {
    config: messengerConfig,
    adapter: { hear, noteEcho: nothing, notePolicy: nothing },
    languages: () => ['da', 'ar'],
    noteEcho: async () => undefined,
    count: nothing,
    log: silent,
  }
}
