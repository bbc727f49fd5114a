/** Opens conversations and gives out what a client needs to speak in one. */
import type { Request } from 'express'
import type { Ids, Keys, Time } from '../../app/ports.js'
import type { Instant, Origin } from '../../core/types.js'
import type { TurnDocument } from '../../store/collections.js'
import type { DirectLineAdapter } from './direct-line-adapter.js'
import { referralActivity, startActivity } from './inbound.js'
import { issueToken, TOKEN_SECONDS } from './token.js'
import type { WebConversations } from './web-conversations.js'

const DAY = 24 * 3_600_000

export interface DeskDeps {
  readonly conversations: WebConversations
  readonly adapter: DirectLineAdapter
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Time
  /** Address people use, for example `https://opgang.example`; absent when only requests know it. */
  readonly publicUrl?: string
}

export interface Grant {
  readonly conversationId: string
  readonly token: string
  /** Seconds. */
  readonly expires_in: number
}

export interface StreamGrant extends Grant {
  readonly streamUrl: string
}

/** A token for a conversation, which need not be open yet. */
export function grant(deps: DeskDeps, id: string): Grant {
  return { conversationId: id, token: issueToken(id, deps.keys, deps.time.now()), expires_in: TOKEN_SECONDS }
}

/** A token, and the address of the stream that goes on behind `watermark`. */
export function grantStream(deps: DeskDeps, request: Request, id: string, watermark = ''): StreamGrant {
  const granted = grant(deps, id)
  const origin = deps.publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`
  const query = new URLSearchParams({ watermark, t: granted.token })
  return { ...granted, streamUrl: `${origin.replace(/^http/, 'ws')}${request.baseUrl}/conversations/${id}/stream?${query}` }
}

/** Makes the conversation and lets the bot speak first. Safe to repeat. */
export async function begin(deps: DeskDeps, id: string, device: string, origin: Origin | undefined): Promise<void> {
  await deps.conversations.open(id, device)
  await deps.adapter.receive(startActivity(id, origin))
}

/**
 * Goes on with a conversation. One that was made but never begun (we were stopped between the two) begins now; a link to an
 * answer that was followed since is told to the bot.
 */
export async function resume(deps: DeskDeps, id: string, origin: Origin | undefined): Promise<void> {
  const now = deps.time.now()
  const [first] = await deps.conversations.turnsAfter(id, -1, 1)
  if (first === undefined) await deps.adapter.receive(startActivity(id, origin))
  else if (origin?.answer !== undefined && !beganWith(first, origin.answer, now)) {
    await deps.adapter.receive(referralActivity(id, origin, now))
  }
}

/** The page is opened again with the address the conversation began with. */
function beganWith(first: TurnDocument, answer: string, now: Instant): boolean {
  return first.event.origin?.answer === answer && now - first.at < DAY
}
