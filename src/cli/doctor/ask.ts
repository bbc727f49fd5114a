/** One HTTP call of the doctor, with a limit; a failure is an answer in words. */
import type { Instant } from '../../core/types.js'

const TIMEOUT_MS = 10_000
/** Of an answer's body; more is cut off. */
const BODY_MAX = 100_000

export interface Answered {
  readonly status: number
  readonly body: string
  /** By the clock of whoever answered, as of now. */
  readonly date: Instant | undefined
}
/** Why there was no answer. */
export interface Unanswered {
  readonly reason: string
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known; check the address and its DNS entry',
  EAI_AGAIN: "its name could not be looked up; check this machine's DNS",
  ECONNREFUSED: 'nobody listens there; start the server, or the one in front of it',
  ECONNRESET: 'the connection was cut; look at the server in front',
  EHOSTUNREACH: 'there is no way to it; check the network and the firewall',
  ENETUNREACH: 'there is no way to it; check the network and the firewall',
  CERT_HAS_EXPIRED: 'its certificate has expired; renew it',
}

/** A redirect is not followed: it would carry tokens to whoever asked for it. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answered | Unanswered> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const body = (await response.text()).slice(0, BODY_MAX)
    return { status: response.status, body, date: dateOf(response.headers) }
  } catch (error) {
    return { reason: reasonOf(error) }
  }
}

/** A cache in front says with `age`, in seconds, how old its answer is. */
function dateOf(headers: Headers): Instant | undefined {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? undefined : date + Number(headers.get('age') ?? 0) * 1000
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s; check the network and the firewall`
  const code = error.cause instanceof Object && 'code' in error.cause ? String(error.cause.code) : ''
  if (REASONS[code] !== undefined) return REASONS[code]
  return /CERT|SIGNATURE|SSL|TLS/.test(code)
    ? `its certificate is not valid (${code}); mend or renew it`
    : `no answer (${code || error.name})`
}
