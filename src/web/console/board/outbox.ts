/** Acts on their way to the server. What can be undone waits here first, what could not be sent stays, and an act that is sent twice has one effect. */
import type { RequestAct, RequestView } from '../../../core/board-types.js'
import type { KeptStore } from '../../shared/browser-store.js'
import { Refusal } from '../api.js'

/** Seconds in which closing can be undone. */
export const UNDO_SECONDS = 8

/** An act as the server gets it. */
export interface ActOrder {
  /** Made by the page: the server carries out an id once. */
  readonly id: string
  /** Id of the request, and its number for people. */
  readonly request: string
  readonly receipt: string
  readonly seen: string
  readonly act: RequestAct
}

/** `waits`: can be undone. `failed`: no answer came; it can be sent again. */
export interface OutboxEntry {
  readonly order: ActOrder
  readonly state: 'waits' | 'sending' | 'failed'
}

/** What came of the newest act. */
export interface ActOutcome {
  readonly order: ActOrder
  /** Absent: it was done. */
  readonly refused?: Refusal
}

export interface OutboxDeps {
  /** Refuses with {@link Refusal}. */
  readonly send: (order: ActOrder) => Promise<RequestView>
  /** Calls `then` after so many seconds; returns the way to stop it. */
  readonly later: (seconds: number, then: () => void) => () => void
  readonly store: KeptStore
  /** Where in `store`. */
  readonly key: string
  readonly done: (view: RequestView, order: ActOrder) => void
  readonly refused: (order: ActOrder, refusal: Refusal) => void
}

export interface OutboxState {
  readonly entries: readonly OutboxEntry[]
  readonly outcome?: ActOutcome
}

/** No answer came, or the server could not take it: sending it again can help. */
const PASSING: ReadonlySet<string> = new Set(['offline', 'unavailable', 'failed', 'too-many'])

export class Outbox {
  #state: OutboxState
  readonly #deps: OutboxDeps
  readonly #stops = new Map<string, () => void>()
  readonly #listeners = new Set<() => void>()
  readonly #sending = new Set<Promise<void>>()

  constructor(deps: OutboxDeps) {
    this.#deps = deps
    // Whatever was on its way when the page went: nobody knows whether it arrived.
    this.#state = { entries: readOrders(deps).map((order) => ({ order, state: 'failed' })) }
  }

  /** The same object until something changes. */
  readonly state = (): OutboxState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Closing waits for a change of mind; all else is sent at once. A new try of the same kind replaces one that failed. */
  add(order: ActOrder): void {
    const waits = order.act.do === 'close'
    const others = this.#state.entries.filter(({ order: { request, act }, state }) => {
      return !(state === 'failed' && request === order.request && act.do === order.act.do)
    })
    this.#change({ entries: [...others, { order, state: waits ? 'waits' : 'sending' }] })
    if (waits)
      this.#stops.set(
        order.id,
        this.#deps.later(UNDO_SECONDS, () => this.send(order.id)),
      )
    else this.send(order.id)
  }

  /** Takes back what waits, and gives up what failed. */
  drop(id: string): void {
    this.#stop(id)
    this.#change({ ...this.#state, entries: this.#state.entries.filter(({ order }) => order.id !== id) })
  }

  /** Sends one now: because its time has come, or once more. */
  send(id: string): void {
    this.#stop(id)
    const order = this.#state.entries.find((entry) => entry.order.id === id)?.order
    if (order === undefined) return
    this.#mark(id, 'sending')
    const sending = this.#deps.send(order).then(
      (view) => {
        this.#end(order, undefined)
        this.#deps.done(view, order)
      },
      (error: unknown) => this.#failed(order, error instanceof Refusal ? error : new Refusal('offline')),
    )
    this.#sending.add(sending)
    void sending.finally(() => this.#sending.delete(sending))
  }

  /** The page is left: nothing waits any longer. Resolves when what is on its way has its answer, or none. */
  async flush(): Promise<void> {
    for (const { order, state } of this.#state.entries) if (state === 'waits') this.send(order.id)
    await Promise.all(this.#sending)
  }

  /** What came of the newest act has been read. */
  forget(): void {
    if (this.#state.outcome !== undefined) this.#change({ entries: this.#state.entries })
  }

  #failed(order: ActOrder, refusal: Refusal): void {
    if (PASSING.has(refusal.code)) this.#mark(order.id, 'failed')
    else this.#end(order, refusal)
    this.#deps.refused(order, refusal)
  }

  #end(order: ActOrder, refused: Refusal | undefined): void {
    const entries = this.#state.entries.filter((entry) => entry.order.id !== order.id)
    this.#change({ entries, outcome: refused === undefined ? { order } : { order, refused } })
  }

  #mark(id: string, state: OutboxEntry['state']): void {
    const entries = this.#state.entries.map((entry) => (entry.order.id === id ? { ...entry, state } : entry))
    this.#change({ ...this.#state, entries })
  }

  #stop(id: string): void {
    this.#stops.get(id)?.()
    this.#stops.delete(id)
  }

  #change(state: OutboxState): void {
    this.#state = state
    const { store, key } = this.#deps
    if (state.entries.length === 0) store.removeItem(key)
    else store.setItem(key, JSON.stringify(state.entries.map(({ order }) => order)))
    for (const listener of this.#listeners) listener()
  }
}

function readOrders({ store, key }: OutboxDeps): readonly ActOrder[] {
  try {
    // Only this page writes there.
    return JSON.parse(store.getItem(key) ?? '[]') as readonly ActOrder[]
  } catch {
    // Torn, as when the tab was killed while it wrote: there is nothing that could be sent again.
    return []
  }
}
