/**
 * The processes that share a store. Each raises the version of its document every few seconds; when a version stands still, another
 * takes over what its owner left. No clocks are compared: stillness is measured on the watcher's own monotonic clock.
 */
import type { Collection } from '../store/collection.js'
import type { TurnDocument } from '../store/collections.js'
import type { InstanceDocument } from '../store/program-documents.js'
import type { Ids, Instance, Log, Time } from './ports.js'

/** How often the version is raised. */
export const BEAT_MS = 3000
/** A renewal older than this proves nothing any more: the instance stops sending. */
const ALIVE_MS = 10_000
/** A version that stood still this long is dead: above {@link ALIVE_MS} and a call to Graph that was under way. */
const DEAD_MS = 15_000
/** Time of one call of the store: a beat must not wait for the one before. */
const CALL_MS = 2000
/** Instances that share one store; far above any installation. */
const INSTANCES_MAX = 200

export interface InstancesDeps {
  readonly instances: Collection<InstanceDocument>
  readonly turns: Collection<TurnDocument>
  readonly ids: Ids
  readonly time: Time
  readonly log: Log
  /** False when a lock proves that nobody else lives: then there is nothing to renew or to watch. */
  readonly shared: boolean
  /** Makes every open turn under that name ours. */
  readonly takeOver: (name: string) => Promise<void>
  /** Another instance has what we had: nothing in memory counts any more. */
  readonly forget: () => void
}

export interface Instances extends Instance {
  /** Enters this process; throws `StoreUnavailable`. */
  join(): Promise<void>
  /** Renews, then looks after the others; throws `StoreUnavailable`. */
  beat(): Promise<void>
  /** Leaves, so that nobody has to wait for stillness; resolves when what it was taking over is done. */
  leave(): Promise<void>
}

interface State {
  readonly deps: InstancesDeps
  mine: InstanceDocument
  /** False when it is not known whether `mine` is in the store: others may have given that name an heir. */
  entered: boolean
  renewedAt: number
  /** When each version was first seen, on our clock. */
  readonly seen: Map<string, { version: number; at: number }>
  /** Names whose turns are being taken over. */
  readonly taking: Map<string, Promise<void>>
}

export function createInstances(deps: InstancesDeps): Instances {
  const state: State = {
    deps,
    mine: newDocument(deps),
    entered: false,
    renewedAt: Number.NEGATIVE_INFINITY,
    seen: new Map(),
    taking: new Map(),
  }
  return {
    name: () => state.mine._id,
    alive: () => !deps.shared || deps.time.monotonic() - state.renewedAt < ALIVE_MS,
    join: () => (deps.shared ? enter(state) : Promise.resolve()),
    async beat() {
      if (!deps.shared) return
      await renew(state)
      await watch(state)
    },
    async leave() {
      if (!deps.shared) return
      await Promise.all(state.taking.values())
      await deps.instances.remove({ _id: state.mine._id }, 1)
    },
  }
}

function newDocument({ ids }: InstancesDeps): InstanceDocument {
  const name = ids.next()
  return { _id: name, version: 1, owner: name }
}

async function enter(state: State): Promise<void> {
  const at = state.deps.time.monotonic()
  await state.deps.instances.insert(state.mine, CALL_MS)
  state.entered = true
  state.renewedAt = at
}

/** The time before the call counts: the call may have taken long. */
async function renew(state: State): Promise<void> {
  const { instances, time } = state.deps
  if (!state.entered) return beginAnew(state)
  const at = time.monotonic()
  if ((await instances.replace(state.mine, CALL_MS)) === 'ok') {
    state.mine = { ...state.mine, version: state.mine.version + 1 }
    state.renewedAt = at
    return
  }
  const stored = await instances.get(state.mine._id, CALL_MS)
  if (stored?.owner !== state.mine._id) return beginAnew(state)
  // Our own renewal, whose answer was lost: others saw it then, not now.
  state.mine = stored
  return renew(state)
}

/** Looking after the others must not make us look dead: each call may take its whole time when the store is slow. */
async function renewInTime(state: State): Promise<void> {
  if (state.deps.time.monotonic() - state.renewedAt >= BEAT_MS) await renew(state)
}

async function beginAnew(state: State): Promise<void> {
  const { log, forget } = state.deps
  log.warn('this instance was taken for dead and goes on under a new name', { instance: state.mine._id })
  state.mine = newDocument(state.deps)
  state.entered = false
  forget()
  await enter(state)
}

async function watch(state: State): Promise<void> {
  const { instances } = state.deps
  const known = await instances.find({}, { sort: ['_id'], limit: INSTANCES_MAX }, CALL_MS)
  const living = new Set(known.filter((one) => one.owner === one._id && isLiving(state, one)).map(({ _id }) => _id))
  for (const name of state.seen.keys()) if (!known.some(({ _id }) => _id === name)) state.seen.delete(name)
  const unfinished = ({ _id, owner }: InstanceDocument) => owner === state.mine._id && _id !== owner
  for (const one of known.filter((each) => !living.has(each.owner) || unfinished(each))) {
    await renewInTime(state)
    await claim(state, one)
  }
  await renewInTime(state)
  await adoptOrphans(state, new Set(known.map(({ _id }) => _id)))
}

function isLiving({ deps, seen, mine }: State, one: InstanceDocument): boolean {
  if (one._id === mine._id) return true
  const at = deps.time.monotonic()
  const before = seen.get(one._id)
  if (before?.version === one.version) return at - before.at < DEAD_MS
  seen.set(one._id, { version: one.version, at })
  return true
}

/** One compare-and-set names the one heir of a dead instance: turns of a conversation must not go to two. */
async function claim(state: State, dead: InstanceDocument): Promise<void> {
  const { instances, log } = state.deps
  if (state.taking.has(dead._id)) return
  const claimed = { ...dead, owner: state.mine._id }
  if ((await instances.replace(claimed, CALL_MS)) !== 'ok') return
  log.warn('an instance is gone; its open turns are taken over', { instance: dead._id })
  inherit(state, dead._id)
}

/** Open turns whose instance left, or came back from a stop too late to know that it was dead. */
async function adoptOrphans(state: State, known: ReadonlySet<string>): Promise<void> {
  const { instances, turns } = state.deps
  const owners = await turns.count({ 'settle.state': 'open' }, ['settle.by'])
  for (const { by } of owners) {
    const name = String(by[0])
    if (known.has(name) || state.taking.has(name) || name === state.mine._id) continue
    if ((await instances.insert({ _id: name, version: 1, owner: state.mine._id }, CALL_MS)) === 'ok') inherit(state, name)
  }
}

/** Not waited for: the next beat must come in time. What fails is claimed again, because its document still stands. */
function inherit(state: State, name: string): void {
  const { instances, log, takeOver } = state.deps
  const taken = takeOver(name)
    .then(() => instances.remove({ _id: name }, 1))
    .then(
      () => undefined,
      (error: unknown) => log.error('taking over failed and is tried again', { instance: name, error }),
    )
    .finally(() => state.taking.delete(name))
  state.taking.set(name, taken)
}
