/** One page of a conversation behind a watermark, for polling and for streams alike. */
import { type ActivitySet, BEGINNING, PAGE_TURNS, type Position, type Reader, readTurns } from './outbound.js'
import type { WebConversations } from './web-conversations.js'

export interface PageRead extends ActivitySet {
  readonly position: Position
  /** True when the page was full: there may be more behind it. */
  readonly more: boolean
}

/** Reads the turn of the watermark again, for what is left of it; a turn that does not exist means the watermark is none of ours. */
export async function readPage(conversations: WebConversations, after: Position, reader: Reader): Promise<PageRead> {
  const turns = await conversations.turnsAfter(reader.conversation, Math.max(after.seq, 0) - 1, PAGE_TURNS)
  if (turns.length === 0 && after.seq >= 0) return readPage(conversations, BEGINNING, reader)
  return { ...readTurns(turns, after, reader), more: turns.length === PAGE_TURNS }
}
