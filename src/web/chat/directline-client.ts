/**
 * A Direct Line 3.0 client: one stream that comes back by itself, messages posted with an id of ours, a token renewed in time.
 * It keeps nothing but where it is in the stream; what arrives twice is the reader's to recognise by its id.
 */
import { RESIDENT, type Received, readFrame, record, text } from './activity.js'
import type { Send } from './conversation-state.js'

/** What the session grants: a conversation, a token for it, and the first stream. */
export interface Grant {
  readonly conversationId: string
  readonly token: string
  /** Seconds. */
  readonly expiresIn: number
  readonly streamUrl: string
}

/** What the client needs of the world around it. `request` rejects when there is no line or no answer in time. */
export interface Wire {
  request(path: string, init: RequestInit): Promise<Response>
  openSocket(url: string): WebSocket
  /** Language of the device, such as `ar-SY`: a hint while nobody has chosen one. */
  readonly locale: string
  /** Runs once after so many milliseconds; what it returns calls it off. */
  after(ms: number, run: () => void): () => void
  /** 0 up to 1: spreads the return of many pages after an outage. */
  random(): number
}

export interface LineListener {
  received(items: readonly Received[]): void
  line(open: boolean): void
  /** The token or the conversation is no longer good: a new session is needed. */
  denied(): void
}

/** sent: the server has it · failed: no line, try again · denied: a new session is needed · refused: it will never be taken. */
export type PostResult = 'sent' | 'failed' | 'denied' | 'refused'

/** First wait before a stream is opened anew; doubles up to {@link RETRY_MAX}. Our choice: a tunnel is over in seconds. */
const RETRY_MIN = 500
const RETRY_MAX = 15_000
/** A page cannot see the server's pings: a stream that said nothing for this long is opened anew, in case its network went away. */
const SILENCE_MAX = 120_000
/** What was posted comes back on the stream at once; when it does not for this long, the stream is dead. */
const ECHO_MAX = 6000
/** A renewal that failed is tried again after this long; tokens last many times longer. */
const REFRESH_RETRY = 30_000

const DENIED = new Set([401, 403, 404])
/** Refusals that pass: the request took too long, or there were too many. */
const PASSING = new Set([408, 425, 429])

export class DirectLine {
  readonly #grant: Grant
  readonly #listener: LineListener
  readonly #wire: Wire
  #token: string
  #watermark = ''
  #socket: WebSocket | undefined
  #heardFrames = 0
  #attempts = 0
  #closed = false
  #opening = false
  #callOffRetry = nothing
  #callOffSilence = nothing
  #callOffRefresh = nothing

  constructor(grant: Grant, listener: LineListener, wire: Wire) {
    this.#grant = grant
    this.#token = grant.token
    this.#listener = listener
    this.#wire = wire
  }

  start(): void {
    this.#open(this.#grant.streamUrl)
    this.#refreshIn((this.#grant.expiresIn * 1000) / 2)
  }

  /** Opens the stream at once when it is closed: the device says that its line is back. */
  wake(): void {
    if (this.#closed || this.#socket !== undefined || this.#opening) return
    this.#attempts = 0
    this.#callOffRetry()
    void this.#reopen()
  }

  /** Drops the stream and opens it again: the device says that its line changed. */
  drop(): void {
    this.#lost(this.#socket)
  }

  close(): void {
    this.#closed = true
    this.#callOffRetry()
    this.#callOffSilence()
    this.#callOffRefresh()
    this.#socket?.close()
    this.#socket = undefined
  }

  async post(send: Send): Promise<PostResult> {
    const activity = {
      type: 'message',
      from: { id: RESIDENT },
      text: send.text,
      locale: this.#wire.locale,
      channelData: { clientActivityID: send.clientId },
      ...(send.value === undefined ? {} : { value: send.value }),
    }
    const heardBefore = this.#heardFrames
    const response = await this.#call(`/activities`, { method: 'POST', body: JSON.stringify(activity) })
    if (response === undefined) return 'failed'
    if (response.ok && this.#socket !== undefined && heardBefore === this.#heardFrames) this.#expectWord(this.#socket, ECHO_MAX)
    if (response.ok) return 'sent'
    if (DENIED.has(response.status)) return 'denied'
    return response.status >= 500 || PASSING.has(response.status) ? 'failed' : 'refused'
  }

  #open(url: string): void {
    const socket = this.#wire.openSocket(url)
    this.#socket = socket
    socket.addEventListener('open', () => this.#opened(socket))
    socket.addEventListener('message', (event) => this.#heard(socket, event.data))
    socket.addEventListener('close', () => this.#lost(socket))
    this.#expectWord(socket, SILENCE_MAX)
  }

  #opened(socket: WebSocket): void {
    if (socket !== this.#socket) return
    this.#attempts = 0
    this.#listener.line(true)
  }

  #heard(socket: WebSocket, raw: unknown): void {
    if (socket !== this.#socket) return
    this.#expectWord(socket, SILENCE_MAX)
    const frame = readFrame(raw)
    if (frame === undefined) return
    this.#heardFrames += 1
    this.#watermark = frame.watermark ?? this.#watermark
    this.#listener.received(frame.received)
  }

  #expectWord(socket: WebSocket, within: number): void {
    this.#callOffSilence()
    this.#callOffSilence = this.#wire.after(within, () => this.#lost(socket))
  }

  #lost(socket: WebSocket | undefined): void {
    if (this.#closed || socket === undefined || socket !== this.#socket) return
    this.#socket = undefined
    this.#callOffSilence()
    socket.close()
    this.#listener.line(false)
    this.#retry()
  }

  #retry(): void {
    const wait = Math.min(RETRY_MAX, RETRY_MIN * 2 ** this.#attempts)
    this.#attempts += 1
    this.#callOffRetry()
    this.#callOffRetry = this.#wire.after(wait * (0.5 + this.#wire.random() / 2), () => void this.#reopen())
  }

  async #reopen(): Promise<void> {
    this.#opening = true
    const response = await this.#call(`?watermark=${encodeURIComponent(this.#watermark)}`, { method: 'GET' })
    const url = response?.ok ? await bodyText(response, 'streamUrl') : undefined
    this.#opening = false
    if (this.#closed || this.#socket !== undefined) return
    if (response !== undefined && DENIED.has(response.status)) this.#listener.denied()
    else if (url === undefined) this.#retry()
    else this.#open(url)
  }

  #refreshIn(ms: number): void {
    this.#callOffRefresh = this.#wire.after(ms, () => void this.#refresh())
  }

  async #refresh(): Promise<void> {
    const response = await this.#request('/directline/tokens/refresh', { method: 'POST' })
    const token = response?.ok ? await bodyText(response, 'token') : undefined
    if (this.#closed) return
    if (token !== undefined) this.#token = token
    if (response !== undefined && DENIED.has(response.status)) this.#listener.denied()
    else this.#refreshIn(token === undefined ? REFRESH_RETRY : (this.#grant.expiresIn * 1000) / 2)
  }

  #call(rest: string, init: RequestInit): Promise<Response | undefined> {
    return this.#request(`/directline/conversations/${encodeURIComponent(this.#grant.conversationId)}${rest}`, init)
  }

  async #request(path: string, init: RequestInit): Promise<Response | undefined> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' }
    try {
      return await this.#wire.request(path, { ...init, headers })
    } catch {
      return undefined
    }
  }
}

function nothing(): void {}

async function bodyText(response: Response, field: string): Promise<string | undefined> {
  try {
    return text(record(await response.json())[field])
  } catch {
    return undefined
  }
}
