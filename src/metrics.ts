/** What the program measures of itself, in Prometheus' text form. A label's value comes from a fixed list or from a setting, never from outside. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics, OpenTurns } from './app/ports.js'
import type { FailureClass } from './bot/messenger/classify.js'
import type { Collection, Stored } from './store/collection.js'
import { COLLECTIONS } from './store/collections.js'

/** Seconds. A turn is mostly 1 to 50 ms; 4 s is all that one event may take. */
const TURN_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 4]
/** Seconds. A reply takes tenths; what Meta holds back takes minutes. */
const SETTLE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600]
/** Seconds. A call is given up after 10. */
const GRAPH_BUCKETS = [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10]
/** Seconds. From a read in memory to all that one event may take. */
const STORE_BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4]

type BreakerState = Parameters<Metrics['breaker']>[1]

const OUTCOMES: Readonly<Record<'sent' | FailureClass, true>> = {
  sent: true,
  retry: true,
  unknown: true,
  window_closed: true,
  recipient_unavailable: true,
  permanent: true,
  thread_owned: true,
  config: true,
  circuit: true,
  cool_down: true,
}
const OPERATIONS: Readonly<Record<keyof Collection<Stored>, true>> = {
  insert: true,
  get: true,
  find: true,
  replace: true,
  remove: true,
  count: true,
}
const BREAKER_STATES: Readonly<Record<BreakerState, true>> = { closed: true, circuit: true, outage: true, config: true, policy: true }
const OPEN_STATES: Readonly<Record<OpenTurns['state'], true>> = { sending: true, waiting: true }
const OPEN_AGES: Readonly<Record<OpenTurns['age'], true>> = {
  below_10s: true,
  below_1m: true,
  below_10m: true,
  below_1h: true,
  older: true,
}

/** Stands for every value that is in no list. */
const OTHER = 'other'
/** Language of an event that was not committed. */
const NO_LANGUAGE = 'none'

export interface MetricsParts {
  /** Codes of the languages that the library offers now. */
  readonly languages: () => readonly string[]
  /** Page ids of the settings. */
  readonly pages: readonly string[]
  /** Open turns of this instance, asked each time the numbers are read. */
  readonly openTurns: () => readonly OpenTurns[]
}

export interface ProgramMetrics extends Metrics {
  readonly contentType: string
  /** All numbers now, as Prometheus reads them. */
  render(): Promise<string>
}

/** Makes the product's metrics on a registry of their own. */
export function createMetrics({ languages, pages, openTurns }: MetricsParts): ProgramMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  gaugeOfOpenTurns(registry, openTurns)
  const breaker = gaugeOfBreakers(registry, pages)
  const settled = histogram(
    registry,
    { name: 'opgang_settle_lag_seconds', help: 'From the commit of a turn until nothing of it is left to settle.' },
    SETTLE_BUCKETS,
  )
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    turn: measureTurns(registry, languages),
    settled: (ms) => settled.observe(seconds(ms)),
    graph: measureGraph(registry),
    breaker,
    store: measureStore(registry),
  }
}

function measureTurns(registry: Registry, languages: () => readonly string[]): Metrics['turn'] {
  const turns = counter(registry, {
    name: 'opgang_turns_total',
    help: 'Events at the door, by what became of them.',
    labelNames: ['channel', 'language', 'outcome'],
  })
  const durations = histogram(
    registry,
    { name: 'opgang_turn_duration_seconds', help: 'From the receipt of an event to its commit or refusal.', labelNames: ['channel'] },
    TURN_BUCKETS,
  )
  const turnOf = remembered((channel, language, outcome) => turns.labels(channel, language, outcome))
  const durationOf = remembered((channel) => durations.labels(channel))
  const languageOf = (code: string) => (code === '' ? NO_LANGUAGE : languages().includes(code) ? code : OTHER)
  return ({ channel, language, outcome, ms }) => {
    turnOf(channel, languageOf(language), outcome).inc()
    durationOf(channel).observe(seconds(ms))
  }
}

