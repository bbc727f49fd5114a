/** A server that speaks the page's contract and can be told to misbehave: cut streams, refuse posts, forget tokens. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import express, { type Request, type Response, Router } from 'express'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Library } from '../../src/core/library.js'
import { chatRouter } from '../../src/http/chat.js'
import { createApp } from '../../src/http/server.js'
import { answer, FIRST, LANGUAGES, type Said } from './stub-talk.js'

export interface StubOptions {
  /** Folder of the built pages. */
  readonly pages: string
  readonly drill?: string
  readonly demo?: boolean
  readonly colour?: string
  /** Seconds that a token lasts. */
  readonly expiresIn?: number
}

interface Talk {
  readonly id: string
  readonly activities: object[]
  readonly seen: Set<string>
  readonly sockets: Set<WebSocket>
  language: Said['language']
}

interface Posted {
  readonly text: string
  readonly locale?: string
  readonly value?: string
  readonly channelData: { readonly clientActivityID: string }
}

const COOKIE = 'opgang_device'

/** Opens a stub on a free port. */
export async function startStub(options: StubOptions): Promise<StubServer> {
  const stub = new StubServer(options)
  await stub.listen()
  return stub
}

export class StubServer {
  /** Texts of the messages that were taken, in order. */
  readonly taken: string[] = []
  /** What each of them said of the device's language. */
  readonly locales: (string | undefined)[] = []
  /** Called when a token was renewed. */
  refreshed: () => void = () => undefined
  readonly #talks = new Map<string, Talk>()
  readonly #streams = new WebSocketServer({ noServer: true })
  readonly #server: Server
  readonly #expiresIn: number
  #serial = 0
  #generation = 0
  #refusals = { count: 0, status: 503 }
  #receiptIsLost = false

