/** Bot Framework's adapter for Messenger: what Meta reported goes to the bot, what the bot says goes to the Send API. */
import { type Activity, BotAdapter, type ConversationReference, type ResourceResponse, TurnContext } from 'botbuilder'
import type { PageStop } from '../../app/page-stops.js'
import type { Keys, Log, Metrics, Time } from '../../app/ports.js'
import type { Instant } from '../../core/types.js'
import { backoff } from './backoff.js'
import { classify, type Failure, type Verdict } from './classify.js'
import { parseBody } from './fields.js'
import { GraphClient, type GraphReply } from './graph-client.js'
import type { MessengerConfig } from './messenger-config.js'
import { type BreakerState, PageGate } from './page-gate.js'
import { ProgressBook } from './progress.js'
import { type MessageBody, render } from './render.js'
import { SendError, type Unsent } from './send-error.js'
import { base } from './to-heard.js'

/** A page whose sends stopped is looked at again after this. */
const PROBE_MS = 300_000
/** People wait this long before they wonder; then they see that an answer is on its way. */
const TYPING_AFTER_MS = 1000
/** What a silent page holds up does not wait longer than this after it is well again, in tries of {@link backoff}. */
const SILENT_TRIES = 4

export interface MessengerAdapterDeps {
  readonly config: MessengerConfig
  readonly keys: Keys
  readonly log: Log
  readonly now: () => Instant
  /** 0–1, spreads repeated tries. */
  readonly random: () => number
  readonly sleep: Time['sleep']
  readonly monotonic: Time['monotonic']
  readonly metrics: Pick<Metrics, 'graph' | 'breaker'>
  /** A page stopped or goes on: for other instances. */
  readonly noteStop: (page: string, stop: PageStop) => void
  readonly bot: (context: TurnContext) => Promise<void>
  /** Title of the button that leads to further options, in a language. */
  readonly moreTitle: (language: string) => string
  /** Milliseconds until a call without an answer is given up. */
  readonly timeoutMs?: number
}

/** How Meta is to see a message; travels as `channelData.messenger` of an outbound activity. */
export interface MessengerExtras {
  readonly tag?: 'HUMAN_AGENT'
  /** It has waited: live conversations go first. */
  readonly backlog?: boolean
}

interface Recipient {
  readonly page: string
  readonly user: string
}

export class MessengerAdapter extends BotAdapter {
  readonly #deps: MessengerAdapterDeps
  readonly #graph: GraphClient
  readonly #gate: PageGate
  readonly #progress = new ProgressBook()

  constructor(deps: MessengerAdapterDeps) {
    super()
    this.#deps = deps
    this.#graph = new GraphClient(deps.config, deps.timeoutMs)
    this.#gate = new PageGate({ random: deps.random, changed: (page, state, stop) => this.#tellStop(page, state, stop) })
    for (const page of deps.config.pages.keys()) deps.metrics.breaker(page, 'closed')
  }

  /** True while a page's sends are stopped. */
  holds(page: string): boolean {
    return this.#gate.holdsPage(page, this.#deps.now())
  }

  /** Another instance, or an earlier life, found a page stopped or going on. */
  learn(page: string, stop: PageStop): void {
    this.#gate.learn(page, stop, this.#deps.now())
    this.#deps.metrics.breaker(page, this.#gate.breaker(page, this.#deps.now()))
  }

  /** Gives the bot what happened. Throws what the bot throws. */
  hear(activity: Activity): Promise<void> {
    return this.#deps.bot(new TurnContext(this, activity))
  }

