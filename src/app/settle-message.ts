/** What settling does with one turn: its effects in order, and what is known of each message. */
import type { Effect } from '../core/types.js'
import type { Sent, TurnDocument } from '../store/collections.js'
import type { SendOutcome } from './ports.js'
import type { Line, Settling } from './settle-lines.js'

/** An instance that may have been taken for dead sends nothing; it knows more after its next heartbeat. */
const DOUBT_MS = 1000
/** A channel that is not set up: a person must mend that, and start the program again. */
const NO_SENDER_MS = 300_000
/** An erasure is put off for its last word no longer than this, and it is tried no more often than that (milliseconds). */
const LAST_WORD_MS = 60_000
const LAST_WORD_PAUSE_MS = 100
/** A message that has waited this long, as long as one call may take, is behind the live ones (milliseconds). */
export const BACKLOG_MS = 10_000

type Message = Extract<Effect, { type: 'message' }>['message']

interface MessageOrder {
  readonly index: number
  readonly message: Message
  /** `<turn>.<index>` */
  readonly id: string
}

/** Settles the first turn of a line. False when it must wait, or is another's now; what is known is kept on the queue. */
export async function settleTurn(settling: Settling, line: Line, turn: TurnDocument): Promise<boolean> {
  const { deps } = settling
  for (const [index, effect] of turn.effects.entries()) {
    if (isFinal(headOf(line, turn).settle.sent[index])) continue
    if (!deps.instance.alive()) return wait(settling, line, DOUBT_MS)
    const id = `${turn._id}.${index}`
    if (effect.type === 'message') {
      if (!(await settleMessage(settling, line, { index, message: effect.message, id }))) return false
    } else {
      await deps.apply(effect, id, headOf(line, turn))
      // The erasure wrote its own turn.
      if (effect.type === 'erase') return true
      note(settling, line, index, { state: 'applied' })
    }
  }
  const { next: _, taken: __, ...settle } = headOf(line, turn).settle
  await save(settling, line, { ...headOf(line, turn), settle: { ...settle, state: 'done', by: '' } })
  return !line.lost
}

export function isErasure({ effects }: Pick<TurnDocument, 'effects'>): boolean {
  return effects.some(({ type }) => type === 'erase')
}

function headOf(line: Line, turn: TurnDocument): TurnDocument {
  return line.queue[0] ?? turn
}

function wait({ deps }: Settling, line: Line, ms: number): false {
  line.notBefore = deps.time.now() + ms
  return false
}

/** Only the first open turn of a conversation can have been under way when another life ended. Waits once for its echoes. */
export async function resolveDoubt(settling: Settling, line: Line): Promise<void> {
  const { deps, echoes } = settling
  const head = line.queue[0]
  if (head?.settle.taken !== true || deps.senders[line.conversation.channel] === undefined) return
  if (line.erasing && !isErasure(head)) return
  const doubtful = doubtfulMessages(head)
  if (doubtful.length === 0) return
  await echoes.all(doubtful.map((index) => `${head._id}.${index}`))
  // An echo may have reached another instance, which wrote it down.
  const stored = await deps.turns.get(head._id)
  if (stored === undefined || stored.settle.state === 'done' || stored.settle.by !== deps.instance.name()) return lose(settling, line)
  line.queue[0] = stored
  line.doubtful = new Set(doubtful)
}

/** Messages that may have been sent: those before the first that certainly was not. */
function doubtfulMessages({ effects, settle }: TurnDocument): number[] {
  const open = effects.flatMap(({ type }, index) => (type === 'message' && !isFinal(settle.sent[index]) ? [index] : []))
  const waiting = open.findIndex((index) => settle.sent[index]?.state === 'waiting')
  return waiting === -1 ? open : open.slice(0, waiting)
}

/** Whether the outcome of an effect will not change any more. */
export function isFinal(sent: Sent | undefined): boolean {
  return sent !== undefined && sent.state !== 'again' && sent.state !== 'waiting'
}

/** True when the message's fate is known and noted. */
async function settleMessage(settling: Settling, line: Line, order: MessageOrder): Promise<boolean> {
  const { deps } = settling
  const sender = deps.senders[line.conversation.channel]
  const head = line.queue[0]
  if (head === undefined) return false
  if (line.erasing && !isErasure(head)) return note(settling, line, order.index, { state: 'dropped' })
  if (sender === undefined) return settleUnsendable(settling, line, order.index)
  if ((await deps.leftOver?.(line.conversation, head, order.index)) === true)
    return note(settling, line, order.index, { state: 'refused', reason: 'trial' })
  await unmarkWaiting(settling, line, order.index)
  if (!line.lost && line.doubtful.has(order.index)) await markDoubtful(settling, line, order)
  if (line.lost) return false
  if (isFinal(line.queue[0]?.settle.sent[order.index])) return true
  // Asked once more: the writes may have taken long.
  if (!deps.instance.alive()) return wait(settling, line, DOUBT_MS)
  const outcome = await sender.send({
    conversation: line.conversation,
    message: order.message,
    messageId: order.id,
    revision: head.library,
    openedAt: line.openedAt,
    backlog: deps.time.now() - head.at > BACKLOG_MS,
  })
  return takeOutcome(settling, line, order, outcome)
}

