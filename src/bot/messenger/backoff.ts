const FIRST_MS = 1000
/** Longest pause between two tries. */
const CEILING_MS = 300_000

/** Milliseconds before try `attempt` (from 1) is repeated: doubled each time, between half and the whole of it by `random` (0–1). */
export function backoff(attempt: number, random: number): number {
  const whole = Math.min(CEILING_MS, FIRST_MS * 2 ** (attempt - 1))
  return Math.round(whole / 2 + (whole / 2) * random)
}
