/** Who listens to which conversation, and what tells them that a turn was committed: here at once, elsewhere within a second. */
import type { Instant } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { TurnDocument } from '../store/collections.js'
import type { Commit, Commits } from './ports.js'

/**
 * How far back a look for turns of other instances goes, in milliseconds: above any difference of clocks between servers that keep
 * time, and above the time from an event's receipt to its commit (4 s).
 */
const LOOK_BACK_MS = 30_000

export interface CommitBook extends Commits {
  /** Tells this instance's listeners. */
  publish(turn: TurnDocument): void
  /** Tells of turns that other instances committed: one query for all who listen, none when nobody does. Throws `StoreUnavailable`. */
  follow(turns: Collection<TurnDocument>, now: Instant): Promise<void>
}

export function createCommits(): CommitBook {
  const listeners = new Map<string, Set<(commit: Commit) => void>>()
  const tell = (conversation: string, commit: Commit) => {
    for (const listener of listeners.get(conversation) ?? []) listener(commit)
  }
  return {
    publish: (turn) => tell(turn.conversation, { seq: turn.seq, turn }),
    subscribe(conversation, listener) {
      const set = listeners.get(conversation) ?? new Set()
      listeners.set(conversation, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(conversation)
      }
    },
    async follow(turns, now) {
      if (listeners.size === 0) return
      const where = { conversation: { in: [...listeners.keys()] }, at: { from: now - LOOK_BACK_MS } }
      for (const { by } of await turns.count(where, ['conversation', 'seq'])) tell(String(by[0]), { seq: Number(by[1]) })
    },
  }
}
