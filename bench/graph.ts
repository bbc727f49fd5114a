/** Plays Meta's Graph API: takes every request, and notes when each message came and what it said. */
import { createServer, type Server, type Socket } from 'node:net'
import { HttpFrames } from './http-frames.js'

/** One request to the Send API, by the benchmark's own clock. */
export interface Arrival {
  /** `performance.now()`, milliseconds. */
  readonly at: number
  readonly body: Buffer
}

export interface Reply {
  readonly at: number
  readonly user: string
  readonly text: string
}

const ACCEPTED = JSON.stringify({ recipient_id: '0000000000000000', message_id: 'm_accepted-by-the-benchmark' })
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=UTF-8\r\ncontent-length: ${ACCEPTED.length}\r\nconnection: keep-alive\r\n\r\n${ACCEPTED}`

const ACTION = Buffer.from('"sender_action"')

export class Graph {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #arrivals: Arrival[] = []
  /** Called at each request. */
  onArrival: () => void = () => undefined

  private constructor() {
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket))
  }

  static async open(): Promise<Graph> {
    const graph = new Graph()
    await new Promise<void>((resolve) => graph.#server.listen(0, '127.0.0.1', resolve))
    return graph
  }

  /** Stands for `https://graph.facebook.com/v26.0`. */
  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v26.0`
  }

  get count(): number {
    return this.#arrivals.length
  }

  /** What came since the last call, in the order it came. */
  take(): Reply[] {
    const taken = this.#arrivals
    this.#arrivals = []
    return taken.map(readArrival)
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    const frames = new HttpFrames((_, body) => {
      socket.write(ANSWER)
      // Read marks and typing are no answers.
      if (body.includes(ACTION)) return
      this.#arrivals.push({ at: performance.now(), body: Buffer.from(body) })
      this.onArrival()
    })
    socket.on('data', (chunk) => frames.feed(chunk))
    // A server that is stopped cuts its connections; what is missing then shows in the count.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#sockets.delete(socket))
  }
}

function readArrival({ at, body }: Arrival): Reply {
  const { recipient, message } = JSON.parse(body.toString()) as { recipient: { id: string }; message: { text: string } }
  return { at, user: recipient.id, text: message.text }
}
