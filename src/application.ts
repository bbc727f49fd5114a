/** The running product: every part made once and handed what it needs. Tests start it as `npm start` does. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { AccountsDeps } from './app/accounts/accounts-deps.js'
import { firstLink, orderLink } from './app/accounts/first-administrator.js'
import { createLive } from './app/board/live.js'
import { createFollow } from './app/board/live-follow.js'
import { MODE_CHANGED } from './app/board/live-notes.js'
import { answerCase, seeCase } from './app/case-links.js'
import type { BuildOptions } from './app/dialogs.js'
import { type CloseOrder, closeRequest } from './app/help-desk.js'
import { BEAT_MS } from './app/instances.js'
import { openLibrary } from './app/live-library.js'
import { createModeSource } from './app/mode.js'
import { orderImport } from './app/people-file-order.js'
import { createPlacesSource } from './app/places.js'
import { type DemoDeps, seedDemo } from './app/places-demo.js'
import type { Log, Time } from './app/ports.js'
import { orderQuestions, type QuestionOrder } from './app/questions.js'
import { createRecognize } from './app/recognize.js'
import type { Settler } from './app/settle.js'
import { carryOutStaff } from './app/staff-orders.js'
import { warmLibrary } from './app/warm-library.js'
import { type Config, publicUrl } from './config.js'
import { copenhagenTime } from './core/copenhagen.js'
import { caseLinksRouter } from './http/case-links.js'
import { chatRouter } from './http/chat.js'
import { type ControlOrder, openControl } from './http/control.js'
import { healthRouter } from './http/health.js'
import { SERVER_LIMITS } from './http/limits.js'
import { metricsRouter } from './http/metrics.js'
import { createHttpServer } from './http/server.js'
import { messengerRouter, webhookRoute } from './http/webhooks.js'
import { createMetrics } from './metrics.js'
import type { Store } from './store/collection.js'
import { type Collections, openCollections } from './store/collections.js'
import { readSources } from './store/files.js'
import { openKeys } from './store/keys.js'
import { observeStore } from './store/measured-store.js'
import { openStore } from './store/open-store.js'
import { readPeopleYaml } from './store/people-yaml.js'
import { readTables } from './store/read-tables.js'
import { keepRecent } from './store/recent.js'
import { watchCollections } from './store/watched-collections.js'
import { systemTime } from './time.js'
import { type Core, ids, type Wiring, wire } from './wiring.js'
import { wireAccounts } from './wiring-accounts.js'
import { runAnswerBack } from './workers/answer-back.js'
import { every } from './workers/every.js'
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
  /** Signs the first administrator in, once; undefined when staff are there. */
  readonly firstLink: string | undefined
  /** No new turns, open ones finish, everything is closed in order. */
  stop(): Promise<void>
}

/** At a stop: requests under way may take this long, then what is being sent. A message cut off then is told from its echo at the next start. */
const REQUESTS_MS = 2000
const SETTLE_MS = 5000
/** How often an instance asks what others did (commits that open pages show, stopped pages), and writes down what could not be written. */
const FOLLOW_MS = 1000
/** How often what other instances changed is looked for while staff have a page open. */
const NEWS_MS = 2000
/** How often duties that end are looked for. */
const DUTIES_MS = 30_000

