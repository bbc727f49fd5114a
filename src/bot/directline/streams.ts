/** Open WebSockets: each gets everything behind its watermark, then every turn as it is committed, without gap or repeat. */
import { WebSocket } from 'ws'
import { type Commit, type Commits, conversationId, type Log, type Time } from '../../app/ports.js'
import { type ActivitySet, type Position, type Reader, readTurns } from './outbound.js'
import { readPage } from './read-page.js'
import type { WebConversations } from './web-conversations.js'

/** Tabs and devices of one person; beyond it the oldest is closed, which is most often one whose network went away. */
const SOCKETS_MAX = 5
/** Bytes a client may be behind before it is dropped; it comes back with its watermark and reads from the store. */
const BEHIND_MAX = 1024 * 1024
/** Milliseconds; proxies and phone networks commonly cut connections that are silent for 60 seconds. */
const PING_EVERY = 20_000
/** Clients pass over an empty frame; it tells a page, which cannot see pings, that the line is alive. */
const KEEP_ALIVE = ''

/** WebSocket close codes (RFC 6455, section 7.4, and the IANA registry). */
const GOING_AWAY = 1001
const TRY_AGAIN_LATER = 1013

export interface StreamDeps {
  readonly conversations: WebConversations
  readonly commits: Commits
  readonly time: Time
  readonly log: Log
  reader(conversation: string): Reader
}

export interface Streams {
  add(socket: WebSocket, conversation: string, after: Position): void
  close(): void
}

export function createStreams(deps: StreamDeps): Streams {
  const rooms = new Map<string, Set<WebSocket>>()
  const answered = new WeakSet<WebSocket>()
  const stop = new AbortController()
  const all = (): WebSocket[] => [...rooms.values()].flatMap((room) => [...room])
  void pingAll(all, answered, deps.time, stop.signal)
  return {
    add(socket, conversation, after) {
      join(rooms, conversation, socket)
      answered.add(socket)
      socket.on('pong', () => answered.add(socket))
      socket.on('error', (error) => deps.log.warn('stream broke', { error: error.name }))
      const unsubscribe = follow(socket, after, deps, deps.reader(conversation))
      socket.on('close', () => {
        unsubscribe()
        leave(rooms, conversation, socket)
      })
    },
    close() {
      stop.abort()
      for (const socket of all()) socket.close(GOING_AWAY)
    },
  }
}

function join(rooms: Map<string, Set<WebSocket>>, conversation: string, socket: WebSocket): void {
  const room = rooms.get(conversation) ?? new Set()
  rooms.set(conversation, room.add(socket))
  const [oldest] = room
  if (room.size <= SOCKETS_MAX || oldest === undefined) return
  room.delete(oldest)
  oldest.close(TRY_AGAIN_LATER)
}

function leave(rooms: Map<string, Set<WebSocket>>, conversation: string, socket: WebSocket): void {
  const room = rooms.get(conversation)
  room?.delete(socket)
  if (room?.size === 0) rooms.delete(conversation)
}

/** A socket that did not answer the ping before is gone, whatever its system believes. */
async function pingAll(all: () => WebSocket[], answered: WeakSet<WebSocket>, time: Time, signal: AbortSignal): Promise<void> {
  await time.sleep(PING_EVERY, signal)
  while (!signal.aborted) {
    for (const socket of all()) {
      if (answered.delete(socket)) probe(socket)
      else socket.terminate()
    }
    await time.sleep(PING_EVERY, signal)
  }
}

function probe(socket: WebSocket): void {
  if (socket.readyState !== WebSocket.OPEN) return
  socket.ping()
  socket.send(KEEP_ALIVE)
}

/**
 * Subscribes first and reads then, so that no turn falls between. A live turn that continues the place is written at once;
 * one that came while reading, or ahead of its turn, sends us back to the store.
 */
function follow(socket: WebSocket, after: Position, deps: StreamDeps, reader: Reader): () => void {
  let position = after
  let reading = false
  let missed = false

  const read = async (): Promise<void> => {
    reading = true
    let more = true
    while (more && socket.readyState === WebSocket.OPEN) {
      missed = false
      const page = await readPage(deps.conversations, position, reader)
      position = page.position
      await write(socket, page)
      more = page.more || missed
    }
    reading = false
  }
  const catchUp = (): void => void read().catch((error: unknown) => giveUp(socket, deps.log, error))
  const live = ({ seq, turn }: Commit): void => {
    if (seq <= position.seq) return
    if (reading) missed = true
    else if (turn === undefined || seq !== position.seq + 1) catchUp()
    else {
      const set = readTurns([turn], position, reader)
      position = set.position
      writeLive(socket, set, deps.log)
    }
  }
  const unsubscribe = deps.commits.subscribe(conversationId({ channel: 'web', account: '', user: reader.conversation }), live)
  catchUp()
  return unsubscribe
}

/** Resolves when the system has taken the bytes, so that a long history never piles up in memory. */
function write(socket: WebSocket, set: ActivitySet): Promise<void> {
  if (set.activities.length === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    socket.send(frame(set), (error) => (error ? reject(error) : resolve()))
  })
}

function writeLive(socket: WebSocket, set: ActivitySet, log: Log): void {
  if (set.activities.length === 0 || socket.readyState !== WebSocket.OPEN) return
  socket.send(frame(set))
  if (socket.bufferedAmount <= BEHIND_MAX) return
  log.warn('stream dropped: its client reads too slowly')
  socket.terminate()
}

function frame({ activities, watermark }: ActivitySet): string {
  return JSON.stringify({ activities, watermark })
}

function giveUp(socket: WebSocket, log: Log, error: unknown): void {
  if (socket.readyState !== WebSocket.OPEN) return
  log.warn('stream could not be read', { error: error instanceof Error ? error.name : typeof error })
  socket.close(TRY_AGAIN_LATER)
}
