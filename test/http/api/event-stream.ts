/** Reading server-sent events over HTTP as a browser does, and asking a stream for its head alone. */
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import type { Response } from 'supertest'
import type { BoardChange } from '../../../src/core/board-types.js'

export interface EventStream {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Every byte so far. */
  text(): string
  changes(): readonly BoardChange[]
  beats(): number
  isOver(): boolean
  close(): void
}

/** Resolves when the head of the answer is there. */
export function openEvents(server: Server, token: string): Promise<EventStream> {
  const { port } = server.address() as AddressInfo
  const headers = { cookie: `__Host-opgang_staff=${token}`, accept: 'text/event-stream' }
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, path: '/api/events', headers }, (response) => resolve(readerOf(response)))
    outgoing.on('error', reject)
    outgoing.end()
  })
}

function readerOf(response: IncomingMessage): EventStream {
  let text = ''
  let over = false
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => (text += chunk))
  response.on('close', () => (over = true))
  // What is cut off by the server is over too.
  response.on('error', () => (over = true))
  const events = () => text.split('\n\n').slice(0, -1)
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: () => text,
    changes: () => events().flatMap((event) => (event.startsWith('data: ') ? [JSON.parse(event.slice(6)) as BoardChange] : [])),
    beats: () => events().filter((event) => event.startsWith('event: beat\n')).length,
    isOver: () => over,
    close: () => void response.destroy(),
  }
}

/** For a client that reads answers to their end: a stream has none, so its head is the answer; all else is JSON. */
export function headOfStream(response: Response, done: (error: Error | null, body: unknown) => void): void {
  // The parser is given the message itself, whatever its type says.
  const incoming = response as unknown as IncomingMessage
  if (incoming.headers['content-type']?.startsWith('text/event-stream') === true) {
    incoming.destroy()
    return done(null, {})
  }
  let text = ''
  incoming.setEncoding('utf8')
  incoming.on('data', (chunk: string) => (text += chunk))
  incoming.on('end', () => done(null, text === '' ? {} : JSON.parse(text)))
}
