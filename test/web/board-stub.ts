/** A server that speaks the board's part of the console's API from memory, and can be told to misbehave. Everybody in it is made up. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Request, type Response, Router } from 'express'
import type { AlarmRow, BehalfOrder, BoardList, RequestAct, RequestRow, RequestView } from '../../src/core/board-types.js'
import { createApp } from '../../src/http/server.js'

const MINUTE = 60_000
/** Rows of a page. */
const PAGE = 25
const ME = { id: 'sanne1', name: 'Sanne', roles: [{ role: 'coordinator', areas: 'all' }], passkeys: 1 }
const AREAS = [
  { id: 'demo', name: 'Prøveparken' },
  { id: 'birkehaven', name: 'Birkehaven' },
]
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export interface SentAct {
  readonly request: string
  readonly id: string
  readonly seen: string
  readonly act: RequestAct
}

/** A request as the server tells it; `part` says what is special about it. */
export function requestOf(part: Partial<RequestView> & Pick<RequestView, 'id' | 'receipt'>): RequestView {
  return {
    task: 'medicine',
    area: 'demo',
    language: 'so',
    state: 'offered',
    openedAt: Date.now() - 42 * MINUTE,
    when: 'today',
    wave: 1,
    asked: 3,
    declined: 0,
    note: '',
    otherLanguages: [],
    timeline: [],
    decisions: [],
    talk: [],
    notes: [],
    alarms: [],
    feedback: [],
    candidates: [],
    networks: [],
    others: [],
    may: ['take', 'ask-more', 'reassign', 'close', 'write', 'note', 'pass-on'],
    seen: '0:offered',
    ...part,
  }
}

/** Opens a stub on a free port, with the built pages in `pages`. */
export async function startBoardStub(pages: string): Promise<BoardStub> {
  const stub = new BoardStub(pages)
  await stub.listen()
  return stub
}

export class BoardStub {
  readonly requests = new Map<string, RequestView>()
  alarms: AlarmRow[] = []
  /** Acts that were carried out, in order. */
  readonly acts: SentAct[] = []
  readonly orders: BehalfOrder[] = []
  /** Alarms that somebody said to have seen. */
  readonly seen: string[] = []
  /** No answer comes while this is true. */
  silent = false
  /** The next act is refused with this. */
  refuseNext: { readonly status: number; readonly body: object } | undefined
  readonly #server: Server

  constructor(pages: string) {
    this.#server = createServer(createApp({ trustProxy: false, secure: false, routers: [this.#api()], pages, log: silent }))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/console`
  }

  listen(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  add(...views: readonly RequestView[]): void {
    for (const view of views) this.requests.set(view.id, view)
  }

  #api(): Router {
    const routes = Router()
    routes.use('/api', (request, _response, next) => (this.silent ? void request.socket.destroy() : next()), express.json())
    routes.get('/api/session', (_request, response) => void response.json({ mail: false, me: ME, areas: AREAS }))
    routes.get('/api/requests', (request, response) => void response.json(this.#page(request.query as Record<string, string>)))
    routes.post('/api/requests', (request, response) => this.#open(request.body as BehalfOrder, response))
    routes.get('/api/requests/:request', (request, response) => this.#one(request, response))
    routes.post('/api/requests/:request/acts', (request, response) => this.#act(request, response))
    routes.get('/api/alarms', (_request, response) => void response.json({ alarms: this.alarms }))
    routes.post('/api/alarms/:alarm/acknowledgement', (request, response) => {
      this.seen.push(request.params.alarm)
      this.alarms = this.alarms.map((alarm) =>
        alarm.id === request.params.alarm ? { ...alarm, state: 'acknowledged', by: ME.name } : alarm,
      )
      response.status(204).end()
    })
    return routes
  }

  #page({ list = 'waiting', area, language, next = '0' }: Record<string, string>): object {
    const fitting = [...this.requests.values()].filter(
      (view) => (area === undefined || view.area === area) && (language === undefined || view.language === language),
    )
    const of = (name: BoardList) => fitting.filter((view) => listOf(view) === name)
    const rows = of(list as BoardList).toSorted((a, b) => (a.waitsSince ?? a.openedAt) - (b.waitsSince ?? b.openedAt))
    const from = Number(next)
    return {
      rows: rows.slice(from, from + PAGE),
      ...(rows.length > from + PAGE && { next: String(from + PAGE) }),
      counts: { waiting: of('waiting').length, going: of('going').length, closed: of('closed').length },
    }
  }

  #one(request: Request, response: Response): void {
    const view = this.#find(request.params['request'])
    if (view !== undefined) response.json(view)
    else response.status(404).json(refusal('request-gone', 'Opgaven er her ikke.', 'Gå tilbage til listen.'))
  }

  #find(asked: unknown): RequestView | undefined {
    return [...this.requests.values()].find(({ id, receipt }) => id === asked || receipt === asked)
  }

  #act(request: Request, response: Response): void {
    const view = this.#find(request.params['request'])
    if (view === undefined) return this.#one(request, response)
    if (this.refuseNext !== undefined) {
      const { status, body } = this.refuseNext
      this.refuseNext = undefined
      return void response.status(status).json(body)
    }
    const { id, seen, act } = request.body as SentAct
    if (!this.acts.some((done) => done.id === id)) {
      this.acts.push({ request: view.id, id, seen, act })
      this.requests.set(view.id, after(view, act))
    }
    response.json(this.requests.get(view.id))
  }

  #open(order: BehalfOrder, response: Response): void {
    this.orders.push(order)
    const { task, area, language, when, note, alias, wishes } = order
    const view = requestOf({
      id: order.id,
      receipt: 'H-2B2B',
      task,
      area,
      language,
      when,
      note,
      alias,
      wishes,
      behalf: true,
      codeWord: 'kaffe',
    })
    this.add({ ...view, waitsSince: Date.now(), openedAt: Date.now(), asked: 0, wave: 0, state: 'open' })
    response.json(view)
  }
}

function listOf({ closed, waitsSince }: RequestRow): BoardList {
  if (closed !== undefined) return 'closed'
  return waitsSince === undefined ? 'going' : 'waiting'
}

/** What the real rules do, as far as the page sees it. */
function after(view: RequestView, act: RequestAct): RequestView {
  const now = Date.now()
  const next = { ...view, seen: `${Number(view.seen.split(':')[0]) + 1}:${view.state}` }
  const happened = (what: string) => [...view.timeline, { at: now, what, by: 'staff', who: ME.name }]
  if (act.do === 'take') {
    const { waitsSince: _over, ...had } = next
    return { ...had, state: 'with-staff', staff: ME.name, may: ['let-go', 'close', 'write', 'note'], timeline: happened('take') }
  }
  if (act.do === 'close') return { ...next, state: 'done', closed: { at: now, reason: act.reason }, may: ['note'] }
  if (act.do === 'note') {
    const note = { id: `n${view.notes.length}`, at: now, who: ME.name, text: act.text, mine: true } as const
    return { ...next, notes: [...view.notes, note], may: [...view.may, 'take-back-note'] }
  }
  if (act.do === 'take-back-note') return { ...next, notes: view.notes.filter(({ id }) => id !== act.note) }
  return next
}

export function refusal(code: string, message: string, advice: string, more?: object): object {
  return { code, message: { da: message, en: message }, advice: { da: advice, en: advice }, more }
}
