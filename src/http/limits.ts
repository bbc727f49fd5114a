/** What one client may cost: time, bytes, connections. Each bad request is ended, in words where the connection still allows it. */
import { type IncomingMessage, type Server, type ServerOptions, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RequestHandler, Response } from 'express'
import type { Log } from '../app/ports.js'
import { refusalOf } from './api/api-error.js'

/** All numbers are ours. Times in milliseconds. */
export interface ServerLimits {
  /** From the first byte of a connection, or of the next request on it, to the end of its headers. */
  readonly headersMs: number
  /** … to the end of its body: who sends a byte a second is cut off here. */
  readonly requestMs: number
  /** How often both are looked at: they may be overrun by this much. */
  readonly checkMs: number
  /** A connection on which nothing moves, as when a client does not take its answer. */
  readonly stalledMs: number
  /** Bytes of all headers; ours are a token and a cookie, a proxy adds a few. More is 431. */
  readonly headerBytes: number
  /** Open connections, streams of the page included. */
  readonly connections: number
}

export const SERVER_LIMITS: ServerLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  checkMs: 2000,
  stalledMs: 60_000,
  headerBytes: 16 * 1024,
  // About 15 kB of memory each when idle, so 60 MB at most, and below the 4096 files that many systems allow a process.
  connections: 4000,
}

/** Number of headers. Node drops what is beyond 2000 without a word, and what is dropped could be the one that tells who asks. */
const HEADERS_MAX = 100
/** A refused client may read our words this long before the connection is cut; what it still sends is kept nowhere. */
const LINGER_MS = 1000
/** Refused connections are told to the log once in this time. */
const TELL_MS = 60_000

const WORDS: Readonly<Record<number, string>> = {
  400: 'This request cannot be read.',
  408: 'This request took too long. Send it again, faster.',
  413: 'This is too large.',
  431: 'The headers of this request are too large, or too many.',
}
/** Direct Line's word for a body, and ours for headers. */
const CODES: Readonly<Record<number, string>> = { 413: 'MessageSizeTooBig', 431: 'HeadersTooLarge' }
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

export function serverOptions(limits: ServerLimits): ServerOptions {
  return {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    maxHeaderSize: limits.headerBytes,
  }
}

/** Limits what the options cannot, and answers what is no request. A connection may carry any number of requests: proxies keep theirs. */
export function guardServer(server: Server, limits: ServerLimits, log: Log): void {
  server.timeout = limits.stalledMs
  server.maxConnections = limits.connections
  let told = false
  server.on('drop', () => {
    if (told) return
    told = true
    setTimeout(() => (told = false), TELL_MS).unref()
    log.warn('too many open connections: new ones are refused', { connections: limits.connections })
  })
  const answers = new WeakMap<Duplex, ServerResponse>()
  server.on('request', (request, response) => answers.set(request.socket, response))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const answer = answers.get(socket)
    const midway = answer !== undefined && answer.headersSent && !(answer.writableFinished && answer.req.complete)
    if (midway || socket.destroyed || error.code === 'ECONNRESET') return void socket.destroy()
    // What still arrives after our last word ends here again: the time to read it is running already.
    if (!socket.writable) return
    socket.end(rawAnswer(STATUS_BY_CODE[error.code ?? ''] ?? 400))
    cutLater(socket)
  })
}

/** Refuses too many headers, and a body above `max` bytes: an announced one before it is read, another one where it is too long. */
export function limitRequests(max: number): RequestHandler {
  return (request, response, next) => {
    if (request.rawHeaders.length > HEADERS_MAX * 2) return endWith(response, 431)
    if (Number(request.headers['content-length'] ?? 0) > max) return endWith(response, 413)
    if (request.headers['transfer-encoding'] !== undefined) countBody(request, max, () => endWith(response, 413))
    next()
  }
}

/** Counts beside whoever reads the body, from the first byte on; counting alone would start the reading too early. */
function countBody(request: IncomingMessage, max: number, tooLarge: () => void): void {
  let bytes = 0
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= max) return
    request.off('data', count)
    tooLarge()
  }
  const begin = (event: string | symbol) => {
    if (event !== 'data') return
    request.off('newListener', begin)
    request.on('data', count)
  }
  request.on('newListener', begin)
}

/** The answer goes out whole while the rest of the request is left; then the connection is cut. */
function endWith(response: Response, status: number): void {
  const { req: request } = response
  const body = JSON.stringify(
    request.originalUrl.startsWith('/api/') ? refusalOf(status === 413 ? 'too-large' : 'unreadable') : plainRefusal(status),
  )
  if (response.headersSent) return void request.socket.destroy()
  response
    .status(status)
    .set({ Connection: 'close', 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': String(Buffer.byteLength(body)) })
  // Not ended: Node would read a body to its end first, or close before the client has read.
  response.write(body)
  // Later, because whoever was reading the body lets its rest run off now.
  setImmediate(() => request.pause())
  cutLater(request.socket)
}

/** Both forms, because clients of Direct Line read `error`. */
function plainRefusal(status: number): object {
  const message = WORDS[status]
  return { message, error: { code: CODES[status], message } }
}

function cutLater(socket: Duplex): void {
  const cut = setTimeout(() => socket.destroy(), LINGER_MS)
  cut.unref()
  socket.once('close', () => clearTimeout(cut))
}

function rawAnswer(status: number): string {
  const body = `${WORDS[status]}\n`
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Connection: close', 'Content-Type: text/plain; charset=utf-8']
  return `${head.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}
