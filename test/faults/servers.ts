/** The instances of the product: each lives, is killed, and is started again. */
import { type Environment, type Product, startProduct } from '../e2e/product.js'
import { pause } from './delivery.js'

export interface ServersOptions {
  readonly root: string
  /** Folder of an instance's own data. */
  readonly data: (instance: number) => string
  readonly instances: number
  readonly environment: Environment
  readonly now: () => number
  /** Kills everything at once. */
  readonly signal: AbortSignal
}

export interface Servers {
  /** Addresses of the instances that live now. */
  living(): string[]
  /** When instances were killed. */
  readonly kills: readonly number[]
  /** Starts an instance and kills it (SIGKILL) `ms` after that, open or not. Throws when it ended by itself. */
  liveAndDie(instance: number, ms: number): Promise<void>
  /** Starts an instance that stays. */
  live(instance: number): Promise<void>
  /** Asks those that live to stop (SIGTERM). Throws when one ends with an error. */
  stop(): Promise<void>
  /** Resolves when no process of ours is left; for after `signal` was aborted. */
  gone(): Promise<void>
}

export function openServers(options: ServersOptions): Servers {
  const { root, data, environment, now, signal } = options
  const living = new Map<number, Product>()
  const kills: number[] = []

  const started = new Set<Promise<Product>>()

  const start = async (instance: number, cut: AbortSignal): Promise<Product> => {
    const starting = startProduct(data(instance), environment, root, AbortSignal.any([cut, signal]))
    started.add(starting)
    const product = await starting
    if (!cut.aborted) living.set(instance, product)
    return product
  }
  return {
    living: () => [...living.values()].map(({ url }) => url),
    kills,
    async liveAndDie(instance, ms) {
      const cut = new AbortController()
      const starting = start(instance, cut.signal).catch((error: unknown) => {
        if (!cut.signal.aborted && !signal.aborted) throw error
      })
      // What fails before it is killed is told at once.
      const failing = starting.then(() => new Promise<never>(() => undefined))
      await Promise.race([pause(ms, signal), failing])
      assertRunning(living.get(instance))
      cut.abort()
      living.delete(instance)
      const product = await starting
      await product?.kill()
      kills.push(now())
    },
    async live(instance) {
      await start(instance, signal)
    },
    async gone() {
      await Promise.allSettled([...started].map((starting) => starting.then((product) => product.kill())))
    },
    async stop() {
      const codes = await Promise.all([...living.values()].map((product) => product.stop()))
      living.clear()
      if (codes.some((code) => code !== 0)) throw new Error(`The product did not stop as asked: it ended with ${codes.join(', ')}`)
    },
  }
}

function assertRunning(product: Product | undefined): void {
  if (product === undefined || product.running()) return
  throw new Error(`The product ended by itself:\n${product.output.slice(-20).join('\n')}`)
}
