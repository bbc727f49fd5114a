/** A contender as a process: started on a core of its own, looked at through /proc, ended with all it started. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { APP_SECRET, PAGE_IDS } from './people.js'
import { ROOT } from './root.js'

const FOLDER = join(ROOT, 'bench/contenders')
/** Until it listens, and until it has ended after SIGTERM. */
const START_MS = 60_000
const STOP_MS = 10_000
/** A program that used less than this in two looks is at rest; one that never is measures itself, and nothing else can be measured. */
const REST_MS = 0.5
const LOOK_MS = 50
const RESTLESS_MS = 180_000
/** The product looks its data file over 2 s after the start: that is over before the first message. */
const FRESH_MS = 3000
/** Length of a tick in /proc/<pid>/stat: USER_HZ is 100 on every platform of Linux (proc(5)). */
const TICK_MS = 10
const KEPT_OUTPUT = 4000

export interface StartOrder {
  /** Folder below bench/contenders/, unless `script` says which program it is. */
  readonly name: string
  readonly script?: string
  readonly graphUrl: string
  readonly dataDir: string
  /** Command before `node`, such as `taskset`; may be empty. */
  readonly pin: readonly string[]
  readonly nodeArgs?: readonly string[]
}

/** Every contender there is, by folder. */
export function contenderNames(): string[] {
  return readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'server.mjs')))
}

const living = new Set<Contender>()
// Before the folder of their stores is removed.
process.prependListener('exit', () => {
  for (const contender of living) contender.killAll()
})

export class Contender {
  #output = ''
  #since = 0
  port = 0

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    // Read and forgotten, as a container's runtime would take it; the end is kept to tell what went wrong.
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => this.#note(chunk))
    living.add(this)
  }

  static async start(order: StartOrder): Promise<Contender> {
    const contender = new Contender(order.name, launch(order))
    await contender.#listening()
    return contender
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  /** CPU time of the process so far, user and system, all threads, in milliseconds. */
  cpuMs(): number {
    const tasks = `/proc/${this.pid}/task`
    if (!existsSync('/proc/self/schedstat')) return ticksOf(this.pid) * TICK_MS
    return readdirSync(tasks).reduce((sum, task) => sum + onCpuNs(`${tasks}/${task}/schedstat`), 0) / 1e6
  }

  /** Resident memory in bytes. */
  rss(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1]) * 1024
  }

  /**
   * Resolves when nothing is done any more: what is written after an answer is written, and a check of the data file has ended. Throws when
   * the program has ended or never rests.
   */
  async atRest(): Promise<void> {
    const limit = performance.now() + RESTLESS_MS
    this.#mustLive()
    for (let before = this.cpuMs(), calm = 0; calm < 2 || performance.now() - this.#since < FRESH_MS; ) {
      await wait(LOOK_MS)
      this.#mustLive()
      if (performance.now() > limit) throw new Error(`The contender ${this.name} is never at rest`)
      const now = this.cpuMs()
      calm = now - before < REST_MS && this.#children() === '' ? calm + 1 : 0
      before = now
    }
  }

  async stop(): Promise<void> {
    if (this.#ended()) return
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()))
    this.child.kill('SIGTERM')
    await Promise.race([ended, wait(STOP_MS, undefined, { ref: false })])
    this.killAll()
    living.delete(this)
  }

  #mustLive(): void {
    if (!this.#ended()) return
    throw new Error(`The contender ${this.name} ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.#output}`)
  }

  #ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null
  }

  #note(chunk: Buffer): void {
    this.#output = `${this.#output}${chunk.toString('latin1', 0, KEPT_OUTPUT)}`.slice(-KEPT_OUTPUT)
  }

  #children(): string {
    return readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim()
  }

  async #listening(): Promise<void> {
    const end = performance.now() + START_MS
    for (;;) {
      this.#mustLive()
      this.port = Number(/ at http:\/\/[\w.]+:(\d+)\//.exec(this.#output)?.[1] ?? 0)
      if (this.port !== 0) {
        this.#since = performance.now()
        return
      }
      if (performance.now() > end) throw new Error(`The contender ${this.name} did not print its address:\n${this.#output}`)
      await wait(LOOK_MS)
    }
  }

  /** A group of its own: a check of the data file that runs beside the product ends with it. */
  killAll(): void {
    try {
      process.kill(-this.pid, 'SIGKILL')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** The environment of `npm start` in production with pages; a contender takes from it what it needs. */
function launch({ name, script = join(FOLDER, name, 'server.mjs'), graphUrl, dataDir, pin, nodeArgs = [] }: StartOrder): ChildProcess {
  const env = {
    PATH: process.env['PATH'] ?? '',
    MALLOC_MMAP_THRESHOLD_: '131072',
    NODE_ENV: 'production',
    PORT: '0',
    DATA_DIR: dataDir,
    GRAPH_API_URL: graphUrl,
    MESSENGER_PAGES: PAGE_IDS.map((page) => `${page}=token-of-${page}`).join(','),
    MESSENGER_APP_ID: '1234567890',
    MESSENGER_APP_SECRET: APP_SECRET,
    MESSENGER_VERIFY_TOKEN: 'verify-token-of-the-benchmark',
  }
  const [command = '', ...args]: string[] = [...pin, process.execPath, ...nodeArgs, script]
  return spawn(command, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** First number: time on the CPU in nanoseconds (Linux, scheduler/sched-stats). */
function onCpuNs(path: string): number {
  return Number(readFileSync(path, 'utf8').split(' ')[0])
}

/** utime and stime, fields 14 and 15 (proc(5)); the name before them may hold spaces. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}
