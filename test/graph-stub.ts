/** Plays Meta's Graph API over real HTTP: records what it is asked, answers as told, and posts the signed echoes that Meta would. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StubRequest {
  readonly method: string
  /** Path without its query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Record<string, unknown>
  /** Page id, the last but one part of the path. */
  readonly page: string
}

/** `reset` reads the request and cuts the connection; `hang` never answers; `half` cuts it in the middle of the answer. */
export type StubAnswer =
  | { readonly status: number; readonly body: string | object; readonly headers?: Readonly<Record<string, string>> }
  | 'reset'
  | 'hang'
  | 'half'

type Answer = (request: StubRequest, index: number) => StubAnswer | undefined | Promise<StubAnswer | undefined>

export interface GraphStubOptions {
  /** Webhook that echoes go to after each message that was taken; none without it. */
  readonly webhook?: string
  readonly appSecret?: string
  readonly appId?: string
  readonly now?: () => number
}

export interface EchoOrder {
  readonly mid: string
  readonly metadata?: string
  readonly page: string
  readonly user: string
  readonly text?: string
  readonly appId?: string | number
}

export interface GraphStub {
  /** Stands for `https://graph.facebook.com/v26.0`. */
  readonly url: string
  readonly requests: readonly StubRequest[]
  /** Requests for messages with words, without typing and read marks. */
  messages(): readonly StubRequest[]
  /** Answers from now on, at once or later; undefined as an answer takes the message as Meta would. */
  answerWith(answer: Answer): void
  /** Posts a signed echo; resolves with the webhook's status, 0 when nobody answered. */
  echo(webhook: string, order: EchoOrder): Promise<number>
  /** The webhook's status for each echo posted so far, 0 where nobody answered. */
  echoed(): Promise<number[]>
  /** Forgets what was asked and answers as Meta would. */
  reset(): void
  close(): Promise<void>
}

export async function startGraphStub(options: GraphStubOptions = {}): Promise<GraphStub> {
  const requests: StubRequest[] = []
  const echoes: Promise<number>[] = []
  let answer: Answer = () => undefined
  const echo = (webhook: string, order: EchoOrder) => postEcho(webhook, order, options)
  const server = createServer((incoming, response) => {
    void readRequest(incoming).then(
      async (request) => {
        const mid = `m_stub_${requests.push(request)}`
        const given = await answer(request, requests.length - 1)
        if (given !== undefined) return reply(response, given)
        reply(response, { status: 200, body: taken(request, mid) })
        const order = echoOf(request, mid)
        if (options.webhook !== undefined && order !== undefined) echoes.push(echo(options.webhook, order))
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v26.0`,
    requests,
    messages: () => requests.filter(({ body }) => 'message' in body),
    answerWith: (next) => {
      answer = next
    },
    echo,
    echoed: () => Promise.all(echoes),
    reset() {
      requests.length = 0
      answer = () => undefined
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readRequest(incoming: IncomingMessage): Promise<StubRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const url = new URL(incoming.url ?? '/', 'http://stub')
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    page: url.pathname.split('/').at(-2) ?? '',
  }
}

function reply(response: ServerResponse, answer: StubAnswer): void {
  if (answer === 'hang') return
  if (answer === 'reset') return void response.destroy()
  if (answer === 'half') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' })
    response.write('{"recipient_id":', () => response.destroy())
    return
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
  response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
}

function taken(request: StubRequest, mid: string): object {
  if (request.path.endsWith('/messenger_profile')) return { result: 'success' }
  const recipient = request.body['recipient'] as { id?: string } | undefined
  return { recipient_id: recipient?.id ?? '', ...('message' in request.body ? { message_id: mid } : {}) }
}

function echoOf(request: StubRequest, mid: string): EchoOrder | undefined {
  const message = request.body['message'] as { text?: string; metadata?: string } | undefined
  const recipient = request.body['recipient'] as { id?: string } | undefined
  if (message === undefined) return undefined
  const { text, metadata } = message
  return { mid, page: request.page, user: recipient?.id ?? '', ...(text ? { text } : {}), ...(metadata ? { metadata } : {}) }
}

async function postEcho(webhook: string, order: EchoOrder, options: GraphStubOptions): Promise<number> {
  const at = (options.now ?? Date.now)()
  const { mid, page, user, metadata, text } = order
  const message = { mid, is_echo: true, app_id: Number(order.appId ?? options.appId ?? 0), metadata, text }
  const messaging = [{ sender: { id: page }, recipient: { id: user }, timestamp: at, message }]
  const body = escapeUnicode(JSON.stringify({ object: 'page', entry: [{ id: page, time: at, messaging }] }))
  const signature = `sha256=${createHmac('sha256', options.appSecret ?? '')
    .update(body)
    .digest('hex')}`
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature }
  return fetch(webhook, { method: 'POST', headers, body }).then(
    (response) => response.arrayBuffer().then(() => response.status),
    () => 0,
  )
}

/** Meta sends everything that is not ASCII as `\uXXXX`. */
function escapeUnicode(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
