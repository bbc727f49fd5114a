/** Lines of the settler: the open turns of one conversation, settled one after another. */
import type { Channel, Effect, Instant } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { ConversationDocument, TurnDocument } from '../store/collections.js'
import type { EchoBook } from './echoes.js'
import type { Instance, Log, Metrics, Sender, Time } from './ports.js'
import { isErasure, resolveDoubt, settleTurn } from './settle-message.js'

/** Pause before a settlement that failed is tried again. */
const AGAIN_MS = 1000
/** Open turns that memory holds, about 4 KB each; the others wait in the store for their line to come to them. */
const TURNS_MAX = 10_000
/** Conversations with open turns that memory holds, about 1 KB each; the others are found when these are done. */
const LINES_MAX = 20_000
/** Turns of one conversation that are read at once. */
const LOAD = 50

const NOTHING: ReadonlySet<number> = new Set()

export interface SettleDeps {
  readonly turns: Collection<TurnDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly senders: Partial<Record<Channel, Sender>>
  readonly instance: Instance
  /** Channels whose messages must be sent, with or without a sender now; on others they are delivered by being read. */
  readonly sends: (channel: Channel) => boolean
  /** Whether a message that waited must not go out any more: it is trial now, and for a stranger. Absent: none. */
  readonly leftOver?: (conversation: ConversationDocument, turn: TurnDocument, index: number) => Promise<boolean>
  /** True when other instances may commit turns that this one must settle. */
  readonly shared: boolean
  /** Turns that are being inserted now: whoever inserts hands them over. */
  readonly committing: ReadonlySet<string>
  readonly time: Time
  readonly log: Log
  readonly metrics: Metrics
  /** Carries out what is not a message; must give the same result when repeated with the same id `<turn>.<index>`. */
  readonly apply: (effect: Exclude<Effect, { type: 'message' }>, id: string, turn: TurnDocument) => Promise<void>
  /** Milliseconds that an unknown outcome waits for its echo. */
  readonly echoMs?: number
  /** Open turns that memory holds; {@link TURNS_MAX} when absent. */
  readonly turnsMax?: number
}

export interface Line {
  /** The conversation's id; a danger card that overtakes what waits there has a line beside it. */
  readonly key: string
  readonly conversation: ConversationDocument
  readonly queue: TurnDocument[]
  openedAt: Instant | undefined
  running?: Promise<void> | undefined
  notBefore: number
  /** The page is stopped: asked anew at each sweep, because it may go on at any time. */
  held: boolean
  /** Open turns of it are in the store only. Nothing is queued behind such a gap; they are read when the queue is empty. */
  stale: boolean
  /** The lowest number of an open turn that was seen in the store and not read yet. */
  least: number
  /** Its end is an erasure: what is unsent is dropped, and nothing waits. */
  erasing: boolean
  /** What another life may have sent was looked into: only the first open turn can have been under way. */
  resolved: boolean
  /** Messages of the first turn, by index, that another life may have sent; each says so before it is sent once more. */
  doubtful: ReadonlySet<number>
  /** Another instance has the conversation now. */
  lost: boolean
}

export interface Settling {
  readonly deps: SettleDeps
  /** Lines with open turns, by key. */
  readonly lines: Map<string, Line>
  readonly echoes: EchoBook
  readonly stopped: AbortController
  /** Instances whose turns are being made ours. */
  readonly adopting: Set<string>
  /** Turns in all queues. */
  held: number
  /** Something open may be in the store that no line knows. */
  unsure: boolean
}

/** A turn of this instance, just committed. */
export function add(settling: Settling, turn: TurnDocument, conversation: ConversationDocument, follows: boolean): void {
  // Another instance settles the turn before it, and will find this one.
  if (turn.settle.by !== settling.deps.instance.name()) return
  if (overtakes(settling, turn)) return overtake(settling, conversation, turn)
  const line = lineOf(settling, conversation)
  if (line === undefined || line.queue.some(({ _id }) => _id === turn._id)) return
  line.openedAt = latest(line.openedAt, turn.session.openedAt)
  if (isErasure(turn)) expectErasure(settling, line)
  const gap = follows && line.queue.at(-1)?.seq !== turn.seq - 1
  if (line.stale || gap || settling.held >= maxOf(settling)) line.stale = true
  else enqueue(settling, line, turn)
  run(settling, line)
}

