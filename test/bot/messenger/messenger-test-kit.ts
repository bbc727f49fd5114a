/** What the Messenger tests share: an invented app, a webhook with a recording door, and the cases in files. */
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Address, Keys, Log, Receive } from '../../../src/app/ports.js'
import { createBot } from '../../../src/bot/bot.js'
import { MessengerAdapter, type MessengerAdapterDeps } from '../../../src/bot/messenger/messenger-adapter.js'
import type { MessengerConfig } from '../../../src/bot/messenger/messenger-config.js'
import { createWebhook } from '../../../src/bot/messenger/webhook.js'
import type { Event } from '../../../src/core/types.js'
import { silentMetrics } from '../../silent-metrics.js'

const FIXTURES = 'test/fixtures/messenger'
export const APP = JSON.parse(readFileSync(`${FIXTURES}/index.json`, 'utf8')) as {
  secret: string
  verifyToken: string
  pages: string[]
  appId: string
}
export const PAGE = APP.pages[0] ?? ''
export const USER = '7412365890123456'
export const AT = 1_795_392_000_000

export const keys: Keys = { mac: (purpose, text) => createHmac('sha256', purpose).update(text).digest('base64url') }

export const config: MessengerConfig = {
  pages: new Map(APP.pages.map((page) => [page, `token-of-${page}`])),
  appId: APP.appId,
  appSecrets: [APP.secret],
  verifyToken: APP.verifyToken,
  humanAgent: false,
  graphApiUrl: 'http://127.0.0.1:9/v26.0',
}

/** Every case of a folder: name and content. */
export function cases<T>(folder: string): [string, T][] {
  return readdirSync(`${FIXTURES}/${folder}`).map((file) => [
    file.slice(0, -'.json'.length),
    JSON.parse(readFileSync(`${FIXTURES}/${folder}/${file}`, 'utf8')) as T,
  ])
}

export function sign(body: string | Buffer, secret = APP.secret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

export interface Line {
  readonly level: string
  readonly message: string
  readonly fields: Record<string, unknown>
}
export function recordingLog(): Log & { lines: Line[] } {
  const lines: Line[] = []
  const write =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      void lines.push({ level, message, fields })
  return { lines, info: write('info'), warn: write('warn'), error: write('error') }
}

export function newAdapter(deps: Partial<MessengerAdapterDeps> = {}): MessengerAdapter {
  const more = { ar: 'المزيد' } as Readonly<Record<string, string>>
  return new MessengerAdapter({
    config,
    keys,
    log: recordingLog(),
    now: () => AT,
    random: () => 0.5,
    monotonic: () => AT,
    metrics: silentMetrics,
    noteStop: () => undefined,
    sleep: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    bot: () => Promise.resolve(),
    moreTitle: (language) => more[language] ?? 'Flere',
    ...deps,
  })
}

export interface Door {
  readonly heard: { address: Address; event: Event }[]
  readonly echoes: [string, string][]
  readonly counted: string[]
  readonly log: ReturnType<typeof recordingLog>
  post(body: object | string, signature?: string): Promise<number>
}

/** A webhook whose door records, or does as `receive` says. */
export function openDoor(receive?: Receive, settings: Partial<MessengerConfig> = {}): Door {
  const heard: Door['heard'] = []
  const echoes: [string, string][] = []
  const counted: string[] = []
  const log = recordingLog()
  const record: Receive = async (address, event) => {
    const received = (await receive?.(address, event)) ?? 'committed'
    heard.push({ address, event })
    return received
  }
  const deps = {
    config: { ...config, ...settings },
    adapter: newAdapter({ bot: createBot(record, keys, () => AT), log }),
    languages: () => ['da', 'ar', 'ku', 'en'],
    noteEcho: async (messageId: string, platformId: string) => void echoes.push([messageId, platformId]),
    count: (what: string) => void counted.push(what),
    log,
  }
  const webhook = createWebhook(deps)
  return {
    heard,
    echoes,
    counted,
    log,
    async post(body, signature) {
      const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
      return (await webhook({ body: bytes, signature: signature ?? sign(bytes) })).status
    },
  }
}

/** A delivery of one item in `messaging`, from the usual person at the usual time unless the item says otherwise. */
export function delivery(item: object, list: 'messaging' | 'standby' = 'messaging'): object {
  const usual = { sender: { id: USER }, recipient: { id: PAGE }, timestamp: AT }
  return { object: 'page', entry: [{ id: PAGE, time: AT + 500, [list]: [{ ...usual, ...item }] }] }
}
