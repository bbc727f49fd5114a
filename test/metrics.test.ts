import { expect, test } from '@jest/globals'
import type { OpenTurns } from '../src/app/ports.js'
import { createMetrics, type ProgramMetrics } from '../src/metrics.js'

const PAGE = '110000000000001'

function made(more: { languages?: () => readonly string[]; openTurns?: () => readonly OpenTurns[] } = {}): ProgramMetrics {
  return createMetrics({ languages: () => ['da', 'ar'], pages: [PAGE], openTurns: () => [], ...more })
}
/** The lines of one metric, without its help. */
async function lines(metrics: ProgramMetrics, name: string): Promise<string[]> {
  return (await metrics.render()).split('\n').filter((line) => line.startsWith(name))
}
async function valueOf(metrics: ProgramMetrics, series: string): Promise<number | undefined> {
  const found = (await metrics.render()).split('\n').find((line) => line.startsWith(`${series} `))
  return found === undefined ? undefined : Number(found.split(' ').at(-1))
}

test('turns are counted by channel, language and outcome, and timed in seconds', async () => {
  const metrics = made()
  metrics.turn({ channel: 'messenger', language: 'da', outcome: 'committed', ms: 12 })
  metrics.turn({ channel: 'messenger', language: 'da', outcome: 'committed', ms: 3 })
  metrics.turn({ channel: 'web', language: '', outcome: 'refused', ms: 4001 })
  expect((await lines(metrics, 'opgang_turns_total')).toSorted()).toEqual([
    'opgang_turns_total{channel="messenger",language="da",outcome="committed"} 2',
    'opgang_turns_total{channel="web",language="none",outcome="refused"} 1',
  ])
  expect(await valueOf(metrics, 'opgang_turn_duration_seconds_sum{channel="messenger"}')).toBeCloseTo(0.015)
  expect(await valueOf(metrics, 'opgang_turn_duration_seconds_bucket{le="0.005",channel="messenger"}')).toBe(1)
  expect(await valueOf(metrics, 'opgang_turn_duration_seconds_bucket{le="4",channel="web"}')).toBe(0)
})

test('values from outside cannot make series: what is in no list is counted as other', async () => {
  const metrics = made()
  for (let at = 0; at < 500; at++) {
    metrics.turn({ channel: 'web', language: `x${at}`, outcome: 'committed', ms: 1 })
    metrics.graph({ outcome: `made up ${at}`, ms: 1 })
    metrics.store({ collection: `c${at}`, operation: `o${at}`, failed: true, ms: 1 })
    metrics.breaker(`9${at}`, 'policy')
  }
  for (const odd of ['constructor', '__proto__', 'toString']) {
    metrics.graph({ outcome: odd, ms: 1 })
    metrics.store({ collection: odd, operation: odd, failed: false, ms: 1 })
  }
  expect(await lines(metrics, 'opgang_turns_total')).toEqual(['opgang_turns_total{channel="web",language="other",outcome="committed"} 500'])
  expect(await lines(metrics, 'opgang_graph_calls_total')).toEqual(['opgang_graph_calls_total{outcome="other"} 503'])
  expect(await lines(metrics, 'opgang_store_failures_total')).toEqual([
    'opgang_store_failures_total{collection="other",operation="other"} 500',
  ])
  expect((await lines(metrics, 'opgang_breaker_state')).every((line) => line.includes(PAGE))).toBe(true)
})

test('a language counts under its name from the day the library offers it', async () => {
  let offered = ['da']
  const metrics = made({ languages: () => offered })
  metrics.turn({ channel: 'web', language: 'so', outcome: 'committed', ms: 1 })
  offered = ['da', 'so']
  metrics.turn({ channel: 'web', language: 'so', outcome: 'committed', ms: 1 })
  expect(await valueOf(metrics, 'opgang_turns_total{channel="web",language="other",outcome="committed"}')).toBe(1)
  expect(await valueOf(metrics, 'opgang_turns_total{channel="web",language="so",outcome="committed"}')).toBe(1)
})

test('calls of Graph and of the store, the lag of settling', async () => {
  const metrics = made()
  metrics.graph({ outcome: 'sent', ms: 250 })
  metrics.graph({ outcome: 'window_closed', ms: 90 })
  metrics.store({ collection: 'turns', operation: 'insert', failed: false, ms: 0.3 })
  metrics.store({ collection: 'turns', operation: 'insert', failed: true, ms: 4000 })
  metrics.settled(1500)
  expect(await valueOf(metrics, 'opgang_graph_calls_total{outcome="window_closed"}')).toBe(1)
  expect(await valueOf(metrics, 'opgang_graph_duration_seconds_sum{outcome="sent"}')).toBeCloseTo(0.25)
  const store = '{collection="turns",operation="insert"}'
  expect(await valueOf(metrics, `opgang_store_duration_seconds_count${store}`)).toBe(2)
  expect(await valueOf(metrics, `opgang_store_failures_total${store}`)).toBe(1)
  expect(await valueOf(metrics, 'opgang_store_duration_seconds_bucket{le="0.0005",collection="turns",operation="insert"}')).toBe(1)
  expect(await valueOf(metrics, 'opgang_settle_lag_seconds_bucket{le="1"}')).toBe(0)
  expect(await valueOf(metrics, 'opgang_settle_lag_seconds_bucket{le="2.5"}')).toBe(1)
})

test('the breaker of a page is at one state at a time, closed from the start', async () => {
  const metrics = made()
  const at = async () => (await lines(metrics, 'opgang_breaker_state')).filter((line) => line.endsWith(' 1'))
  expect(await at()).toEqual([`opgang_breaker_state{page="${PAGE}",state="closed"} 1`])
  metrics.breaker(PAGE, 'circuit')
  expect(await at()).toEqual([`opgang_breaker_state{page="${PAGE}",state="circuit"} 1`])
  expect(await lines(metrics, 'opgang_breaker_state')).toHaveLength(5)
})

test('open turns are asked each time, and are 0 when they are gone', async () => {
  let open: OpenTurns[] = [{ state: 'waiting', age: 'older', count: 3 }]
  const metrics = made({ openTurns: () => open })
  const series = 'opgang_open_turns{state="waiting",age="older"}'
  expect(await valueOf(metrics, series)).toBe(3)
  expect(await valueOf(metrics, 'opgang_open_turns{state="sending",age="below_10s"}')).toBe(0)
  open = []
  expect(await valueOf(metrics, series)).toBe(0)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, -5])('a time of %p ms throws nothing and counts as none', async (ms) => {
  const metrics = made()
  metrics.turn({ channel: 'web', language: 'da', outcome: 'committed', ms })
  metrics.settled(ms)
  expect(await valueOf(metrics, 'opgang_settle_lag_seconds_sum')).toBe(0)
})

test('several programs in one process do not share their numbers; each has those of the process', async () => {
  const [one, other] = [made(), made()]
  one.settled(1)
  expect(await valueOf(other, 'opgang_settle_lag_seconds_count')).toBe(0)
  for (const name of ['nodejs_eventloop_lag_p99_seconds', 'nodejs_eventloop_lag_max_seconds', 'process_cpu_seconds_total'])
    expect(await valueOf(other, name)).toBeGreaterThanOrEqual(0)
  expect(await valueOf(other, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
  expect(await valueOf(other, 'nodejs_heap_size_used_bytes')).toBeGreaterThan(1e6)
})
