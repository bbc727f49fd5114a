/** Many people who write to the running product on Messenger, and what is seen of it at Graph and in the store. */
import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@jest/globals'
import { HELLO, wordOf } from '../faults/house.js'
import type { GraphStub, StubRequest } from '../graph-stub.js'
import { type Environment, eventually, type Product, runCommand } from './product.js'

export const SECRET = 'secret-of-the-test'
export const APP = '555000111222333'
/** Meta gives up an answer after this (Webhooks); a busy machine's own delay is in it. */
export const ANSWER_MS = 5000

export function messengerSettings(pages: readonly string[], graphUrl: string): Environment {
  return {
    LANGUAGES: 'da',
    LOG_LEVEL: 'warn',
    MESSENGER_PAGES: pages.map((page) => `${page}=token-of-${page}`).join(','),
    MESSENGER_APP_ID: APP,
    MESSENGER_APP_SECRET: SECRET,
    MESSENGER_VERIFY_TOKEN: 'verify',
    GRAPH_API_URL: graphUrl,
  }
}

export interface Person {
  readonly at: number
  readonly id: string
  readonly page: string
}

export function people(count: number, pages: readonly string[], from = 0): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const at = from + index
    return { at, id: `95${String(at).padStart(14, '0')}`, page: pages[at % pages.length] ?? '' }
  })
}

/** One message. Number 0 is the greeting that opens the dialog; the others are a word that no other message has. */
export interface Written {
  readonly person: Person
  readonly number: number
  readonly answer: string
  /** Milliseconds of one clock: when it was first delivered, and when it was acknowledged. */
  readonly deliveredAt: number
  readonly acknowledgedAt: number
  /** What each delivery was answered: status, `Retry-After`, and how long it took. */
  readonly answers: readonly DeliveryAnswer[]
}
export interface DeliveryAnswer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly ms: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 3000, maxFreeSockets: 3000 })
export function hangUp(): void {
  agent.destroy()
}

/** Delivers one message once. Status 0: the connection broke, or nobody answered in 15 s. */
export function deliver(url: string, person: Person, number: number, stamp = Date.now()): Promise<DeliveryAnswer> {
  const { text } = number === 0 ? HELLO : wordOf(person.at, number)
  const message = { mid: `m_${person.id}_${number}`, text }
  const messaging = [{ sender: { id: person.id }, recipient: { id: person.page }, timestamp: stamp, message }]
  const body = JSON.stringify({ object: 'page', entry: [{ id: person.page, time: stamp, messaging }] })
  return post(`${url}/webhooks/messenger`, body)
}

function post(url: string, body: string): Promise<DeliveryAnswer> {
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'x-hub-signature-256': signature }
  const began = performance.now()
  return new Promise((resolve) => {
    const end = (status: number, retryAfter?: string) => resolve({ status, retryAfter, ms: performance.now() - began })
    const sent = request(url, { method: 'POST', agent, headers, timeout: 15_000 }, (response) => {
      response.resume()
      response.on('end', () => end(response.statusCode ?? 0, response.headers['retry-after']))
      response.on('error', () => end(0))
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => end(0))
    sent.end(body)
  })
}

/** Pause before what was refused is delivered again, in milliseconds. */
const AGAIN_MS = 200

/** Delivers one message again and again, as Meta does, until it is acknowledged. What has an older `stamp` than one before it comes late. */
export async function write(url: string, person: Person, number: number, stamp = Date.now()): Promise<Written> {
  const deliveredAt = performance.now()
  const answers: DeliveryAnswer[] = []
  for (;;) {
    const answer = await deliver(url, person, number, stamp)
    answers.push(answer)
    if (answer.status === 200) break
    await sleep(AGAIN_MS)
  }
  const { answer } = number === 0 ? HELLO : wordOf(person.at, number)
  return { person, number, answer, deliveredAt, acknowledgedAt: performance.now(), answers }
}

/** Everybody says hello, is acknowledged, and has the answer. */
export async function greetAll(url: string, all: readonly Person[]): Promise<void> {
  await Promise.all(all.map((person) => write(url, person, 0)))
}

/** Refused is: 503 with the seconds to wait, within Meta's time unless another is given. */
export function expectRefusal({ status, retryAfter, ms }: DeliveryAnswer, within = ANSWER_MS): void {
  expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: expect.stringMatching(/^[1-9]\d*$/) })
  expect(ms).toBeLessThan(within)
}

