/** The collections that staff look at, watched: each write is told to the streams of the console. */
import type { Live } from '../app/board/live.js'
import {
  moved,
  type Noted,
  noteOfAlarm,
  noteOfAudit,
  noteOfContact,
  noteOfNetwork,
  noteOfPlace,
  noteOfRequest,
  noteOfStaff,
} from '../app/board/live-notes.js'
import type { Instant } from '../core/types.js'
import type { Changing, Collection, Stored } from './collection.js'
import type { Collections, TurnDocument } from './collections.js'
import type { AuditDocument } from './staff-documents.js'
import { type Watch, watched } from './watched-collection.js'

type NoteOf<T> = (document: T) => Noted | undefined

/** `shared`: the clock, where other instances write to the store as well and must find what changed here. */
export function watchCollections(all: Collections, live: Live, shared?: () => Instant): Collections {
  const { listening } = live
  /** Found by others by when it changed. */
  const stamped = <T extends Changing>(inner: Collection<T>, noteOf: NoteOf<T>, more: Pick<Watch<T>, 'tellsBefore'> = {}): Collection<T> =>
    watched(inner, {
      ...telling(live, noteOf, ({ changedAt }) => changedAt),
      ...more,
      ...(shared === undefined ? {} : { stamps: { now: shared, what: (document) => noteOf(document) !== undefined } }),
    })
  /** Found by others by its version. */
  const plain = <T extends Stored>(inner: Collection<T>, noteOf: NoteOf<T>): Collection<T> =>
    watched(inner, { ...telling(live, noteOf, ({ version }) => version), tellsBefore: listening })
  return {
    ...all,
    handoffs: stamped(all.handoffs, noteOfRequest),
    alarms: stamped(all.alarms, noteOfAlarm),
    contacts: stamped(all.contacts, noteOfContact, { tellsBefore: listening }),
    places: plain(all.places, noteOfPlace),
    networks: plain(all.networks, noteOfNetwork),
    staff: plain(all.staff, noteOfStaff),
    // Lines go by age alone, which is no news.
    audit: watched(all.audit, { ...telling<AuditDocument>(live, noteOfAudit, ({ at }) => at), tellsGone: () => false }),
    presences: watched(all.presences, { wrote: live.present, gone: ({ _id }) => live.absent(_id), tellsGone: () => true }),
    turns: watched(all.turns, { wrote: (turn) => crossed(live, turn), gone: () => undefined, tellsGone: () => false }),
    logins: watched(all.logins, { wrote: () => undefined, gone: ({ _id }) => live.left([_id]), tellsGone: listening }),
  }
}

/** Words between two change no request: whoever has it open is told of them. */
function crossed(live: Live, { event }: TurnDocument): void {
  if (event.type !== 'relayed' || !live.listening()) return
  const open = live.presences().find(({ request }) => request === event.handoff)
  if (open === undefined) return
  const { area, danger } = open
  live.tell({ change: { what: 'request', id: event.handoff }, areas: [area], ...(danger === undefined ? {} : { danger }) })
}

/** What is gone has no version, and no time at which it changed. */
function telling<T extends Stored>(live: Live, noteOf: NoteOf<T>, stampOf: (document: T) => number | undefined): Watch<T> {
  return {
    wrote(document, before) {
      const [was, is] = [before === undefined ? undefined : noteOf(before), noteOf(document)]
      // Who is no volunteer any more is told of as well.
      const noted = is === undefined ? was : moved(was, is)
      if (noted !== undefined) live.tell(noted, stampOf(document))
    },
    gone(document) {
      const noted = noteOf(document)
      if (noted !== undefined) live.tell(noted, 0)
    },
    tellsGone: live.listening,
  }
}
