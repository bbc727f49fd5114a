import type { Instant } from './types.js'

const HOUR = 3_600_000
/** The standard messaging window (Messenger Platform policy, 28 Sep 2026). */
export const WINDOW_MS = 24 * HOUR
/** How long a person may answer under the HUMAN_AGENT tag (Send a Message, 11 Sep 2026). */
export const HUMAN_AGENT_MS = 7 * 24 * HOUR

/** `response`: inside the window. `human_agent`: only under that tag. `closed`: must not be sent. */
export type WindowRule = 'response' | 'human_agent' | 'closed'

export interface WindowQuestion {
  readonly now: Instant
  /** When the person last did something that opens the window, by receipt; absent when never. */
  readonly openedAt: Instant | undefined
  /** True when a person typed the message. */
  readonly byPerson: boolean
  /** True when Meta granted the Human Agent feature. */
  readonly humanAgent: boolean
}

/** Whether a message to this person may go out on Messenger now, and under which rule. */
export function windowRule({ now, openedAt, byPerson, humanAgent }: WindowQuestion): WindowRule {
  if (openedAt === undefined) return 'closed'
  const age = now - openedAt
  if (age <= WINDOW_MS) return 'response'
  return byPerson && humanAgent && age < HUMAN_AGENT_MS ? 'human_agent' : 'closed'
}
