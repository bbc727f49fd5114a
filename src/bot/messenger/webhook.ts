/** The webhook: a signed body becomes activities, each person's in order, and is answered when all of them are committed. */
import type { Activity } from 'botbuilder'
import type { Log } from '../../app/ports.js'
import type { LanguageCode } from '../../core/types.js'
import { StoreUnavailable } from '../../store/collection.js'
import { type MetaEvent, openEnvelope } from './envelope.js'
import { isFields, parseBody } from './fields.js'
import { createGather } from './gather.js'
import type { MessengerAdapter } from './messenger-adapter.js'
import type { MessengerConfig } from './messenger-config.js'
import { isSigned } from './signature.js'
import { type Heard, toHeard } from './to-heard.js'

export interface WebhookDeps {
  readonly config: MessengerConfig
  readonly adapter: Pick<MessengerAdapter, 'hear' | 'noteEcho' | 'notePolicy'>
  /** Languages that a link may name. */
  readonly languages: () => readonly LanguageCode[]
  /** A message of ours has arrived whole; throws `StoreUnavailable` when that cannot be written down. */
  readonly noteEcho: (messageId: string, platformId: string) => Promise<void>
  /** Counts what is not answered, by a word of a fixed list. */
  readonly count: (what: string) => void
  readonly log: Log
}

interface WebhookRequest {
  /** The bytes as they came: the signature is over them. */
  readonly body: Buffer
  /** Header `x-hub-signature-256`. */
  readonly signature: string | undefined
}

/** 401 not signed · 400 no JSON · 404 not a page's · 503 not committed, Meta delivers again · 200 all else, known or not. */
type WebhookStatus = 200 | 400 | 401 | 404 | 503

export type Webhook = (request: WebhookRequest) => Promise<{ status: WebhookStatus }>

export function createWebhook(deps: WebhookDeps, afterThisTurn: (work: () => void) => void = setImmediate): Webhook {
  const gather = createGather((event) => hear(event, deps), afterThisTurn)
  return async ({ body, signature }) => {
    if (!isSigned(body, signature, deps.config.appSecrets)) return { status: 401 }
    const parsed = parseBody(body)
    if (parsed === undefined) return { status: 400 }
    if (!isFields(parsed.json) || parsed.json['object'] !== 'page') return { status: 404 }
    const { events, ignored } = openEnvelope(parsed.json)
    for (const what of ignored) deps.count(what)
    return { status: (await gather(events)) ? 200 : 503 }
  }
}

/** False when the store is away: the event is to be delivered again. */
async function hear(event: MetaEvent, deps: WebhookDeps): Promise<boolean> {
  try {
    await hearOne(event, deps)
  } catch (error) {
    if (error instanceof StoreUnavailable) return false
    // A redelivery would fail alike, and an hour of failures makes Meta switch the webhook off for everybody.
    deps.count('failed')
    deps.log.error('An event from Messenger could not be handled and is left out', { page: event.page, error })
  }
  return true
}

async function hearOne(event: MetaEvent, deps: WebhookDeps): Promise<void> {
  if (!deps.config.pages.has(event.page)) return deps.count('other_page')
  await act(event, toHeard(event, { appId: deps.config.appId, languages: deps.languages() }), deps)
}

async function act(event: MetaEvent, heard: Heard, deps: WebhookDeps): Promise<void> {
  switch (heard.kind) {
    case 'activity':
      return deps.adapter.hear(heard.activity as Activity)
    case 'echo':
      if (heard.part === undefined) return deps.noteEcho(heard.messageId, heard.platformId)
      return deps.adapter.noteEcho(heard.messageId, heard.part)
    case 'policy':
      return deps.adapter.notePolicy(event.page, heard.action)
    case 'ignored':
      return deps.count(heard.what)
  }
}
