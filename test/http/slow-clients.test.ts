/** Clients that are slow, endless or too large, on real sockets against the real server with limits of milliseconds. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import express, { Router } from 'express'
import { healthRouter } from '../../src/http/health.js'
import { SERVER_LIMITS, type ServerLimits } from '../../src/http/limits.js'
import { createHttpServer } from '../../src/http/server.js'
import { messengerRouter, webhookRoute } from '../../src/http/webhooks.js'
import { eventually } from '../e2e/product.js'

const LIMITS: ServerLimits = { ...SERVER_LIMITS, headersMs: 300, requestMs: 600, checkMs: 50, stalledMs: 800, connections: 1100 }
const MB = 1024 * 1024
const WEBHOOK = '/webhooks/messenger'

let server: Server
let bodies: number[]
let logged: string[]
let read: Socket[]
const clients = new Set<Client>()

async function serve(limits = LIMITS): Promise<void> {
  ;[bodies, logged, read] = [[], [], []]
  const note = (message: string) => void logged.push(message)
  const small = Router()
  small.post('/small', express.json(), (request, response) => void response.json(request.body))
  small.get('/large', (_, response) => void response.end(Buffer.alloc(64 * MB)))
  small.get('/begun', (_, response) => void response.write('first half'))
  const routes = {
    verifyHandshake: () => undefined,
    handleWebhook: ({ body }: { body: Buffer }) => Promise.resolve({ status: bodies.push(body.length) > 0 ? 200 : 500 }),
    deletion: () => undefined,
    deletionStatus: () => undefined,
  }
  const routers = [healthRouter(() => Promise.resolve(undefined)), messengerRouter(routes), small]
  const log = { info: note, warn: note, error: note }
  const webhook = webhookRoute({ ...routes, log })
  server = createHttpServer({ trustProxy: false, secure: false, routers, webhook, pages: 'nowhere', log, limits })
  server.on('connection', (socket) => read.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
}
beforeEach(() => serve())
afterEach(async () => {
  for (const { socket } of clients) socket.destroy()
  clients.clear()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const port = () => (server.address() as AddressInfo).port

interface Client {
  readonly socket: Socket
  /** What came back so far. */
  text: string
  ended: boolean
}

async function open(first = ''): Promise<Client> {
  const client: Client = { socket: connect(port(), '127.0.0.1'), text: '', ended: false }
  clients.add(client)
  client.socket.setEncoding('latin1').on('data', (chunk: string) => {
    client.text += chunk
  })
  // Being cut off shows as a reset while we write: that is what is wanted.
  client.socket
    .on('error', () => undefined)
    .on('close', () => {
      client.ended = true
    })
  await once(client.socket, 'connect')
  client.socket.write(first)
  return client
}

/** Sends `piece` again and again until the connection is ended. */
function goOn({ socket }: Client, piece: string | Buffer, everyMs: number): void {
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer)
    else if (socket.writable && !socket.writableNeedDrain) socket.write(piece)
  }, everyMs)
  socket.once('close', () => clearInterval(timer))
}

/** A normal request is answered: a hang would show as a failure here. */
async function others(): Promise<void> {
  const options = { signal: AbortSignal.timeout(5000) }
  expect((await fetch(`http://127.0.0.1:${port()}/healthz`, options)).status).toBe(200)
  const answer = await fetch(`http://127.0.0.1:${port()}${WEBHOOK}`, { method: 'POST', body: '{}', ...options })
  expect(await answer.text()).toBe('EVENT_RECEIVED')
}

