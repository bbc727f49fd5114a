/**
 * What a button carries: the action and the library revision it was made from, signed so that a payload made by
 * anybody else is not an action. Form: `o1.<base64url JSON [revision, action]>.<16 characters of HMAC>`.
 */
import type { Keys } from '../app/ports.js'
import { COMMANDS } from '../core/command-types.js'
import { type Action } from '../core/types.js'

const PREFIX = 'o1.'
const MAC_LENGTH = 16
/** Messenger's limit for a payload (channels: 1,000 characters). */
const PAYLOAD_MAX = 1000

export interface Payload {
  readonly action: Action
  readonly revision: string
}

/** Payloads that are kept: all buttons of a library, a few times over. The same menu is shown to everybody. */
const KEPT_MAX = 5000
const kept = new WeakMap<Keys, Map<string, string>>()

export function encodePayload(payload: Payload, keys: Keys): string {
  const text = JSON.stringify([payload.revision, payload.action])
  const made = kept.get(keys) ?? new Map<string, string>()
  const known = made.get(text)
  if (known !== undefined) return known
  const body = Buffer.from(text).toString('base64url')
  const encoded = `${PREFIX}${body}.${keys.mac('payload', body).slice(0, MAC_LENGTH)}`
  if (made.size >= KEPT_MAX) made.clear()
  kept.set(keys, made.set(text, encoded))
  return encoded
}

/** The payload, or undefined when it is not ours, was changed, or has a form this version does not know. */
export function decodePayload(text: string, keys: Keys): Payload | undefined {
  if (text.length > PAYLOAD_MAX || !text.startsWith(PREFIX)) return undefined
  const [body, mac, ...rest] = text.slice(PREFIX.length).split('.')
  if (body === undefined || mac === undefined || rest.length > 0 || keys.mac('payload', body).slice(0, MAC_LENGTH) !== mac) return undefined
  const [revision, action] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [string, Action]
  return { revision, action }
}

/** Fixed payloads of a page's persistent menu and start button: they outlive every key, so they are not signed and name commands only. */
export function decodeMenuPayload(text: string): Action | undefined {
  const command = COMMANDS.find((known) => text === `MENU_${known.toUpperCase()}`)
  return command === undefined || command.startsWith('delete-me-') ? undefined : { do: 'command', command }
}