/** An open turn of ours that was found in the store. */
export async function discover(settling: Settling, turn: TurnDocument): Promise<void> {
  const { deps, lines } = settling
  const known = lines.get(turn.conversation)
  if (deps.committing.has(turn._id) || known?.queue.some(({ _id }) => _id === turn._id) === true) return
  if (isBeside(settling, turn)) return
  if (known !== undefined && overtakes(settling, turn)) return overtake(settling, known.conversation, turn)
  if (known !== undefined) known.least = Math.min(known.least, turn.seq)
  if (known?.stale === true && !isErasure(turn)) return
  const conversation = known?.conversation ?? (await deps.conversations.get(turn.conversation))
  if (conversation === undefined) return finishErasure(settling, turn)
  const line = lineOf(settling, conversation)
  if (line === undefined) return
  line.stale = true
  line.least = Math.min(line.least, turn.seq)
  if (isErasure(turn)) expectErasure(settling, line)
  run(settling, line)
}

/** A danger card does not wait for what waits in its conversation: for an echo, for the rate, for a message that is tried again. */
function overtakes({ lines }: Settling, turn: TurnDocument): boolean {
  const isCard = turn.effects.some((effect) => effect.type === 'message' && effect.message.role === 'danger')
  const line = lines.get(turn.conversation)
  return isCard && line !== undefined && !line.erasing && (line.queue.length > 0 || line.stale || line.running !== undefined)
}

function overtake(settling: Settling, conversation: ConversationDocument, turn: TurnDocument): void {
  const line = lineOf(settling, conversation, besideKey(conversation._id))
  if (line === undefined || line.queue.some(({ _id }) => _id === turn._id)) return
  line.openedAt = latest(line.openedAt, turn.session.openedAt)
  enqueue(settling, line, turn)
  run(settling, line)
}

/** True for a turn that is settled in the line beside its conversation's. */
function isBeside({ lines }: Settling, turn: TurnDocument): boolean {
  return lines.get(besideKey(turn.conversation))?.queue.some(({ _id }) => _id === turn._id) === true
}

function besideKey(conversation: string): string {
  return `${conversation} danger`
}

/** A line, made when there is none; undefined when memory has no room for one more: the store keeps its turns until then. */
function lineOf(settling: Settling, conversation: ConversationDocument, key = conversation._id): Line | undefined {
  const { lines } = settling
  const known = lines.get(key)
  if (known !== undefined) return known
  if (lines.size >= LINES_MAX) {
    settling.unsure = true
    return undefined
  }
  const made: Line = {
    key,
    conversation,
    queue: [],
    openedAt: undefined,
    notBefore: 0,
    held: false,
    stale: false,
    least: Number.POSITIVE_INFINITY,
    erasing: false,
    resolved: false,
    doubtful: NOTHING,
    lost: false,
  }
  lines.set(key, made)
  return made
}

function maxOf({ deps }: Settling): number {
  return deps.turnsMax ?? TURNS_MAX
}

function latest(one: Instant | undefined, other: Instant | undefined): Instant | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other)
}

function enqueue(settling: Settling, line: Line, turn: TurnDocument): void {
  line.queue.push(turn)
  settling.held++
}

/** An erasure waits for nothing: what is unsent before it is dropped. */
function expectErasure({ lines }: Settling, line: Line): void {
  for (const each of [line, lines.get(besideKey(line.key))]) {
    if (each === undefined) continue
    each.erasing = true
    each.notBefore = 0
  }
}

/** Settles a conversation unless that is under way, or its time has not come. */
export function run(settling: Settling, line: Line): void {
  const { deps, lines, stopped } = settling
  if (line.running !== undefined || stopped.signal.aborted || !isDue(settling, line)) return
  line.held = false
  line.running = drain(settling, line)
    .catch((error: unknown) => {
      line.notBefore = deps.time.now() + AGAIN_MS
      deps.log.error('settling failed and is tried again', { conversation: line.conversation._id, error })
      return 'waits'
    })
    .then((end) => {
      line.running = undefined
      if (line.lost) return
      if (line.queue.length === 0 && !line.stale) lines.delete(line.key)
      // Who waits is looked at by the sweep. At once, a few dozen lines that wait for a millisecond would go round for ever.
      else if (end === 'done' || line.erasing) run(settling, line)
    })
}

/** Whether the time of a line has come: asks nobody, changes nothing. */
export function isDue({ deps }: Settling, line: Line): boolean {
  if (line.lost || deps.time.now() < line.notBefore) return false
  return !line.held || line.erasing || deps.senders[line.conversation.channel]?.holds(line.conversation) !== true
}

/** Settles turns in order, until nothing is left or the first message that must wait. */
async function drain(settling: Settling, line: Line): Promise<'done' | 'waits'> {
  const { deps } = settling
  while (!line.lost) {
    if (line.queue.length === 0 && !(line.stale && (await load(settling, line)))) return 'done'
    if (!line.resolved) await resolveDoubt(settling, line)
    line.resolved = true
    const turn = line.queue[0]
    if (turn === undefined || line.lost) return 'done'
    if (!(await settleTurn(settling, line, turn))) return 'waits'
    if (line.lost) return 'done'
    line.queue.shift()
    line.doubtful = NOTHING
    settling.held--
    // Whoever writes after an erasure is somebody new, who is answered.
    if (isErasure(turn)) line.erasing = line.queue.some(isErasure)
    deps.metrics.settled(Math.max(0, deps.time.now() - turn.at))
  }
  return 'done'
}

