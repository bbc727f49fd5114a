/** Where people live and who helps there: areas with their stairwells, networks, and who is on call. Plain data, kept in the store. */
import type { CallOutSettings } from './callout-types.js'
import type { LanguageCode } from './types.js'
import type { Hours } from './wall-hours.js'

/** One whom an alarm of an area goes to, in the hours they keep; none means any time. */
export interface OnCall {
  /** Short and stable: `sanne`. */
  readonly id: string
  readonly name: string
  readonly mail?: string
  readonly hours: readonly Hours[]
}

/** What of an area matters to a request; its name, numbers and colour stand with the dialogs, under the same id. */
export interface Place {
  readonly id: string
  /** As neighbours call them: `1`, `12 A`. */
  readonly stairwells: readonly string[]
  /** Ids of the areas beside it. */
  readonly neighbours: readonly string[]
  /** When somebody at the office reads what comes; none: nobody knows. */
  readonly officeHours: readonly Hours[]
  /** In the order in which they are told. */
  readonly onCall: readonly OnCall[]
}

/** What a network is. */
export const NETWORK_KINDS = [
  'neighbours',
  'neighbourhood-mothers',
  'fathers-group',
  'youth-council',
  'role-models',
  'cultural-association',
  'board',
  'red-cross',
  'municipality',
  'professionals',
] as const
export type NetworkKind = (typeof NETWORK_KINDS)[number]

/** People who help. One without an account here is reached by mail and telephone. */
export interface Network {
  readonly id: string
  readonly kind: NetworkKind
  /** By language; Danish is always there. */
  readonly names: Readonly<Record<LanguageCode, string>>
  /** Ids of the areas it helps in. */
  readonly areas: readonly string[]
  readonly tasks: readonly string[]
  /** What differs from {@link DEFAULT_SETTINGS}. */
  readonly settings: Partial<CallOutSettings>
  /** Present: its people have no account here. */
  readonly external?: { readonly mail?: string; readonly phone?: string }
}

/** All places and networks, by id. */
export interface Places {
  readonly places: Readonly<Record<string, Place>>
  readonly networks: Readonly<Record<string, Network>>
}

/** Nothing is known yet. */
export const NO_PLACES: Places = { places: {}, networks: {} }
