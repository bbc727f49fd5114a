import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { fieldsOf, listOf } from './fields.js'
import type { MessengerConfig } from './messenger-config.js'
import { secretProof } from './signature.js'

/** A call without an answer is given up after this. */
const TIMEOUT_MS = 10_000
/** A connection that was idle this long is not used again: the other side may be closing it just now. */
const IDLE_MS = 4000
/** Idle connections that are kept: as many as a page may have calls under way, so that a burst makes none anew. */
const IDLE_MAX = 200
/** Answers of Graph are small; what is longer is no answer of Graph (bytes). */
const ANSWER_MAX = 256 * 1024
/** Share of a limit, in percent, from which we slow down. */
const USAGE_HIGH = 95

export type GraphReply =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly busy: boolean }
  /** Nothing was written. */
  | { readonly kind: 'unreached'; readonly reason: string }
  /** It was written, perhaps; no whole answer came. */
  | { readonly kind: 'unanswered'; readonly reason: string }

export interface GraphCall {
  readonly page: string
  readonly edge: 'messages' | 'messenger_profile'
  readonly body: object
}

/**
 * Calls Graph for a page, over connections that are kept. Throws when the page has no token; anything else is a reply. Node's own client
 * costs less than half of `fetch`, and tells whether a connection was ever made.
 */
export class GraphClient {
  readonly #config: MessengerConfig
  readonly #timeoutMs: number
  readonly #agent: HttpAgent
  readonly #base: URL
  /** What a page's calls have in common, made once. */
  readonly #pages = new Map<string, { readonly authorization: string; readonly proof: string }>()

  constructor(config: MessengerConfig, timeoutMs = TIMEOUT_MS) {
    this.#config = config
    this.#timeoutMs = timeoutMs
    this.#base = new URL(config.graphApiUrl)
    const settings = { keepAlive: true, timeout: IDLE_MS, maxFreeSockets: IDLE_MAX, scheduling: 'lifo' as const }
    this.#agent = this.#base.protocol === 'https:' ? new HttpsAgent(settings) : new HttpAgent(settings)
  }

  post({ page, edge, body }: GraphCall): Promise<GraphReply> {
    const { authorization, proof } = this.#page(page)
    const { protocol, hostname, port, pathname } = this.#base
    const payload = Buffer.from(JSON.stringify(body))
    const open = protocol === 'https:' ? httpsRequest : httpRequest
    return this.#exchange(
      open({
        agent: this.#agent,
        method: 'POST',
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port,
        path: `${pathname.replace(/\/$/, '')}/${page}/${edge}?appsecret_proof=${proof}`,
        headers: { authorization, 'content-type': 'application/json', 'content-length': payload.length },
      }),
      payload,
    )
  }

  /** A redirect is not followed: it would carry the token to whoever asked for it. */
  #exchange(outgoing: ClientRequest, payload: Buffer): Promise<GraphReply> {
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => outgoing.destroy(new TimeoutError()), this.#timeoutMs)
      const finish = (reply: GraphReply): void => {
        clearTimeout(giveUp)
        resolve(reply)
      }
      let connected = false
      outgoing.on('socket', (socket) => {
        // A connection that is kept was made before; a secure one is made when its keys are agreed.
        if (outgoing.reusedSocket) connected = true
        else socket.once(outgoing.protocol === 'https:' ? 'secureConnect' : 'connect', () => (connected = true))
      })
      outgoing.on('error', (error) => finish({ kind: connected ? 'unanswered' : 'unreached', reason: reasonOf(error) }))
      outgoing.on('response', (response) => {
        readAnswer(response).then(
          (text) => finish({ kind: 'answer', status: response.statusCode ?? 0, body: text, busy: isBusy(response.headers) }),
          (error: unknown) => finish({ kind: 'unanswered', reason: reasonOf(error) }),
        )
      })
      outgoing.end(payload)
    })
  }

  #page(page: string): { readonly authorization: string; readonly proof: string } {
    const known = this.#pages.get(page)
    if (known !== undefined) return known
    const token = this.#config.pages.get(page)
    if (token === undefined) throw new RangeError(`Page ${page} has no token: add it to MESSENGER_PAGES`)
    const made = { authorization: `Bearer ${token}`, proof: secretProof(token, this.#config.appSecrets[0] ?? '') }
    this.#pages.set(page, made)
    return made
  }
}

class TimeoutError extends Error {
  readonly code = 'timeout'
}

function readAnswer(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    response.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > ANSWER_MAX) response.destroy(new Error('too long'))
      else chunks.push(chunk)
    })
    response.on('end', () => resolve(chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString('utf8')))
    response.on('error', reject)
  })
}

function reasonOf(error: unknown): string {
  const { code } = fieldsOf(error)
  return typeof code === 'string' ? code : 'no_answer'
}

/** True when a usage header says that a limit is almost reached. Their fields are not fully documented: any percentage counts. */
function isBusy(headers: IncomingHttpHeaders): boolean {
  const [app, business] = [headers['x-app-usage'], headers['x-business-use-case-usage']]
  if (app === undefined && business === undefined) return false
  const usages = [
    fieldsOf(parse(app)),
    ...Object.values(fieldsOf(parse(business)))
      .flatMap(listOf)
      .map(fieldsOf),
  ]
  return usages.some((usage) => ['call_count', 'total_time', 'total_cputime'].some((name) => Number(usage[name]) >= USAGE_HIGH))
}

function parse(header: string | string[] | undefined): unknown {
  try {
    return JSON.parse(String(header ?? '{}'))
  } catch {
    return {}
  }
}
