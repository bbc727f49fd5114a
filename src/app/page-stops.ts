/**
 * Stopped pages, as all instances know them: who learns of a stop writes it down, the others read the few documents once a second.
 * No clocks are compared: what is stored is how long a page rests.
 */
import type { Collection } from '../store/collection.js'
import type { PageDocument } from '../store/program-documents.js'
import type { Log } from './ports.js'

/** Pages of one installation; far above any. */
const PAGES_MAX = 500

/** A page that nothing stops. */
const NONE: PageStop = { blocked: false, reason: '', rest: 0 }

export type PageStop = Pick<PageDocument, 'blocked' | 'reason' | 'rest'>

export interface PageStops {
  /** This instance learnt that a page stopped, or may go on; `said` when Meta said it in so many words. Returns at once. */
  note(page: string, stop: PageStop, said?: boolean): void
  /**
   * Tells what other instances wrote since the last time; the first time only who is blocked, because a start asks Meta again about
   * everything else. Throws `StoreUnavailable`.
   */
  follow(learn: (page: string, stop: PageStop) => void): Promise<void>
}

export function createPageStops(pages: Collection<PageDocument>, log: Log): PageStops {
  const book: Book = { pages, known: new Map(), noted: new Map(), base: new Map(), first: true }
  let writing: Promise<unknown> = Promise.resolve()
  const writeSoon = (page: string): void => {
    writing = writing
      .then(() => write(book, page))
      .catch((error: unknown) =>
        log.warn('that a page stopped or goes on could not be written down for other instances; tried again', { page, error }),
      )
  }
  return {
    note(page, stop, said = false) {
      if (!said && same(book.noted.get(page) ?? NONE, stop)) return
      book.noted.set(page, stop)
      // What Meta said may be news to the store though it is none here: another instance may have heard the opposite.
      if (said) book.base.set(page, { ...(book.base.get(page) ?? NONE), blocked: !stop.blocked })
      writeSoon(page)
    },
    follow(learn) {
      const looked = writing.then(() => look(book, learn))
      // Neither is in the middle of the other.
      writing = looked.catch(() => undefined)
      for (const page of unwritten(book)) writeSoon(page)
      return looked
    },
  }
}

async function look(book: Book, learn: (page: string, stop: PageStop) => void): Promise<void> {
  const found = await book.pages.find({}, { sort: ['_id'], limit: PAGES_MAX })
  for (const document of found) learnOne(book, document, learn)
  book.first = false
}

interface Book {
  readonly pages: Collection<PageDocument>
  /** The version of each page that was told here, or written. */
  readonly known: Map<string, number>
  /** What this instance knows of each page. */
  readonly noted: Map<string, PageStop>
  /** What of it is in the store, as far as is known here: what differs was found here and is not written yet. */
  readonly base: Map<string, PageStop>
  first: boolean
}

function unwritten({ noted, base }: Book): string[] {
  return [...noted].filter(([page, stop]) => !same(base.get(page) ?? NONE, stop)).map(([page]) => page)
}

function learnOne(book: Book, { _id, version, ...stored }: PageDocument, learn: (page: string, stop: PageStop) => void): void {
  const { known, noted, base, first } = book
  if ((known.get(_id) ?? 0) >= version) return
  known.set(_id, version)
  const before = base.get(_id) ?? NONE
  const theirs = stopOf(stored)
  const merged = withChanges(theirs, before, noted.get(_id) ?? NONE)
  base.set(_id, theirs)
  noted.set(_id, merged)
  learn(_id, first ? { blocked: merged.blocked, reason: '', rest: 0 } : merged)
}

/** Writes what was found here since the last write; what another instance found meanwhile stands. */
async function write({ pages, known, noted, base }: Book, page: string): Promise<void> {
  for (;;) {
    const mine = noted.get(page) ?? NONE
    const before = base.get(page) ?? NONE
    if (same(mine, before)) return
    const stored = await pages.get(page)
    const stop = withChanges(stored === undefined ? NONE : stopOf(stored), before, mine)
    const next = { _id: page, version: stored?.version ?? 1, ...stop }
    const outcome = stored === undefined ? await pages.insert(next) : await pages.replace(next)
    if (outcome !== 'ok') continue
    // What they found is told at the next look, when there is any.
    if (same(stop, mine)) known.set(page, stored === undefined ? 1 : stored.version + 1)
    base.set(page, mine)
    return
  }
}

/** Whether Meta blocked a page and why it rests are found apart from each other: each is told by whoever found it. */
function withChanges(stored: PageStop, before: PageStop, mine: PageStop): PageStop {
  const { blocked } = mine.blocked === before.blocked ? stored : mine
  const { reason, rest } = mine.reason === before.reason && mine.rest === before.rest ? stored : mine
  return { blocked, reason, rest }
}

function stopOf({ blocked, reason, rest }: PageStop): PageStop {
  return { blocked, reason, rest }
}

function same(one: PageStop, other: PageStop): boolean {
  return one.blocked === other.blocked && one.reason === other.reason && one.rest === other.rest
}
