/** The running product: every part made once and handed what it needs. Tests start it as `npm start` does. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { createCalls } from './app/calls.js'
import { createApply } from './app/commands.js'
import { createErase } from './app/erasure.js'
import { type LiveLibrary, openLibrary } from './app/live-library.js'
import type { Ids, Keys, Log, Time } from './app/ports.js'
import { createRecognize } from './app/recognize.js'
import { createSettler, type Settler } from './app/settle.js'
import { createTurns, type Turns } from './app/turns.js'
import { createWebConversations } from './app/web-conversations.js'
import { createBot } from './bot/bot.js'
import { type DirectLine, directLineRouter } from './bot/directline/direct-line-router.js'
import { type MessengerChannel, openMessenger } from './bot/messenger/messenger-channel.js'
import { type Config, publicUrl } from './config.js'
import { copenhagenTime } from './core/copenhagen.js'
import { chatRouter } from './http/chat.js'
import { type ControlOrder, openControl } from './http/control.js'
import { healthRouter } from './http/health.js'
import { createHttpServer } from './http/server.js'
import { messengerRouter } from './http/webhooks.js'
import type { Store } from './store/collection.js'
import { type Collections, openCollections } from './store/collections.js'
import { openErasedLog } from './store/erased-log.js'
import { readSources } from './store/files.js'
import { openKeys } from './store/keys.js'
import { openSqliteStore } from './store/sqlite.js'
import { systemTime } from './time.js'
import { runRetention } from './workers/retention.js'
import { watchFiles } from './workers/watch-files.js'

export interface ApplicationOptions {
  readonly log: Log
  /** Folder that holds dialogs/, locales/ and dist/. */
  readonly root: string
  /** Read dialogs and locales again when they change. */
  readonly watch: boolean
}

export interface Application {
  readonly server: Server
  /** No new turns, open ones finish, everything is closed in order. */
  stop(): Promise<void>
}

/** At a stop: requests under way may take this long, then what is being sent. A message cut off then is told from its echo at the next start. */
const REQUESTS_MS = 2000
const SETTLE_MS = 5000

const ids: Ids = { next: () => randomBytes(16).toString('base64url') }

