/** The built product as its user starts it: a process of its own, on a port and in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { ROOT } from '../library.js'

export interface Product {
  readonly url: string
  readonly output: string[]
  readonly pid: number
  /** False once the process has ended, for whatever reason. */
  running(): boolean
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

export type Environment = Readonly<Record<string, string>>

/**
 * Resolves when the product has printed its address; rejects with what it said when it ends before. It is killed (SIGKILL) as soon as
 * `signal` is aborted, also while it starts.
 */
export async function startProduct(dir: string, environment: Environment = {}, root = ROOT, signal?: AbortSignal): Promise<Product> {
  const child = launch(root, ['dist/main.js'], { PORT: '0', DATA_DIR: dir, ...environment })
  const cut = () => child.kill('SIGKILL')
  if (signal?.aborted) cut()
  signal?.addEventListener('abort', cut)
  child.once('exit', () => signal?.removeEventListener('abort', cut))
  const output: string[] = []
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        output.push(line)
        const address = /^Opgang is open at (\S+)\/$/.exec(line)?.[1]
        if (address !== undefined) resolve(address)
      })
    }
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${output.join('\n')}`)))
  })
  const running = () => child.exitCode === null && child.signalCode === null
  const end = async (signal: NodeJS.Signals) => {
    if (!running()) return child.exitCode
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number | null]
    return code
  }
  return { url, output, pid: child.pid ?? 0, running, kill: () => end('SIGKILL').then(() => undefined), stop: () => end('SIGTERM') }
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command of the built product to its end. */
export async function runCommand(command: string, args: readonly string[], environment: Environment, root = ROOT): Promise<Ended> {
  const child = launch(root, [`dist/${command}.js`, ...args], environment)
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** Only what the environment names: settings of whoever runs the tests do not count. */
function launch(root: string, args: readonly string[], environment: Environment): ChildProcess {
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...environment }
  return spawn(process.execPath, [...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Looks until `condition` holds; gives up after `ms`, so that a failure is an answer and not a hang. */
export async function eventually(condition: () => boolean | Promise<boolean>, ms = 40_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not so after ${ms} ms: ${condition.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Below the ports that systems give away by themselves (RFC 6335; Linux from 32768): nobody gets one meanwhile who asks for any. */
const PORTS = [20_000, 32_000] as const

/** For a product whose address must be known before it starts, or be the same after a crash; and for an address where nobody listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (isFree) await new Promise((resolve) => server.close(resolve))
    if (isFree) return port
  }
}
