/** The page without its looks: arrival, line, outbox and conversation as one snapshot that a view subscribes to. */

import type { KeptStore } from '../shared/browser-store.js'
import type { Texts } from '../shared/texts.js'
import type { Received } from './activity.js'
import {
  type Change,
  type ConversationState,
  type ConversationView,
  EMPTY_CONVERSATION,
  reduceConversation,
  type Send,
  viewConversation,
} from './conversation-state.js'
import { DirectLine, type Grant, type PostResult, type Wire } from './directline-client.js'
import { Outbox } from './outbox.js'
import { PageTexts } from './page-texts.js'
import { type Arrival, grantRequest, type Page, pagePath, readGrant, readPage } from './session.js'

/** What the chat needs of the browser, so that it runs without one. */
export interface ChatWorld {
  readonly wire: Wire
  /** Lasts as long as the tab. */
  readonly tab: KeptStore
  /** Stays on the device. */
  readonly device: KeptStore
  readonly arrival: Arrival
  now(): number
  newId(): string
  /** False when the device knows that it has no line. */
  online(): boolean
}

export type Line = 'open' | 'reconnecting' | 'offline'

export interface ChatSnapshot {
  /** opening: page and conversation are asked for · slow: for so long that it must be said · ready: both are here. */
  readonly stage: 'opening' | 'slow' | 'ready'
  readonly page: Page | undefined
  readonly texts: Texts | undefined
  readonly conversation: ConversationView
  readonly line: Line
  /** The conversation so far has arrived; what comes now is new. */
  readonly caughtUp: boolean
}

/** What takes longer is said in words (pages: waiting). */
const SAY_AFTER = 1000
/** A stream that is away for less is not worth a word. */
const LINE_SAY_AFTER = 1500
/** After this long nobody is typing: a person may have the conversation, or the answer has none. */
const THINKING_MAX = 12_000
const ARRIVAL_RETRIES = [1000, 2000, 4000, 8000, 15_000] as const
/** Set while the device's cookie may still be there after the resident left. */
export const LEFT_KEY = 'opgang.left'
export const LEAVE_PATH = '/directline/session/leave'

export class Chat {
  readonly #world: ChatWorld
  readonly #outbox: Outbox
  readonly #pageTexts: PageTexts
  readonly #listeners = new Set<() => void>()
  #snapshot: ChatSnapshot
  #state: ConversationState = EMPTY_CONVERSATION
  #client: DirectLine | undefined
  #conversationId: string | undefined
  #failures = 0
  #asking = false
  #callOffAsk = nothing
  #callOffHush = nothing
  #callOffLine = nothing

