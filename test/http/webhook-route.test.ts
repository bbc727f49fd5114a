/** The webhook's own limits, small ones, on real sockets: what is beyond them is asked to come again, and nothing hangs. */
import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createHttpServer } from '../../src/http/server.js'
import { webhookRoute } from '../../src/http/webhooks.js'
import { eventually } from '../e2e/product.js'

const LIMITS = { deliveries: 3, bytes: 100_000, answerWithin: 60_000 }
/** For a test that waits for it; in the others nothing may end by itself. */
const SOON = 300
const HALF = 'a'.repeat(60_000)

let server: Server
/** What handling a delivery ends with; it hangs until then. */
let handling: { resolve: (status: number) => void; reject: (error: Error) => void }[]
let logged: string[]
const sockets: Socket[] = []

beforeEach(() => serve(LIMITS))
afterEach(close)

async function serve(limits: typeof LIMITS): Promise<void> {
  ;[handling, logged] = [[], []]
  const note = (message: string) => void logged.push(message)
  const log = { info: note, warn: note, error: note }
  const handleWebhook = () =>
    new Promise<{ status: number }>((resolve, reject) => handling.push({ resolve: (status) => resolve({ status }), reject }))
  const webhook = webhookRoute({ handleWebhook, log }, limits)
  server = createHttpServer({ trustProxy: false, secure: false, routers: [], webhook, pages: 'nowhere', log })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
}

async function close(): Promise<void> {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
  readonly ms: number
}

async function deliver(body = '{}'): Promise<Answer> {
  const began = performance.now()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/messenger`
  const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(5000) })
  const text = await response.text()
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text, ms: performance.now() - began }
}

/** Announces `length` bytes and sends the first of them. */
async function begin(length: number, first: string): Promise<{ socket: Socket; text: () => string }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.setEncoding('latin1').on('data', (piece: string) => {
    text += piece
  })
  // Being cut off shows as a reset while we write: that is what is wanted.
  socket.on('error', () => undefined)
  socket.write(`POST /webhooks/messenger HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n${first}`)
  return { socket, text: () => text }
}

const REFUSED = { status: 503, retryAfter: expect.stringMatching(/^[1-9]\d*$/), text: expect.stringContaining('Deliver it again') }

test('a delivery whose handling hangs is asked to come again in time', async () => {
  await close()
  await serve({ ...LIMITS, answerWithin: SOON })
  const answer = await deliver()
  expect(answer).toMatchObject(REFUSED)
  expect(answer.ms).toBeGreaterThan(SOON - 50)
  expect(handling).toHaveLength(1)
})

test('what handling answers is passed on, and a failure is told in words', async () => {
  const taken = deliver()
  await eventually(() => handling.length === 1)
  handling[0]?.resolve(200)
  expect(await taken).toMatchObject({ status: 200, text: 'EVENT_RECEIVED', retryAfter: null })
  const failed = deliver()
  await eventually(() => handling.length === 2)
  handling[1]?.reject(new Error('broken'))
  expect(await failed).toMatchObject({ status: 500 })
  expect(logged).toEqual(['a delivery from Messenger failed'])
})

test('more deliveries at once than the limit are refused at once, and taken again when there is room', async () => {
  const first = [deliver(), deliver(), deliver()]
  await eventually(() => handling.length === 3)
  expect(await deliver()).toMatchObject(REFUSED)
  expect(handling).toHaveLength(3)
  for (const { resolve } of handling) resolve(200)
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual([200, 200, 200])
  const next = deliver()
  await eventually(() => handling.length === 4)
  handling[3]?.resolve(200)
  expect(await next).toMatchObject({ status: 200 })
})

test('bodies that are more together than the limit are refused, also those that were let in when there was room', async () => {
  const [one, two] = [await begin(100_001, HALF), await begin(100_001, '')]
  two.socket.write(HALF)
  await eventually(() => one.text() !== '' || two.text() !== '')
  const texts = [one.text(), two.text()]
  expect(texts.filter((text) => text === '')).toHaveLength(1)
  expect(texts.join('')).toMatch(/^HTTP\/1\.1 503 .*\r\n(.*\r\n)*retry-after: \d+\r\n(.*\r\n)*connection: close/i)
  // What was refused is counted no more: there is room for another.
  const small = deliver('a'.repeat(30_000))
  await eventually(() => handling.length === 1)
  handling[0]?.resolve(200)
  expect(await small).toMatchObject({ status: 200 })
})

test('bytes of a connection that broke off are counted no more', async () => {
  for (let times = 0; times < 4; times++) {
    const { socket } = await begin(100_000, HALF)
    const [accepted] = (await once(server, 'request')) as [IncomingMessage]
    await eventually(() => accepted.socket.bytesRead > HALF.length)
    socket.destroy()
    await eventually(() => accepted.closed)
  }
  const taken = deliver(HALF)
  await eventually(() => handling.length === 1)
  handling[0]?.resolve(200)
  expect(await taken).toMatchObject({ status: 200 })
})
