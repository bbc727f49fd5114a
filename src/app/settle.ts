/**
 * The one sender. A committed turn is its own outbox: its effects are settled in (seq, index) order, conversation by
 * conversation; nothing waits for that. What may have been sent is never sent again blindly. Memory holds a bounded part of
 * what is open; the store holds all of it.
 */
import type { ConversationDocument, TurnDocument } from '../store/collections.js'
import { echoBook } from './echoes.js'
import type { OpenTurns } from './ports.js'
import { add, discover, isDue, type Line, run, type SettleDeps, type Settling } from './settle-lines.js'
import { BACKLOG_MS, noteEcho } from './settle-message.js'

/** How long a message without a known outcome waits for its echo. */
const ECHO_MS = 10_000
/** How often open turns are looked for: twice a second. */
const SWEEP_MS = 500
/** How often all open turns of the store are gone through, in milliseconds: what the newest page hides is found then. */
const WHOLE_LOOK_MS = 15_000
const PAGE = 200
/**
 * Conversations that have waited and are tried at one sweep: when a page goes on, or is asked whether it does, all would come at once.
 * Above what a page may send in that time (120, see `page-gate.ts`).
 */
const WAITED_AT_ONCE = 200

export type { SettleDeps } from './settle-lines.js'

export interface Settler {
  /** Takes a turn of this instance. `follows`: the turn before it was open when this one was decided. */
  take(turn: TurnDocument, conversation: ConversationDocument, follows: boolean): void
  /** The platform showed us a message of ours: `messageId` is `<turn>.<index>`. */
  echo(messageId: string, platformId: string): Promise<void>
  /** Makes every open turn of that instance ours; without a name those of all others, when a lock proves that none of them lives. */
  takeOver(name?: string): Promise<void>
  /** Drops what is in memory: it is another's now. */
  forget(): void
  openTurns(): OpenTurns[]
  /** Resolves when nothing is under way; what waits for a later time stays open in its turn. */
  idle(): Promise<void>
  close(): Promise<void>
}

export function createSettler(deps: SettleDeps): Settler {
  const settling: Settling = {
    deps,
    lines: new Map(),
    echoes: echoBook(deps.time, deps.echoMs ?? ECHO_MS),
    stopped: new AbortController(),
    adopting: new Set(),
    held: 0,
    unsure: false,
  }
  const { lines, stopped } = settling
  const sweeping = sweep(settling)
  return {
    take: (turn, conversation, follows) => add(settling, turn, conversation, follows),
    echo: (messageId, platformId) => noteEcho(settling, { messageId, platformId }),
    takeOver: (name) => takeOver(settling, name),
    forget: () => {
      for (const line of lines.values()) line.lost = true
      lines.clear()
      settling.held = 0
    },
    openTurns: () => countByAge(settling),
    async idle() {
      for (let busy = running(lines); busy.length > 0; busy = running(lines)) await Promise.all(busy)
    },
    async close() {
      stopped.abort()
      await Promise.all([sweeping, ...running(lines)])
    },
  }
}

function running(lines: ReadonlyMap<string, Line>): Promise<void>[] {
  return [...lines.values()].flatMap((line) => (line.running === undefined ? [] : [line.running]))
}

async function sweep(settling: Settling): Promise<void> {
  const { deps, stopped } = settling
  let lookedAt = deps.time.monotonic()
  while (!stopped.signal.aborted) {
    await deps.time.sleep(SWEEP_MS, stopped.signal)
    runDue(settling)
    const whole = deps.time.monotonic() - lookedAt >= WHOLE_LOOK_MS
    if (whole) lookedAt = deps.time.monotonic()
    if (stopped.signal.aborted || !(deps.shared || (whole && settling.unsure))) continue
    await look(settling, whole).catch((error: unknown) => deps.log.warn('open turns could not be looked for; tried again', { error }))
  }
}

