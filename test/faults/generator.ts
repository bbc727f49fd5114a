/** People who write in turn. Each person's messages come by one line of Meta's: the next is delivered when the last was acknowledged. */
import { endOfMany, type Living, pause, postSigned, untilTaken, webhookOf } from './delivery.js'
import type { Written } from './evidence.js'
import { type Random, randomOf } from './random.js'

export interface GeneratorOptions {
  readonly people: number
  readonly seed: number
  readonly page: string
  readonly secret: string
  readonly living: Living
  readonly now: () => number
  /** The first message and what it is answered with; then `word` makes each message's own. */
  readonly hello: Said
  readonly word: (person: number, number: number) => Said
}
export interface Said {
  readonly text: string
  readonly answer: string
}

export interface Generator {
  readonly written: readonly Written[]
  /** Deliveries that were refused or not answered. */
  refused(): number
  /** Nobody begins anything more; resolves when all that was written is acknowledged. */
  finish(): Promise<void>
  /** Ends at once; what is not acknowledged stays so. */
  close(): Promise<void>
}

/** Shares of what people and Meta do (ours): each happens often in a short run. */
const TWO_IN_FLIGHT = 0.15
const SEVERAL_IN_ONE = 0.1
const SEVERAL = 3
const DELIVERED_TWICE = 0.08
/** Until a message is delivered a second time on purpose. */
const TWICE_AFTER_MS = 5000
/** Between an acknowledgement and the next message: often at once, else as people do. On average less than Messenger's rate of a thread lets through. */
const AT_ONCE = 0.2
const PAUSE_MS = 3500

interface Person {
  readonly at: number
  readonly id: string
  readonly random: Random
  number: number
  /** Meta's time of the newest message. */
  stamp: number
}

interface Generating extends GeneratorOptions {
  readonly written: Written[]
  readonly background: Set<Promise<unknown>>
  readonly stopped: AbortController
  readonly closed: AbortController
  refusals: number
}

export function startGenerator(options: GeneratorOptions): Generator {
  const generating: Generating = {
    ...options,
    written: [],
    background: new Set(),
    stopped: endOfMany(),
    closed: endOfMany(),
    refusals: 0,
  }
  const people = Array.from({ length: options.people }, (_, at) => personOf(at, options.seed))
  const lines = people.map((person) => talk(generating, person))
  const done = async () => {
    generating.stopped.abort()
    await Promise.all(lines)
    await Promise.all(generating.background)
  }
  return {
    written: generating.written,
    refused: () => generating.refusals,
    finish: done,
    close() {
      generating.closed.abort()
      return done()
    },
  }
}

function personOf(at: number, seed: number): Person {
  return { at, id: `94${String(at).padStart(14, '0')}`, random: randomOf(seed, `person ${at}`), number: 0, stamp: 0 }
}

async function talk(generating: Generating, person: Person): Promise<void> {
  const { stopped } = generating
  await pause(person.random.between(0, PAUSE_MS), stopped.signal)
  while (!stopped.signal.aborted) {
    const deliveries = person.random.chance(TWO_IN_FLIGHT) ? 2 : 1
    const several = person.random.chance(SEVERAL_IN_ONE) ? SEVERAL : 1
    // The first message stands alone: it opens the conversation.
    const [count, size] = person.number === 0 ? [1, 1] : [deliveries, several]
    // One time for all that is on its way together: none of them is late.
    person.stamp = Math.max(Date.now(), person.stamp + 1)
    await Promise.all(Array.from({ length: count }, () => deliver(generating, person, size)))
    if (!person.random.chance(AT_ONCE)) await pause(person.random.between(0, PAUSE_MS), stopped.signal)
  }
}

/** One delivery with so many messages, until it is acknowledged; some are delivered once more after that. */
async function deliver(generating: Generating, person: Person, size: number): Promise<void> {
  const { written, closed, now, page } = generating
  const numbers = Array.from({ length: size }, () => person.number++)
  const delivery = `${person.id}:${numbers[0]}`
  const first = written.length
  for (const number of numbers) {
    const { text, answer } = number === 0 ? generating.hello : generating.word(person.at, number)
    const event = `m:${page}:${midOf(person, number)}`
    written.push({ person: person.id, event, text, answer, number, delivery, deliveredAt: now() })
  }
  const mine = written.slice(first).map((_, at) => first + at)
  const body = bodyOf(generating, person, mine)
  if (!(await post(generating, person.random, body))) return
  const acknowledgedAt = now()
  for (const at of mine) written[at] = { ...(written[at] as Written), acknowledgedAt }
  if (!person.random.chance(DELIVERED_TWICE)) return
  const wait = person.random.between(0, TWICE_AFTER_MS)
  const again = pause(wait, closed.signal).then(() => post(generating, person.random, body))
  generating.background.add(again)
  void again.finally(() => generating.background.delete(again))
}

function midOf({ id }: Person, number: number): string {
  return `m_${id}_${number}`
}

function bodyOf({ page, written }: Generating, person: Person, mine: readonly number[]): string {
  const timestamp = person.stamp
  const messaging = mine.map((at) => {
    const { number, text } = written[at] as Written
    return { sender: { id: person.id }, recipient: { id: page }, timestamp, message: { mid: midOf(person, number), text } }
  })
  return JSON.stringify({ object: 'page', entry: [{ id: page, time: timestamp, messaging }] })
}

function post(generating: Generating, random: Random, body: string): Promise<boolean> {
  return untilTaken(async () => {
    const webhook = webhookOf(generating.living, random.next())
    const taken = webhook !== undefined && (await postSigned(webhook, body, generating.secret)) === 200
    if (!taken) generating.refusals++
    return taken
  }, generating.closed.signal)
}