async function endsWith(client: Client, status: string, words: RegExp): Promise<void> {
  await others()
  await eventually(() => client.ended, 10_000)
  expect(client.text).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`))
  expect(client.text).toMatch(/connection: close/i)
  expect(client.text).toMatch(words)
  await others()
}

const post = (path: string, ...headers: string[]) => ['POST', path, 'HTTP/1.1\r\nHost: x\r\n'].join(' ') + `${headers.join('\r\n')}\r\n\r\n`

test('a header without end', async () => {
  const client = await open('GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ')
  goOn(client, 'a'.repeat(4096), 1)
  await endsWith(client, '431', /headers of this request are too large/)
})

test('headers without number', async () => {
  const many = Array.from({ length: 101 }, (_, at) => `a${at}: b`).join('\r\n')
  await endsWith(await open(`GET /healthz HTTP/1.1\r\n${many}\r\nHost: x\r\n\r\n`), '431', /too many/)
})

test.each(['', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'])('a header that trickles, after %j', async (before) => {
  const client = await open(before)
  if (before !== '') await eventually(() => client.text.includes('alive'))
  client.text = ''
  client.socket.write('GET /healthz HTTP/1.1\r\nX-Slow: ')
  goOn(client, 'a', 20)
  await endsWith(client, '408', /took too long/)
})

test('a body that trickles', async () => {
  const client = await open(post(WEBHOOK, 'Content-Length: 100000'))
  goOn(client, 'a', 20)
  await endsWith(client, '408', /took too long/)
  expect(bodies.every((length) => length === 2)).toBe(true)
})

test('a chunked body that trickles', async () => {
  const client = await open(post(WEBHOOK, 'Transfer-Encoding: chunked'))
  goOn(client, '1\r\na\r\n', 20)
  await endsWith(client, '408', /took too long/)
})

test('a body of 100 MB that is announced is refused before it is read', async () => {
  const client = await open(post(WEBHOOK, `Content-Length: ${100 * MB}`))
  const [socket] = read
  goOn(client, Buffer.alloc(MB), 1)
  await endsWith(client, '413', /too large/)
  expect(socket?.bytesRead).toBeLessThan(MB)
  expect(bodies.every((length) => length === 2)).toBe(true)
})

test.each([
  ['413', `Content-Length: ${64 * 1024 + 1}`, 'too-large', 'Det er for stort.', 'Make it shorter.'],
  ['431', Array.from({ length: 101 }, (_, at) => `a${at}: b`).join('\r\n'), 'unreadable', 'Kaldet kan ikke', 'Load the page again'],
])('what is too much for the API is refused in its words: %s', async (status, header, code, danish, english) => {
  const client = await open(post('/api/requests', header))
  await endsWith(client, status, new RegExp(`{"code":"${code}","message":{"da":"${danish}.*"advice":{"da":".*"en":"${english}`))
})

test.each([
  [WEBHOOK, 5 * MB, /The body is too large/],
  ['/small', 64 * 1024, /"error":{"code":"MessageSizeTooBig"/],
])('a chunked body to %s is cut at %d bytes', async (path, max, words) => {
  const client = await open(post(path, 'Content-Type: application/json', 'Transfer-Encoding: chunked'))
  const [socket] = read
  goOn(client, Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 32), Buffer.from('\r\n')]), 1)
  await endsWith(client, '413', words)
  // What is on its way in the buffers of both ends comes on top.
  expect(socket?.bytesRead).toBeLessThan(max + MB)
  expect(bodies.every((length) => length === 2)).toBe(true)
  expect(logged).toEqual([])
})

test('up to its limit a body arrives whole, announced or chunked', async () => {
  const body = Buffer.alloc(5 * MB, 32)
  const chunked = new ReadableStream({
    start(controller) {
      for (let at = 0; at < body.length; at += MB) controller.enqueue(body.subarray(at, at + MB))
      controller.close()
    },
  })
  const url = `http://127.0.0.1:${port()}${WEBHOOK}`
  expect((await fetch(url, { method: 'POST', body })).status).toBe(200)
  expect((await fetch(url, { method: 'POST', body: chunked, duplex: 'half' } as RequestInit)).status).toBe(200)
  expect(bodies).toEqual([5 * MB, 5 * MB])
  const json = JSON.stringify({ text: 'a'.repeat(60_000) })
  const answer = await fetch(`http://127.0.0.1:${port()}/small`, {
    method: 'POST',
    body: json,
    headers: { 'content-type': 'application/json' },
  })
  expect(await answer.text()).toBe(json)
})

test('a thousand connections that say nothing', async () => {
  const idle = await Promise.all(Array.from({ length: 1000 }, () => open()))
  await others()
  await eventually(() => idle.every(({ ended }) => ended))
  expect(idle.filter(({ text }) => text.includes('408')).length).toBe(1000)
  await others()
})

test('more connections than the limit are refused, told once, and the server goes on when they are gone', async () => {
  await new Promise((resolve) => server.close(resolve))
  await serve({ ...LIMITS, headersMs: 60_000, requestMs: 60_000, stalledMs: 60_000, connections: 20 })
  const held = await Promise.all(Array.from({ length: 30 }, () => open()))
  await eventually(() => held.filter(({ ended }) => ended).length === 10)
  expect(logged).toEqual(['too many open connections: new ones are refused'])
  for (const { socket } of held) socket.destroy()
  await eventually(() =>
    others().then(
      () => true,
      () => false,
    ),
  )
})

test('a client that does not take its answer', async () => {
  const client = await open('GET /large HTTP/1.1\r\nHost: x\r\n\r\n')
  client.socket.pause()
  const [socket] = read
  await others()
  await eventually(() => socket?.destroyed === true, 10_000)
  client.socket.resume()
  await eventually(() => client.ended)
  expect(client.text.length).toBeLessThan(64 * MB)
})

test('what is no HTTP is answered in words; nothing is written into the middle of an answer', async () => {
  await endsWith(await open('hello\r\n\r\n'), '400', /cannot be read/)
  const client = await open('GET /begun HTTP/1.1\r\nHost: x\r\n\r\n')
  await eventually(() => client.text.includes('first half'))
  client.socket.write('garbage\r\n\r\n')
  await eventually(() => client.ended)
  expect(client.text).not.toMatch(/cannot be read|HTTP\/1\.1 400/)
})
