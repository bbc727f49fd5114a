/** How much is measured: the whole run, and the short one of `--quick`. */

export interface Sizes {
  /** As the report calls it. */
  readonly name: string
  /** Interleaved rounds of CPU per message, and messages of each contender in one. */
  readonly rounds: number
  readonly messages: number
  /** People who send three messages in 10 ms, and whose message is delivered twice. */
  readonly bursts: number
  readonly doubles: number
  /** Rounds of latency, and messages of each contender in one. */
  readonly latencyRounds: number
  readonly latencyMessages: number
  /** Turns in the large store, its rounds, and messages in one. */
  readonly stored: number
  readonly growthRounds: number
  readonly growthMessages: number
  /** Requests taken in on the busy store and on the quiet one. */
  readonly callOuts: number
}

/** About seven minutes on two cores. */
export const FULL: Sizes = {
  name: 'whole run',
  rounds: 7,
  messages: 6000,
  bursts: 1000,
  doubles: 1000,
  latencyRounds: 5,
  latencyMessages: 900,
  stored: 1_000_000,
  growthRounds: 7,
  growthMessages: 3000,
  callOuts: 60,
}

/** About 90 seconds. A million turns do not fit in that: a tenth shows whether cost grows at all. */
export const QUICK: Sizes = {
  name: 'short run (--quick)',
  rounds: 4,
  messages: 1200,
  bursts: 200,
  doubles: 200,
  latencyRounds: 3,
  latencyMessages: 200,
  stored: 100_000,
  growthRounds: 3,
  growthMessages: 1000,
  callOuts: 30,
}
