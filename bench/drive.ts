/** Sends messages to a contender: as fast as they are answered, or at set times. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Graph } from './graph.js'
import type { Lines } from './lines.js'
import type { Said } from './people.js'

/** Nothing came for this long: what is missing will not come. */
const SILENCE_MS = 5000
/** A timer is good to a millisecond or two; the rest is waited for turn by turn of the loop. */
const TIMER_MS = 3

/** A message that was sent. */
export interface Sent {
  readonly said: Said
  /** When it was written to the connection, `performance.now()`. */
  at: number
  /** Status of the webhook's answer; 0 when the connection broke, -1 while there is none. */
  status: number
}

export interface DriveOrder {
  readonly lines: Lines
  readonly graph: Graph
  /** Answers to wait for; with none, acknowledgements alone let the next message go. */
  readonly answers: number
}

/**
 * Closed loop: the next message goes out when one before it was acknowledged and answered, so that `inFlight` are under way. Resolves
 * when all are, or when nothing came for {@link SILENCE_MS}.
 */
export async function saturate(order: DriveOrder, messages: readonly Said[], inFlight: number): Promise<Sent[]> {
  const flight = new Flight(order, messages.length)
  let next = 0
  flight.onProgress = () => {
    while (next < messages.length && next - flight.done < inFlight) flight.send(messages[next++] as Said)
  }
  flight.onProgress()
  return flight.over()
}

/** What is said, and milliseconds after the start. */
export interface Timed {
  readonly said: Said
  readonly due: number
}

/** Open loop: each message goes out at its time, whatever became of those before. */
export async function atTimes(order: DriveOrder, timed: readonly Timed[]): Promise<Sent[]> {
  const flight = new Flight(order, timed.length)
  const start = performance.now()
  for (const { said, due } of timed) {
    await moment(start + due)
    flight.send(said)
  }
  return flight.over()
}

/** Messages under way. Everything that came before is forgotten when it begins. */
class Flight {
  readonly #sent: Sent[] = []
  #acknowledged = 0
  #newest = performance.now()
  onProgress: () => void = () => undefined

  constructor(
    private readonly order: DriveOrder,
    private readonly total: number,
  ) {
    order.graph.take()
    order.graph.onArrival = () => this.#progress()
  }

  /** Messages that are acknowledged and answered, whichever are fewer. */
  get done(): number {
    return this.order.answers === 0 ? this.#acknowledged : Math.min(this.#acknowledged, this.order.graph.count)
  }

  send(said: Said): void {
    const sent: Sent = { said, at: performance.now(), status: -1 }
    this.#sent.push(sent)
    this.order.lines.send(said.request, (status) => {
      sent.status = status
      this.#acknowledged += 1
      this.#progress()
    })
  }

  async over(): Promise<Sent[]> {
    const whole = () => this.#acknowledged === this.total && this.order.graph.count >= this.order.answers
    while (!whole() && performance.now() - this.#newest < SILENCE_MS) await wait(2)
    return this.#sent
  }

  #progress(): void {
    this.#newest = performance.now()
    this.onProgress()
  }
}

async function moment(at: number): Promise<void> {
  const left = at - performance.now()
  if (left > TIMER_MS) await wait(left - TIMER_MS + 1)
  while (performance.now() < at) await new Promise((resolve) => setImmediate(resolve))
}
