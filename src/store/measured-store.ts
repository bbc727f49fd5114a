/** A store whose calls are timed. */
import type { Metrics } from '../app/ports.js'
import type { Collection, CollectionDeclaration, Store, Stored } from './collection.js'

/** Measures each call of each collection of `store`; `now` is a clock in milliseconds that is never set back. */
export function observeStore(store: Store, metrics: Pick<Metrics, 'store'>, now: () => number): Store {
  return {
    shared: store.shared,
    collection<T extends Stored>(declaration: CollectionDeclaration) {
      return observed(store.collection<T>(declaration), timer(declaration.name, metrics, now))
    },
    health: () => store.health(),
    probe: () => store.probe(),
    scrub: () => store.scrub(),
    close: () => store.close(),
  }
}

type Timer = <R>(operation: keyof Collection<Stored>, call: Promise<R>, began: number) => Promise<R>

function timer(collection: string, metrics: Pick<Metrics, 'store'>, now: () => number): { now: () => number; timed: Timer } {
  return {
    now,
    async timed(operation, call, began) {
      let failed = true
      try {
        const result = await call
        failed = false
        return result
      } finally {
        metrics.store({ collection, operation, failed, ms: now() - began })
      }
    },
  }
}

function observed<T extends Stored>(inner: Collection<T>, { now, timed }: ReturnType<typeof timer>): Collection<T> {
  // The clock is read before the call: the embedded store does its work before it hands back a promise.
  const measured =
    <Args extends unknown[], R>(operation: keyof Collection<Stored>, call: (...args: Args) => Promise<R>) =>
    (...args: Args) => {
      const began = now()
      return timed(operation, call(...args), began)
    }
  return {
    insert: measured('insert', (doc, within) => inner.insert(doc, within)),
    get: measured('get', (id, within) => inner.get(id, within)),
    find: measured('find', (where, page, within) => inner.find(where, page, within)),
    replace: measured('replace', (doc, within) => inner.replace(doc, within)),
    remove: measured('remove', (where, limit) => inner.remove(where, limit)),
    count: measured('count', (where, by) => inner.count(where, by)),
  }
}
