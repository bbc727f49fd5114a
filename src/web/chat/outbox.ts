/** What the resident sent and the server does not have yet: kept in the tab, sent in order, tried again with the same id. */
import { list, record } from './activity.js'
import type { Delivery, Send } from './conversation-state.js'
import type { PostResult } from './directline-client.js'

/** The part of `sessionStorage` that is used. */
export type TabStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface OutboxPorts {
  readonly store: TabStore
  post(send: Send): Promise<PostResult>
  delivery(clientId: string, delivery: Delivery): void
  /** A new session is needed before anything more can be sent; `pump` is called when it is there. */
  denied(): void
  after(ms: number, run: () => void): () => void
}

const KEY = 'opgang.outbox'
/** Waits between attempts, in ms; the last one is repeated. Our choice, as for the stream. */
const WAITS = [1000, 2000, 4000, 8000, 15_000] as const

export class Outbox {
  readonly #ports: OutboxPorts
  #waiting: readonly Send[]
  #pumping = false
  #failures = 0
  #callOff: () => void = () => undefined

  constructor(ports: OutboxPorts) {
    this.#ports = ports
    this.#waiting = readStored(ports.store)
  }

  /** Left over from before a reload, oldest first. */
  get waiting(): readonly Send[] {
    return this.#waiting
  }

  add(send: Send): void {
    this.#keep([...this.#waiting, send])
    void this.pump()
  }

  /** It came back on the stream: the server has it, whatever became of the receipt. */
  confirm(clientId: string): void {
    if (this.#waiting.some((send) => send.clientId === clientId)) this.#forget(clientId)
  }

  /** Sends what waits, now; one at a time, so that order holds. */
  async pump(): Promise<void> {
    this.#callOff()
    if (this.#pumping) return
    this.#pumping = true
    let goOn = true
    while (goOn) goOn = await this.#sendFirst()
    this.#pumping = false
  }

  /** Forgets everything: the resident leaves. */
  clear(): void {
    this.#callOff()
    this.#keep([])
  }

  async #sendFirst(): Promise<boolean> {
    const send = this.#waiting[0]
    if (send === undefined) return false
    this.#ports.delivery(send.clientId, this.#failures === 0 ? 'sending' : 'waiting')
    const result = await this.#ports.post(send)
    if (result === 'failed' || result === 'denied') return this.#postpone(result)
    this.#failures = 0
    this.#forget(send.clientId)
    this.#ports.delivery(send.clientId, result)
    return true
  }

  #postpone(result: 'failed' | 'denied'): false {
    for (const { clientId } of this.#waiting) this.#ports.delivery(clientId, 'waiting')
    const wait = WAITS[Math.min(this.#failures, WAITS.length - 1)] ?? 0
    this.#failures += 1
    if (result === 'denied') this.#ports.denied()
    else this.#callOff = this.#ports.after(wait, () => void this.pump())
    return false
  }

  #forget(clientId: string): void {
    this.#keep(this.#waiting.filter((send) => send.clientId !== clientId))
  }

  #keep(waiting: readonly Send[]): void {
    this.#waiting = waiting
    if (waiting.length === 0) this.#ports.store.removeItem(KEY)
    else this.#ports.store.setItem(KEY, JSON.stringify(waiting))
  }
}

function readStored(store: TabStore): Send[] {
  try {
    return list(JSON.parse(store.getItem(KEY) ?? '[]')).flatMap(readSend)
  } catch {
    return []
  }
}

function readSend(raw: unknown): Send[] {
  const { clientId, text, value, at } = record(raw) as Partial<Record<keyof Send, unknown>>
  if (typeof clientId !== 'string' || typeof text !== 'string' || typeof at !== 'number') return []
  return [{ clientId, text, at, ...(typeof value === 'string' ? { value } : {}) }]
}
