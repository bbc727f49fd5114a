/** Use cases and channels, each made once and handed what it needs. */

import { randomBytes } from 'node:crypto'
import { answerBack } from './app/answer-back.js'
import type { Live } from './app/board/live.js'
import { createCalls } from './app/calls.js'
import { createApply } from './app/commands.js'
import { type CommitBook, createCommits } from './app/commits.js'
import { createErase } from './app/erasure.js'
import { createInstances, type Instances } from './app/instances.js'
import type { LiveLibrary } from './app/live-library.js'
import type { Mail } from './app/mail.js'
import type { ModeSource } from './app/mode.js'
import { restrainMail } from './app/mode-mail.js'
import { createLeftOver } from './app/mode-strangers.js'
import { createPageStops, type PageStops } from './app/page-stops.js'
import type { PlacesSource } from './app/places.js'
import type { Ids, Keys, Log, Receive, Time } from './app/ports.js'
import { createSettler, type Settler } from './app/settle.js'
import { tellClosed } from './app/tell-closed.js'
import { createTurns, type Turns } from './app/turns.js'
import { createWebConversations } from './app/web-conversations.js'
import { createBot } from './bot/bot.js'
import { type DirectLine, directLineRouter } from './bot/directline/direct-line-router.js'
import { type MessengerChannel, openMessenger } from './bot/messenger/messenger-channel.js'
import { type Config, isThisMachine, publicUrl, reachesStrangers } from './config.js'
import type { Channel } from './core/types.js'
import type { ProgramMetrics } from './metrics.js'
import { openMail } from './outlets/mail.js'
import type { Store } from './store/collection.js'
import type { Collections } from './store/collections.js'
import { openErasedLog } from './store/erased-log.js'
import { type HelpCore, type HelpWiring, wireHelp } from './wiring-help.js'

const ID_BYTES = 16
/** Asking the system for randomness costs the same for one id as for 256. */
const IDS_AT_ONCE = 256
let pool = Buffer.alloc(0)

export const ids: Ids = {
  next() {
    if (pool.length < ID_BYTES) pool = randomBytes(ID_BYTES * IDS_AT_ONCE)
    const id = pool.toString('base64url', 0, ID_BYTES)
    pool = pool.subarray(ID_BYTES)
    return id
  },
}

export interface Wiring {
  readonly config: Config
  readonly log: Log
  readonly time: Time
  readonly store: Store
  readonly collections: Collections
  readonly keys: Keys
  readonly library: LiveLibrary
  readonly places: PlacesSource
  readonly live: Live
  readonly mode: ModeSource
  readonly metrics: ProgramMetrics
}

export interface Core extends HelpCore {
  readonly turns: Turns
  readonly commits: CommitBook
  readonly instances: Instances
  readonly pageStops: PageStops
  readonly settler: Settler
  readonly messenger: MessengerChannel | undefined
  readonly directLine: DirectLine
  readonly collections: Collections
  /** Tells everybody who waits for an answer and can be told now. */
  readonly answerBack: () => Promise<number>
  /** Tells everybody whose request was closed, who is to know and can be told now. */
  readonly tellClosed: () => Promise<number>
}

/** Use cases and channels: turns hand their effects to the settler, whose commands come back as events. */
export function wire(wiring: Wiring): Core {
  const { config, log, time, store, collections, keys, library, places, mode, metrics } = wiring
  const basics = { ...collections, keys, ids, time, log, metrics, shared: store.shared }
  const erasedLog = openErasedLog(config.DATA_DIR, time.now)
  const erase = createErase({ ...basics, erasedLog, scrub: () => store.scrub(), forget: (contact) => help.requests.forget(contact) })
  const [commits, pageStops] = [createCommits(), createPageStops(collections.pages, log)]
  const [sends, restrains] = [(channel: Channel) => channel === 'messenger', restraint(wiring)]
  const instances = createInstances({
    ...basics,
    takeOver: (name) => settler.takeOver(name),
    forget: () => settler.forget(),
  })
  const turns: Turns = createTurns({
    ...basics,
    library,
    places: places.current,
    commits,
    instance: instances,
    sends,
    restrains,
    settle: (turn, conversation, follows) => settler.take(turn, conversation, follows),
  })
  const help = wireHelp(helpWiring(wiring, turns.receive))
  const bot = createBot(turns.receive, keys, time.now)
  const messenger = messengerOf({ ...wiring, bot, pageStops, echo: (message, platform) => settler.echo(message, platform) })
  const settler: Settler = createSettler({
    ...basics,
    senders: messenger === undefined ? {} : { messenger: messenger.sender },
    ...{ sends, leftOver: createLeftOver({ ...collections, mode, restrains }) },
    instance: instances,
    committing: turns.committing,
    apply: createApply({ ...basics, ...help, calls: createCalls(collections), erase, receive: turns.receive }),
  })
  const directLine = directLineOf({ ...wiring, bot, commits })
  const telling = {
    answerBack: () => answerBack({ ...basics, library: () => library.current(), receive: turns.receive }),
    tellClosed: () => tellClosed({ ...basics, receive: turns.receive }),
  }
  return { turns, commits, instances, pageStops, settler, messenger, directLine, collections, ...help, ...telling }
}