  /** Sends messages in order; one response each, with the platform's id of its last part. Throws `SendError` at the first that did not go. */
  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = []
    for (const activity of activities) {
      responses.push({ id: activity.type === 'message' ? await this.#deliverPatiently(activity) : '' })
    }
    return responses
  }

  /** An answer that Meta takes slowly says that it comes; one that is quick costs no call. */
  async #deliverPatiently(activity: Partial<Activity>): Promise<string> {
    // Not aborted when it was quick: that makes an error with a stack, and costs more than a timer that ends.
    let delivered = false
    this.#deps
      .sleep(TYPING_AFTER_MS)
      .then(() => (delivered ? undefined : this.showTyping(activity.conversation?.id ?? '', activity.from?.id ?? '')))
      .catch((error: unknown) => this.#deps.log.warn('That an answer is on its way could not be shown', { error }))
    try {
      return await this.#deliver(activity)
    } finally {
      delivered = true
    }
  }

  override updateActivity(): Promise<void> {
    return Promise.reject(new Error('Messenger cannot change a sent message: send a new one'))
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(new Error('Messenger cannot take back a sent message'))
  }

  override continueConversation(reference: Partial<ConversationReference>, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return logic(new TurnContext(this, TurnContext.applyConversationReference({ type: 'event', name: 'continue' }, reference, true)))
  }

  /** Shows that the person was read and that an answer comes. Best effort: resolves whatever happens. */
  async showTyping(user: string, page: string): Promise<void> {
    for (const action of ['mark_seen', 'typing_on']) {
      if (!this.#deps.config.pages.has(page) || this.#gate.holds(page, user, this.#deps.now()) !== undefined) return
      await this.#graph.post({ page, edge: 'messages', body: { recipient: { id: user }, sender_action: action } })
    }
  }

  /** Part `part` (from 0) of a message in several parts has arrived. */
  noteEcho(messageId: string, part: number): void {
    if (this.#progress.of(messageId).parts <= part) this.#progress.note(messageId, { parts: part + 1 })
  }

  /** Meta's `policy_enforcement`: `block` stops the page's sends, `unblock` resumes them. */
  notePolicy(page: string, action: string): void {
    const { log, now } = this.#deps
    if (action === 'unblock') {
      this.#gate.block(page, false, now())
      return log.info('Meta lets the page send again', { page })
    }
    if (action !== 'block') return log.warn('Meta reported a policy matter: look at the page in Meta Business Suite', { page })
    this.#gate.block(page, true, now())
    log.error('Meta blocked the page for its policy: nothing is sent until it is unblocked; look at the page in Meta Business Suite', {
      page,
    })
  }

  async #deliver(activity: Partial<Activity>): Promise<string> {
    const to: Recipient = { page: activity.from?.id ?? '', user: activity.conversation?.id ?? '' }
    const id = activity.id ?? ''
    const parts = render(activity, this.#deps)
    if (parts.length === 0) throw new SendError({ outcome: 'refused', reason: 'permanent' })
    let platformId = ''
    // A last part that arrived, but was not recorded, is sent again only when the settler asks for it.
    const start = Math.min(this.#progress.of(id).parts, parts.length - 1)
    for (const [index, message] of parts.entries()) {
      if (index < start) continue
      platformId = await this.#post(to, requestBody(to.user, message, activity), { id, backlog: extrasOf(activity).backlog === true })
      if (id !== '') this.#progress.note(id, { parts: index + 1 })
    }
    this.#progress.done(id)
    return platformId
  }

  /** Posts one part; the platform's id, or a `SendError`. */
  async #post(to: Recipient, body: object, { id, backlog }: { id: string; backlog: boolean }): Promise<string> {
    const { config, now } = this.#deps
    if (!config.pages.has(to.page))
      throw new SendError({ outcome: 'later', reason: 'config', notBefore: now() + PROBE_MS, hold: 'message' })
    const admission = this.#gate.admit({ ...to, backlog }, now())
    if (typeof admission !== 'string') throw new SendError({ outcome: 'later', ...admission })
    try {
      // A page that was silent is asked with something that is no loss when it is lost.
      if (admission === 'probe') await this.#probe(to, id)
      const verdict = await this.#call(to, body, !('tag' in body))
      if (verdict.kind === 'failure') throw new SendError(this.#unsent(to, id, verdict))
      this.#gate.passed(to.page, to.user, now())
      return verdict.platformId
    } finally {
      this.#gate.ended(to.page, now())
    }
  }

  async #probe(to: Recipient, id: string): Promise<void> {
    const reply = await this.#graph.post({
      page: to.page,
      edge: 'messages',
      body: { recipient: { id: to.user }, sender_action: 'typing_on' },
    })
    // What was asked for has no message id: anything of Graph's form but an error of Meta's own server is an answer.
    const silent =
      reply.kind !== 'answer' || (reply.status < 400 ? parseBody(Buffer.from(reply.body)) === undefined : isSilence(judge(reply, true)))
    if (!silent) return
    this.#gate.silent(to.page, this.#deps.now())
    throw new SendError(this.#later(to, id))
  }

  async #call(to: Recipient, body: object, windowOpen: boolean): Promise<Verdict> {
    const { metrics, monotonic, now } = this.#deps
    const begun = monotonic()
    const reply = await this.#graph.post({ page: to.page, edge: 'messages', body })
    if (reply.kind === 'answer' && reply.busy) this.#gate.slow(to.page, now())
    const verdict = judge(reply, windowOpen)
    metrics.graph({ outcome: verdict.kind === 'sent' ? 'sent' : verdict.failure, ms: monotonic() - begun })
    return verdict
  }

  #unsent(to: Recipient, id: string, verdict: Failure): Unsent {
    const { failure, code, subcode } = verdict
    const { log, now } = this.#deps
    log.warn('A message did not go out on Messenger', { page: to.page, message: id, failure, code, subcode })
    if (!isSilence(verdict)) this.#gate.alive(to.page, now())
    else if (this.#gate.silent(to.page, now()))
      log.error('Meta does not answer: messages of the page wait until it does', { page: to.page })
    switch (failure) {
      case 'retry':
        return this.#retry(to, id, verdict)
      case 'unknown':
        return { outcome: 'unknown', reason: 'unknown' }
      case 'config':
      case 'circuit':
      case 'cool_down':
        return this.#stop(to, failure)
      case 'thread_owned':
        this.#reportTaken(to, id)
        break
    }
    this.#progress.done(id)
    return { outcome: 'refused', reason: failure }
  }

  #retry(to: Recipient, id: string, { tries: limit }: Failure): Unsent {
    const tries = this.#progress.of(id).tries + 1
    if (limit !== undefined && tries > limit) {
      this.#progress.done(id)
      return { outcome: 'refused', reason: 'permanent' }
    }
    if (id !== '') this.#progress.note(id, { tries })
    return this.#later(to, id)
  }

