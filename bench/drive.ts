/** Sends messages to a contender: as fast as they are answered, or at set times. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Graph, Reply } from './graph.js'
import type { Lines } from './lines.js'
import type { Said } from './people.js'

/** Nothing came for this long: what is missing will not come. */
const SILENCE_MS = 5000

export interface Sent {
  readonly said: Said
  /** When it was written to the connection, `performance.now()`. */
  at: number
  /** Status of the webhook's answer; 0 when the connection broke, -1 while there is none. */
  status: number
}

export interface Driven {
  readonly sent: readonly Sent[]
  readonly replies: readonly Reply[]
}

export interface DriveOrder {
  readonly lines: Lines
  readonly graph: Graph
  readonly messages: readonly Said[]
  /** Messages under way at once: sent and not yet acknowledged, or not yet answered. */
  readonly inFlight: number
}

/** Closed loop: the next message goes out when one before it was acknowledged and answered. */
export async function saturate({ lines, graph, messages, inFlight }: DriveOrder): Promise<Driven> {
  graph.take()
  const sent: Sent[] = messages.map((said) => ({ said, at: 0, status: -1 }))
  const state = { next: 0, acknowledged: 0, seen: performance.now() }
  const advance = () => {
    state.seen = performance.now()
    while (state.next < sent.length && state.next - Math.min(state.acknowledged, graph.count) < inFlight) post(state.next++)
  }
  const post = (at: number) => {
    const one = sent[at] as Sent
    one.at = performance.now()
    lines.send(one.said.request, (status) => {
      one.status = status
      state.acknowledged += 1
      advance()
    })
  }
  graph.onArrival = advance
  advance()
  await until(() => state.acknowledged === sent.length && graph.count >= sent.length, () => state.seen)
  return { sent, replies: graph.take() }
}

export interface Timed {
  readonly said: Said
  /** Milliseconds after the start. */
  readonly due: number
}

/** Open loop: each message goes out at its time, whatever became of those before. */
export async function atTimes(lines: Lines, graph: Graph, timed: readonly Timed[]): Promise<Driven> {
  graph.take()
  const sent: Sent[] = []
  const state = { acknowledged: 0, seen: performance.now() }
  graph.onArrival = () => {
    state.seen = performance.now()
  }
  const start = performance.now()
  for (const { said, due } of timed) {
    await moment(start + due)
    const one: Sent = { said, at: performance.now(), status: -1 }
    sent.push(one)
    lines.send(said.request, (status) => {
      one.status = status
      state.acknowledged += 1
      state.seen = performance.now()
    })
  }
  state.seen = performance.now()
  await until(() => state.acknowledged === sent.length && graph.count >= sent.length, () => state.seen)
  return { sent, replies: graph.take() }
}

/** A timer is good to a millisecond; the rest is waited for turn by turn of the loop. */
async function moment(at: number): Promise<void> {
  const left = at - performance.now()
  if (left > 3) await wait(left - 2)
  while (performance.now() < at) await new Promise((resolve) => setImmediate(resolve))
}

/** Ends when `done`, or after {@link SILENCE_MS} without anything new: what is missing shows in the result. */
async function until(done: () => boolean, seen: () => number): Promise<void> {
  while (!done() && performance.now() - seen() < SILENCE_MS) await wait(5)
}
