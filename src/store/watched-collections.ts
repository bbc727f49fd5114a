/** The collections that staff look at, watched: each write is told to the streams of the console. */
import type { Live } from '../app/board/live.js'
import { type Noted, noteOfAlarm, noteOfContact, noteOfNetwork, noteOfPlace, noteOfRequest, noteOfStaff } from '../app/board/live-notes.js'
import type { Instant } from '../core/types.js'
import type { Collection, Stored } from './collection.js'
import type { Collections } from './collections.js'
import { watched } from './watched-collection.js'

/** `shared`: the clock, where other instances write to the store as well and must find what changed here. */
export function watchCollections(all: Collections, live: Live, shared?: () => Instant): Collections {
  const { listening } = live
  type Watched = Stored & { readonly changedAt?: Instant }
  /** Found by others by when it changed. */
  const stamped = <T extends Watched>(inner: Collection<T>, noteOf: (document: T) => Noted | undefined): Collection<T> =>
    watched(inner, {
      ...tellingBy(live, noteOf, ({ changedAt }) => changedAt),
      tellsGone: listening,
      ...(shared === undefined ? {} : { stamps: { now: shared, what: (document) => noteOf(document) !== undefined } }),
    })
  /** Found by others by its version. */
  const plain = <T extends Stored>(inner: Collection<T>, noteOf: (document: T) => Noted): Collection<T> =>
    watched(inner, { ...tellingBy(live, noteOf, ({ version }) => version), tellsGone: listening })
  return {
    ...all,
    handoffs: stamped(all.handoffs, noteOfRequest),
    alarms: stamped(all.alarms, noteOfAlarm),
    contacts: stamped(all.contacts, noteOfContact),
    places: plain(all.places, noteOfPlace),
    networks: plain(all.networks, noteOfNetwork),
    staff: plain(all.staff, noteOfStaff),
    presences: watched(all.presences, { wrote: live.present, gone: ({ _id }) => live.absent(_id), tellsGone: () => true }),
    logins: watched(all.logins, { wrote: () => undefined, gone: ({ _id }) => live.left([_id]), tellsGone: listening }),
  }
}

/** What is gone has no stamp. */
function tellingBy<T extends Stored>(
  live: Live,
  noteOf: (document: T) => Noted | undefined,
  stampOf: (document: T) => number | undefined,
): { wrote(document: T): void; gone(document: T): void } {
  const tell = (document: T, stamp: number | undefined) => {
    const noted = noteOf(document)
    if (noted !== undefined) live.tell(noted, stamp)
  }
  return { wrote: (document) => tell(document, stampOf(document)), gone: (document) => tell(document, 0) }
}
