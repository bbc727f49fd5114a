/** What the store keeps of staff: who may sign in, where they are signed in, and the record of what they did. */
import type { StaffRole } from '../core/staff-types.js'
import type { Instant } from '../core/types.js'
import type { Stored } from './collection.js'

/** Somebody who may sign in to the console. */
export interface StaffDocument extends Stored {
  readonly name: string
  /** As mail servers write it, in small letters. */
  readonly mail?: string
  readonly roles: readonly StaffRole[]
  /** May see cases of danger and violence. */
  readonly safeguarding: boolean
  readonly passkeys: readonly PasskeyDocument[]
  /** `invited`: has never signed in. `removed`: cannot any more; the name stays, because the record of who did what names them. */
  readonly state: 'invited' | 'active' | 'removed'
}

/** One device's key, as WebAuthn has it; bytes as base64url. */
export interface PasskeyDocument {
  readonly id: string
  readonly publicKey: string
  /** Grows with each use where the device counts; else 0. */
  readonly counter: number
  readonly transports: readonly string[]
  /** What its owner calls it. */
  readonly name: string
  readonly createdAt: Instant
  readonly usedAt?: Instant
}

/** A browser that is signed in; `_id` is a keyed hash of what its cookie holds. */
export interface LoginDocument extends Stored {
  readonly staff: string
  readonly createdAt: Instant
  /** Written once in some minutes. */
  readonly seenAt: Instant
  readonly until: Instant
}

/** One of the staff has a request open; `_id` is `<request>:<staff>`. */
export interface PresenceDocument extends Stored {
  readonly request: string
  readonly staff: string
  /** Of the request. */
  readonly area: string
  readonly danger?: true
  readonly until: Instant
}

/** Who did what; never changed, and removed by age alone. */
export interface AuditDocument extends Stored {
  readonly at: Instant
  /** Id of a member of staff, or `command line` or `start`. */
  readonly who: string
  readonly what: AuditAct
  /** Id of whoever or whatever it was done to. */
  readonly about: string
  /** Empty: the whole installation. */
  readonly area: string
}

export type AuditAct =
  | 'link-made'
  | 'link-mailed'
  | 'signed-in-link'
  | 'signed-in-passkey'
  | 'signed-out'
  | 'signed-out-everywhere'
  | 'signed-out-all'
  | 'passkey-added'
  | 'passkey-removed'
  | 'staff-invited'
  | 'staff-changed'
  | 'staff-mail-changed'
  | 'staff-roles-changed'
  | 'staff-danger-given'
  | 'staff-danger-taken'
  | 'staff-removed'
  | 'request-viewed'
  | 'request-opened'
  | 'request-taken'
  | 'request-let-go'
  | 'request-asked-more'
  | 'request-reassigned'
  | 'request-closed'
  | 'request-written'
  | 'request-said'
  | 'request-door-shown'
  | 'request-noted'
  | 'request-note-taken-back'
  | 'request-passed-on'
  | 'request-report-decided'
  | 'alarm-acknowledged'
  | 'person-viewed'
  | 'person-changed'
  | 'person-approved'
  | 'person-refused'
  | 'person-duty-on'
  | 'person-duty-off'
  | 'person-paused'
  | 'person-resumed'
  | 'person-word'
  | 'people-exported'
  | 'people-imported'
  | 'place-changed'
  | 'place-word'
  | 'network-changed'
  | 'network-removed'
  | 'went-live'
  | 'went-trial'
