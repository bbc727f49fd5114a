/**
 * The one sender. A committed turn is its own outbox: its effects are settled in (seq, index) order, conversation by
 * conversation; nothing waits for that. What may have been sent is never sent again blindly.
 */
import type { Channel, Effect } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { ConversationDocument, Sent, TurnDocument } from '../store/collections.js'
import { type EchoBook, echoBook } from './echoes.js'
import type { Log, Sender, SendOutcome, Time } from './ports.js'

/** How long a message without a known outcome waits for its echo. */
const ECHO_MS = 10_000
/** How often open turns are looked for: twice a second. */
const SWEEP_MS = 500
/** Pause before a settlement that failed is tried again. */
const AGAIN_MS = 1000
const PAGE = 200

export interface SettleDeps {
  readonly turns: Collection<TurnDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly senders: Partial<Record<Channel, Sender>>
  readonly time: Time
  readonly log: Log
  /** Carries out what is not a message; must give the same result when repeated with the same id `<turn>.<index>`. */
  readonly apply: (effect: Exclude<Effect, { type: 'message' }>, id: string, turn: TurnDocument) => Promise<void>
  /** Milliseconds that an unknown outcome waits for its echo. */
  readonly echoMs?: number
}

export interface Settler {
  /** Takes a turn of this instance. */
  take(turn: TurnDocument, conversation: ConversationDocument): void
  /** The platform showed us a message of ours: `messageId` is `<turn>.<index>`. */
  echo(messageId: string, platformId: string): Promise<void>
  /** Takes over every open turn in the store: on the embedded store its lock proves that nobody else lives. */
  takeOver(): Promise<void>
  /** Resolves when nothing is under way; what waits for a later time stays open in its turn. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface Line {
  readonly conversation: ConversationDocument
  readonly queue: TurnDocument[]
  openedAt: number | undefined
  running?: Promise<void> | undefined
  notBefore: number
  /** Turns whose unsent messages another life may have sent. */
  readonly doubtful: Set<string>
}

export function createSettler(deps: SettleDeps): Settler {
  const settling: Settling = { deps, lines: new Map(), echoes: echoBook(deps.time, deps.echoMs ?? ECHO_MS), stopped: new AbortController() }
  const { lines, stopped } = settling
  const sweeping = sweep(settling)
  return {
    take: (turn, conversation) => add(settling, turn, conversation),
    echo: (messageId, platformId) => noteEcho(settling, { messageId, platformId }),
    takeOver: () => takeOver(settling),
    async idle() {
      for (let busy = running(lines); busy.length > 0; busy = running(lines)) await Promise.all(busy)
    },
    async close() {
      stopped.abort()
      await Promise.all([sweeping, ...running(lines)])
    },
  }
}

interface Settling {
  readonly deps: SettleDeps
  /** Conversations with open turns, by id. */
  readonly lines: Map<string, Line>
  readonly echoes: EchoBook
  readonly stopped: AbortController
}

function add(settling: Settling, turn: TurnDocument, conversation: ConversationDocument, doubtful = false): void {
  const { lines } = settling
  const line: Line = lines.get(conversation._id) ?? { conversation, queue: [], openedAt: undefined, notBefore: 0, doubtful: new Set() }
  lines.set(conversation._id, line)
  line.openedAt = turn.session.openedAt ?? line.openedAt
  // An erasure waits for nothing: what is unsent before it is dropped.
  if (turn.effects.some(({ type }) => type === 'erase')) line.notBefore = 0
  line.queue.push(turn)
  if (doubtful) line.doubtful.add(turn._id)
  run(settling, line)
}

/** Settles a conversation unless that is under way, or its time has not come. */
function run(settling: Settling, line: Line): void {
  const { deps, lines, echoes, stopped } = settling
  if (line.running !== undefined || stopped.signal.aborted || deps.time.now() < line.notBefore) return
  line.running = drain(deps, line, echoes)
    .catch((error: unknown) => {
      line.notBefore = deps.time.now() + AGAIN_MS
      deps.log.error('settling failed and is tried again', { conversation: line.conversation._id, error })
    })
    .finally(() => {
      line.running = undefined
      if (line.queue.length === 0) lines.delete(line.conversation._id)
      else run(settling, line)
    })
}

function running(lines: ReadonlyMap<string, Line>): Promise<void>[] {
  return [...lines.values()].flatMap((line) => (line.running === undefined ? [] : [line.running]))
}

async function sweep(settling: Settling): Promise<void> {
  const { deps, lines, stopped } = settling
  while (!stopped.signal.aborted) {
    await deps.time.sleep(SWEEP_MS, stopped.signal)
    for (const line of lines.values()) run(settling, line)
  }
}

