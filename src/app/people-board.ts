/** Volunteers as the console shows them: lists, and one of them. */

import { hash } from '../core/hash.js'
import type { NetworkName, PeopleList, PeoplePage, PersonChoices, PersonRow, PersonView } from '../core/people-types.js'
import { type Areas, isWithin, overlaps } from '../core/staff-types.js'
import { TASKS, taskRule } from '../core/task-rules.js'
import type { Instant } from '../core/types.js'
import type { Volunteering } from '../core/volunteer-types.js'
import type { AccountsDeps } from './accounts/accounts-deps.js'
import { note } from './accounts/audit.js'
import type { ConsoleDeps } from './console-deps.js'
import { countsOf, isOnDuty, PEOPLE_PAGE, type PeopleFilter, volunteersOf } from './people-board-find.js'
import { IMPORTED, type VolunteerDocument } from './people-file-export.js'

export type PeopleBoardDeps = Pick<ConsoleDeps, 'collections' | 'places' | 'library' | 'time'>

/** Looking at somebody again within this time is one look (ours). */
const LOOK_MS = 10 * 60_000
/** Lines of the record that are searched for a look before; with more in between another line is written. */
const LINES_MAX = 200
/** 36^9 is below 2^53. */
const SEEN_LENGTH = 9

/**
 * One page of a list. `next` is the id of the last of the page before; `gone` when they are there no more, or not in these areas, so that
 * nobody knows where to go on. Throws `StoreUnavailable`.
 */
export async function listPeople(
  { collections, places, time }: PeopleBoardDeps,
  { list, filter, next }: { readonly list: PeopleList; readonly filter: PeopleFilter; readonly next?: string | undefined },
): Promise<PeoplePage | 'gone'> {
  const now = time.now()
  const after = next === undefined ? undefined : await volunteerIn({ collections }, next, filter.areas)
  if (next !== undefined && after === undefined) return 'gone'
  const rows: PersonRow[] = []
  let more = false
  for await (const one of volunteersOf(collections.contacts, { list, filter, after, now })) {
    more = rows.length === PEOPLE_PAGE
    if (more) break
    rows.push(rowOf(one, now))
  }
  const last = rows.at(-1)
  return {
    rows,
    ...(more && last !== undefined ? { next: last.id } : {}),
    counts: await countsOf(collections.contacts, filter, now),
    networks: networkNames(places, filter.areas, rows),
  }
}

/** A volunteer of these areas; undefined for everybody else, as if they were not there. Throws `StoreUnavailable`. */
export async function volunteerIn(
  { collections: { contacts } }: Pick<PeopleBoardDeps, 'collections'>,
  id: string,
  areas: Areas,
): Promise<VolunteerDocument | undefined> {
  const known = await contacts.get(id)
  return isVolunteer(known) && isWithin([known.volunteer.area], areas) ? known : undefined
}

/** Everything staff of these areas see of one. */
export function personView(deps: PeopleBoardDeps, document: VolunteerDocument, areas: Areas): PersonView {
  const { hours, gender, adult, promise, vetting } = document.volunteer
  return {
    ...rowOf(document, deps.time.now()),
    hours,
    ...(gender === undefined ? {} : { gender }),
    adult,
    ...(promise === undefined ? {} : { promise }),
    vetting,
    seen: seenOf(document.volunteer),
    choices: choicesOf(deps, areas, document.volunteer),
  }
}

/** Writes that somebody was looked at; once in ten minutes by the same member of staff. Throws `StoreUnavailable`. */
export async function noteLook(
  accounts: Pick<AccountsDeps, 'audit' | 'ids' | 'time'>,
  who: string,
  { _id: about, volunteer: { area } }: VolunteerDocument,
): Promise<void> {
  const line = { who, what: 'person-viewed', about } as const
  const lately = { area, at: { from: accounts.time.now() - LOOK_MS } }
  const lines = await accounts.audit.find(lately, { sort: ['at', '_id'], descending: true, limit: LINES_MAX })
  if (!lines.some((known) => known.who === who && known.what === line.what && known.about === about)) await note(accounts, line, [area])
}

/** A number that changes with what staff change, and with nothing else: not with each message or task of the volunteer. */
export function seenOf(volunteer: Omit<Volunteering, 'load' | 'state'>): number {
  const { alias, network, area, stairwell, languages, tasks, hours, gender, vetting, adult } = volunteer
  const spans = hours.map(({ days, from, until }) => [days, from, until])
  const papers = vetting.map(({ kind, validTo }) => [kind, validTo])
  const all = [alias, network, area, stairwell ?? '', languages, tasks, spans, gender ?? '', papers, adult]
  return Number.parseInt(hash(JSON.stringify(all)).slice(-SEEN_LENGTH), 36)
}

/** Tasks that volunteers are asked for. */
export const VOLUNTEER_TASKS: readonly string[] = TASKS.filter((task) => taskRule(task)?.staffOnly === undefined)

function choicesOf({ places, library }: PeopleBoardDeps, areas: Areas, volunteer: Volunteering): PersonChoices {
  const all = Object.values(places.current().places).filter(({ id }) => isWithin([id], areas))
  return {
    networks: networkNames(places, areas, [volunteer]),
    languages: library.current().languages.map(({ code }) => code),
    tasks: VOLUNTEER_TASKS,
    stairwells: Object.fromEntries(all.map(({ id, stairwells }) => [id, stairwells])),
  }
}

/** Networks that help in these areas, and those of `people`. People of the external ones have no account here. */
function networkNames(
  places: PeopleBoardDeps['places'],
  areas: Areas,
  people: readonly Pick<Volunteering, 'network'>[],
): readonly NetworkName[] {
  const theirs = new Set(people.map(({ network }) => network))
  return Object.values(places.current().networks)
    .filter((network) => network.external === undefined && (overlaps(network.areas, areas) || theirs.has(network.id)))
    .map(({ id, names }) => ({ id, names }))
}

function isVolunteer(contact: { readonly volunteer?: Volunteering } | undefined): contact is VolunteerDocument {
  return contact?.volunteer !== undefined
}

function rowOf({ _id: id, volunteer }: VolunteerDocument, now: Instant): PersonRow {
  const { alias, network, area, stairwell, languages, tasks, state, paused, openUntil, lastFinished, load } = volunteer
  return {
    id,
    alias,
    network,
    area,
    ...(stairwell === undefined ? {} : { stairwell }),
    languages,
    tasks,
    state,
    ...(paused === undefined ? {} : { paused }),
    ...(openUntil !== undefined && isOnDuty({ ...volunteer }, now) ? { dutyUntil: openUntil } : {}),
    offersNow: Object.keys(load.offers).length,
    tasksNow: Object.keys(load.tasks).length,
    ...(lastFinished === undefined ? {} : { lastFinished }),
    ...(id.startsWith(IMPORTED) ? { withoutChat: true } : {}),
  }
}
