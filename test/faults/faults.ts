/** One run: people write, Graph has a bad day, the product is killed again and again; in the end all is well and everything is counted. */
import { randomBytes } from 'node:crypto'
import { type Environment, runCommand } from '../e2e/product.js'
import { type Account, account } from './account.js'
import { pause } from './delivery.js'
import type { Row } from './evidence.js'
import { type Generator, startGenerator } from './generator.js'
import { type Graph, startGraph, type Weather } from './graph.js'
import { HELLO, type House, makeHouse, wordOf } from './house.js'
import { type Random, randomOf } from './random.js'
import { openServers, type Servers } from './servers.js'

export interface FaultsOptions {
  readonly kills: number
  readonly seed: number
  readonly people: number
  /** More than one wants `mongodb`: the embedded store is one process. */
  readonly instances: number
  /** Address of a MongoDB database of the run's own; the embedded store without it. */
  readonly mongodb?: string
  /** One line for each kill. */
  readonly say: (line: string) => void
  /** Ends the run at once, leaving nothing behind. */
  readonly signal: AbortSignal
}

/** Meta's ids are digits. */
const PAGE = '100200300400500'
const APP_ID = '600700800900'
type Lives = readonly (readonly [share: number, from: number, to: number])[]
/**
 * How long a life is, from its start: a few end before they are open, most while what waits for its echo (10 s) waits, the others when that
 * is being sent.
 */
const LIVES: Lives = [
  [0.1, 50, 1500],
  [0.7, 1500, 4500],
  [1, 10_500, 14_500],
]
/** Of several instances half live long enough to take over what another left (15 s), to wait for its echoes, and to send it. */
const LIVES_TOGETHER: Lives = [
  [0.1, 50, 1500],
  [0.5, 1500, 6000],
  [1, 16_000, 30_000],
]
const WEATHER: Weather = { lost: 0.005, cut: 0.01, putOff: 0.02, refused: 0.002, slow: 0.25, echoed: 0.7 }
/** When all is well and nothing moved for this long, what is open is counted as unfinished (well above two waits for an echo). */
const STILL_MS = 40_000
const LOOK_MS = 2000

interface Run {
  readonly options: FaultsOptions
  readonly house: House
  readonly environment: Environment
  readonly graph: Graph
  readonly servers: Servers
  readonly generator: Generator
}

/** Throws when the product ended by itself, when it cannot be started, or when `signal` ended the run. */
export async function runFaults(options: FaultsOptions): Promise<Account> {
  const house = makeHouse()
  try {
    return await runIn(house, options)
  } finally {
    house.remove()
  }
}

async function runIn(house: House, options: FaultsOptions): Promise<Account> {
  const { seed, people, signal } = options
  const now = () => performance.timeOrigin + performance.now()
  // Of this run alone: what listens on a port that a killed server left knows another.
  const secret = randomBytes(16).toString('hex')
  const ended = new AbortController()
  let servers: Servers | undefined
  const living = () => servers?.living() ?? []
  const graph = await startGraph({ seed, secret, appId: APP_ID, living, now, weather: WEATHER })
  const environment = environmentOf(options, { secret, graph: graph.url })
  servers = openServers({
    ...house,
    instances: options.instances,
    environment,
    now,
    signal: AbortSignal.any([ended.signal, signal]),
  })
  const generator = startGenerator({ people, seed, page: PAGE, secret, living, now, hello: HELLO, word: wordOf })
  try {
    return await live({ options, house, environment, graph, servers, generator })
  } finally {
    ended.abort()
    await Promise.all([generator.close(), graph.close(), servers.gone()])
  }
}

function environmentOf({ mongodb }: FaultsOptions, { secret, graph }: { secret: string; graph: string }): Environment {
  return {
    LANGUAGES: 'da',
    LOG_LEVEL: 'warn',
    MESSENGER_PAGES: `${PAGE}=token`,
    MESSENGER_APP_ID: APP_ID,
    MESSENGER_APP_SECRET: secret,
    MESSENGER_VERIFY_TOKEN: 'verify',
    GRAPH_API_URL: graph,
    ...(mongodb === undefined ? {} : { MONGODB_URI: mongodb }),
  }
}

async function live(run: Run): Promise<Account> {
  const { options, graph, servers, generator } = run
  await killAll(run)
  options.say('nobody is killed any more, nobody begins to write, Graph is well: everything drains')
  graph.calm()
  await orLater(generator.finish(), options.signal)
  await drained(run)
  await orLater(graph.echoed(), options.signal)
  await servers.stop()
  const rows = await readRows(run)
  return account({ written: generator.written, calls: graph.calls, rows, kills: servers.kills })
}

/** Every instance dies again and again, each in its own time, until the kills are used up; then it stays. */
async function killAll(run: Run): Promise<void> {
  const { options, servers } = run
  let left = options.kills
  const fate = async (instance: number) => {
    const random = randomOf(options.seed, `instance ${instance}`)
    while (left-- > 0) {
      const ms = lifeOf(random, options.instances > 1 ? LIVES_TOGETHER : LIVES)
      await servers.liveAndDie(instance, ms)
      options.signal.throwIfAborted()
      options.say(killLine(run, ms))
    }
    await servers.live(instance)
  }
  await Promise.all(Array.from({ length: options.instances }, (_, instance) => fate(instance)))
}

function lifeOf(random: Random, lives: Lives): number {
  const drawn = random.next()
  const [, from, to] = lives.find(([share]) => drawn < share) ?? [1, 0, 0]
  return random.between(from, to)
}

function killLine({ servers, generator, graph }: Run, ms: number): string {
  const acknowledged = generator.written.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length
  const taken = graph.calls.filter(({ fate }) => fate === 'taken').length
  const when = `kill ${String(servers.kills.length).padStart(3)} after ${(ms / 1000).toFixed(1).padStart(4)} s`
  return `${when}: ${acknowledged} acknowledged, ${generator.refused()} deliveries refused, ${taken} messages taken by Graph`
}

/** Resolves when the store holds nothing open, or nothing moves any more. */
async function drained(run: Run): Promise<void> {
  let open = -1
  let asked = 0
  for (let moved = Date.now(); Date.now() - moved < STILL_MS; ) {
    const before = [open, asked]
    open = (await readRows(run)).filter(({ settle }) => settle.state !== 'done').length
    asked = run.graph.calls.length
    if (open === 0) return
    if (open !== before[0] || asked !== before[1]) moved = Date.now()
    await pause(LOOK_MS, run.options.signal)
    run.options.signal.throwIfAborted()
  }
}

async function readRows({ house, environment }: Run): Promise<Row[]> {
  const { code, stdout, stderr } = await runCommand('cli/log', ['--json'], { ...environment, DATA_DIR: house.data(0) }, house.root)
  if (code !== 0) throw new Error(`The log could not be read: ${stderr}`)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** Waits no longer than anything may take when all is well: what is missing then is counted. Rejects when `signal` is aborted. */
async function orLater(work: Promise<void>, signal: AbortSignal): Promise<void> {
  await Promise.race([work, pause(STILL_MS, signal)])
  signal.throwIfAborted()
}
