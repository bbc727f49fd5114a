/** Who listens to what changes, and what tells them: writes of this process at once, those of others as they are found. */
import type { PresenceDocument } from '../../store/staff-documents.js'
import { type Noted, noteOfPresence } from './live-notes.js'

/** Changes that are remembered as told: more than there are in the time that a look for others' changes goes back. */
const TOLD_MAX = 5000

/** Must not throw, and must not wait. */
export interface Listener {
  changed(noted: Noted): void
  /** These logins are over: ids of {@link LoginDocument}. */
  left(logins: ReadonlySet<string>): void
  /** The program stops. */
  ended(): void
}

export interface Live {
  /** False: nobody wants to know, and nothing need be looked for. */
  listening(): boolean
  /** Called with `ended` at once when the program stops already; what it gives back ends it. */
  listen(listener: Listener): () => void
  /** Tells of a change; of the same thing with the same `stamp` once. */
  tell(noted: Noted, stamp?: number): void
  left(logins: readonly string[]): void
  /** Somebody has a request open, from now or still. */
  present(presence: PresenceDocument): void
  /** … and no more: by the id of the presence. */
  absent(id: string): void
  /** Who has what open, as far as is known here. */
  presences(): readonly PresenceDocument[]
  /** Ends all who listen. */
  close(): void
}

export function createLive(): Live {
  const listeners = new Set<Listener>()
  const told = new Map<string, number>()
  const present = new Map<string, PresenceDocument>()
  let closed = false
  const tell = (noted: Noted, stamp?: number) => {
    if (listeners.size === 0 || (stamp !== undefined && !isNews(told, noted, stamp))) return
    for (const listener of listeners) listener.changed(noted)
  }
  return {
    tell,
    listening: () => listeners.size > 0,
    listen(listener) {
      if (closed) listener.ended()
      else listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    left(logins) {
      const gone = new Set(logins)
      for (const listener of [...listeners]) listener.left(gone)
    },
    present(presence) {
      const known = present.has(presence._id)
      present.set(presence._id, presence)
      if (!known) tell(noteOfPresence(presence))
    },
    absent(id) {
      const known = present.get(id)
      if (known === undefined) return
      present.delete(id)
      tell(noteOfPresence(known))
    },
    presences: () => [...present.values()],
    close() {
      closed = true
      for (const listener of [...listeners]) listener.ended()
      listeners.clear()
    },
  }
}

function isNews(told: Map<string, number>, { change: { what, id } }: Noted, stamp: number): boolean {
  const key = `${what}:${id}`
  if (told.get(key) === stamp) return false
  told.delete(key)
  told.set(key, stamp)
  const oldest = told.size > TOLD_MAX ? told.keys().next().value : undefined
  if (oldest !== undefined) told.delete(oldest)
  return true
}
