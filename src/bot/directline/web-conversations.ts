/** What the web chat needs to know of conversations, beyond the bot itself. */
import type { TurnDocument } from '../../store/collections.js'

/**
 * Every `id` is the Direct Line conversation id, the `user` of `conversationId({ channel: 'web', account: '', user: id })`.
 * `device` is the keyed hash of a browser's device key, never the key. Every call may throw `StoreUnavailable`.
 */
export interface WebConversations {
  /** Makes the conversation; does nothing when it exists. `device` is empty for clients that keep their conversation themselves. */
  open(id: string, device: string): Promise<void>
  exists(id: string): Promise<boolean>
  /** The newest conversation of a browser. */
  byDevice(device: string): Promise<string | undefined>
  /** Forgets the browser in all conversations that name it, so that its cookie opens nothing any more. */
  unlink(device: string): Promise<void>
  /** At most `limit` turns with a `seq` above the given one, ascending; -1 reads from the first. */
  turnsAfter(id: string, seq: number, limit: number): Promise<TurnDocument[]>
}