/** Live conversations first, then those that have waited, each in its turn. */
function runDue(settling: Settling): void {
  const { deps, lines } = settling
  const due = [...lines.values()].filter((line) => line.running === undefined && isDue(settling, line))
  const waited = due.filter(({ queue: [head] }) => head !== undefined && deps.time.now() - head.at > BACKLOG_MS)
  const live = new Set(due)
  for (const line of waited) live.delete(line)
  for (const line of live) run(settling, line)
  for (const line of waited.slice(0, WAITED_AT_ONCE)) {
    // The next sweep begins with the others.
    lines.delete(line.key)
    lines.set(line.key, line)
    run(settling, line)
  }
}

/**
 * Finds open turns under our name that nobody here handed over: those that another instance committed behind one of ours, those whose
 * commit we could not see, and those that memory had no room for. The newest page each time, all of them now and then.
 */
async function look(settling: Settling, whole: boolean): Promise<void> {
  if (whole) settling.unsure = false
  try {
    await lookThrough(settling, whole)
  } catch (error) {
    settling.unsure = true
    throw error
  }
}

async function lookThrough(settling: Settling, whole: boolean): Promise<void> {
  const { deps } = settling
  const mine = { 'settle.state': 'open', 'settle.by': deps.instance.name() }
  for (let after: (string | number)[] | undefined; ; ) {
    const page = await deps.turns.find(mine, { sort: ['at', '_id'], descending: true, limit: PAGE, ...(after ? { after } : {}) })
    await discoverAll(settling, page)
    const last = page.at(-1)
    if (!whole || last === undefined || page.length < PAGE || settling.stopped.signal.aborted) return
    after = [last.at, last._id]
  }
}

async function discoverAll(settling: Settling, turns: readonly TurnDocument[]): Promise<void> {
  for (const turn of turns) await discover(settling, turn)
}

/** First every turn, then the conversations: a line must not begin while the turn before its first is still another's. */
async function takeOver(settling: Settling, from: string | undefined): Promise<void> {
  const names = from === undefined ? await otherNames(settling) : [from]
  for (const name of names) settling.adopting.add(name)
  try {
    for (const name of names) await adopt(settling, name)
  } finally {
    for (const name of names) settling.adopting.delete(name)
  }
  settling.unsure = true
  await look(settling, true)
}

async function otherNames({ deps }: Settling): Promise<string[]> {
  const counts = await deps.turns.count({ 'settle.state': 'open' }, ['settle.by'])
  return counts.map(({ by }) => String(by[0])).filter((name) => name !== deps.instance.name())
}

/** Each page holds only what is not ours yet, so that going on needs no place to go on from. */
async function adopt({ deps }: Settling, from: string): Promise<void> {
  for (;;) {
    const page = await deps.turns.find({ 'settle.state': 'open', 'settle.by': from }, { sort: ['at', '_id'], limit: PAGE })
    if (page.length === 0) return
    await Promise.all(
      page.map((turn) => deps.turns.replace({ ...turn, settle: { ...turn.settle, by: deps.instance.name(), taken: true } })),
    )
  }
}

const AGES = [
  [10_000, 'below_10s'],
  [60_000, 'below_1m'],
  [600_000, 'below_10m'],
  [3_600_000, 'below_1h'],
  [Number.POSITIVE_INFINITY, 'older'],
] as const

/** What memory holds of the open turns, by state and age. */
function countByAge({ deps, lines }: Settling): OpenTurns[] {
  const now = deps.time.now()
  const counts = new Map<string, { state: OpenTurns['state']; age: OpenTurns['age']; count: number }>()
  for (const state of ['sending', 'waiting'] as const) for (const [, age] of AGES) counts.set(`${state} ${age}`, { state, age, count: 0 })
  for (const line of lines.values()) {
    const state = line.running === undefined ? 'waiting' : 'sending'
    for (const { at } of line.queue) {
      const age = AGES.find(([below]) => now - at < below)?.[1] ?? 'older'
      const entry = counts.get(`${state} ${age}`)
      if (entry !== undefined) entry.count++
    }
  }
  return [...counts.values()]
}
