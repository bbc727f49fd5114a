/** A whole web chat on a free port: the real router, adapter and bot around an echo that commits to an array, with a clock that stands still. */
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import {
  type Commit,
  type Commits,
  conversationId,
  type Ids,
  type Keys,
  type Log,
  type Receive,
  type Time,
} from '../../../src/app/ports.js'
import { createBot } from '../../../src/bot/bot.js'
import { directLineRouter } from '../../../src/bot/directline/direct-line-router.js'
import type { WebConversations } from '../../../src/bot/directline/web-conversations.js'
import type { Effect, Event } from '../../../src/core/types.js'
import { StoreUnavailable } from '../../../src/store/collection.js'
import type { TurnDocument } from '../../../src/store/collections.js'

export const START = Date.UTC(2020, 2, 20, 12)

export const keys: Keys = { mac: (purpose, text) => createHmac('sha256', `secret of ${purpose}`).update(text).digest('base64url') }

/** Ids in order, as long as real ones. */
export function orderedIds(): Ids {
  let last = 0
  return {
    next() {
      last += 1
      return `id${String(last).padStart(20, '0')}`
    },
  }
}

class StillTime implements Time {
  readonly drill = false
  #now = START
  #sleepers: { due: number; wake: () => void }[] = []

  now = (): number => this.#now
  contentNow = (): number => this.#now
  monotonic = (): number => this.#now

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      this.#sleepers.push({ due: this.#now + ms, wake: resolve })
      signal?.addEventListener('abort', () => resolve())
    })

  advance(ms: number): void {
    this.#now += ms
    const due = this.#sleepers.filter((sleeper) => sleeper.due <= this.#now)
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.due > this.#now)
    for (const { wake } of due) wake()
  }
}

interface Opened {
  readonly id: string
  device: string
}

/** Turns and conversations in memory; `down` makes every call fail, `gate` holds the next reading of turns. */
class MemoryStore implements WebConversations, Commits {
  readonly turns: TurnDocument[] = []
  readonly opened: Opened[] = []
  down = false
  gate: Promise<void> = Promise.resolve()
  readonly #listeners = new Map<string, Set<(commit: Commit) => void>>()

  open = async (id: string, device: string): Promise<void> => {
    this.#check()
    if (!this.opened.some((known) => known.id === id)) this.opened.push({ id, device })
  }

  exists = async (id: string): Promise<boolean> => {
    this.#check()
    return this.opened.some((known) => known.id === id)
  }

  byDevice = async (device: string): Promise<string | undefined> => {
    this.#check()
    return this.opened.findLast((known) => known.device === device)?.id
  }

  unlink = async (device: string): Promise<void> => {
    this.#check()
    for (const known of this.opened) if (known.device === device) known.device = ''
  }

  turnsAfter = async (id: string, seq: number, limit: number): Promise<TurnDocument[]> => {
    this.#check()
    const found = this.of(id).filter((turn) => turn.seq > seq)
    await this.gate
    return found.slice(0, limit)
  }

  subscribe = (conversation: string, listener: (commit: Commit) => void): (() => void) => {
    const listeners = this.#listeners.get(conversation) ?? new Set()
    this.#listeners.set(conversation, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  of(id: string): TurnDocument[] {
    return this.turns.filter((turn) => turn.conversation === conversationId({ channel: 'web', account: '', user: id }))
  }

  /** The echo's turn on an event; `told` false is a commit that live streams do not hear of. */
  commit(conversation: string, event: Event, told = true): void {
    const seq = this.turns.filter((turn) => turn.conversation === conversation).length + 1
    const turn = echoTurn(conversation, seq, event)
    this.turns.push(turn)
    if (told) this.tell(turn)
  }

  tell(turn: TurnDocument): void {
    for (const listener of this.#listeners.get(turn.conversation) ?? []) listener({ seq: turn.seq, turn })
  }

  receive: Receive = async (address, event) => {
    this.#check()
    const conversation = conversationId(address)
    if (this.turns.some((turn) => turn.key === event.id)) return 'duplicate'
    this.commit(conversation, event)
    return 'committed'
  }

  #check(): void {
    if (this.down) throw new StoreUnavailable('unplugged for a test')
  }
}

export function echoTurn(conversation: string, seq: number, event: Event): TurnDocument {
  return {
    _id: `turn${seq}`,
    version: 1,
    conversation,
    seq,
    key: event.id,
    contact: 'contact',
    at: event.at,
    event,
    session: { language: { code: 'da', chosen: false }, area: 'gellerup', answers: {}, told: {} },
    effects: reply(event),
    library: 'revision',
    settle: { by: '', state: 'done', sent: {} },
    kept: true,
    erased: false,
  }
}

function reply(event: Event): Effect[] {
  const say = (text: string): Effect => ({ type: 'message', message: { text, language: 'da' } })
  if (event.type === 'start') {
    const quickReplies = [{ title: 'Menu', action: { do: 'command', command: 'menu' } }] as const
    return [{ type: 'message', message: { text: 'Velkommen', language: 'da', quickReplies } }]
  }
  if (event.type === 'tap') return [say(`valgt: ${event.action?.do ?? 'intet'}`)]
  if (event.type === 'message') return [say(`ekko: ${event.text}`), { type: 'contact', change: {} }, say('mere?')]
  return []
}

export interface WebChat {
  readonly origin: string
  readonly store: MemoryStore
  readonly time: StillTime
  readonly logged: unknown[][]
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  close(): Promise<void>
}
interface CallOptions {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}
export interface Answer {
  readonly status: number
  // Bodies differ by route; each test says what it expects in them.
  readonly body: Record<string, never>
  readonly headers: Headers
}

export interface WebChatOptions {
  readonly publicUrl?: string
  readonly allowedOrigins?: readonly string[]
}

export async function startWebChat(options: WebChatOptions = {}): Promise<WebChat> {
  const [store, time, logged] = [new MemoryStore(), new StillTime(), [] as unknown[][]]
  const line = (...words: unknown[]): void => void logged.push(words)
  const log: Log = { info: line, warn: line, error: line }
  const directLine = directLineRouter({
    bot: createBot(store.receive, keys, time.now),
    conversations: store,
    commits: store,
    keys,
    ids: orderedIds(),
    time,
    log,
    areaName: (area) => (area === 'gellerup' ? 'Gellerup' : 'Opgang'),
    ...options,
  })
  const server = createServer(express().use(directLine.router))
  server.on('upgrade', (request, socket, head) => {
    if (!directLine.handleUpgrade(request, socket, head)) socket.destroy()
  })
  const origin = await listen(server)
  return {
    origin,
    store,
    time,
    logged,
    call: (method, path, asked) => call(`${origin}${path}`, method, asked),
    async close() {
      directLine.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

async function call(url: string, method: string, { token, body, headers = {} }: CallOptions = {}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : {} }
}