/** Listens when it resolves. Throws what stops a start, in words that say what to do. */
export async function startApplication(config: Config, { log, root, watch }: ApplicationOptions): Promise<Application> {
  const folders = { dialogs: join(root, 'dialogs'), locales: join(root, 'locales') }
  const time = systemTime(config.CLOCK)
  const library = await openLibrary(() => readSources(folders), libraryOptions(config, time), log)
  const store = await openSqliteStore({ dir: config.DATA_DIR })
  try {
    const collections = openCollections(store)
    const keys = await openKeys(collections.keys, () => randomBytes(32).toString('base64url'))
    const core = wire({ config, log, time, store, collections, keys, library })
    const watcher = watch ? await watchFiles(Object.values(folders), () => void library.reload()) : undefined
    // Before anybody can write: what waits from before comes first.
    await core.settler.takeOver()
    const { server, closeHttp } = await listen(config, { ...core, log, time, store, library, root })
    const stopping = new AbortController()
    const retention = runRetention({ turns: collections.turns, time, log, scrub: () => store.scrub() }, stopping.signal)
    return {
      server,
      async stop() {
        stopping.abort()
        await Promise.all([watcher?.close(), closeHttp(), core.turns.close()])
        await Promise.race([Promise.all([core.settler.close(), retention]), patience(SETTLE_MS)])
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

function libraryOptions(config: Config, time: Time) {
  const recognize = createRecognize()
  return () => ({ languages: config.LANGUAGES, defaultLanguage: config.DEFAULT_LANGUAGE, now: time.contentNow(), recognize })
}

interface Wiring {
  readonly config: Config
  readonly log: Log
  readonly time: Time
  readonly store: Store
  readonly collections: Collections
  readonly keys: Keys
  readonly library: LiveLibrary
}

interface Core {
  readonly turns: Turns
  readonly settler: Settler
  readonly messenger: MessengerChannel | undefined
  readonly directLine: DirectLine
  readonly collections: Collections
}

/** Use cases and channels: turns hand their effects to the settler, whose commands come back as events. */
function wire({ config, log, time, store, collections, keys, library }: Wiring): Core {
  const erase = createErase({ ...collections, keys, erasedLog: openErasedLog(config.DATA_DIR, time.now), log, scrub: () => store.scrub() })
  const turns: Turns = createTurns({
    ...collections,
    library,
    keys,
    ids,
    time,
    log,
    instance: ids.next(),
    sends: (channel) => channel === 'messenger',
    settle: (turn, conversation) => settler.take(turn, conversation),
  })
  const bot = createBot(turns.receive, keys, time.now)
  const messenger = messengerOf({ config, log, time, keys, library, bot, echo: (message, platform) => settler.echo(message, platform) })
  const apply = createApply({ ...collections, calls: createCalls(collections), erase, receive: turns.receive, time })
  const settler: Settler = createSettler({
    ...collections,
    senders: messenger === undefined ? {} : { messenger: messenger.sender },
    time,
    log,
    apply,
  })
  const directLine = directLineRouter({
    bot,
    conversations: createWebConversations({ ...collections, ids, time }),
    commits: turns,
    keys,
    ids,
    time,
    log,
    areaName: (area) => library.current().areas[area ?? library.current().defaultArea]?.name ?? 'Opgang',
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
  })
  return { turns, settler, messenger, directLine, collections }
}

interface MessengerWiring extends Pick<Wiring, 'config' | 'log' | 'time' | 'keys' | 'library'> {
  readonly bot: ReturnType<typeof createBot>
  readonly echo: (messageId: string, platformId: string) => Promise<void>
}

/** Undefined without pages: the product then runs on the web page alone. */
function messengerOf({ config, log, time, keys, library, bot, echo }: MessengerWiring): MessengerChannel | undefined {
  const { MESSENGER_PAGES: pages, MESSENGER_APP_ID: appId, MESSENGER_APP_SECRET: appSecrets, MESSENGER_VERIFY_TOKEN: verifyToken } = config
  if (pages === undefined || appId === undefined || appSecrets === undefined || verifyToken === undefined) return undefined
  return openMessenger({
    config: { pages, appId, appSecrets, verifyToken, humanAgent: config.MESSENGER_HUMAN_AGENT, graphApiUrl: config.GRAPH_API_URL },
    publicUrl: publicUrl(config, config.PORT),
    log,
    now: time.now,
    random: Math.random,
    sleep: time.sleep,
    keys,
    bot,
    noteEcho: echo,
    languages: () => library.current().languages.map(({ code }) => code),
    say: (language, key) => library.current().say(language, key),
  })
}

interface Listening extends Core, Pick<Wiring, 'log' | 'time' | 'store' | 'library'> {
  readonly root: string
}

async function listen(config: Config, parts: Listening): Promise<{ server: Server; closeHttp: () => Promise<void> }> {
  const { directLine, messenger, library, store, time, log, root } = parts
  const drill = time.drill ? copenhagenTime(time.contentNow()) : undefined
  const routers = [
    healthRouter(() => readiness(store)),
    ...(messenger === undefined ? [] : [messengerRouter(messenger.routes)]),
    directLine.router,
    chatRouter({ library: () => library.current(), webTexts: () => library.webTexts(), drill }),
  ]
  const secure = config.PUBLIC_URL?.startsWith('https:') ?? false
  const server = createHttpServer({ trustProxy: config.TRUST_PROXY, secure, routers, pages: join(root, 'dist/web'), log })
  server.on('upgrade', (request, socket, head) => {
    if (!directLine.handleUpgrade(request, socket, head)) socket.destroy()
  })
  server.listen(config.PORT, config.HOST)
  await once(server, 'listening')
  const control = await openControl(config.DATA_DIR, (order) => carryOut(parts, order))
  return {
    server,
    async closeHttp() {
      directLine.close()
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), REQUESTS_MS)
      await Promise.all([closed(server), closed(control)])
      clearTimeout(cut)
    },
  }
}

function patience(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

/** Ready is: what was stored can be trusted, and a write reaches the disk. */
async function readiness(store: Store): Promise<string | undefined> {
  const { ok, reason } = store.health()
  if (!ok) return reason
  return store.probe().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

/** What people who run it may do to a conversation from this machine. */
async function carryOut({ collections, turns, time }: Listening, { act, conversation }: ControlOrder): Promise<string> {
  const known = await collections.conversations.get(conversation)
  if (known === undefined) return `There is no conversation ${conversation}; ids are in \`npm run log\``
  const base = { id: `staff:${ids.next()}`, at: time.now() }
  await turns.receive(known, act === 'resume' ? { ...base, type: 'control', control: 'returned', by: 'staff' } : { ...base, type: 'erase' })
  return act === 'resume' ? 'The bot answers again.' : 'The person is being erased.'
}
