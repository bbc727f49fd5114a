/** What staff change of a volunteer in the console. */
import { copenhagenInstant } from '../core/copenhagen.js'
import type { PersonChange } from '../core/people-types.js'
import { redact } from '../core/redact.js'
import { type Areas, isWithin, overlaps } from '../core/staff-types.js'
import type { Volunteering } from '../core/volunteer-types.js'
import type { AccountsDeps } from './accounts/accounts-deps.js'
import { note } from './accounts/audit.js'
import type { ConsoleDeps } from './console-deps.js'
import { changeVolunteer } from './handoffs/load.js'
import { seenOf, VOLUNTEER_TASKS, volunteerIn } from './people-board.js'
import type { VolunteerDocument } from './people-file-export.js'

export interface PeopleWork {
  readonly work: ConsoleDeps
  readonly accounts: Pick<AccountsDeps, 'audit' | 'ids' | 'time'>
}

/** Whose work it is, and on whom. */
export interface OnPerson {
  readonly person: string
  /** Id of the member of staff. */
  readonly who: string
  readonly areas: Areas
}

/** `gone`: nobody of these areas has that id. `foreign`: they would move to an area of others. */
export type ChangeRefusal =
  | 'gone'
  | 'foreign'
  | 'changed-meanwhile'
  | 'alias-number'
  | 'area-unknown'
  | 'network-unknown'
  | 'stairwell-unknown'
  | 'choice-unknown'

/** More digits than an alias needs are a number of somebody. */
const NUMBER = /\d{4}/

/**
 * Writes a change, and looks again at whoever waits. Refused where somebody else changed them since they were seen; the same change again is
 * no other change. Throws `StoreUnavailable`.
 */
export async function changePerson(
  { work, accounts }: PeopleWork,
  { person, who, areas }: OnPerson,
  { seen, ...wanted }: PersonChange,
): Promise<VolunteerDocument | ChangeRefusal> {
  const known = await volunteerIn(work, person, areas)
  if (known === undefined) return 'gone'
  const wrong = wrongWith(work, known.volunteer, wanted, areas)
  if (wrong !== undefined) return wrong
  const same = seenOf(known.volunteer) === seenOf(wanted)
  if (same) return known
  if (seenOf(known.volunteer) !== seen) return 'changed-meanwhile'
  await note(accounts, { who, what: 'person-changed', about: person }, [...new Set([known.volunteer.area, wanted.area])])
  const changed = await changeVolunteer(work.collections.contacts, person, (volunteer) => {
    return seenOf(volunteer) === seen ? withChange(volunteer, wanted) : undefined
  })
  if (changed?.volunteer === undefined) return 'changed-meanwhile'
  await work.requests.lookAgain({ network: wanted.network, volunteer: person, id: `staff:${work.ids.next()}` })
  return { ...changed, volunteer: changed.volunteer }
}

type Wanted = Omit<PersonChange, 'seen'>

/** What was left out is there no more. */
function withChange(volunteer: Volunteering, wanted: Wanted): Volunteering {
  const { stairwell: _, gender: __, ...kept } = volunteer
  return { ...kept, ...wanted }
}

function wrongWith(work: Pick<ConsoleDeps, 'places' | 'library'>, known: Volunteering, wanted: Wanted, areas: Areas) {
  const { alias, area, network, stairwell } = wanted
  const { places, networks } = work.places.current()
  if (!isWithin([area], areas)) return 'foreign'
  const place = own(places, area)
  if (place === undefined && area !== known.area) return 'area-unknown'
  if (redact(alias).redacted.length > 0 || NUMBER.test(alias)) return 'alias-number'
  // What they have stays theirs, also where it is not offered any more.
  const joined = own(networks, network)
  const isMember = joined !== undefined && joined.external === undefined && overlaps(joined.areas, areas)
  if (network !== known.network && !isMember) return 'network-unknown'
  const stayed = area === known.area && stairwell === known.stairwell
  if (stairwell !== undefined && !stayed && place?.stairwells.includes(stairwell) !== true) return 'stairwell-unknown'
  return areChoices(work, known, wanted) ? undefined : 'choice-unknown'
}

/** What comes from outside may be the name of something that every object has. */
function own<T>(all: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(all, id) ? all[id] : undefined
}

function areChoices({ library }: Pick<ConsoleDeps, 'library'>, known: Volunteering, { languages, tasks, vetting }: Wanted): boolean {
  const codes = new Set([...library.current().languages.map(({ code }) => code), ...known.languages])
  const offered = new Set([...VOLUNTEER_TASKS, ...known.tasks])
  const isDay = (day: string) => copenhagenInstant(day) !== undefined
  return (
    languages.every((one) => codes.has(one)) && tasks.every((one) => offered.has(one)) && vetting.every(({ validTo }) => isDay(validTo))
  )
}