  constructor(options: StubOptions) {
    this.#expiresIn = options.expiresIn ?? 1800
    const routers = [Router().use('/directline', this.#directLine()), pageRouter(options), compressed(options.pages)]
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    this.#server = createServer(createApp({ trustProxy: false, secure: false, routers, pages: options.pages, log }))
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  close(): Promise<void> {
    this.cutStreams()
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  cutStreams(): void {
    for (const { sockets } of this.#talks.values()) for (const socket of sockets) socket.terminate()
  }

  /** Answers the next posts with this status. */
  refuse(count: number, status: number): void {
    this.#refusals = { count, status }
  }

  /** Takes the next post and loses the receipt. */
  loseReceipt(): void {
    this.#receiptIsLost = true
  }

  /** No token given until now is good any more. */
  revokeTokens(): void {
    this.#generation += 1
  }

  /** The bot says something of its own accord, everywhere. */
  say(said: Said): void {
    for (const talk of this.#talks.values()) this.#speak(talk, said)
  }

  #directLine(): Router {
    const routes = Router()
    routes.use(express.json())
    routes.post('/session', (request, response) => this.#arrive(request, response))
    routes.post('/session/leave', (_request, response) => void response.clearCookie(COOKIE).sendStatus(204))
    routes.post('/tokens/refresh', (request, response) => this.#refresh(request, response))
    routes.get('/conversations/:id', (request, response) => {
      const { watermark } = request.query
      const talk = this.#authorized(request, response)
      if (talk !== undefined) response.json(this.#grant(talk.id, typeof watermark === 'string' ? watermark : ''))
    })
    routes.post('/conversations/:id/activities', (request, response) => {
      const talk = this.#authorized(request, response)
      if (talk !== undefined) this.#post(talk, request, response)
    })
    return routes
  }

  /** The new token ends the old one, so that a client that keeps the old one is found out. */
  #refresh(request: Request, response: Response): void {
    const id = request.get('authorization')?.split('.')[1] ?? ''
    this.revokeTokens()
    response.json({ conversationId: id, token: this.#tokenOf(id), expires_in: this.#expiresIn })
    this.refreshed()
  }

  #arrive(request: Request, response: Response): void {
    const known = this.#talks.get(new RegExp(`${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '')
    const talk = known ?? this.#begin()
    response.cookie(COOKIE, talk.id, { httpOnly: true, sameSite: 'lax' }).json({ ...this.#grant(talk.id), resumed: known !== undefined })
  }

  #begin(): Talk {
    this.#serial += 1
    const talk: Talk = { id: `c${this.#serial}`, activities: [], seen: new Set(), sockets: new Set(), language: 'da' }
    this.#talks.set(talk.id, talk)
    this.#speak(talk, FIRST)
    return talk
  }

  /** The stream's host is wrong, as behind a proxy that hides its own: the page must use the host it came from. */
  #grant(id: string, watermark = ''): object {
    const token = this.#tokenOf(id)
    const streamUrl = `ws://elsewhere.invalid/directline/conversations/${id}/stream?watermark=${watermark}&t=${token}`
    return { conversationId: id, token, expires_in: this.#expiresIn, streamUrl }
  }

  #tokenOf(id: string): string {
    return `${this.#generation}.${id}`
  }

  #authorized(request: Request, response: Response): Talk | undefined {
    const talk = this.#talks.get(String(request.params['id']))
    if (talk !== undefined && request.get('authorization') === `Bearer ${this.#tokenOf(talk.id)}`) return talk
    response.sendStatus(403)
    return undefined
  }

  #post(talk: Talk, request: Request, response: Response): void {
    const posted = request.body as Posted
    const id = posted.channelData.clientActivityID
    if (this.#refusals.count > 0) {
      this.#refusals.count -= 1
      return void response.sendStatus(this.#refusals.status)
    }
    if (!talk.seen.has(id)) this.#take(talk, posted)
    if (!this.#receiptIsLost) return void response.json({ id })
    this.#receiptIsLost = false
    request.socket.destroy()
  }

  #take(talk: Talk, { text, value, locale, channelData }: Posted): void {
    talk.seen.add(channelData.clientActivityID)
    this.taken.push(text)
    this.locales.push(locale)
    this.#push(talk, { from: { id: 'resident' }, text, channelData })
    for (const said of answer(text, value, talk.language)) {
      talk.language = said.language
      this.#speak(talk, said)
    }
  }

  #speak(talk: Talk, said: Said): void {
    this.#push(talk, toActivity(said))
  }

  #push(talk: Talk, activity: object): void {
    this.#serial += 1
    talk.activities.push({ type: 'message', id: `m${this.#serial}`, timestamp: new Date().toISOString(), ...activity })
    for (const socket of talk.sockets) sendFrame(socket, talk, talk.activities.length - 1)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '', 'ws://stub')
    const talk = this.#talks.get(url.pathname.split('/')[3] ?? '')
    if (talk === undefined || url.searchParams.get('t') !== this.#tokenOf(talk.id)) return void socket.destroy()
    this.#streams.handleUpgrade(request, socket, head, (opened) => {
      talk.sockets.add(opened)
      opened.on('close', () => talk.sockets.delete(opened))
      sendFrame(opened, talk, Number(url.searchParams.get('watermark')))
    })
  }
}

/** Everything behind a watermark, which counts activities. */
function sendFrame(socket: WebSocket, { activities }: Talk, after: number): void {
  const unread = activities.slice(after)
  if (unread.length > 0) socket.send(JSON.stringify({ activities: unread, watermark: String(activities.length) }))
}

function toActivity({ text, language, extras, replies }: Said): object {
  const actions = replies?.map(([title, value]) => ({ type: 'messageBack', title, text: title, displayText: title, value }))
  return {
    from: { id: 'opgang' },
    text,
    locale: language,
    channelData: { opgang: { body: text, ...extras } },
    ...(actions && { suggestedActions: { to: [], actions } }),
  }
}

/** The real routes of the page, on as much of a library as they read. */
function pageRouter({ drill, demo, colour }: StubOptions): Router {
  const area = { id: 'gellerup', name: 'Gellerup', demo: demo ?? false, owner: 'Boligforeningen', variables: {}, ...(colour && { colour }) }
  const library = { languages: LANGUAGES, defaultLanguage: 'da', areas: { gellerup: area }, defaultArea: 'gellerup' } as unknown as Library
  const texts = Object.fromEntries(
    ['da', 'en', 'ar'].map((code) => [code, JSON.parse(readFileSync(`locales/${code}/web.json`, 'utf8')).texts]),
  )
  return chatRouter({ library: () => library, webTexts: () => texts, drill })
}

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' }

/** The `.br` beside an asset: every browser that is tested here takes it. */
function compressed(pages: string): Router {
  return Router().get('/assets/:file', (request, response, next) => {
    const file = join(pages, 'assets', `${request.params.file}.br`)
    if (!existsSync(file)) return next()
    response
      .set({ 'Content-Encoding': 'br', 'Content-Type': TYPES[request.params.file.split('.').pop() ?? ''] ?? '' })
      .send(readFileSync(file))
  })
}
