/** A collection whose writes are told to whoever wants to know, after they are done. */
import type { Instant } from '../core/types.js'
import type { Changing, Collection } from './collection.js'

export interface Watch<T extends Changing> {
  /** Inserted or replaced, as it is stored now; and as it was, where that was asked for. Must not throw. */
  wrote(document: T, before?: T): void
  /** Removed. Must not throw. */
  gone(document: T): void
  /** Whether what is removed is to be told: it is read before, so that it is known what it was. */
  readonly tellsGone: () => boolean
  /** Whether what is replaced is read before. */
  readonly tellsBefore?: () => boolean
  /** Of a store that others write to as well: when it changes is written into what this is true for, so that they find it. */
  readonly stamps?: { readonly now: () => Instant; readonly what: (document: T) => boolean }
}

/** `changedAt` goes with the write that is done in any case. */
export function watched<T extends Changing>(inner: Collection<T>, watch: Watch<T>): Collection<T> {
  let last = 0
  const stamped = (document: T): T => {
    if (watch.stamps?.what(document) !== true) return document
    // Never twice the same: a change within the same millisecond is told as well.
    last = Math.max(watch.stamps.now(), last + 1)
    return { ...document, changedAt: last }
  }
  return {
    get: (id, within) => inner.get(id, within),
    find: (where, page, within) => inner.find(where, page, within),
    count: (where, by) => inner.count(where, by),
    async insert(document, within) {
      const written = stamped(document)
      const outcome = await inner.insert(written, within)
      if (outcome === 'ok') watch.wrote(written)
      return outcome
    },
    async replace(document, within) {
      const before = watch.tellsBefore?.() === true ? await inner.get(document._id, within) : undefined
      const written = stamped(document)
      const outcome = await inner.replace(written, within)
      if (outcome === 'ok') watch.wrote({ ...written, version: written.version + 1 }, before)
      return outcome
    },
    async remove(where, limit) {
      const going = watch.tellsGone() ? await inner.find(where, { sort: ['_id'], limit }) : []
      const removed = await inner.remove(where, limit)
      if (removed > 0) for (const document of going) watch.gone(document)
      return removed
    },
  }
}