/** Listens when it resolves. Throws what stops a start, in words that say what to do. */
export async function startApplication(config: Config, { log, root, watch }: ApplicationOptions): Promise<Application> {
  const [folders, time] = [{ dialogs: join(root, 'dialogs'), locales: join(root, 'locales') }, systemTime(config.CLOCK)] as const
  const library = await openLibrary(() => readSources(folders), await libraryOptions(config, time, folders.locales), log)
  let settling: Settler | undefined
  const metrics = createMetrics({
    languages: () => library.current().languages.map(({ code }) => code),
    pages: [...(config.MESSENGER_PAGES?.keys() ?? [])],
    openTurns: () => settling?.openTurns() ?? [],
  })
  const store = keepRecent(observeStore(await openStore({ dir: config.DATA_DIR, mongodbUri: config.MONGODB_URI }), metrics, time.monotonic))
  try {
    const { live, collections } = openWatched(store, time)
    const keys = await openKeys(collections.keys, () => randomBytes(32).toString('base64url'))
    const known = await openSources({ ...collections, library: library.current(), time, log }, root)
    const wiring = { config, log, time, store, collections, keys, library, ...known, live, metrics }
    const core = wire(wiring)
    settling = core.settler
    const [stopping, cooling] = [new AbortController(), new AbortController()]
    const warm = () => warmLibrary(library, { time, log }, cooling.signal)
    const watcher = watch ? await watchFiles(Object.values(folders), () => void library.reload().then(warm)) : undefined
    await core.instances.join()
    const work = startWork(core, wiring, stopping.signal)
    // Before anybody can write: what waits from before comes first. Where others may live, their stillness is waited for.
    if (!store.shared) await core.settler.takeOver()
    await core.pageStops.follow((page, stop) => core.messenger?.learn(page, stop))
    const { closeHttp, ...open } = await listen(config, { ...core, log, time, store, keys, library, ...known, live, metrics, root })
    const warming = warm()
    return {
      ...open,
      async stop() {
        cooling.abort()
        await Promise.all([warming, watcher?.close(), closeHttp(), core.turns.close()])
        await endWork(core, log, { stopping, work })
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** The collections, and who is told of what changes in them. */
function openWatched(store: Store, time: Time): Pick<Wiring, 'live' | 'collections'> {
  const live = createLive()
  return { live, collections: watchCollections(openCollections(store), live, store.shared ? time.now : undefined) }
}

interface SourcesDeps extends Omit<DemoDeps, 'read' | 'file'> {
  readonly modes: Collections['modes']
}

/** In memory: areas and networks, where a store that has none begins with the demo; and whether it is live. */
async function openSources(deps: SourcesDeps, root: string): Promise<Pick<Wiring, 'places' | 'mode'>> {
  await seedDemo({ ...deps, read: readPeopleYaml, file: join(root, 'demo/people.yaml') })
  const [places, mode] = [createPlacesSource(deps), createModeSource(deps.modes)]
  await Promise.all([places.load(), mode.follow()])
  return { places, mode }
}

async function libraryOptions(config: Config, time: Time, locales: string): Promise<() => BuildOptions> {
  const fixed = { recognize: createRecognize(), ...(await readTables(locales)) }
  return () => ({ languages: config.LANGUAGES, defaultLanguage: config.DEFAULT_LANGUAGE, now: time.contentNow(), ...fixed })
}

/** What goes on beside the requests. The heartbeat goes on until the settler has ended. */
function startWork(
  core: Core,
  { config, store, collections, places, live, mode, time, log }: Wiring,
  signal: AbortSignal,
): Promise<unknown> {
  const days = { talkDays: config.TALK_DAYS, reportedTalkDays: config.REPORTED_TALK_DAYS, auditDays: config.AUDIT_DAYS }
  const retention = runRetention({ ...collections, ...days, time, log, scrub: () => store.scrub() }, signal)
  const tellAll = async () => (await core.answerBack()) + (await core.tellClosed())
  const answering = runAnswerBack({ ...collections, answerBack: tellAll, time, log }, signal)
  const follow = async () => {
    const before = mode.current()
    await mode.follow()
    if (mode.current() !== before) live.tell(MODE_CHANGED)
    await places.follow()
    if (store.shared) await core.commits.follow(collections.turns, time.now())
    await core.pageStops.follow((page, stop) => core.messenger?.learn(page, stop))
  }
  const following = every({ name: 'looking at what changed', pause: FOLLOW_MS, work: follow }, { time, log }, signal)
  const looking = every({ name: 'looking at requests', pause: FOLLOW_MS, work: () => lookAtRequests(core) }, { time, log }, signal)
  const duties = every({ name: 'looking at duties', pause: DUTIES_MS, work: () => core.requests.lookAtDuties() }, { time, log }, signal)
  const news = createFollow({ ...collections, live, time, shared: store.shared })
  const telling = every({ name: 'looking for what staff read', pause: NEWS_MS, work: news }, { time, log }, signal)
  const all = [retention, answering, following, looking, duties, telling]
  if (!store.shared) return Promise.all(all)
  const beating = every({ name: 'the heartbeat', pause: BEAT_MS, work: () => core.instances.beat() }, { time, log }, signal)
  return Promise.all([...all, beating])
}

/** Deadlines and what follows from them, and the alarms they raise. */
async function lookAtRequests({ requests, alarms }: Core): Promise<void> {
  await requests.look()
  await alarms.look()
}

/** Sends what can still be sent; the heartbeat tells until then that we live. */
async function endWork(core: Core, log: Log, { stopping, work }: { stopping: AbortController; work: Promise<unknown> }): Promise<void> {
  await Promise.race([core.settler.close(), patience(SETTLE_MS)])
  stopping.abort()
  await Promise.race([work, patience(SETTLE_MS)])
  await core.instances
    .leave()
    .catch((error: unknown) => log.warn('the others were not told of the stop and wait for a heartbeat', { error }))
}

interface Listening extends Core, Pick<Wiring, 'log' | 'time' | 'store' | 'keys' | 'library' | 'places' | 'live' | 'mode' | 'metrics'> {
  readonly root: string
}

interface Listens extends Omit<Application, 'stop'> {
  readonly closeHttp: () => Promise<void>
}

async function listen(config: Config, parts: Listening): Promise<Listens> {
  const { directLine, messenger, caseLinks, library, store, time, log, metrics, root } = parts
  const drill = time.drill ? copenhagenTime(time.contentNow()) : undefined
  const accounts = wireAccounts(parts, config, () => publicUrl(config, (server.address() as AddressInfo).port))
  const secure = config.PUBLIC_URL?.startsWith('https:') ?? false
  const routers = [
    healthRouter(() => readiness(store)),
    metricsRouter({ ...metrics, token: config.METRICS_TOKEN, published: config.TRUST_PROXY !== false || config.PUBLIC_URL !== undefined }),
    ...(messenger === undefined ? [] : [messengerRouter(messenger.routes)]),
    directLine.router,
    caseLinksRouter({ see: (token) => seeCase(caseLinks, token), answer: (token, yes) => answerCase(caseLinks, token, yes), log }),
    accounts.router,
    chatRouter({ library: () => library.current(), webTexts: () => library.webTexts(), drill }),
  ]
  const webhook = messenger === undefined ? {} : { webhook: webhookRoute({ ...messenger.routes, log }) }
  const { gate } = directLine
  const server = createHttpServer({ trustProxy: config.TRUST_PROXY, secure, routers, ...webhook, gate, pages: join(root, 'dist/web'), log })
  server.on('upgrade', (request, socket, head) => {
    if (!directLine.handleUpgrade(request, socket, head)) socket.destroy()
  })
  server.listen({ port: config.PORT, host: config.HOST, backlog: SERVER_LIMITS.connections })
  await once(server, 'listening')
  const control = await openControl(config.DATA_DIR, (order) => carryOut({ ...parts, accounts: accounts.deps }, order))
  return {
    server,
    firstLink: await firstLink(accounts.deps).catch((error: unknown) => noLink(log, error)),
    async closeHttp() {
      directLine.close()
      parts.live.close()
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), REQUESTS_MS)
      await Promise.all([closed(server), closed(control)])
      clearTimeout(cut)
    },
  }
}

function noLink(log: Log, error: unknown): undefined {
  log.warn('no link for a first administrator could be made; `npm run admin -- link` makes one', { error })
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

/** What people who run it may do to a conversation, a question or a request from this machine. */
async function carryOut(parts: Listening & { readonly accounts: AccountsDeps }, order: ControlOrder): Promise<string> {
  if (order.act === 'admin-link') return orderLink(parts.accounts, order.name)
  if ('receipt' in order) return carryOutClose(parts, order)
  if ('area' in order || 'volunteer' in order) {
    const { keys, library } = parts
    const areas = Object.keys(library.current().areas)
    return carryOutStaff({ ...parts.collections, keys, ids, time: parts.time, receive: parts.turns.receive, areas }, order)
  }
  if ('people' in order)
    return orderImport({ ...parts.collections, ids, library: parts.library.current(), time: parts.time, read: readPeopleYaml }, order)
  if (!('conversation' in order)) return carryOutQuestion(parts, order)
  const { collections, turns, time } = parts
  const { act, conversation } = order
  const known = await collections.conversations.get(conversation)
  if (known === undefined) return `There is no conversation ${conversation}; ids are in \`npm run log\``
  const base = { id: `staff:${ids.next()}`, at: time.now() }
  await turns.receive(known, act === 'resume' ? { ...base, type: 'control', control: 'returned', by: 'staff' } : { ...base, type: 'erase' })
  return act === 'resume' ? 'The bot answers again.' : 'The person is being erased.'
}

/** Whoever waits for the answer is told at once where that can be; the worker tries again in any case. */
async function carryOutQuestion({ collections, library, answerBack, log }: Listening, order: QuestionOrder): Promise<string> {
  const line = await orderQuestions({ ...collections, library: library.current() }, order)
  await answerBack().catch((error: unknown) => log.warn('askers could not be told now; tried again within a minute', { error }))
  return line
}

/** The resident is told at once where that can be; the worker tries again in any case. */
async function carryOutClose({ collections, tellClosed, time, log }: Listening, order: CloseOrder): Promise<string> {
  const line = await closeRequest({ ...collections, ids, time }, order)
  if (order.tell)
    await tellClosed().catch((error: unknown) => log.warn('a resident could not be told now; tried again within a minute', { error }))
  return line
}
