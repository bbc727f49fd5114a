/** The HTTP upgrade that opens a stream: `GET <base>/conversations/<id>/stream?watermark=<w>&t=<token>`. */
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ServerOptions, WebSocketServer } from 'ws'
import type { Keys, Time } from '../../app/ports.js'
import { bearerOf, conversationOf } from './authorize.js'
import { DirectLineError } from './direct-line-error.js'
import { readWatermark } from './outbound.js'
import { DIRECT_LINE_PATHS } from './paths.js'
import type { Streams } from './streams.js'

const STREAM = new RegExp(`^(?:${DIRECT_LINE_PATHS.join('|')})/conversations/([^/]+)/stream$`)
/** Clients send empty keep-alives only. */
const INCOMING_MAX = 1024
/** Milliseconds that a client has to answer a close before its socket is cut. */
const CLOSE_TIMEOUT = 2000

/** Takes an upgrade that is for a stream (true), and leaves all others alone (false). */
export type HandleUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean

export function streamUpgrade(streams: Streams, keys: Keys, time: Time): HandleUpgrade {
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    perMessageDeflate: false,
    maxPayload: INCOMING_MAX,
    closeTimeout: CLOSE_TIMEOUT,
  }
  const server = new WebSocketServer(options)
  return (request, socket, head) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2)
    const id = STREAM.exec(path)?.[1]
    if (id === undefined) return false
    const asked = new URLSearchParams(query)
    const refusal = refusalOf(id, asked.get('t') ?? bearerOf(request.headers), keys, time)
    if (refusal) refuse(socket, refusal)
    else server.handleUpgrade(request, socket, head, (opened) => streams.add(opened, id, readWatermark(asked.get('watermark'))))
    return true
  }
}

function refusalOf(id: string, token: string | undefined, keys: Keys, time: Time): DirectLineError | undefined {
  try {
    return conversationOf(token, keys, time.now()) === id ? undefined : new DirectLineError(403)
  } catch (error) {
    if (error instanceof DirectLineError) return error
    throw error
  }
}

function refuse(socket: Duplex, refusal: DirectLineError): void {
  const body = JSON.stringify(refusal.body)
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.on('error', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
