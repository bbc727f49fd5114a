/**
 * Stopped pages, as all instances know them: who learns of a stop writes it down, the others read the few documents once a second.
 * No clocks are compared: what is stored is how long a page rests.
 */
import type { Collection } from '../store/collection.js'
import type { PageDocument } from '../store/collections.js'
import type { Log } from './ports.js'

/** Pages of one installation; far above any. */
const PAGES_MAX = 500

/** A page that nothing stops. */
const NONE = JSON.stringify({ blocked: false, reason: '', rest: 0 })

export type PageStop = Pick<PageDocument, 'blocked' | 'reason' | 'rest'>

export interface PageStops {
  /** This instance learnt that a page stopped, or may go on. Returns at once. */
  note(page: string, stop: PageStop): void
  /**
   * Tells what other instances wrote since the last time; the first time only who is blocked, because a start asks Meta again about
   * everything else. Throws `StoreUnavailable`.
   */
  follow(learn: (page: string, stop: PageStop) => void): Promise<void>
}

export function createPageStops(pages: Collection<PageDocument>, log: Log): PageStops {
  /** The version of each page that was told here, or written. */
  const known = new Map<string, number>()
  const noted = new Map<string, string>()
  let first = true
  let writing: Promise<unknown> = Promise.resolve()
  const write = async (page: string, stop: PageStop): Promise<void> => {
    for (;;) {
      const stored = await pages.get(page)
      const next = { _id: page, version: stored?.version ?? 1, ...stop }
      const outcome = stored === undefined ? await pages.insert(next) : await pages.replace(next)
      if (outcome !== 'ok') continue
      known.set(page, stored === undefined ? 1 : stored.version + 1)
      return
    }
  }
  return {
    note(page, stop) {
      const text = JSON.stringify(stop)
      if ((noted.get(page) ?? NONE) === text) return
      noted.set(page, text)
      writing = writing
        .then(() => write(page, stop))
        .catch((error: unknown) =>
          log.warn('that a page stopped or goes on could not be written down for other instances', { page, error }),
        )
    },
    async follow(learn) {
      for (const { _id, version, blocked, reason, rest } of await pages.find({}, { sort: ['_id'], limit: PAGES_MAX })) {
        if (known.get(_id) === version) continue
        known.set(_id, version)
        learn(_id, first ? { blocked, reason: '', rest: 0 } : { blocked, reason, rest })
        noted.set(_id, JSON.stringify({ blocked, reason, rest }))
      }
      first = false
    },
  }
}