/** Nobody sends on this channel: because its messages are read where they are, or because its settings are missing. */
function settleUnsendable(settling: Settling, line: Line, index: number): boolean {
  const { deps } = settling
  if (!deps.sends(line.conversation.channel)) return note(settling, line, index, { state: 'applied' })
  if (line.erasing) return note(settling, line, index, { state: 'dropped' })
  // Nothing is noted: whether it was sent is not known to be false.
  return wait(settling, line, NO_SENDER_MS)
}

/**
 * What another life may have sent says that it is sent once more, right before it is: what says so already is listed for staff, and
 * what is behind it in the turn is in no worse doubt than before.
 */
async function markDoubtful(settling: Settling, line: Line, { index, id }: MessageOrder): Promise<void> {
  const head = line.queue[0]
  if (head === undefined) return
  const platformId = settling.echoes.seen(id)
  if (platformId !== undefined) note(settling, line, index, { state: 'sent', platformId })
  else if (head.settle.sent[index]?.state === 'again') note(settling, line, index, { state: 'listed', reason: 'unknown' })
  else note(settling, line, index, { state: 'again' })
  line.doubtful = new Set([...line.doubtful].filter((other) => other !== index))
  // The write tells, too, whether an echo reached another instance meanwhile.
  await save(settling, line, line.queue[0] ?? head)
}

async function takeOutcome(settling: Settling, line: Line, order: MessageOrder, outcome: SendOutcome): Promise<boolean> {
  const { index, id } = order
  switch (outcome.outcome) {
    case 'sent':
      return note(settling, line, index, { state: 'sent', platformId: outcome.platformId })
    case 'unknown':
      return settleUnknown(settling, line, order)
    case 'refused': {
      const { reason } = outcome
      settling.deps.log.warn('a message was not sent and is listed for staff', { conversation: line.conversation._id, message: id, reason })
      // What is only too late for its window can still be passed on by a person in another way.
      return note(settling, line, index, { state: reason === 'window_closed' ? 'listed' : 'refused', reason })
    }
    case 'later':
      return holdBack(settling, line, index, outcome)
  }
}

/** Certainly not sent. Written down unless the wait is brief, so that another life knows it too. */
async function holdBack(
  settling: Settling,
  line: Line,
  index: number,
  { hold, reason, notBefore }: Extract<SendOutcome, { outcome: 'later' }>,
): Promise<boolean> {
  if (line.erasing) return holdLastWord(settling, line, index, { hold, reason, notBefore })
  line.held = hold === 'page'
  line.notBefore = hold === 'page' ? 0 : notBefore
  const head = line.queue[0]
  if (hold === 'brief' || head === undefined) return false
  const again = head.settle.sent[index]?.state === 'again' ? { again: true } : {}
  note(settling, line, index, { state: 'waiting', reason, ...again })
  const noted = line.queue[0] ?? head
  await save(settling, line, { ...noted, settle: { ...noted.settle, next: notBefore } })
  return false
}

/**
 * The last word of an erasure waits for the rate, which is spent for a moment only; the erasure waits with it, and no longer. Whatever else
 * is unsent is dropped: nothing of an erased person is kept for later.
 */
function holdLastWord(
  settling: Settling,
  line: Line,
  index: number,
  { hold, reason, notBefore }: Omit<Extract<SendOutcome, { outcome: 'later' }>, 'outcome'>,
): boolean {
  const { deps } = settling
  const now = deps.time.now()
  const head = line.queue[0]
  if (head !== undefined && isErasure(head) && hold === 'brief' && now - head.at < LAST_WORD_MS) {
    line.held = false
    return wait(settling, line, Math.max(LAST_WORD_PAUSE_MS, notBefore - now))
  }
  if (head !== undefined && isErasure(head))
    deps.log.warn('somebody who had everything erased was not told that it is', { conversation: line.conversation._id, reason })
  return note(settling, line, index, { state: 'dropped' })
}

/** Before a waiting message is tried again it says so no more: from here on it may have been sent. */
async function unmarkWaiting(settling: Settling, line: Line, index: number): Promise<void> {
  const head = line.queue[0]
  const before = head?.settle.sent[index]
  if (head === undefined || before?.state !== 'waiting') return
  const { [index]: _, ...others } = head.settle.sent
  const sent = before.again === true ? { ...others, [index]: { state: 'again' as const, at: settling.deps.time.now() } } : others
  await save(settling, line, { ...head, settle: { ...head.settle, sent } }, index)
}

