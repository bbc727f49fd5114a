/**
 * The one door. `receive` redacts, loads, decides, commits with one insert, and hands the turn to its settler. Events of a
 * conversation are taken one at a time, in the order they came.
 */

import type { Library } from '../core/library.js'
import type { Places } from '../core/places-types.js'
import { redactAll } from '../core/redact.js'
import { apologise, decideTurn } from '../core/turn.js'
import type { Channel, Clock, Contact, Effect, Event, Scene, Turn } from '../core/types.js'
import { type Collection, StoreUnavailable } from '../store/collection.js'
import type { ContactDocument, ConversationDocument, TurnDocument } from '../store/collections.js'
import type { CommitBook } from './commits.js'
import type { LibrarySource } from './library-source.js'
import { type HeldTurn, holdBack, isOwnTeam, yesToErasure } from './mode-strangers.js'
import {
  type Address,
  conversationId,
  type Ids,
  type Instance,
  type Keys,
  type Log,
  type Metrics,
  type Receive,
  type Received,
  type Time,
} from './ports.js'

/** Time that one event may take in all; then it is refused, so that Meta delivers it again (webhooks are answered within 5 s). */
const RECEIVE_MS = 4000
/** Lost races for a sequence number before the event is refused for now. */
const RACES = 20
/**
 * Events under way at once; the next is refused for now. An event holds a few KB while it waits, and a second's work of one core is below
 * 2,000. The web page has a share of its own, so that it cannot starve Messenger.
 */
const WAITING_MAX: Readonly<Record<Channel, number>> = { messenger: 2000, web: 500, terminal: 10 }

export interface TurnsDeps {
  readonly turns: Collection<TurnDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly contacts: Collection<ContactDocument>
  readonly library: LibrarySource
  /** The places and networks in force. */
  readonly places: () => Places
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Time
  readonly log: Log
  readonly metrics: Metrics
  readonly instance: Instance
  /** Told of each turn that was committed here. */
  readonly commits: Pick<CommitBook, 'publish'>
  /** Channels whose messages must be sent; on others a committed turn is delivered by being read. */
  readonly sends: (channel: Channel) => boolean
  /** Channels on which strangers are not written to now: trial. Absent: none. */
  readonly restrains?: (channel: Channel) => boolean
  /** Takes over a committed turn that has something to settle; `follows` when the turn before it was open. Must not throw. */
  readonly settle: (turn: TurnDocument, conversation: ConversationDocument, follows: boolean) => void
}

export interface Turns {
  readonly receive: Receive
  /** Turns that are being inserted: this instance hands them to their settler itself, once it knows. */
  readonly committing: ReadonlySet<string>
  /** Refuses new events and resolves when those under way are done. */
  close(): Promise<void>
}

interface Door {
  readonly deps: TurnsDeps
  /** The newest event under way of each conversation. */
  readonly queues: Map<string, Promise<unknown>>
  readonly waiting: Map<Channel, number>
  readonly committing: Set<string>
  open: boolean
}

export function createTurns(deps: TurnsDeps): Turns {
  const door: Door = { deps, queues: new Map(), waiting: new Map(), committing: new Set(), open: true }
  return {
    receive: (address, event) => receive(door, address, event),
    committing: door.committing,
    async close() {
      door.open = false
      await Promise.all(door.queues.values())
    },
  }
}

async function receive(door: Door, address: Address, event: Event): Promise<Received> {
  const { deps, queues, waiting } = door
  const { channel } = address
  const count = waiting.get(channel) ?? 0
  const begun = deps.time.monotonic()
  const finish = (outcome: Received | 'refused', language = '') =>
    deps.metrics.turn({ channel, language, outcome, ms: deps.time.monotonic() - begun })
  if (!door.open || count >= WAITING_MAX[channel]) {
    finish('refused')
    throw new StoreUnavailable(door.open ? 'more messages came than can be taken now; deliver it again' : 'the server is stopping')
  }
  waiting.set(channel, count + 1)
  const id = conversationId(address)
  const taken = (queues.get(id) ?? Promise.resolve()).then(() => take(door, address, event, begun + RECEIVE_MS))
  const settled = taken.catch(() => undefined)
  queues.set(id, settled)
  try {
    const { received, language } = await taken
    finish(received, language)
    return received
  } catch (error) {
    finish('refused')
    throw error
  } finally {
    waiting.set(channel, (waiting.get(channel) ?? 1) - 1)
    if (queues.get(id) === settled) queues.delete(id)
  }
}