async function takeOver(settling: Settling): Promise<void> {
  const { turns, conversations } = settling.deps
  const open: TurnDocument[] = []
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await turns.find(
      { 'settle.state': 'open' },
      { sort: ['at', 'conversation', 'seq'], limit: PAGE, ...(after ? { after } : {}) },
    )
    open.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    after = [last.at, last.conversation, last.seq]
  }
  for (const turn of open.toSorted((a, b) => a.seq - b.seq)) {
    const conversation = await conversations.get(turn.conversation)
    if (conversation !== undefined) add(settling, turn, conversation, true)
    else await finishErasure(settling, turn)
  }
}

/** An erasure that was cut off after its conversation was gone still has its own turn to erase. */
async function finishErasure({ deps }: Settling, turn: TurnDocument): Promise<void> {
  const index = turn.effects.findIndex(({ type }) => type === 'erase')
  if (index !== -1) await deps.apply({ type: 'erase' }, `${turn._id}.${index}`, turn)
}

/** Settles a conversation's turns in order, until nothing is left or the first message that must wait. */
async function drain(deps: SettleDeps, line: Line, echoes: EchoBook): Promise<void> {
  if (line.doubtful.size > 0) {
    await echoes.all(doubtfulMessages(line))
    await markAgain(deps, line, echoes)
    line.doubtful.clear()
  }
  for (let turn = line.queue[0]; turn !== undefined; turn = line.queue[0]) {
    const { settled, notBefore } = await settleTurn(deps, line, turn, echoes)
    if (notBefore !== undefined) {
      line.notBefore = notBefore
      line.queue[0] = await save(deps, { ...settled, settle: { ...settled.settle, next: notBefore } })
      return
    }
    if (!settled.erased) await save(deps, { ...settled, settle: { ...settled.settle, state: 'done', by: '' } })
    line.queue.shift()
  }
}

/** Messages that may have been sent: those before the first that certainly was not. */
function doubtfulMessages(line: Line): string[] {
  const open = line.queue
    .filter(({ _id }) => line.doubtful.has(_id))
    .flatMap((turn) =>
      turn.effects.flatMap((effect, index) => (effect.type === 'message' && !isFinal(turn.settle.sent[index]) ? [{ turn, index }] : [])),
    )
  const waiting = open.findIndex(({ turn, index }) => turn.settle.sent[index]?.state === 'waiting')
  return (waiting === -1 ? open : open.slice(0, waiting)).map(({ turn, index }) => `${turn._id}.${index}`)
}

/** After another life: what had no echo may be sent once more, and says so before it is; what said so already is listed for staff. */
async function markAgain(deps: SettleDeps, line: Line, echoes: EchoBook): Promise<void> {
  if (deps.senders[line.conversation.channel] === undefined) return
  const doubtful = new Set(doubtfulMessages(line))
  for (const [at, turn] of line.queue.entries()) {
    const sent: Record<number, Sent> = { ...turn.settle.sent }
    for (const index of turn.effects.keys()) {
      const id = `${turn._id}.${index}`
      if (doubtful.has(id)) sent[index] = afterDoubt(sent[index], echoes.seen(id), deps.time.now())
    }
    if (line.doubtful.has(turn._id)) line.queue[at] = await save(deps, { ...turn, settle: { ...turn.settle, sent } })
  }
}

function afterDoubt(before: Sent | undefined, platformId: string | undefined, at: number): Sent {
  if (platformId !== undefined) return { state: 'sent', platformId, at }
  return before?.state === 'again' ? { state: 'listed', reason: 'unknown', at } : { state: 'again', at }
}

/** Whether the outcome of an effect will not change any more. */
export function isFinal(sent: Sent | undefined): boolean {
  return sent !== undefined && sent.state !== 'again' && sent.state !== 'waiting'
}

interface Settled {
  readonly settled: TurnDocument
  readonly notBefore?: number
}

async function settleTurn(deps: SettleDeps, line: Line, turn: TurnDocument, echoes: EchoBook): Promise<Settled> {
  let current = turn
  for (const [index, effect] of turn.effects.entries()) {
    if (isFinal(current.settle.sent[index])) continue
    const id = `${turn._id}.${index}`
    if (effect.type !== 'message') {
      await deps.apply(effect, id, current)
      if (effect.type === 'erase') return { settled: { ...current, erased: true } }
      current = note(current, index, { state: 'applied', at: deps.time.now() })
    } else {
      const result = await settleMessage(deps, line, { turn: current, index, message: effect.message, id }, echoes)
      if (result.notBefore !== undefined) return result
      current = result.settled
    }
    // Kept at once, so that a failure further on repeats nothing.
    line.queue[0] = current
  }
  return { settled: current }
}

interface MessageOrder {
  readonly turn: TurnDocument
  readonly index: number
  readonly message: Extract<Effect, { type: 'message' }>['message']
  readonly id: string
}

