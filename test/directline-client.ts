/** A real Direct Line client (botframework-directlinejs, the one inside Bot Framework Web Chat) for tests: what arrives can be awaited. */
import { createRequire } from 'node:module'
import { type Activity, ConnectionStatus, DirectLine } from 'botframework-directlinejs'
import { WebSocket } from 'ws'

export interface ClientOptions {
  /** `<origin>/directline` */
  readonly domain: string
  /** False polls, five times a second. */
  readonly webSocket: boolean
  readonly token?: string
  readonly conversationId?: string
  readonly watermark?: string
  readonly streamUrl?: string
}

export interface DirectLineClient {
  /** Everything received so far, in order. */
  readonly received: readonly Activity[]
  /** Resolves once `count` activities have been received in all. */
  count(count: number): Promise<readonly Activity[]>
  /** Resolves with the id the server gave. */
  post(activity: Record<string, unknown>): Promise<string>
  /** Resolves when the client's connection has this state. */
  status(wanted: ConnectionStatus): Promise<void>
  conversationId(): string
  watermark(): string
  end(): void
}

interface Internals {
  readonly conversationId: string
  readonly watermark: string
}

/** The fastest the client polls, in milliseconds. */
const POLLING = 200

export function connectClient(options: ClientOptions): DirectLineClient {
  Object.assign(globalThis, { WebSocket, XMLHttpRequest: createRequire(import.meta.url)('xhr2').XMLHttpRequest })
  const directLine = new DirectLine({ ...options, pollingInterval: POLLING })
  const received: Activity[] = []
  const waiting = new Set<() => void>()
  const subscription = directLine.activity$.subscribe({
    next(activity) {
      received.push(activity)
      for (const look of waiting) look()
    },
    // Ending a conversation is an error to this client; its status tells the rest.
    error: () => waiting.clear(),
  })
  const internals = directLine as unknown as Internals
  return {
    received,
    count: (count) => until(waiting, () => received.length >= count).then(() => received),
    post: (activity) => directLine.postActivity({ from: { id: 'me' }, ...activity } as Activity).toPromise(),
    status: (wanted) =>
      directLine.connectionStatus$
        .filter((status) => status === wanted)
        .take(1)
        .toPromise()
        .then(() => undefined),
    conversationId: () => internals.conversationId,
    watermark: () => internals.watermark,
    end() {
      subscription.unsubscribe()
      directLine.end()
    },
  }
}

function until(waiting: Set<() => void>, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return
      waiting.delete(look)
      resolve()
    }
    waiting.add(look)
    look()
  })
}

export { ConnectionStatus }