export function recipientOf({ body }: StubRequest): string {
  return (body['recipient'] as { id?: string } | undefined)?.id ?? ''
}
export function textOf({ body }: StubRequest): string {
  return (body['message'] as { text?: string } | undefined)?.text ?? ''
}

/** Words of everything that Graph was asked to deliver to each person, in the order of asking. */
export function toldByPerson(requests: readonly StubRequest[]): Map<string, string[]> {
  const told = new Map<string, string[]>()
  for (const asked of requests) {
    const words = told.get(recipientOf(asked)) ?? []
    words.push(textOf(asked))
    told.set(recipientOf(asked), words)
  }
  return told
}

/** Each acknowledged message was answered exactly once, a person's answers in the order of acknowledgement where that is certain. */
export function expectAnswered(written: readonly Written[], requests: readonly StubRequest[]): void {
  const told = toldByPerson(requests)
  const problems: string[] = []
  const last = new Map<string, { written: Written; place: number }[]>()
  for (const one of written) {
    const words = told.get(one.person.id) ?? []
    const times = words.filter((text) => text.includes(one.answer)).length
    // The greeting's answer is asked again after a wrong word: it is counted where it stands first.
    if (one.number === 0 ? times === 0 : times !== 1)
      problems.push(`${one.person.id} #${one.number} was answered ${times} times: ${callsOf(one, requests)}`)
    const place = words.findIndex((text) => text.includes(one.answer))
    const others = last.get(one.person.id) ?? []
    for (const { written: other, place: before } of others) {
      const [first, second] = other.acknowledgedAt <= one.acknowledgedAt ? [other, one] : [one, other]
      const certain = first.acknowledgedAt < second.deliveredAt
      const inOrder = first === other ? before < place : place < before
      if (certain && !inOrder)
        problems.push(`${one.person.id}: #${first.number} was acknowledged before #${second.number} came, and answered after it`)
    }
    others.push({ written: one, place })
    last.set(one.person.id, others)
  }
  expect(problems).toEqual([])
}

/** The ids of the messages that answered it, `<turn>.<index>`. */
function callsOf({ person, answer }: Written, requests: readonly StubRequest[]): string {
  const calls = requests.filter((request) => recipientOf(request) === person.id && textOf(request).includes(answer))
  return calls.map(({ body }) => (body['message'] as { metadata?: string }).metadata).join(', ')
}

export interface Row {
  readonly conversation: string
  readonly seq: number
  readonly event: { readonly id: string; readonly text: string }
  readonly effects: readonly { readonly type: string; readonly message?: { readonly text: string } }[]
  readonly settle: { readonly state: string; readonly sent: Readonly<Record<string, { readonly state: string; readonly reason?: string }>> }
}

export async function rowsOf(environment: Environment, root: string): Promise<Row[]> {
  const { code, stdout, stderr } = await runCommand('cli/log', ['--json'], environment, root)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)
}

/** A number of `/metrics`, by its name with its labels. */
export async function metric({ url }: Pick<Product, 'url'>, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

export async function readiness({ url }: Pick<Product, 'url'>): Promise<{ status: number; reason: string }> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) })
  return { status: response.status, reason: await response.text() }
}

/** Everybody of `all` has been asked for a word. */
export function greeted(graph: GraphStub, all: readonly Person[]): boolean {
  const told = toldByPerson(graph.messages())
  return all.every(({ id }) => told.get(id)?.some((text) => text.includes(HELLO.answer)) === true)
}

/** Every message of everybody until all of it is acknowledged; refusals are what they have to be. */
export async function writeOn(url: string, all: readonly Person[], numbers: readonly number[]): Promise<Written[]> {
  const each = all.map(async (person) => {
    const written: Written[] = []
    for (const number of numbers) written.push(await write(url, person, number))
    return written
  })
  return (await Promise.all(each)).flat()
}

/** Deliveries that were refused, each as it has to be. */
export function refusals(written: readonly Written[]): DeliveryAnswer[] {
  const refused = written.flatMap(({ answers }) => answers).filter(({ status }) => status !== 200)
  for (const answer of refused) expectRefusal(answer)
  return refused
}

/** Everything written was answered once and in order, and nothing is left to settle. */
export async function expectDrained(written: readonly Written[], graph: GraphStub, rows: () => Promise<Row[]>): Promise<void> {
  const words = written.filter(({ number }) => number > 0).length
  await eventually(() => graph.messages().filter((request) => /ord-/.test(textOf(request))).length >= words, 40_000)
  await eventually(async () => (await rows()).every(({ settle }) => settle.state === 'done'))
  expectAnswered(written, graph.messages())
}