/** What a person wrote is masked before anything else sees it: numbers by their shape, then passwords and codes by the words around them. */
function redacted(event: Event, { hideSecrets }: Library): Event {
  if (event.type !== 'message' && event.type !== 'edit' && event.type !== 'standby' && event.type !== 'tap') return event
  const { text, redacted: kinds } = redactAll(event.text, hideSecrets)
  if (event.type === 'tap') return { ...event, text }
  return kinds.length === 0 ? event : { ...event, text, redacted: kinds }
}

/** A link can say anything: what is no area, language or answer of ours is not kept. */
function withKnownOrigin(event: Event, library: Library): Event {
  if (event.origin === undefined) return event
  const { origin, ...rest } = event
  const area = origin.area !== undefined && Object.hasOwn(library.areas, origin.area) ? { area: origin.area } : {}
  const language = library.languages.some(({ code }) => code === origin.language) ? { language: origin.language } : {}
  const [dialog = '', node = ''] = origin.answer?.split('/') ?? []
  const known = Object.hasOwn(library.dialogs, dialog) && Object.hasOwn(library.dialogs[dialog]?.nodes ?? {}, node)
  return { ...rest, origin: { ...area, ...language, ...(known ? { answer: origin.answer } : {}) } } as Event
}

interface Taken {
  readonly received: Received
  readonly language?: string
}

async function take(door: Door, address: Address, raw: Event, deadline: number): Promise<Taken> {
  const { deps } = door
  const library = deps.library.current()
  const event = withKnownOrigin(redacted(raw, library), library)
  const key = deps.keys.mac('event', event.id)
  for (let race = 0; race < RACES && deps.time.monotonic() < deadline; race++) {
    const order: Order = { address, event, key, deadline }
    const conversation = await openConversation(deps, order)
    if (conversation === undefined) return { received: 'gone' }
    const decided = await decide(deps, conversation, order)
    // Its conversation changed under it.
    if (decided === undefined) continue
    if (decided === 'gone') return { received: 'gone' }
    const { turn, follows } = decided
    if (await commit(door, turn, conversation, { follows, deadline })) {
      return { received: 'committed', language: turn.session.language.code }
    }
    const [known] = await deps.turns.find({ key }, { sort: ['key'], limit: 1 }, left(deps, deadline))
    if (known !== undefined) return { received: known.erased ? 'gone' : 'duplicate' }
  }
  throw new StoreUnavailable('the conversation is too busy to take one more event now; deliver it again')
}

/** One event with what it is looked up by; `deadline` on the monotonic clock. */
interface Order {
  readonly address: Address
  readonly event: Event
  readonly key: string
  readonly deadline: number
}

/** Milliseconds that are left for a call of the store. */
function left({ time }: TurnsDeps, deadline: number): number {
  return Math.max(1, deadline - time.monotonic())
}

/** True when the turn is stored. An insert that was given up may have happened: its redelivery finds it, and its settler too. */
async function commit(
  { deps, committing }: Door,
  turn: TurnDocument,
  conversation: ConversationDocument,
  { follows, deadline }: { follows: boolean; deadline: number },
): Promise<boolean> {
  committing.add(turn._id)
  try {
    if ((await deps.turns.insert(turn, left(deps, deadline))) !== 'ok') return false
    if (turn.settle.state === 'open') deps.settle(turn, conversation, follows)
  } finally {
    committing.delete(turn._id)
  }
  deps.commits.publish(turn)
  deps.log.info('turn', {
    conversation: turn.conversation,
    seq: turn.seq,
    event: turn.event.type,
    ms: deps.time.now() - turn.event.at,
  })
  return true
}

/** The conversation of an address, made at its first event. Undefined for what must not bring an erased person back. */
async function openConversation(deps: TurnsDeps, { address, event, key, deadline }: Order): Promise<ConversationDocument | undefined> {
  const id = conversationId(address)
  const known = await deps.conversations.get(id, left(deps, deadline))
  if (known !== undefined) return known
  if (event.type === 'result' || event.type === 'erase' || isFromBefore(event)) return undefined
  const [seen] = await deps.turns.find({ key }, { sort: ['key'], limit: 1 }, left(deps, deadline))
  if (seen !== undefined) return undefined
  const { channel, account, user } = address
  const made = { _id: id, version: 1, contact: deps.ids.next(), channel, account, user, createdAt: deps.time.now(), device: '' }
  return (await deps.conversations.insert(made, left(deps, deadline))) === 'ok' ? made : deps.conversations.get(id, left(deps, deadline))
}

interface Decided {
  readonly turn: TurnDocument
  /** The turn before it is open: this one waits behind it, with the same settler. */
  readonly follows: boolean
}

