/** What staff order at the console about one request, and how it ends. */
import type { RequestAct } from '../../core/board-types.js'
import type { Reason } from '../../core/callout-types.js'
import type { HandoffRefusal } from '../../core/handoff-types.js'
import type { HandoffDocument } from '../../store/collections.js'

/** Acts that reach others than staff. */
export type StaffDeed = Exclude<RequestAct, { readonly do: 'note' | 'take-back-note' }>

export interface StaffOrder<Deed extends StaffDeed = StaffDeed> {
  readonly handoff: string
  /** The same when it is given again; it has one effect. */
  readonly id: string
  readonly by: { readonly as: 'staff'; readonly contact: string }
  readonly act: Deed
  /** Carried out only while this holds. */
  readonly when: (document: HandoffDocument) => boolean
  /** Done before anything is written, and not at all for what is refused; may be done twice. */
  readonly before: () => Promise<void>
}

/**
 * Why it was not done. `plain`: of before there were rules. `quiet-hours`, `nobody-now`: nobody can be asked. `cannot-be-asked`: that volunteer.
 * `no-network`: it does not help there with that. `no-helper`: nobody to say it to. `has-chat`: the resident speaks for themselves; `no-chat`: cannot be written to.
 */
export type StaffRefusal =
  | HandoffRefusal
  | 'gone'
  | 'plain'
  | 'window-closed'
  | 'danger'
  | 'quiet-hours'
  | 'nobody-now'
  | 'cannot-be-asked'
  | 'no-network'
  | 'no-helper'
  | 'has-chat'
  | 'no-chat'

/** `moved`: it is not as it was seen. `why`: of `cannot-be-asked`. */
export type StaffOutcome =
  | { readonly done: true }
  | { readonly moved: true }
  | { readonly refused: StaffRefusal; readonly why?: readonly Reason[] }
