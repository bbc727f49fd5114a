/** Conversations of the web page: made by the browser that opens them, found again by its hashed device key. */
import type { Collection } from '../store/collection.js'
import type { ConversationDocument, TurnDocument } from '../store/collections.js'
import { conversationId, type Ids, type Time } from './ports.js'

const PAGE = 100

export interface WebConversationsDeps {
  readonly turns: Collection<TurnDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly ids: Ids
  readonly time: Time
}

/** `id` is the part of the store id behind `web:`; `device` is a keyed hash, or empty. */
export function createWebConversations(deps: WebConversationsDeps) {
  const { turns, conversations, ids, time } = deps
  const devicesOf = (device: string) => conversations.find({ device }, { sort: ['device'], limit: PAGE })
  return {
    async open(id: string, device: string): Promise<void> {
      const _id = storeId(id)
      const made = { _id, version: 1, contact: ids.next(), channel: 'web' as const, account: '', user: id, createdAt: time.now(), device }
      await conversations.insert(made)
    },
    async exists(id: string): Promise<boolean> {
      return (await conversations.get(storeId(id))) !== undefined
    },
    async byDevice(device: string): Promise<string | undefined> {
      if (device === '') return undefined
      const known = await devicesOf(device)
      return known.toSorted((a, b) => b.createdAt - a.createdAt)[0]?.user
    },
    async unlink(device: string): Promise<void> {
      if (device === '') return
      for (const { _id } of await devicesOf(device)) await forget(conversations, _id)
    },
    turnsAfter(id: string, seq: number, limit: number): Promise<TurnDocument[]> {
      return turns.find({ conversation: storeId(id), seq: { from: seq + 1 } }, { sort: ['seq'], limit })
    },
  }
}

async function forget(conversations: Collection<ConversationDocument>, id: string): Promise<void> {
  for (let known = await conversations.get(id); known !== undefined && known.device !== ''; known = await conversations.get(id)) {
    if ((await conversations.replace({ ...known, device: '' })) === 'ok') return
  }
}

function storeId(id: string): string {
  return conversationId({ channel: 'web', account: '', user: id })
}
