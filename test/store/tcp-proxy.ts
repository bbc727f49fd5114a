/** A network that tests can break: connections to the proxy are those to the server behind it, as long as it lets them. */
import { EventEmitter, once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

type Direction = 'questions' | 'answers'

export interface TcpProxy {
  /** Where it listens, `127.0.0.1:port`; always the same. */
  readonly address: string
  /** How many bytes of questions it has passed on. */
  asked(): number
  /** Lets everything through, also what was held back on connections that still stand. */
  open(): Promise<void>
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>
  /** Accepts everything and passes nothing on; of one direction where one is named. */
  stall(direction?: Direction): void
  /** Leaves the connections that stand now without an answer for ever, as a router does that forgot them; new ones work. */
  strand(): void
  /** Holds back each piece for so many milliseconds. */
  slow(ms: number): void
  close(): Promise<void>
}

export async function openTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  const stranded = new Set<Socket>()
  let stalled: readonly Direction[] = []
  let delay = 0
  let asked = 0
  const changed = new EventEmitter().setMaxListeners(0)

  const pass = async (from: Socket, to: Socket, direction: Direction): Promise<void> => {
    for await (const piece of from as AsyncIterable<Buffer>) {
      if (delay > 0) await sleep(delay)
      while (stalled.includes(direction) || stranded.has(from)) await once(changed, 'released')
      if (direction === 'questions') asked += piece.length
      if (!to.destroyed) to.write(piece)
    }
    to.end()
  }
  const server: Server = createServer((client) => {
    const upstream = connect(target)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      // One end that breaks breaks the other; the test looks at what the client makes of it.
      socket.on('error', () => [client, upstream].forEach((end) => end.destroy()))
      socket.on('close', () => {
        sockets.delete(socket)
        for (const end of [client, upstream]) end.destroy()
      })
    }
    const broken = (): void => void client.destroy()
    pass(client, upstream, 'questions').catch(broken)
    pass(upstream, client, 'answers').catch(broken)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const release = (): void => {
    stalled = []
    delay = 0
    changed.emit('released')
  }
  const cut = async (): Promise<void> => {
    release()
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  return {
    address: `127.0.0.1:${port}`,
    asked: () => asked,
    async open() {
      release()
      if (server.listening) return
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    cut,
    stall: (direction) => void (stalled = direction === undefined ? ['questions', 'answers'] : [direction]),
    strand: () => sockets.forEach((socket) => stranded.add(socket)),
    slow: (ms) => void (delay = ms),
    close: cut,
  }
}