/** Waits for the echo; without one writes down that it is sent again, and does so once. Unknown twice is listed for staff. */
async function settleUnknown(settling: Settling, line: Line, order: MessageOrder): Promise<boolean> {
  const { deps, echoes } = settling
  const { index, id } = order
  // What was sent before it in this turn must not be forgotten while this one waits.
  if (line.queue[0] !== undefined) await save(settling, line, line.queue[0])
  if (line.lost) return false
  // An echo had reached another instance before: that write found it.
  if (isFinal(line.queue[0]?.settle.sent[index])) return true
  await echoes.all([id])
  const platformId = echoes.seen(id)
  if (platformId !== undefined) return note(settling, line, index, { state: 'sent', platformId })
  const head = line.queue[0]
  if (head === undefined || line.lost) return false
  const listed = head.settle.sent[index]?.state === 'again'
  note(settling, line, index, listed ? { state: 'listed', reason: 'unknown' } : { state: 'again' })
  // The write tells, too, whether an echo reached another instance meanwhile.
  await save(settling, line, line.queue[0] ?? head)
  if (line.lost) return false
  if (isFinal(line.queue[0]?.settle.sent[index])) return true
  return deps.instance.alive() ? settleMessage(settling, line, order) : wait(settling, line, DOUBT_MS)
}

/** Kept on the queue at once, so that a failure further on repeats nothing. */
function note(settling: Settling, line: Line, index: number, sent: Omit<Sent, 'at'>): true {
  const turn = line.queue[0]
  if (turn === undefined) return true
  const noted: Sent = { ...sent, at: settling.deps.time.now() }
  line.queue[0] = { ...turn, settle: { ...turn.settle, sent: { ...turn.settle.sent, [index]: noted } } }
  return true
}

/**
 * Writes the settlement of a line's first turn. On a conflict the stored turn wins in everything but what was settled here; an echo
 * that somebody wrote down stands. A turn that is erased or another's by now ends the line.
 * @param unmarked index that this write takes a mark from, and that must not come back from the store.
 */
async function save(settling: Settling, line: Line, turn: TurnDocument, unmarked?: number): Promise<void> {
  const { deps } = settling
  for (let mine = turn; ; ) {
    if ((await deps.turns.replace(mine)) === 'ok') {
      line.queue[0] = { ...mine, version: mine.version + 1 }
      return
    }
    const stored = await deps.turns.get(turn._id)
    if (stored?.settle.state === 'done' && mine.settle.state === 'done' && !stored.erased) {
      // Our own write, whose answer was lost.
      line.queue[0] = stored
      return
    }
    if (stored === undefined || stored.erased || stored.settle.by !== deps.instance.name()) return lose(settling, line)
    mine = { ...stored, settle: { ...turn.settle, sent: merged(stored, turn, unmarked) } }
  }
}

function merged(stored: TurnDocument, mine: TurnDocument, unmarked: number | undefined): TurnDocument['settle']['sent'] {
  const sent: Record<string, Sent> = { ...stored.settle.sent, ...mine.settle.sent }
  if (unmarked !== undefined && mine.settle.sent[unmarked] === undefined) delete sent[unmarked]
  for (const [index, known] of Object.entries(stored.settle.sent)) if (known.state === 'sent') sent[index] = known
  return sent
}

/** Somebody else settles this conversation, or nobody need any more. What is really open is found in the store. */
function lose(settling: Settling, line: Line): void {
  if (line.lost) return
  line.lost = true
  settling.held -= line.queue.length
  if (settling.lines.get(line.key) === line) settling.lines.delete(line.key)
  settling.unsure = true
}

/** Writes down that a message of ours has arrived, whoever sent it. Throws `StoreUnavailable`. */
export async function noteEcho({ deps, echoes }: Settling, echo: { messageId: string; platformId: string }): Promise<void> {
  const [turnId = '', index = ''] = echo.messageId.split('.')
  echoes.note(echo.messageId, echo.platformId)
  for (;;) {
    const turn = await deps.turns.get(turnId)
    const effect = turn?.effects[Number(index)]
    if (turn === undefined || turn.erased || effect?.type !== 'message' || turn.settle.sent[index]?.state === 'sent') return
    const sent: Sent = { state: 'sent', platformId: echo.platformId, at: deps.time.now() }
    const next = { ...turn, settle: { ...turn.settle, sent: { ...turn.settle.sent, [index]: sent } } }
    if ((await deps.turns.replace(next)) === 'ok') return
  }
}
