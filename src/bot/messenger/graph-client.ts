import { fieldsOf, listOf } from './fields.js'
import type { MessengerConfig } from './messenger-config.js'
import { secretProof } from './signature.js'

/** A call without an answer is given up after this. */
const TIMEOUT_MS = 10_000
/** Share of a limit, in percent, from which we slow down. */
const USAGE_HIGH = 95

/** Errors of a connection that was never made: nothing was written. */
const NOT_CONNECTED: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]

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

/** Calls Graph for a page, over connections that are kept. Throws when the page has no token; anything else is a reply. */
export class GraphClient {
  readonly #config: MessengerConfig
  readonly #timeoutMs: number

  constructor(config: MessengerConfig, timeoutMs = TIMEOUT_MS) {
    this.#config = config
    this.#timeoutMs = timeoutMs
  }

  async post({ page, edge, body }: GraphCall): Promise<GraphReply> {
    const token = this.#config.pages.get(page)
    if (token === undefined) throw new RangeError(`Page ${page} has no token: add it to MESSENGER_PAGES`)
    try {
      const response = await fetch(this.#address(page, edge, token), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        // A redirect would carry the token to whoever asked for it.
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#timeoutMs),
      })
      return { kind: 'answer', status: response.status, body: await response.text(), busy: isBusy(response.headers) }
    } catch (error) {
      const reason = reasonOf(error)
      return { kind: NOT_CONNECTED.includes(reason) ? 'unreached' : 'unanswered', reason }
    }
  }

  #address(page: string, edge: string, token: string): string {
    const secret = this.#config.appSecrets[0] ?? ''
    return `${this.#config.graphApiUrl}/${page}/${edge}?appsecret_proof=${secretProof(token, secret)}`
  }
}

function reasonOf(error: unknown): string {
  const { name, cause } = fieldsOf(error)
  const code = fieldsOf(cause)['code']
  if (typeof code === 'string') return code
  return name === 'TimeoutError' ? 'timeout' : 'no_answer'
}

/** True when a usage header says that a limit is almost reached. Their fields are not fully documented: any percentage counts. */
function isBusy(headers: Headers): boolean {
  const app = fieldsOf(parse(headers.get('x-app-usage')))
  const business = Object.values(fieldsOf(parse(headers.get('x-business-use-case-usage')))).flatMap(listOf)
  return [app, ...business.map(fieldsOf)].some((usage) =>
    ['call_count', 'total_time', 'total_cputime'].some((name) => Number(usage[name]) >= USAGE_HIGH),
  )
}

function parse(header: string | null): unknown {
  try {
    return JSON.parse(header ?? '{}')
  } catch {
    return {}
  }
}
