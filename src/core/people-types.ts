/** What staff see of volunteers, and what they change: the words between the console's page and the server. Plain data. */
import type { Instant, LanguageCode } from './types.js'
import type { Volunteering } from './volunteer-types.js'

/** `on-duty`: may be asked now. `paused`: by themselves, or until a report is decided. */
export const PEOPLE_LISTS = ['applied', 'on-duty', 'approved', 'paused', 'refused'] as const
export type PeopleList = (typeof PEOPLE_LISTS)[number]

/** A line of the list of volunteers. */
export interface PersonRow {
  readonly id: string
  readonly alias: string
  readonly network: string
  readonly area: string
  readonly stairwell?: string
  readonly languages: readonly LanguageCode[]
  readonly tasks: readonly string[]
  readonly state: Volunteering['state']
  readonly paused?: 'self' | 'report'
  /** Present while they are on duty: until when they may be written to. */
  readonly dutyUntil?: Instant
  readonly offersNow: number
  readonly tasksNow: number
  readonly lastFinished?: Instant
  /** Imported, and has not written yet: a one-time word brings them into a chat. */
  readonly withoutChat?: true
}

/** One page of a list, in the order of what they are called. */
export interface PeoplePage {
  readonly rows: readonly PersonRow[]
  /** Absent on the last page. */
  readonly next?: string
  /** In the caller's areas and under the same filters: how many there are. */
  readonly counts: Readonly<Record<PeopleList, number>>
  /** Networks that people can be in, by what they are called. */
  readonly networks: readonly NetworkName[]
}

export interface NetworkName {
  readonly id: string
  readonly names: Readonly<Record<LanguageCode, string>>
}

/** What may be chosen for a volunteer. */
export interface PersonChoices {
  readonly networks: readonly NetworkName[]
  readonly languages: readonly LanguageCode[]
  readonly tasks: readonly string[]
  /** By area of the caller. */
  readonly stairwells: Readonly<Record<string, readonly string[]>>
}

/** Everything staff see of one volunteer. */
export interface PersonView extends PersonRow {
  readonly hours: Volunteering['hours']
  readonly gender?: Volunteering['gender']
  readonly adult: boolean
  readonly promise?: Volunteering['promise']
  readonly vetting: Volunteering['vetting']
  /** Given back with a change. */
  readonly seen: number
  readonly choices: PersonChoices
}

/** What staff may change of a volunteer. */
export interface PersonChange
  extends Pick<
    Volunteering,
    'alias' | 'network' | 'area' | 'stairwell' | 'languages' | 'tasks' | 'hours' | 'gender' | 'vetting' | 'adult'
  > {
  readonly seen: number
}