function measureGraph(registry: Registry): Metrics['graph'] {
  const calls = counter(registry, { name: 'opgang_graph_calls_total', help: 'Calls to Graph, by outcome.', labelNames: ['outcome'] })
  const durations = histogram(
    registry,
    { name: 'opgang_graph_duration_seconds', help: 'Time of a call to Graph, by outcome.', labelNames: ['outcome'] },
    GRAPH_BUCKETS,
  )
  const callsOf = remembered((outcome) => calls.labels(outcome))
  const durationOf = remembered((outcome) => durations.labels(outcome))
  return ({ outcome, ms }) => {
    const known = listed(OUTCOMES, outcome)
    callsOf(known).inc()
    durationOf(known).observe(seconds(ms))
  }
}

function measureStore(registry: Registry): Metrics['store'] {
  const labels = ['collection', 'operation']
  const failures = counter(registry, { name: 'opgang_store_failures_total', help: 'Calls of the store that failed.', labelNames: labels })
  const durations = histogram(
    registry,
    { name: 'opgang_store_duration_seconds', help: 'Time of a call of the store, failed or not.', labelNames: labels },
    STORE_BUCKETS,
  )
  const failuresOf = remembered((collection, operation) => failures.labels(collection, operation))
  const durationOf = remembered((collection, operation) => durations.labels(collection, operation))
  return ({ collection, operation, failed, ms }) => {
    const [where, what] = [listed(COLLECTIONS, collection), listed(OPERATIONS, operation)]
    durationOf(where, what).observe(seconds(ms))
    if (failed) failuresOf(where, what).inc()
  }
}

/** Every page of the settings has every state, so that a missing page shows. */
function gaugeOfBreakers(registry: Registry, pages: readonly string[]): Metrics['breaker'] {
  const gauge = new Gauge({
    name: 'opgang_breaker_state',
    help: 'Whether the sends of a page are stopped, and why: 1 at the state it is in; closed is the good one.',
    labelNames: ['page', 'state'],
    registers: [registry],
  })
  const show = (page: string, now: BreakerState) => {
    if (!pages.includes(page)) return
    for (const state of Object.keys(BREAKER_STATES)) gauge.labels(page, state).set(state === now ? 1 : 0)
  }
  for (const page of pages) show(page, 'closed')
  return show
}

function gaugeOfOpenTurns(registry: Registry, openTurns: () => readonly OpenTurns[]): void {
  const gauge = new Gauge({
    name: 'opgang_open_turns',
    help: 'Committed turns of this instance that are not settled yet, by state and by age since the commit.',
    labelNames: ['state', 'age'],
    registers: [],
    collect() {
      for (const state of Object.keys(OPEN_STATES)) for (const age of Object.keys(OPEN_AGES)) this.set({ state, age }, 0)
      for (const { state, age, count } of openTurns()) this.inc({ state, age }, count)
    },
  })
  registry.registerMetric(gauge)
}

interface Shape {
  readonly name: string
  readonly help: string
  readonly labelNames?: readonly string[]
}

function counter(registry: Registry, { name, help, labelNames = [] }: Shape): Counter {
  return new Counter({ name, help, labelNames: [...labelNames], registers: [registry] })
}

/** `buckets` in seconds. */
function histogram(registry: Registry, { name, help, labelNames = [] }: Shape, buckets: readonly number[]): Histogram {
  return new Histogram({ name, help, labelNames: [...labelNames], buckets: [...buckets], registers: [registry] })
}

/** A metric's children by their labels' values, each looked up in prom-client once: that look-up costs more than the count. */
function remembered<Values extends string[], Child>(make: (...values: Values) => Child): (...values: Values) => Child {
  const children = new Map<string, Child>()
  return (...values) => {
    const key = values.join('|')
    const child = children.get(key) ?? make(...values)
    children.set(key, child)
    return child
  }
}

function listed(list: Readonly<Record<string, unknown>>, value: string): string {
  return Object.hasOwn(list, value) ? value : OTHER
}

/** A clock that was set back must not break a turn: it counts as no time. */
function seconds(ms: number): number {
  return ms > 0 && ms < Number.POSITIVE_INFINITY ? ms / 1000 : 0
}
