/** Echoes that settling waits for: a message of ours that the platform showed us has arrived. */
import type { Time } from './ports.js'

export interface EchoBook {
  note(messageId: string, platformId: string): void
  /** The platform's id of a message whose echo came. */
  seen(messageId: string): string | undefined
  /** Resolves when every echo came, or the wait is over. */
  all(messageIds: readonly string[]): Promise<void>
}

/** Echoes remembered at most; more than any queue that waits for them. */
const REMEMBERED = 10_000

export function echoBook(time: Time, waitMs: number): EchoBook {
  const seen = new Map<string, string>()
  const waiting = new Set<() => void>()
  return {
    note(messageId, platformId) {
      seen.set(messageId, platformId)
      const oldest = seen.size > REMEMBERED ? seen.keys().next().value : undefined
      if (oldest !== undefined) seen.delete(oldest)
      for (const look of waiting) look()
    },
    seen: (messageId) => seen.get(messageId),
    async all(messageIds) {
      const done = new AbortController()
      const look = () => messageIds.every((id) => seen.has(id)) && done.abort()
      waiting.add(look)
      look()
      await time.sleep(waitMs, done.signal)
      waiting.delete(look)
    },
  }
}
