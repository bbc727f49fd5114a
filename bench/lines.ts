/** Connections to a contender that are kept, one request at a time on each: as many as Meta would hold open. */
import { connect, type Socket } from 'node:net'
import { HttpFrames } from './http-frames.js'

const STATUS = /^HTTP\/1\.1 (\d{3})/

type Done = (status: number) => void

class Line {
  #done: Done | undefined

  constructor(
    private readonly socket: Socket,
    private readonly idle: (line: Line) => void,
  ) {
    const frames = new HttpFrames((head) => this.#finish(Number(STATUS.exec(head)?.[1] ?? 0)))
    socket.on('data', (chunk) => frames.feed(chunk))
    // Whoever waits is told that nobody answered: status 0.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#finish(0))
  }

  send(request: Buffer, done: Done): void {
    this.#done = done
    this.socket.write(request)
  }

  close(): void {
    this.socket.destroy()
  }

  #finish(status: number): void {
    const done = this.#done
    this.#done = undefined
    if (status !== 0) this.idle(this)
    done?.(status)
  }
}

/** Lines of one contender. The one that was idle longest is used next, so that what is sent close together comes on several. */
export class Lines {
  readonly #all: Line[] = []
  readonly #idle: Line[] = []
  readonly #waiting: { request: Buffer; done: Done }[] = []

  static async open(port: number, count: number): Promise<Lines> {
    const lines = new Lines()
    await Promise.all(Array.from({ length: count }, () => lines.#open(port)))
    return lines
  }

  /** Sends when a line is free. `done` gets the status, 0 when the connection broke. */
  send(request: Buffer, done: Done): void {
    const line = this.#idle.shift()
    if (line === undefined) this.#waiting.push({ request, done })
    else line.send(request, done)
  }

  close(): void {
    for (const line of this.#all) line.close()
  }

  async #open(port: number): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    const line = new Line(socket, (free) => this.#free(free))
    this.#all.push(line)
    this.#idle.push(line)
  }

  #free(line: Line): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(line)
    else line.send(next.request, next.done)
  }
}