/** In trial only what would reach strangers is held back: a page shows what it has, and another Graph than Meta's reaches nobody. */
function restraint({ config, mode }: Pick<Wiring, 'config' | 'mode'>): (channel: Channel) => boolean {
  const strangers = reachesStrangers(config)
  return (channel) => strangers && channel === 'messenger' && mode.current() === 'trial'
}

function helpWiring(wiring: Wiring, receive: Receive): HelpWiring {
  const { config, store } = wiring
  const settings = { humanAgent: config.MESSENGER_HUMAN_AGENT, publicUrl: publicUrl(config, config.PORT) }
  return { ...wiring, ...settings, ids, receive, scrub: () => store.scrub(), mail: mailOf(wiring) }
}

/** Undefined where no mail server is set: who cannot be reached otherwise is not told. */
function mailOf({ config, log, collections, places, mode }: Wiring): Mail | undefined {
  const { SMTP_URL: server, MAIL_FROM: from, SMTP_TLS: tls, SMTP_CA_FILE: caFile } = config
  if (server === undefined || from === undefined) return undefined
  const mail = openMail({ server, from, tls, ...(caFile === undefined ? {} : { caFile }) }, log)
  if (isThisMachine(server.host)) return mail
  return restrainMail(mail, { ...collections, places: places.current, log, restrained: () => mode.current() === 'trial' })
}

interface DirectLineWiring extends Pick<Wiring, 'config' | 'log' | 'time' | 'keys' | 'library' | 'collections'> {
  readonly bot: ReturnType<typeof createBot>
  readonly commits: CommitBook
}

function directLineOf({ config, log, time, keys, library, collections, bot, commits }: DirectLineWiring): DirectLine {
  return directLineRouter({
    bot,
    conversations: createWebConversations({ ...collections, ids, time }),
    commits,
    keys,
    ids,
    time,
    log,
    areaName: (area) => library.current().areas[area ?? library.current().defaultArea]?.name ?? 'Opgang',
    ...(config.PUBLIC_URL === undefined ? {} : { publicUrl: config.PUBLIC_URL }),
  })
}

interface MessengerWiring extends Pick<Wiring, 'config' | 'log' | 'time' | 'keys' | 'library' | 'metrics'> {
  readonly bot: ReturnType<typeof createBot>
  readonly pageStops: PageStops
  readonly echo: (messageId: string, platformId: string) => Promise<void>
}

/** Undefined without pages: the product then runs on the web page alone. */
function messengerOf({ config, log, time, keys, library, metrics, bot, pageStops, echo }: MessengerWiring): MessengerChannel | undefined {
  const { MESSENGER_PAGES: pages, MESSENGER_APP_ID: appId, MESSENGER_APP_SECRET: appSecrets, MESSENGER_VERIFY_TOKEN: verifyToken } = config
  if (pages === undefined || appId === undefined || appSecrets === undefined || verifyToken === undefined) return undefined
  return openMessenger({
    config: { pages, appId, appSecrets, verifyToken, humanAgent: config.MESSENGER_HUMAN_AGENT, graphApiUrl: config.GRAPH_API_URL },
    publicUrl: publicUrl(config, config.PORT),
    log,
    now: time.now,
    random: Math.random,
    sleep: time.sleep,
    monotonic: time.monotonic,
    metrics,
    noteStop: (page, stop, said) => pageStops.note(page, stop, said),
    keys,
    bot,
    noteEcho: echo,
    languages: () => library.current().languages.map(({ code }) => code),
    say: (language, key) => library.current().say(language, key),
  })
}
