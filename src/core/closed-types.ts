/** The words of a request that staff close: parts of the events and effects of `types.ts`. */

/** Why staff close a request: it was helped with, nobody was reached, it is not needed any more, others have it now, it was there already. */
export const CLOSE_REASONS = ['helped', 'not-reached', 'not-needed', 'passed-on', 'double'] as const
export type CloseReason = (typeof CLOSE_REASONS)[number]

/** Staff closed a request of this person and want them to know: its stored id, and the number that the person was given. */
export interface Closed {
  readonly type: 'closed'
  readonly handoff: string
  readonly receipt: string
}

/** Whether the resident of the stored `handoff` was told by this turn that it is closed, or could not be told now. */
export interface ClosedTold {
  readonly type: 'closed-told'
  readonly handoff: string
  readonly told: boolean
}
