/**
 * Documents of late, kept in memory: for a store that one process alone writes, so that nothing in it changes behind our back. What is
 * not kept is read; every write goes through here. Documents are never changed in place, so they are handed out as they are.
 */
import type { Collection, Store, Stored } from './collection.js'
import { COLLECTIONS, type TurnDocument } from './collections.js'

/** Documents of each collection that are kept, at most about 8 KB each: as many people as write in a busy hour. */
const KEPT_MAX = 2000

/** What every message asks for. */
const KEPT: readonly string[] = [COLLECTIONS.turns.name, COLLECTIONS.conversations.name, COLLECTIONS.contacts.name]

/** The store with its recent documents at hand; one that is shared is left as it is. */
export function keepRecent(store: Store): Store {
  if (store.shared) return store
  return {
    shared: store.shared,
    collection<T extends Stored>(declaration: Parameters<Store['collection']>[0]): Collection<T> {
      const inner = store.collection<T>(declaration)
      if (!KEPT.includes(declaration.name)) return inner
      if (declaration.name !== COLLECTIONS.turns.name) return keepById(inner)
      return keepNewest(inner as unknown as Collection<TurnDocument>) as unknown as Collection<T>
    },
    health: () => store.health(),
    probe: () => store.probe(),
    scrub: () => store.scrub(),
    close: () => store.close(),
  }
}

/** What was written longest ago goes first. */
class Kept<T> {
  readonly #map = new Map<string, T>()

  get(id: string): T | undefined {
    return this.#map.get(id)
  }

  set(id: string, value: T): void {
    this.#map.delete(id)
    this.#map.set(id, value)
    const oldest = this.#map.size > KEPT_MAX ? this.#map.keys().next().value : undefined
    if (oldest !== undefined) this.#map.delete(oldest)
  }

  delete(id: string): void {
    this.#map.delete(id)
  }

  clear(): void {
    this.#map.clear()
  }
}

/** A write under way makes what is kept uncertain until it is over. */
export function keepById<T extends Stored>(inner: Collection<T>): Collection<T> {
  const kept = new Kept<T>()
  return {
    async get(id) {
      const known = kept.get(id)
      if (known !== undefined) return known
      return inner.get(id)
    },
    async insert(doc) {
      const outcome = await inner.insert(doc)
      if (outcome === 'ok') kept.set(doc._id, doc)
      return outcome
    },
    async replace(doc) {
      kept.delete(doc._id)
      const outcome = await inner.replace(doc)
      if (outcome === 'ok') kept.set(doc._id, { ...doc, version: doc.version + 1 })
      return outcome
    },
    async remove(where, limit) {
      kept.clear()
      return inner.remove(where, limit).finally(() => kept.clear())
    },
    find: (where, page) => inner.find(where, page),
    count: (where, by) => inner.count(where, by),
  }
}

/** Keeps the newest turn of a conversation, which the next message is decided from. Whoever inserts numbers a turn as the newest and one. */
export function keepNewest(inner: Collection<TurnDocument>): Collection<TurnDocument> {
  const kept = new Kept<TurnDocument>()
  const isNewestOf = (where: object, { sort, descending, limit, after }: Parameters<typeof inner.find>[1]) =>
    Object.keys(where).length === 1 && limit === 1 && descending === true && after === undefined && sort.length === 1 && sort[0] === 'seq'
  return {
    async find(where, page) {
      const { conversation } = where
      if (typeof conversation !== 'string' || !isNewestOf(where, page)) return inner.find(where, page)
      const known = kept.get(conversation)
      return known === undefined ? inner.find(where, page) : [known]
    },
    async insert(doc) {
      const outcome = await inner.insert(doc)
      // Refused: somebody else was faster with this number, or the event came before; the store knows.
      if (outcome !== 'ok') kept.delete(doc.conversation)
      else if ((kept.get(doc.conversation)?.seq ?? 0) < doc.seq) kept.set(doc.conversation, doc)
      return outcome
    },
    async replace(doc) {
      const wasNewest = kept.get(doc.conversation)?._id === doc._id
      if (wasNewest) kept.delete(doc.conversation)
      const outcome = await inner.replace(doc)
      const now = kept.get(doc.conversation)
      const isNewest = now === undefined ? wasNewest : now._id === doc._id && now.version <= doc.version
      if (outcome === 'ok' && isNewest) kept.set(doc.conversation, { ...doc, version: doc.version + 1 })
      return outcome
    },
    async remove(where, limit) {
      kept.clear()
      return inner.remove(where, limit).finally(() => kept.clear())
    },
    get: (id) => inner.get(id),
    count: (where, by) => inner.count(where, by),
  }
}
