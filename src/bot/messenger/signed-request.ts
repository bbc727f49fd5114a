import type { Instant } from '../../core/types.js'
import { isMac } from './signature.js'

/** A signed request is a few hundred characters; longer ones are not read (our limit). */
const SIGNED_REQUEST_MAX = 8_000
const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/

/**
 * The person in Meta's data deletion callback: `base64url(HMAC-SHA256(secret, payload)) . payload`, payload base64url JSON
 * `{ algorithm, expires, issued_at, user_id }`, times in seconds. Undefined when it is forged, expired or of another form.
 * `expires` 0 or absent means that it does not expire. The id is app-scoped: it is no Messenger id.
 */
export function parseSignedRequest(text: string, secrets: readonly string[], now: Instant): { userId: string } | undefined {
  if (text.length > SIGNED_REQUEST_MAX) return undefined
  const [mac, payload, ...rest] = text.split('.')
  if (mac === undefined || payload === undefined || rest.length > 0 || !BASE64URL.test(mac) || !BASE64URL.test(payload)) return undefined
  if (!isMac(payload, Buffer.from(mac, 'base64url'), secrets)) return undefined
  return readPayload(Buffer.from(payload, 'base64url').toString('utf8'), now)
}

function readPayload(json: string, now: Instant): { userId: string } | undefined {
  const claims = parseObject(json)
  const expires = Number(claims?.['expires'] ?? 0)
  if (typeof claims?.['algorithm'] !== 'string' || claims['algorithm'].toUpperCase() !== 'HMAC-SHA256') return undefined
  if (Number.isNaN(expires) || (expires > 0 && expires * 1000 <= now)) return undefined
  const user = claims['user_id']
  const userId = typeof user === 'number' ? String(user) : user
  return typeof userId === 'string' && userId !== '' ? { userId } : undefined
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