  /** While the page's breaker is open the message waits for the page; else for a pause of its own. */
  #later({ page }: Recipient, id: string): Unsent {
    const { now, random } = this.#deps
    const held = this.#gate.holdsPage(page, now())
    const { tries } = this.#progress.of(id)
    const pause = backoff(Math.max(1, held ? Math.min(tries, SILENT_TRIES) : tries), random())
    return { outcome: 'later', reason: held ? 'outage' : 'retry', notBefore: now() + pause, hold: held ? 'page' : 'message' }
  }

  #stop({ page, user }: Recipient, reason: 'config' | 'circuit' | 'cool_down'): Unsent {
    const { log, now } = this.#deps
    const at = now()
    const first = reason === 'config' ? this.#gate.stop(page, at) : this.#gate.rest(page, reason === 'circuit' ? undefined : user, at)
    if (first && reason === 'config')
      log.error('The page may not send: check its token and the permissions of the app; messages wait', { page })
    if (first && reason === 'circuit')
      log.error('Meta restricted the page: messages wait; look at the page in Meta Business Suite', { page })
    const notBefore = this.#gate.holds(page, user, at)?.notBefore ?? at + PROBE_MS
    return { outcome: 'later', reason, notBefore, hold: reason === 'cool_down' ? 'message' : 'page' }
  }

  #tellStop(page: string, state: BreakerState, stop: PageStop): void {
    this.#deps.metrics.breaker(page, state)
    this.#deps.noteStop(page, stop)
    if (state === 'closed') this.#deps.log.info('The page may send again', { page })
  }

  /** Somebody else has the thread: the bot hears it, and is silent, as if Meta had reported it. */
  #reportTaken({ page, user }: Recipient, id: string): void {
    const taken = { ...base(page, user), type: 'event', name: 'taken', id: `owned:${page}:${id}`, channelData: { opgang: { by: 'app' } } }
    this.hear(taken as Activity).catch((error: unknown) => {
      this.#deps.log.warn('That somebody else has a thread could not be noted', { page, error })
    })
  }
}

/** Meta is not there, or says that it cannot serve now; 1/99 is about the one message. */
function isSilence(verdict: Verdict): boolean {
  return verdict.kind === 'failure' && verdict.tries === undefined && (verdict.failure === 'retry' || verdict.failure === 'unknown')
}

function extrasOf(activity: Partial<Activity>): MessengerExtras {
  return (activity.channelData as { messenger?: MessengerExtras } | undefined)?.messenger ?? {}
}

function requestBody(user: string, message: MessageBody, activity: Partial<Activity>): object {
  const { tag } = extrasOf(activity)
  const kind = tag === undefined ? { messaging_type: 'RESPONSE' } : { messaging_type: 'MESSAGE_TAG', tag }
  return { recipient: { id: user }, ...kind, message }
}

function judge(reply: GraphReply, windowOpen: boolean): Verdict {
  switch (reply.kind) {
    case 'answer':
      return classify(reply.status, reply.body, windowOpen)
    case 'unreached':
      return { kind: 'failure', failure: 'retry' }
    case 'unanswered':
      return { kind: 'failure', failure: 'unknown' }
  }
}