async function decide(
  deps: TurnsDeps,
  conversation: ConversationDocument,
  { event, key, deadline }: Order,
): Promise<Decided | 'gone' | undefined> {
  const newest = { sort: ['seq'], descending: true, limit: 1 }
  const [last] = await deps.turns.find({ conversation: conversation._id }, newest, left(deps, deadline))
  // An erased person's question or request is nothing to whoever comes after them.
  if (isFromBefore(event) && isFresh(last)) return 'gone'
  const contact = await contactAfter(deps, conversation, last, deadline)
  if (contact === undefined) return undefined
  const known = contact === conversation.contact ? await deps.contacts.get(contact, left(deps, deadline)) : undefined
  const library = deps.library.current()
  const scene = sceneOf(conversation, last, known ?? {}, { library, event, places: deps.places() })
  const { session, effects, sent } = restrained(deps, scene, event, library)
  const follows = last?.settle.state === 'open'
  const work = follows || effects.some((effect, at) => sent[at] === undefined && needsSettling(effect, deps.sends(conversation.channel)))
  const by = follows ? last.settle.by : deps.instance.name()
  const turn: TurnDocument = {
    _id: deps.ids.next(),
    version: 1,
    conversation: conversation._id,
    seq: (last?.seq ?? 0) + 1,
    key,
    contact,
    ...('sender' in event && event.sender !== undefined ? { from: event.sender } : {}),
    at: event.at,
    event,
    session,
    effects,
    library: library.revision,
    settle: work ? { by, state: 'open', sent } : { by: '', state: 'done', sent },
    kept: true,
    erased: false,
  }
  return { turn, follows }
}

/** Whoever writes after a tombstone is somebody new: the erasure that still runs must not take their words. */
async function contactAfter(
  deps: TurnsDeps,
  conversation: ConversationDocument,
  last: TurnDocument | undefined,
  deadline: number,
): Promise<string | undefined> {
  if (!last?.effects.some(({ type }) => type === 'erase') || last.contact !== conversation.contact) return conversation.contact
  const contact = deps.ids.next()
  const replaced = await deps.conversations.replace({ ...conversation, contact, device: '' }, left(deps, deadline))
  return replaced === 'ok' ? contact : undefined
}

function sceneOf(
  conversation: ConversationDocument,
  last: TurnDocument | undefined,
  contact: Contact,
  { library, event, places }: { library: Library; event: Event; places: Places },
): Scene {
  const session = isFresh(last) ? undefined : last?.session
  const wanted = [contact.area, session?.area, event.origin?.area, library.defaultArea]
  const area = wanted
    .map((id) => (id !== undefined && Object.hasOwn(library.areas, id) ? library.areas[id] : undefined))
    .find((found) => found !== undefined)
  if (area === undefined) throw new Error('The library has no area: add dialogs/areas/<id>.yaml')
  return { conversation: { id: conversation._id, channel: conversation.channel }, session, contact, area, places }
}

/** Nothing is remembered: the first event of a conversation, or of whoever writes after an erasure. */
function isFresh(last: TurnDocument | undefined): boolean {
  return last === undefined || last.erased || last.effects.some(({ type }) => type === 'erase')
}

/** The decided turn; in trial without what a stranger is not to get. */
function restrained(deps: TurnsDeps, scene: Scene, event: Event, library: Library): HeldTurn {
  const turn = decideSafely(deps, scene, event, library)
  if (deps.restrains?.(scene.conversation.channel) !== true || isOwnTeam(scene.contact)) return { ...turn, sent: {} }
  const yes = yesToErasure(turn, event)
  const held = { event, library, now: deps.time.now() }
  if (yes === undefined) return holdBack(turn, { scene, ...held })
  const asked = { ...scene, session: turn.session }
  return holdBack(decideSafely(deps, asked, yes, library), { scene: asked, ...held })
}

/** A decision that throws is logged, answered with an apology, and does not block the conversation. */
function decideSafely(deps: TurnsDeps, scene: Scene, event: Event, library: Library): Turn {
  const clock: Clock = { now: deps.time.now(), contentNow: deps.time.contentNow(), drill: deps.time.drill }
  try {
    return decideTurn(scene, event, library, clock)
  } catch (error) {
    deps.log.error('a turn could not be decided; the resident got an apology', {
      conversation: scene.conversation.id,
      event: event.type,
      error,
    })
    return apologise(scene, event, library, clock)
  }
}

/** Comes back to something that a person asked for or took on earlier; means nothing to anybody else. */
const FROM_BEFORE: ReadonlySet<Event['type']> = new Set(['answered', 'closed', 'news', 'relayed', 'alarm', 'alarm-over', 'role', 'duty'])
function isFromBefore({ type }: Event): boolean {
  return FROM_BEFORE.has(type)
}

function needsSettling(effect: Effect, sends: boolean): boolean {
  return effect.type !== 'message' || sends
}
