/** From which probability a text is answered, and from which it is asked back. */
import type { Fact } from '../types.js'

export interface Zones {
  /** From here the answer is shown … */
  readonly answer: number
  /** … and from here it is offered as a button. */
  readonly buttons: number
}

/** Measured on public questions: 1–6 % of texts get a wrong answer with the first, half of that with the second (docs/matching.md). */
const ORDINARY: Zones = { answer: 0.65, buttons: 0.15 }
const CAREFUL: Zones = { answer: 0.75, buttons: 0.2 }
/** Who speaks of health or law: a wrong answer of theirs does more harm than one question back. */
const CAREFUL_OWNERS = ['health-authority', 'regions', 'law']

/** The lowest probability that is of any use. */
export const BUTTONS_FROM = ORDINARY.buttons

/** Rules, and what is said about health or law, need more certainty than the rest. */
export function zonesOf(fact: Fact | undefined): Zones {
  return fact?.kind === 'rule' || (fact !== undefined && CAREFUL_OWNERS.includes(fact.owner)) ? CAREFUL : ORDINARY
}
