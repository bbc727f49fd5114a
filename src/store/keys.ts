/** Secrets that are made at the first start and shared by all instances. */
import { createHmac } from 'node:crypto'
import { KEY_PURPOSES, type KeyPurpose, type Keys } from '../app/ports.js'
import { type Collection, StoreUnavailable } from './collection.js'
import { refuseHalfRestored } from './half-restored.js'
import type { KeyDocument } from './program-documents.js'

/** As long as SHA-256's result: a longer key adds nothing (RFC 2104, section 3). */
const KEY_BYTES = 32

/**
 * Reads the key of every purpose, and makes those that are missing.
 * @param random 32 random bytes, base64url, new with each call.
 * Throws `StoreUnavailable` like the collection and when a restore into it was interrupted, and `TypeError` when a secret has another length.
 */
export async function openKeys(collection: Collection<KeyDocument>, random: () => string): Promise<Keys> {
  await refuseHalfRestored(collection)
  return readKeys(collection, random)
}

/** The same for the restore itself, whose own mark is still in the store. */
export async function readKeys(collection: Collection<KeyDocument>, random: () => string): Promise<Keys> {
  const entries = await Promise.all(KEY_PURPOSES.map(async (purpose) => [purpose, await secretOf(collection, purpose, random)] as const))
  const secrets = new Map<KeyPurpose, Buffer>(entries)
  return {
    mac(purpose, text) {
      const secret = secrets.get(purpose)
      if (secret === undefined) throw new TypeError(`There is no key for "${purpose}"; name it in KEY_PURPOSES.`)
      return createHmac('sha256', secret).update(text).digest('base64url')
    },
  }
}

/** Whoever inserts first decides: instances that start together read the same secret afterwards. */
async function secretOf(collection: Collection<KeyDocument>, purpose: KeyPurpose, random: () => string): Promise<Buffer> {
  const stored = await collection.get(purpose)
  if (stored !== undefined) return bytesOf(stored.secret, purpose)
  const made = { _id: purpose, version: 1, secret: random() }
  const bytes = bytesOf(made.secret, purpose)
  if ((await collection.insert(made)) === 'ok') return bytes
  const winner = await collection.get(purpose)
  if (winner === undefined) throw new StoreUnavailable(`the key for "${purpose}" was removed during the start; start again`)
  return bytesOf(winner.secret, purpose)
}

function bytesOf(secret: string, purpose: KeyPurpose): Buffer {
  const bytes = Buffer.from(secret, 'base64url')
  if (bytes.length !== KEY_BYTES)
    throw new TypeError(
      `The key for "${purpose}" has ${bytes.length} bytes instead of ${KEY_BYTES}; restore the collection "keys" from a backup.`,
    )
  return bytes
}