  constructor(world: ChatWorld) {
    this.#world = world
    this.#pageTexts = new PageTexts((path) => this.#fetchJson(path, { method: 'GET' }))
    this.#outbox = new Outbox({
      store: world.tab,
      post: (send) => this.#post(send),
      delivery: (clientId, delivery) => this.#change({ type: 'delivery', clientId, delivery }),
      denied: () => this.#askLater(),
      after: world.wire.after,
    })
    const line = world.online() ? 'open' : 'offline'
    const conversation = viewConversation(this.#state)
    this.#snapshot = { stage: 'opening', page: undefined, texts: undefined, conversation, line, caughtUp: false }
  }

  /** Asks for the page and the conversation, and goes on trying until they are here. */
  start(): void {
    for (const send of this.#outbox.waiting) this.#change({ type: 'queued', send })
    this.#world.wire.after(SAY_AFTER, () => {
      if (this.#snapshot.stage === 'opening') this.#show({ stage: 'slow' })
    })
    this.#ask()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): ChatSnapshot => this.#snapshot

  /** Sends what the resident typed, or the title of what they tapped with the `value` it carries. */
  send(text: string, value?: string): void {
    const send: Send = { clientId: this.#world.newId(), text, at: this.#world.now(), ...(value === undefined ? {} : { value }) }
    this.#change({ type: 'queued', send })
    this.#outbox.add(send)
  }

  /** The device says that its line came or went. */
  lineChanged(): void {
    if (!this.#world.online()) {
      this.#show({ line: 'offline' })
      return
    }
    this.#lineOpen(false)
    this.#client?.drop()
    this.wake()
  }

  /** The page is looked at again. */
  wake(): void {
    this.#client?.wake()
    if (this.#client === undefined) this.#ask()
    else void this.#outbox.pump()
  }

  /** Stops everything and forgets what was typed; the page goes away after this. */
  close(): void {
    this.#client?.close()
    this.#outbox.clear()
    this.#listeners.clear()
    this.#callOffAsk()
  }

  #ask(): void {
    if (this.#asking) return
    this.#asking = true
    this.#callOffAsk()
    void this.#arrive().then((arrived) => {
      this.#asking = false
      if (arrived === undefined) this.#askLater()
      else this.#open(arrived.page, arrived.grant)
    })
  }

  #askLater(): void {
    const wait = ARRIVAL_RETRIES[Math.min(this.#failures, ARRIVAL_RETRIES.length - 1)] ?? 0
    this.#failures += 1
    this.#callOffAsk()
    this.#callOffAsk = this.#world.wire.after(wait, () => this.#ask())
  }

  async #arrive(): Promise<{ page: Page; grant: Grant } | undefined> {
    if (!(await this.#finishLeaving())) return undefined
    const { arrival } = this.#world
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: grantRequest(arrival) }
    const [page, granted] = await Promise.all([
      this.#snapshot.page ?? this.#fetchJson(pagePath(arrival), { method: 'GET' }).then(readPage),
      this.#fetchJson('/directline/session', init),
    ])
    const grant = readGrant(granted)
    return page === undefined || grant === undefined ? undefined : { page, grant }
  }

  /** Who left without a line still has the cookie: it must go before anything of the old conversation is asked for. */
  async #finishLeaving(): Promise<boolean> {
    const { wire, device } = this.#world
    if (device.getItem(LEFT_KEY) === null) return true
    try {
      const { ok } = await wire.request(LEAVE_PATH, { method: 'POST' })
      if (ok) device.removeItem(LEFT_KEY)
      return ok
    } catch {
      return false
    }
  }

  #open(page: Page, grant: Grant): void {
    if (this.#conversationId !== undefined && this.#conversationId !== grant.conversationId) this.#change({ type: 'reset' })
    this.#conversationId = grant.conversationId
    this.#client?.close()
    this.#client = new DirectLine(
      grant,
      {
        received: (items) => this.#received(items),
        line: (open) => this.#lineOpen(open),
        denied: () => this.#askLater(),
      },
      this.#world.wire,
    )
    const texts = this.#snapshot.texts ?? this.#pageTexts.open(page, this.#world.arrival.deviceLanguages)
    this.#show({ stage: 'ready', page, texts })
    this.#client.start()
    void this.#outbox.pump()
  }

  async #post(send: Send): Promise<PostResult> {
    return (await this.#client?.post(send)) ?? 'failed'
  }

  #received(items: readonly Received[]): void {
    this.#failures = 0
    for (const item of items) if (item.kind === 'own' && item.clientId !== undefined) this.#outbox.confirm(item.clientId)
    this.#change({ type: 'received', items })
    if (items.some((item) => item.kind === 'bot' && item.role === 'erased')) this.#forgetDevice()
    if (!this.#snapshot.caughtUp && items.length > 0) this.#show({ caughtUp: true })
  }

  /** Everything was deleted: the device's cookie goes too, now or when the line is back. */
  #forgetDevice(): void {
    this.#world.device.setItem(LEFT_KEY, '1')
    void this.#finishLeaving()
  }

  #change(change: Change): void {
    const before = this.#state
    this.#state = reduceConversation(before, change)
    if (this.#state === before) return
    if (this.#state.thinking) this.#hushLater()
    this.#show({ conversation: viewConversation(this.#state) })
    void this.#speakLanguage()
  }

  #hushLater(): void {
    this.#callOffHush()
    this.#callOffHush = this.#world.wire.after(THINKING_MAX, () => this.#change({ type: 'hushed' }))
  }

  /** The page follows the conversation's language as soon as its texts are here. */
  async #speakLanguage(): Promise<void> {
    const wanted = this.#snapshot.conversation.language
    if (wanted === undefined || wanted === this.#snapshot.texts?.language.code) return
    const texts = await this.#pageTexts.load(wanted)
    if (texts !== undefined && this.#snapshot.conversation.language === wanted) this.#show({ texts })
  }

  #lineOpen(open: boolean): void {
    this.#callOffLine()
    if (open) this.#show({ line: 'open' })
    else if (this.#snapshot.line === 'offline' && this.#world.online()) this.#show({ line: 'reconnecting' })
    else
      this.#callOffLine = this.#world.wire.after(LINE_SAY_AFTER, () =>
        this.#show({ line: this.#world.online() ? 'reconnecting' : 'offline' }),
      )
    if (open) void this.#outbox.pump()
  }

  async #fetchJson(path: string, init: RequestInit): Promise<unknown> {
    try {
      const response = await this.#world.wire.request(path, init)
      return response.ok ? await response.json() : undefined
    } catch {
      return undefined
    }
  }

  #show(part: Partial<ChatSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part }
    for (const listener of this.#listeners) listener()
  }
}

function nothing(): void {}
