/** Graph as it is on a bad day: slow, refusing, cutting connections; it remembers every message, and shows most of them as echoes. */
import { type GraphStub, type StubAnswer, type StubRequest, startGraphStub } from '../graph-stub.js'
import { endOfMany, type Living, pause, untilTaken, webhookOf } from './delivery.js'
import type { GraphCall } from './evidence.js'
import { type Random, randomOf } from './random.js'

/** Shares of messages, each from 0 to 1. */
export interface Weather {
  /** The connection is cut and nobody gets the message. */
  readonly lost: number
  /** The person gets it, and the connection is cut before the answer. */
  readonly cut: number
  /** Refused for now. */
  readonly putOff: number
  /** Refused for good. */
  readonly refused: number
  /** Of those taken, answered late. */
  readonly slow: number
  /** Of those taken, shown as an echo. */
  readonly echoed: number
}

export interface GraphOptions {
  readonly seed: number
  readonly secret: string
  readonly appId: string
  readonly living: Living
  readonly now: () => number
  readonly weather: Weather
}

export interface Graph {
  readonly url: string
  /** Every request with a message, in the order they came. */
  readonly calls: readonly GraphCall[]
  /** Takes and answers everything at once from now on, and shows what is still to be shown. */
  calm(): void
  /** Resolves when every echo sent so far was answered 200. */
  echoed(): Promise<void>
  close(): Promise<void>
}

/** Longest time of a late answer: many crashes fall into it. */
const SLOW_MS = 800
/** When an echo comes: mostly at once, some while a restarted product still waits for them (10 s), some after that. */
const ECHO_AFTER: readonly (readonly [share: number, from: number, to: number])[] = [
  [0.7, 2, 300],
  [0.9, 1000, 6000],
  [1, 8000, 14_000],
]
const CALM: Omit<Weather, 'echoed'> = { lost: 0, cut: 0, putOff: 0, refused: 0, slow: 0 }

type Call = { -readonly [K in keyof GraphCall]: GraphCall[K] }
interface Playing extends GraphOptions {
  readonly stub: GraphStub
  readonly random: Random
  readonly calls: Call[]
  readonly echoes: Set<Promise<unknown>>
  /** Echoes wait no more. */
  readonly hurried: AbortController
  readonly closed: AbortController
}

export async function startGraph(options: GraphOptions): Promise<Graph> {
  const stub = await startGraphStub({ appSecret: options.secret, appId: options.appId, now: Date.now })
  const random = randomOf(options.seed, 'graph')
  const playing: Playing = { ...options, stub, random, calls: [], echoes: new Set(), hurried: endOfMany(), closed: endOfMany() }
  let weather = options.weather
  stub.answerWith((request) => ('message' in request.body ? answer(playing, request, weather) : undefined))
  return {
    url: stub.url,
    calls: playing.calls,
    calm() {
      weather = { ...CALM, echoed: weather.echoed }
      playing.hurried.abort()
    },
    async echoed() {
      while (playing.echoes.size > 0) await Promise.all(playing.echoes)
    },
    async close() {
      playing.hurried.abort()
      playing.closed.abort()
      await stub.close()
      await Promise.all(playing.echoes)
    },
  }
}

async function answer(playing: Playing, request: StubRequest, weather: Weather): Promise<StubAnswer> {
  const { random, calls, now, closed } = playing
  const fate = fateOf(random, weather)
  const { text = '', metadata = '' } = request.body['message'] as { text?: string; metadata?: string }
  const person = (request.body['recipient'] as { id: string }).id
  const call: Call = { id: metadata, person, text, at: now(), fate: fate === 'cut' ? 'taken' : fate }
  const mid = `m_graph_${calls.push(call)}`
  if (call.fate === 'taken' && random.chance(weather.echoed)) showLater(playing, call, { mid, page: request.page })
  if (random.chance(weather.slow)) await pause(random.between(0, SLOW_MS), closed.signal)
  if (fate === 'cut' || fate === 'lost') return 'reset'
  call.answeredAt = now()
  if (fate === 'taken') return { status: 200, body: { recipient_id: person, message_id: mid } }
  return { status: 400, body: { error: { message: 'not taken', code: fate === 'refused' ? 100 : 2 } } }
}

/** What happens to a message. */
function fateOf(random: Random, weather: Weather): GraphCall['fate'] | 'cut' {
  const drawn = random.next()
  const { lost, cut, putOff, refused } = weather
  if (drawn < lost) return 'lost'
  if (drawn < lost + cut) return 'cut'
  if (drawn < lost + cut + putOff) return 'put off'
  return drawn < lost + cut + putOff + refused ? 'refused' : 'taken'
}

function showLater(playing: Playing, call: Call, { mid, page }: { mid: string; page: string }): void {
  const { random, stub, living, echoes, hurried, closed, now } = playing
  const drawn = random.next()
  const [, from, to] = ECHO_AFTER.find(([share]) => drawn < share) ?? [1, 0, 0]
  const order = { mid, metadata: call.id, page, user: call.person, text: call.text }
  const shown = pause(random.between(from, to), hurried.signal)
    .then(() =>
      untilTaken(async () => {
        const webhook = webhookOf(living, random.next())
        return webhook !== undefined && (await stub.echo(webhook, order)) === 200
      }, closed.signal),
    )
    .then((taken) => {
      if (taken) call.echoedAt = now()
    })
    .finally(() => echoes.delete(shown))
  echoes.add(shown)
}
