/** Finds volunteers for the console: the lists, their pages, and how many stand in each. */
import type { PeopleList } from '../core/people-types.js'
import type { Areas } from '../core/staff-types.js'
import type { Instant } from '../core/types.js'
import type { Volunteering } from '../core/volunteer-types.js'
import type { Collection, Where } from '../store/collection.js'
import type { ContactDocument } from '../store/collections.js'
import type { VolunteerDocument } from './people-file-export.js'

/** Lines of one page. */
export const PEOPLE_PAGE = 50
const SORT = ['volunteer.alias', '_id']
const PAUSES = ['self', 'report']
/** Behind every text that begins as the one before it. */
const LAST = '\u{10FFFF}'

/** Which volunteers are looked for. */
export interface PeopleFilter {
  readonly areas: Areas
  readonly network?: string | undefined
  /** How what they are called begins; small and capital letters are alike where a whole word or its first letter is one. */
  readonly find?: string | undefined
}

/** Volunteers of a list, by what they are called, behind `after` where one is given. Throws `StoreUnavailable`. */
export async function* volunteersOf(
  contacts: Collection<ContactDocument>,
  { list, filter, after, now }: { list: PeopleList; filter: PeopleFilter; after?: VolunteerDocument | undefined; now: Instant },
): AsyncGenerator<VolunteerDocument> {
  for (const alias of beginningsOf(filter.find)) {
    let place = after
    for (;;) {
      const behind = place === undefined ? {} : { after: [place.volunteer.alias, place._id] }
      const where = { ...listed(list, now), ...narrowed(filter), ...alias }
      const page = (await contacts.find(where, { sort: SORT, limit: PEOPLE_PAGE + 1, ...behind })) as VolunteerDocument[]
      yield* page.filter(({ volunteer }) => list !== 'on-duty' || isOnDuty(volunteer, now))
      place = page.at(-1)
      if (place === undefined || page.length <= PEOPLE_PAGE) break
    }
  }
}

/** How many stand in each list. Throws `StoreUnavailable`. */
export async function countsOf(
  contacts: Collection<ContactDocument>,
  filter: PeopleFilter,
  now: Instant,
): Promise<Readonly<Record<PeopleList, number>>> {
  const count = async (where: Where) => {
    const each = beginningsOf(filter.find).map((alias) => contacts.count({ ...where, ...narrowed(filter), ...alias }))
    return (await Promise.all(each)).reduce((sum, [found]) => sum + (found?.count ?? 0), 0)
  }
  const onDuty = listed('on-duty', now)
  const [applied, approved, paused, refused, open, openPaused] = await Promise.all([
    count(listed('applied', now)),
    count(listed('approved', now)),
    count(listed('paused', now)),
    count(listed('refused', now)),
    count(onDuty),
    count({ ...onDuty, 'volunteer.paused': { in: PAUSES } }),
  ])
  return { applied, 'on-duty': open - openPaused, approved, paused, refused }
}

/** They may be asked now. */
export function isOnDuty({ state, paused, dutySince, openUntil }: Volunteering, now: Instant): boolean {
  return state === 'approved' && paused === undefined && dutySince !== undefined && openUntil !== undefined && openUntil > now
}

/** Of `on-duty` also those who are paused: that something is absent is no condition of the store. */
function listed(list: PeopleList, now: Instant): Where {
  switch (list) {
    case 'applied':
    case 'approved':
    case 'refused':
      return { 'volunteer.state': list }
    case 'paused':
      return { 'volunteer.state': 'approved', 'volunteer.paused': { in: PAUSES } }
    case 'on-duty':
      return { 'volunteer.state': 'approved', 'volunteer.openUntil': { from: now + 1 } }
  }
}

function narrowed({ areas, network }: PeopleFilter): Where {
  const [first, ...others] = areas === 'all' ? [] : areas
  return {
    ...(areas === 'all' ? {} : { 'volunteer.area': first !== undefined && others.length === 0 ? first : { in: areas } }),
    ...(network === undefined ? {} : { 'volunteer.network': network }),
  }
}

/** Conditions that no two of them hold for one person, in the order of the list. */
function beginningsOf(find: string | undefined): readonly Where[] {
  if (find === undefined) return [{}]
  const small = find.toLowerCase()
  const titled = small.replace(/(?<![^\s-])\p{Ll}/gu, (letter) => letter.toUpperCase())
  const first = `${small.slice(0, 1).toUpperCase()}${small.slice(1)}`
  const all = [...new Set([find, small, titled, first, find.toUpperCase()])]
  return all
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((text) => ({ 'volunteer.alias': { from: text, below: `${text}${LAST}` } }))
}
