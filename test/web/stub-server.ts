/** A server that speaks the page's contract and can be told to misbehave: cut streams, refuse posts, forget tokens. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Request, type Response, Router } from 'express'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Library } from '../../src/core/types.js'
import { chatRouter } from '../../src/http/chat.js'
import { createApp } from '../../src/http/server.js'
import { answer, FIRST, LANGUAGES, type Said } from './stub-talk.js'

interface Talk {
  readonly id: string
  readonly activities: object[]
  readonly seen: Set<string>
  readonly sockets: Set<WebSocket>
  language: 'da' | 'ar' | 'en'
}

export interface StubServer {
  readonly url: string
  /** Texts of the messages that were taken, in order. */
  readonly taken: string[]
  /** Ids of all posts, also of those refused or repeated. */
  readonly posted: string[]
  cutStreams(): void
  /** Answers the next posts with this status. */
  refuse(count: number, status: number): void
  /** Takes the next post and loses the receipt. */
  loseReceipt(): void
  /** No token given until now is good any more. */
  revokeTokens(): void
  /** The bot says something of its own accord, everywhere. */
  say(said: Said): void
  close(): Promise<void>
}

export interface StubOptions {
  /** Folder of the built pages. */
  readonly pages: string
  readonly drill?: string
  readonly demo?: boolean
  readonly colour?: string
}

const COOKIE = 'opgang_device'

export async function startStub(options: StubOptions): Promise<StubServer> {
  const talks = new Map<string, Talk>()
  const [taken, posted]: [string[], string[]] = [[], []]
  let [serial, generation, refusals, refusalStatus, lost] = [0, 0, 0, 503, false]
  const tokenOf = (id: string): string => `${generation}.${id}`
  const grant = (id: string, watermark = ''): object => ({
    conversationId: id,
    token: tokenOf(id),
    expires_in: 1800,
    streamUrl: `ws://elsewhere.invalid/directline/conversations/${id}/stream?watermark=${watermark}&t=${tokenOf(id)}`,
  })
  const frame = (activities: object[], watermark: number): string => JSON.stringify({ activities, watermark: String(watermark) })
  const push = (talk: Talk, activity: object): void => {
    talk.activities.push({ timestamp: new Date().toISOString(), ...activity })
    for (const socket of talk.sockets) socket.send(frame(talk.activities.slice(-1), talk.activities.length))
  }
  const speak = (talk: Talk, said: Said): void => push(talk, toActivity(said, `b${++serial}`))
  const talkOf = (request: Request, response: Response): Talk | undefined => {
    const talk = talks.get(String(request.params['id']))
    if (talk !== undefined && request.get('authorization') === `Bearer ${tokenOf(talk.id)}`) return talk
    response.sendStatus(403)
    return undefined
  }

  const routes = Router()
  routes.use(express.json())
  routes.post('/session', (request, response) => {
    const known = talks.get(new RegExp(`${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '')
    const talk = known ?? { id: `c${++serial}`, activities: [], seen: new Set(), sockets: new Set(), language: 'da' }
    talks.set(talk.id, talk)
    if (known === undefined) speak(talk, FIRST)
    response.cookie(COOKIE, talk.id, { httpOnly: true, sameSite: 'lax' }).json({ ...grant(talk.id), resumed: known !== undefined })
  })
  routes.post('/session/leave', (_request, response) => void response.clearCookie(COOKIE).sendStatus(204))
  routes.post('/tokens/refresh', (request, response) => void response.json(grant(request.get('authorization')?.split('.')[1] ?? '')))
  routes.get('/conversations/:id', (request, response) => {
    const talk = talkOf(request, response)
    if (talk !== undefined) response.json(grant(talk.id, String(request.query['watermark'] ?? '')))
  })
  routes.post('/conversations/:id/activities', (request, response) => {
    const talk = talkOf(request, response)
    const clientActivityID: string = request.body.channelData.clientActivityID
    posted.push(clientActivityID)
    if (talk === undefined) return
    if (refusals > 0) {
      refusals -= 1
      return void response.sendStatus(refusalStatus)
    }
    if (!talk.seen.has(clientActivityID)) take(talk, request.body, clientActivityID)
    if (!lost) return void response.json({ id: clientActivityID })
    lost = false
    request.socket.destroy()
  })
  const take = (talk: Talk, body: { text: string; value?: string }, clientActivityID: string): void => {
    talk.seen.add(clientActivityID)
    taken.push(body.text)
    push(talk, { type: 'message', id: `o${++serial}`, from: { id: 'resident' }, text: body.text, channelData: { clientActivityID } })
    for (const said of answer(body.text, body.value, talk.language)) {
      talk.language = said.language
      speak(talk, said)
    }
  }

  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const routers = [Router().use('/directline', routes), pageRouter(options)]
  const server = createServer(createApp({ trustProxy: false, secure: false, routers, pages: options.pages, log }))
  const streams = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '', 'ws://stub')
    const talk = talks.get(url.pathname.split('/')[3] ?? '')
    if (talk === undefined || url.searchParams.get('t') !== tokenOf(talk.id)) return void socket.destroy()
    streams.handleUpgrade(request, socket, head, (opened) => {
      talk.sockets.add(opened)
      opened.on('close', () => talk.sockets.delete(opened))
      const unread = talk.activities.slice(Number(url.searchParams.get('watermark') ?? 0))
      if (unread.length > 0) opened.send(frame(unread, talk.activities.length))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cutStreams = (): void => [...talks.values()].forEach(({ sockets }) => sockets.forEach((socket) => socket.terminate()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    posted,
    cutStreams,
    refuse: (count, status) => void ([refusals, refusalStatus] = [count, status]),
    loseReceipt: () => void (lost = true),
    revokeTokens: () => void (generation += 1),
    say: (said) => [...talks.values()].forEach((talk) => speak(talk, said)),
    close: () => {
      cutStreams()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function toActivity({ text, language, extras, replies }: Said, id: string): object {
  const actions = replies?.map(([title, value]) => ({ type: 'messageBack', title, text: title, displayText: title, value }))
  return {
    type: 'message',
    id,
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
  const texts = Object.fromEntries(['da', 'en', 'ar'].map((code) => [code, JSON.parse(readFileSync(`locales/${code}/web.json`, 'utf8')).texts]))
  return chatRouter({ library: () => library, webTexts: () => texts, drill })
}
