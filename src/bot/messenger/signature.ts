/** What proves that a request comes from Meta. Every comparison takes the same time whatever differs. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** Header form of a SHA-256 signature; the SHA-1 header of old is not accepted (Messenger Platform, Webhooks). */
const SIGNATURE = /^sha256=([0-9a-f]{64})$/i
/** A challenge is an int in Meta's documents; we repeat nothing but short plain words. */
const CHALLENGE = /^[\w.-]{1,256}$/

/** True when `header` is an HMAC-SHA256 of the raw bytes under one of the app secrets. */
export function isSigned(rawBody: Buffer, header: unknown, secrets: readonly string[]): boolean {
  const hex = typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined
  return hex !== undefined && isMac(rawBody, Buffer.from(hex, 'hex'), secrets)
}

/** True when `mac` is the HMAC-SHA256 of `bytes` under one of the secrets. An empty secret signs nothing. */
export function isMac(bytes: Buffer | string, mac: Buffer, secrets: readonly string[]): boolean {
  const matches = secrets.map((secret) => {
    const expected = createHmac('sha256', secret).update(bytes).digest()
    return secret !== '' && mac.length === expected.length && timingSafeEqual(mac, expected)
  })
  return matches.includes(true)
}

/** The challenge to repeat in plain text, or undefined (403) when the handshake is not ours. */
export function verifyHandshake(query: Readonly<Record<string, unknown>>, verifyToken: string): string | undefined {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query
  if (mode !== 'subscribe' || typeof token !== 'string' || typeof challenge !== 'string') return undefined
  return verifyToken !== '' && sameText(token, verifyToken) && CHALLENGE.test(challenge) ? challenge : undefined
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

/** `appsecret_proof` of a page token: hex HMAC-SHA256 of the token under the app secret (Graph API, Securing Requests). */
export function secretProof(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('hex')
}
