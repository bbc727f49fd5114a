/** What other instances changed on a shared store, and who closed a page without a word: looked for while somebody listens. */
import type { Collection, Count, Stored } from '../../store/collection.js'
import type { Collections } from '../../store/collections.js'
import type { Time } from '../ports.js'
import type { Live } from './live.js'
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
} from './live-notes.js'

/**
 * How far back a look goes, in milliseconds: above any difference of clocks between servers that keep time, and above the time of a write
 * that waits for its acknowledgement.
 */
const LOOK_BACK_MS = 30_000
/** More than a region has, and than staff have open at once. */
const PAGE = 1000
/** What is not there any more has no version. */
const GONE = 0

export interface FollowDeps
  extends Pick<Collections, 'handoffs' | 'alarms' | 'contacts' | 'staff' | 'places' | 'networks' | 'audit' | 'presences'> {
  readonly live: Live
  readonly time: Pick<Time, 'now'>
  /** Other instances may write to the store. */
  readonly shared: boolean
}

interface Known {
  readonly version: number
  readonly noted: Noted
}
/** The few documents of a kind, by id. */
type Book = ReadonlyMap<string, Known>

/**
 * One look, to be done every 2 s; asks the store nothing while nobody listens, and nothing at all where nobody else writes to it.
 * Requests, alarms, volunteers and lines of the record are found by when they changed; staff, areas and networks are few and are compared by their versions.
 * The look throws `StoreUnavailable`; the next one finds what it missed.
 */
export function createFollow(deps: FollowDeps): () => Promise<void> {
  let books: readonly Book[] | undefined
  return async () => {
    const { live, shared, time } = deps
    if (!live.listening()) {
      // What changes while nobody listens is news to nobody: who comes asks for everything.
      books = undefined
      return
    }
    if (!shared) {
      for (const { _id, until } of live.presences()) if (until <= time.now()) live.absent(_id)
      return
    }
    const read = readBooks(deps)
    await Promise.all([lookAtStamps(deps), lookAtPresences(deps), read])
    const now = await read
    if (books !== undefined) for (const [at, book] of now.entries()) tellDifference(live, books[at] ?? new Map(), book)
    books = now
  }
}

async function lookAtStamps({ live, handoffs, alarms, contacts, audit, time }: FollowDeps): Promise<void> {
  const from = time.now() - LOOK_BACK_MS
  const since = { changedAt: { from } }
  const [requests, calls, people, lines] = await Promise.all([
    handoffs.count(since, ['_id', 'changedAt', 'area', 'task']),
    alarms.count(since, ['_id', 'changedAt', 'area', 'about.task', 'about.why']),
    contacts.count(since, ['_id', 'changedAt', 'volunteer.area']),
    audit.count({ at: { from } }, ['_id', 'at', 'area']),
  ])
  const tellAll = (found: readonly Count[], noteOf: (id: string, area: string, task: string, why: string) => Noted | undefined) => {
    for (const { by } of found) {
      const [id, at, area, task, why] = by
      const noted = noteOf(String(id), String(area), String(task), String(why))
      if (noted !== undefined) live.tell(noted, Number(at))
    }
  }
  tellAll(requests, (_id, area, task) => noteOfRequest({ _id, area, task }))
  tellAll(calls, (_id, area, task, why) => noteOfAlarm({ _id, area, about: { why, task } }))
  tellAll(people, (_id, area) => noteOfContact({ _id, volunteer: { area } }))
  tellAll(lines, (_id, area) => noteOfAudit({ _id, area }))
}

async function lookAtPresences({ live, presences, handoffs, time }: FollowDeps): Promise<void> {
  const found = await presences.find({ until: { from: time.now() + 1 } }, { sort: ['until'], limit: PAGE })
  for (const presence of found) live.present(presence)
  const there = new Set(found.map(({ _id }) => _id))
  for (const { _id } of live.presences()) if (!there.has(_id)) live.absent(_id)
  const open = [...new Set(found.map(({ request }) => request))]
  if (open.length === 0) return
  // Erased while it is open on a screen: whoever has it open is told, and the presence goes.
  const kept = new Set((await handoffs.count({ _id: { in: open } }, ['_id'])).map(({ by }) => String(by[0])))
  for (const { request, area, danger } of found.filter((presence) => !kept.has(presence.request))) {
    live.tell({ change: { what: 'request', id: request }, areas: [area], ...(danger === undefined ? {} : { danger }) }, GONE)
    await presences.remove({ request }, PAGE)
  }
}

function readBooks({ staff, places, networks }: FollowDeps): Promise<readonly Book[]> {
  return Promise.all([bookOf(staff, noteOfStaff), bookOf(places, noteOfPlace), bookOf(networks, noteOfNetwork)])
}

async function bookOf<T extends Stored>(collection: Collection<T>, noteOf: (document: T) => Noted): Promise<Book> {
  const all = await collection.find({}, { sort: ['_id'], limit: PAGE })
  return new Map(all.map((one) => [one._id, { version: one.version, noted: noteOf(one) }]))
}

function tellDifference(live: Live, before: Book, now: Book): void {
  for (const [id, { version, noted }] of now) {
    const was = before.get(id)
    if (was?.version !== version) live.tell(moved(was?.noted, noted), version)
  }
  for (const [id, { noted }] of before) if (!now.has(id)) live.tell(noted, GONE)
}