async function settleMessage(deps: SettleDeps, line: Line, order: MessageOrder, echoes: EchoBook): Promise<Settled> {
  const sender = deps.senders[line.conversation.channel]
  const { index } = order
  const turn = await unmarkWaiting(deps, line, order)
  const at = deps.time.now()
  if (sender === undefined) return { settled: note(turn, index, { state: 'applied', at }) }
  const erasing = line.queue.some(({ effects }) => effects.some(({ type }) => type === 'erase'))
  if (erasing && !turn.effects.some(({ type }) => type === 'erase')) return { settled: note(turn, index, { state: 'dropped', at }) }
  const outcome = await send(sender, line, { ...order, turn })
  if (outcome.outcome === 'unknown') return settleUnknown(deps, line, { ...order, turn }, echoes)
  if (outcome.outcome !== 'later') return { settled: note(turn, index, recorded(deps, order, outcome)) }
  if (erasing) return { settled: note(turn, index, { state: 'dropped', at }) }
  const again = turn.settle.sent[index]?.state === 'again'
  const waiting = again ? turn : note(turn, index, { state: 'waiting', reason: outcome.reason, at })
  return { settled: waiting, notBefore: outcome.notBefore }
}

/** Before a waiting message is tried again it says so no more: from here on it may have been sent. */
async function unmarkWaiting(deps: SettleDeps, line: Line, { turn, index }: MessageOrder): Promise<TurnDocument> {
  if (turn.settle.sent[index]?.state !== 'waiting') return turn
  const { [index]: _, ...sent } = turn.settle.sent
  const unmarked = await save(deps, { ...turn, settle: { ...turn.settle, sent } })
  line.queue[0] = unmarked
  return unmarked
}

/** Waits for the echo; without one writes down that it is sent again, and does so once. Unknown twice is listed for staff. */
async function settleUnknown(deps: SettleDeps, line: Line, order: MessageOrder, echoes: EchoBook): Promise<Settled> {
  const { turn, index, id } = order
  await echoes.all([id])
  const platformId = echoes.seen(id)
  if (platformId !== undefined) return { settled: note(turn, index, { state: 'sent', platformId, at: deps.time.now() }) }
  const listed: Sent = { state: 'listed', reason: 'unknown', at: deps.time.now() }
  if (turn.settle.sent[index]?.state === 'again') return { settled: note(turn, index, listed) }
  const again = await save(deps, note(turn, index, { state: 'again', at: deps.time.now() }))
  line.queue[0] = again
  return settleMessage(deps, line, { ...order, turn: again }, echoes)
}

function send(sender: Sender, line: Line, { turn, message, id }: MessageOrder): Promise<SendOutcome> {
  return sender.send({ conversation: line.conversation, message, messageId: id, revision: turn.library, openedAt: line.openedAt })
}

function recorded(deps: SettleDeps, order: MessageOrder, outcome: Extract<SendOutcome, { outcome: 'sent' | 'refused' }>): Sent {
  const at = deps.time.now()
  if (outcome.outcome === 'sent') return { state: 'sent', platformId: outcome.platformId, at }
  deps.log.warn('a message was refused and is listed for staff', {
    conversation: order.turn.conversation,
    message: order.id,
    reason: outcome.reason,
  })
  return { state: 'refused', reason: outcome.reason, at }
}

function note(turn: TurnDocument, index: number, sent: Sent): TurnDocument {
  return { ...turn, settle: { ...turn.settle, sent: { ...turn.settle.sent, [index]: sent } } }
}

/** Writes a turn's settlement; on a conflict the stored turn wins in everything but what was settled here. */
async function save(deps: SettleDeps, turn: TurnDocument): Promise<TurnDocument> {
  for (let mine = turn; ; ) {
    if ((await deps.turns.replace(mine)) === 'ok') return { ...mine, version: mine.version + 1 }
    const stored = await deps.turns.get(turn._id)
    if (stored === undefined || stored.erased) return { ...mine, erased: true }
    mine = { ...stored, settle: { ...turn.settle, sent: { ...stored.settle.sent, ...turn.settle.sent } } }
  }
}

async function noteEcho({ deps, lines, echoes }: Settling, echo: { messageId: string; platformId: string }): Promise<void> {
  const [turnId = '', index = ''] = echo.messageId.split('.')
  const queued = [...lines.values()].some(({ queue }) => queue.some(({ _id }) => _id === turnId))
  if (queued) echoes.note(echo.messageId, echo.platformId)
  const turn = await deps.turns.get(turnId)
  const effect = turn?.effects[Number(index)]
  if (turn === undefined || turn.erased || effect?.type !== 'message' || turn.settle.sent[Number(index)]?.state === 'sent') return
  await save(deps, note(turn, Number(index), { state: 'sent', platformId: echo.platformId, at: deps.time.now() }))
}
