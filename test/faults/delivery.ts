/** How Meta delivers: the same body again until it is answered 200. */
import { createHmac } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** Meta waits this long for an answer (Webhooks, "respond within 5 seconds"). */
const ANSWER_MS = 5000
/** Meta tries again "immediately, then a few more times over the next hours"; here a few times at once, then with growing pauses. */
const AT_ONCE = 3
const AT_ONCE_MS = 20
const PAUSE_MS = 100
const PAUSE_MAX_MS = 1600

/** Where the product can be reached now: one address for each instance that lives. */
export type Living = () => readonly string[]

/** Tries until `attempt` is true; false when `signal` ended it before. */
export async function untilTaken(attempt: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  for (let tries = 0; !signal.aborted; tries++) {
    if (await attempt()) return true
    const wait = tries < AT_ONCE ? AT_ONCE_MS : Math.min(PAUSE_MS * 2 ** (tries - AT_ONCE), PAUSE_MAX_MS)
    await pause(wait, signal)
  }
  return false
}

/** The webhook's status; 0 when the connection failed or nobody answered in time. */
export async function postSigned(webhook: string, body: string, secret: string): Promise<number> {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature }
  try {
    const response = await fetch(webhook, { method: 'POST', headers, body, signal: AbortSignal.timeout(ANSWER_MS) })
    // The status is the answer, even when the connection breaks behind it.
    await response.arrayBuffer().catch(() => undefined)
    return response.status
  } catch {
    return 0
  }
}

/** The webhook of one instance that lives, picked by `share` (from 0, below 1); undefined when none does. */
export function webhookOf(living: Living, share: number): string | undefined {
  const urls = living()
  const url = urls[Math.floor(share * urls.length)]
  return url === undefined ? undefined : `${url}/webhooks/messenger`
}

/** Ends early, without error, when `signal` is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => 'aborted')
}

/** An end that many wait for at once; more than Node takes for a leak. */
export function endOfMany(): AbortController {
  const end = new AbortController()
  setMaxListeners(0, end.signal)
  return end
}
