/** The words of a call-out: who may be asked, for what, under which settings, and what was decided and why. Plain data. */
import type { Timings } from './handoff-types.js'
import type { StaffOnly, TaskFacts, VettingKind } from './task-rules.js'
import type { Instant, LanguageCode } from './types.js'
import type { Hours, Span } from './wall-hours.js'

/** What people state about themselves, if they wish. */
export type Gender = 'woman' | 'man'

/** From near to far. */
export const CIRCLES = ['stairwell', 'area', 'neighbours'] as const
export type Circle = (typeof CIRCLES)[number]

/** What a resident may wish of whoever comes, and may widen. */
export type Wish = 'gender' | 'stairwell'

/** Settings of a network. Timings and rest in minutes. */
export interface CallOutSettings extends Timings {
  /** How many are asked in one wave. */
  readonly k: number
  /** Nobody is asked then, except when it is urgent; minutes of the day on a Danish wall. */
  readonly quiet: Span
  /** Tasks that one volunteer has at a time. */
  readonly loadCap: number
  readonly restMinutes: number
  /** Days over which tasks are shared fairly; whoever fills {@link Volunteer.tasksLately} counts over these. */
  readonly fairShareDays: number
}

/** What a network has until it sets something else. Two tasks at a time, since one talk is open and the others wait behind buttons. */
export const DEFAULT_SETTINGS: CallOutSettings = {
  k: 3,
  t1: 10,
  t2: 20,
  t3: 45,
  t4: 30,
  t5: 15,
  quiet: { from: 21 * 60, until: 8 * 60 },
  loadCap: 2,
  restMinutes: 60,
  fairShareDays: 7,
}

/** A request as a call-out sees it. */
export interface CallOutRequest extends TaskFacts {
  readonly resident: string
  readonly language: LanguageCode
  /** Other languages that the resident said they speak. */
  readonly otherLanguages: readonly LanguageCode[]
  readonly area: string
  readonly stairwell?: string
  readonly urgent: boolean
  /** Hard until the resident widens them; a widened wish is not here any more. */
  readonly wishes: { readonly gender?: Gender; readonly notFromStairwell?: boolean }
  /** Wishes that the resident was asked about and keeps. */
  readonly kept: readonly Wish[]
  /** When this call-out began, or begins after quiet hours. */
  readonly openedAt: Instant
  /** Waves so far in this call-out. */
  readonly waves: number
  /** Who was asked in this call-out and may still accept. */
  readonly asked: readonly string[]
  /** Who said no to it, or handed it back. */
  readonly declinedBy: readonly string[]
  /** With whom this resident shares a report, whoever made it and whatever was decided. */
  readonly reportedWith: readonly string[]
  /** Networks that may be asked after this one, in order. */
  readonly otherNetworks: readonly string[]
}

/** One whom staff have approved and who promised confidentiality. */
export interface Volunteer {
  readonly id: string
  readonly languages: readonly LanguageCode[]
  readonly area: string
  readonly stairwell?: string
  readonly tasks: readonly string[]
  /** None: any time on duty. */
  readonly hours: readonly Hours[]
  readonly gender?: Gender
  /** `validTo`: the last day, `YYYY-MM-DD`. */
  readonly vetting: readonly { readonly kind: VettingKind; readonly validTo: string }[]
  /** Said to be 18 or over. */
  readonly adult: boolean
  readonly paused: boolean
  /** Absent: off duty. */
  readonly dutySince?: Instant
  /** Until when a message may be sent, 24 h after their last: duty ends with it. */
  readonly openUntil?: Instant
  readonly activeTasks: number
  /** Offers that they may still accept: they count as tasks, so that the load cap holds if all are. */
  readonly openOffers: number
  readonly lastFinished?: Instant
  /** Tasks taken in the days of fair share. */
  readonly tasksLately: number
  /** Offers made to them in those days, whatever came of them: among people who had as many tasks, the least asked is asked first. */
  readonly offersLately: number
}

/** Why somebody is not asked. The first group never changes for this request, the second does with time, the third by the resident. */
export type BarId =
  | 'own-request'
  | 'reported-pair'
  | 'declined'
  | 'already-asked'
  | 'not-adult'
  | 'other-tasks'
  | 'certificate'
  | 'language'
  | 'far'
  | 'paused'
  | 'off-duty'
  | 'window-closed'
  | 'load'
  | 'hours'
  | 'rest'
  | 'wish-gender'
  | 'wish-stairwell'

/** Why somebody is asked, or is kept for later. */
export type WhyId = 'near' | 'speaks' | 'tasks-lately' | 'next-wave' | 'wider-wave' | 'quiet-hours' | 'not-called-out'

/** A reason by id with its values; locales have the words. Instants are numbers. */
export interface Reason {
  readonly id: BarId | WhyId
  readonly values?: Readonly<Record<string, string | number>>
}

/** One line of the decision log. */
export interface LogLine {
  /** Empty for a line of many. */
  readonly volunteer: string
  /** So many were not asked, for this reason first; absent: the one who is named. */
  readonly count?: number
  readonly asked: boolean
  readonly why: readonly Reason[]
}

/** All that a decision is made from. */
export interface CallOutInput {
  readonly request: CallOutRequest
  readonly settings: CallOutSettings
  /** All of the network but for those whom `offDuty` counts. */
  readonly volunteers: readonly Volunteer[]
  /** So many more are off duty and were not looked at: no wave can ask them. Absent: none. */
  readonly offDuty?: number
  /** Areas beside the request's. */
  readonly neighbours: readonly string[]
  /** Breaks ties: the same for the same wave of a request, on every instance. */
  readonly seed: number
  readonly now: Instant
}

/** What happens next. */
export type NextStep =
  | { readonly step: 'wave'; readonly wave: number; readonly volunteers: readonly string[]; readonly deadline: Instant }
  /** Look again at `until`. With `quiet-hours` the time until staff are told runs from then; `busy`: somebody could but for what they have. */
  | { readonly step: 'wait'; readonly until: Instant; readonly why: 'quiet-hours' | 'hours' | 'offers-out' | 'busy' }
  | { readonly step: 'network'; readonly network: string }
  /** Ask the resident whether `wish` may be widened: `free` could be asked then. */
  | { readonly step: 'widen'; readonly wish: Wish; readonly free: number }
  /** `nextAt`: when somebody's hours begin or rest ends next, if known. */
  | { readonly step: 'staff'; readonly why: StaffOnly | 'nobody-in-time' | 'nobody-eligible'; readonly nextAt?: Instant }

/** The next step, with a line for every volunteer: who is asked first, the others after. */
export type CallOutDecision = NextStep & { readonly log: readonly LogLine[] }