/** Reads the oldest open turns of a line; false when none of them is ours to settle now. */
async function load(settling: Settling, line: Line): Promise<boolean> {
  const { least } = line
  line.stale = false
  line.least = Number.POSITIVE_INFINITY
  try {
    return await loadFrom(settling, line, least)
  } catch (error) {
    // What is open is still in the store only.
    line.stale = true
    line.least = Math.min(line.least, least)
    throw error
  }
}

async function loadFrom(settling: Settling, line: Line, least: number): Promise<boolean> {
  const { deps } = settling
  const { open, openedAt } = await oldestOpen(deps.turns, line.conversation._id, least)
  // What came meanwhile had nothing open before it, and may be among what was read.
  if (line.queue.length > 0) return (line.stale = true)
  const ours = (await startOfOurs(settling, open)).filter((turn) => !isBeside(settling, turn))
  const mine = ours.slice(0, settling.held < maxOf(settling) ? LOAD : 1)
  line.openedAt = latest(line.openedAt, openedAt)
  for (const turn of mine) {
    if (overtakes(settling, turn) && line.queue.length > 0) overtake(settling, line.conversation, turn)
    else enqueue(settling, line, turn)
  }
  if (mine.some(isErasure)) expectErasure(settling, line)
  if (open.length === LOAD || mine.length < ours.length) line.stale = true
  // Nothing to do now, and a sweep looks again: a turn that is being committed or taken over comes by itself.
  if (mine.length === 0 && line.stale) line.notBefore = deps.time.now() + AGAIN_MS
  return mine.length > 0
}

/** Those before the first that is another's, or whose commit is not confirmed yet: nothing may overtake it. */
async function startOfOurs(settling: Settling, open: readonly TurnDocument[]): Promise<readonly TurnDocument[]> {
  const { committing, instance } = settling.deps
  const me = instance.name()
  const end = open.findIndex(({ _id, settle }) => settle.by !== me || committing.has(_id))
  if (end === 0 && open[0]?.settle.by !== me) await handOver(settling, open)
  return end === -1 ? open : open.slice(0, end)
}

/** A turn follows one that another settles: it goes to that one, so that the order holds. */
async function handOver({ deps, adopting }: Settling, open: readonly TurnDocument[]): Promise<void> {
  const owner = open[0]?.settle.by ?? ''
  if (adopting.has(owner)) return
  const mine = open.filter(({ settle }) => settle.by === deps.instance.name())
  await Promise.all(mine.map((turn) => deps.turns.replace({ ...turn, settle: { ...turn.settle, by: owner } })))
}

/**
 * At most {@link LOAD} open turns of a conversation, the oldest first, and when the person last opened the window. A turn is open while
 * one before it is, but for what was restored from a backup made while others wrote: it is looked for down to the number `least`.
 */
async function oldestOpen(turns: Collection<TurnDocument>, conversation: string, least: number): Promise<OldestOpen> {
  let oldest: TurnDocument[] = []
  let openedAt: Instant | undefined
  for (let before: number[] | undefined; ; ) {
    const page = await turns.find({ conversation }, { sort: ['seq'], descending: true, limit: LOAD, ...(before ? { after: before } : {}) })
    if (before === undefined) openedAt = page[0]?.session.openedAt
    const open = page.filter(({ settle }) => settle.state === 'open')
    oldest = [...oldest, ...open].slice(-LOAD)
    const last = page.at(-1)
    if (last === undefined || (open.length < LOAD && last.seq <= least)) return { open: oldest.toReversed(), openedAt }
    before = [last.seq]
  }
}

interface OldestOpen {
  readonly open: readonly TurnDocument[]
  readonly openedAt: Instant | undefined
}

/** An erasure that was cut off after its conversation was gone still has its own turn to erase. */
async function finishErasure(settling: Settling, turn: TurnDocument): Promise<void> {
  const { deps } = settling
  const index = turn.effects.findIndex(({ type }) => type === 'erase')
  if (index === -1) return
  try {
    await deps.apply({ type: 'erase' }, `${turn._id}.${index}`, turn)
  } catch (error) {
    // Whatever else is open must not wait for it.
    settling.unsure = true
    deps.log.error('an erasure that was cut off failed and is tried again', { conversation: turn.conversation, error })
  }
}
