import type { Metrics } from '../src/app/ports.js'

/** Measures nothing. */
export const silentMetrics: Metrics = {
  turn: () => undefined,
  settled: () => undefined,
  graph: () => undefined,
  breaker: () => undefined,
  store: () => undefined,
}
