/** The words of volunteers and coordinators: contacts with a role. Plain data. */
import type { Gender } from './callout-types.js'
import type { VettingKind } from './task-rules.js'
import type { Consent, Instant, LanguageCode } from './types.js'
import type { Hours } from './wall-hours.js'

/** What a volunteer says of themselves. */
export interface VolunteerForm {
  readonly network: string
  readonly alias: string
  readonly languages: readonly LanguageCode[]
  readonly area: string
  readonly stairwell?: string
  readonly tasks: readonly string[]
  /** None: any time on duty. */
  readonly hours: readonly Hours[]
  readonly gender?: Gender
}

/** A contact who helps. Which requests they have stands in {@link Volunteering.load}, kept by the program alone. */
export interface Volunteering extends VolunteerForm {
  /** What staff call them in the file of people; stays when an imported volunteer comes into the chat. Absent: signed up there. */
  readonly file?: string
  readonly state: 'applied' | 'approved' | 'refused'
  /** They said so. */
  readonly adult: boolean
  /** They wrote otherwise since, and staff decided that they are: what they write of an age changes nothing any more. */
  readonly ageDecided?: true
  /** The promise of confidentiality: which text, in which language, when. Absent: not given. */
  readonly promise?: Consent
  readonly vetting: readonly { readonly kind: VettingKind; readonly validTo: string }[]
  /** `self`: they want a break. `report`: until a coordinator decides. */
  readonly paused?: 'self' | 'report'
  /** Of `report`: they want a break beside it, which goes on when it is decided. */
  readonly alsoPaused?: 'self'
  readonly dutySince?: Instant
  /** 24 h after their last message. */
  readonly openUntil?: Instant
  readonly lastFinished?: Instant
  readonly load: VolunteerLoad
}

/** Staff are to decide whether they are 18 or over. */
export function awaitsAge({ state, adult }: Pick<Volunteering, 'state' | 'adult'>): boolean {
  return state === 'applied' && !adult
}

/** By handoff, since when. `lately`: offers of the days of fair share, and whether they became tasks. */
export interface VolunteerLoad {
  readonly offers: Readonly<Record<string, Instant>>
  readonly tasks: Readonly<Record<string, Instant>>
  readonly lately: readonly { readonly handoff: string; readonly at: Instant; readonly took: boolean }[]
}

export const NO_LOAD: VolunteerLoad = { offers: {}, tasks: {}, lately: [] }

/** A contact who decides for areas. */
export interface Coordinating {
  readonly areas: readonly string[]
  /** Their entry on the lists of who is on call. */
  readonly onCall?: string
}

/** What is asked at sign-up, in this order. */
export const SIGN_UP_STEPS = ['adult', 'network', 'area', 'languages', 'tasks', 'hours', 'gender', 'alias', 'promise', 'summary'] as const
export type SignUpStep = (typeof SIGN_UP_STEPS)[number]

/** A sign-up under way. */
export interface SignUp {
  readonly step: SignUpStep
  readonly form: Partial<VolunteerForm>
  /** Given: from then on each answer leads back to the summary. */
  readonly promise?: Consent
}

/** What a volunteer changes about themselves; the engine carries it to their contact. */
export type VolunteerChange =
  | { readonly do: 'apply'; readonly form: VolunteerForm; readonly promise: Consent }
  | { readonly do: 'update'; readonly form: Partial<VolunteerForm> }
  | { readonly do: 'duty'; readonly on: boolean; readonly openUntil: Instant }
  /** They wrote: the window is open until then. */
  | { readonly do: 'seen'; readonly openUntil: Instant }
  | { readonly do: 'pause'; readonly on: boolean }
  /** They say that they are under 18. */
  | { readonly do: 'under-age' }
  | { readonly do: 'leave' }
