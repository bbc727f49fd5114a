/** Why the browser or the device made no passkey, or used none, in words that say what to do. */
import type { TextKey } from './texts.js'

/** By the names of WebAuthn's errors (Web Authentication Level 3, sections 5.1.3 and 5.1.4). */
const WORDS = new Map<string, TextKey>([
  // The device has one of this person already.
  ['InvalidStateError', 'passkey.already'],
  // The page was opened at another address than the one that passkeys belong to.
  ['SecurityError', 'passkey.address'],
])

export function passkeyTrouble(error: unknown): TextKey {
  return (error instanceof Error ? WORDS.get(error.name) : undefined) ?? 'passkey.stopped'
}
