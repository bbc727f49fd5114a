/**
 * The one door. `receive` redacts, loads, decides, commits with one insert, and hands the turn to its settler. Events of a
 * conversation are taken one at a time, in the order they came.
 */
import { redact } from '../core/redact.js'
import { apologise, decideTurn } from '../core/turn.js'
import type { Clock, Contact, Effect, Event, Library, Scene, Turn } from '../core/types.js'
import { type Collection, StoreUnavailable } from '../store/collection.js'
import type { ContactDocument, ConversationDocument, TurnDocument } from '../store/collections.js'
import type { LibrarySource } from './library-source.js'
import {
  type Address,
  type Commits,
  conversationId,
  type Ids,
  type Keys,
  type Log,
  type Receive,
  type Received,
  type Time,
} from './ports.js'

/** Time that one event may take in all; then it is refused, so that Meta delivers it again (webhooks are answered within 5 s). */
const RECEIVE_MS = 4000
/** Lost races for a sequence number before the event is refused for now. */
const RACES = 20

export interface TurnsDeps {
  readonly turns: Collection<TurnDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly contacts: Collection<ContactDocument>
  readonly library: LibrarySource
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Time
  readonly log: Log
  readonly instance: string
  /** Channels whose messages must be sent; on others a committed turn is delivered by being read. */
  readonly sends: (channel: ConversationDocument['channel']) => boolean
  /** Takes over a committed turn that has something to settle. Must not throw. */
  readonly settle: (turn: TurnDocument, conversation: ConversationDocument) => void
}

export interface Turns extends Commits {
  readonly receive: Receive
  /** Refuses new events and resolves when those under way are done. */
  close(): Promise<void>
}

export function createTurns(deps: TurnsDeps): Turns {
  const queues = new Map<string, Promise<unknown>>()
  const listeners = new Map<string, Set<(turn: TurnDocument) => void>>()
  let open = true

  const receive: Receive = (address, event) => {
    if (!open) return Promise.reject(new StoreUnavailable('the server is stopping'))
    const id = conversationId(address)
    const turn = (queues.get(id) ?? Promise.resolve()).then(() =>
      take(deps, address, withKnownOrigin(redacted(event), deps.library.current()), publish),
    )
    const settled = turn.catch(() => undefined)
    queues.set(id, settled)
    void settled.then(() => queues.get(id) === settled && queues.delete(id))
    return turn
  }
  const publish = (turn: TurnDocument) => {
    for (const listener of listeners.get(turn.conversation) ?? []) listener(turn)
  }
  return {
    receive,
    subscribe(conversation, listener) {
      const set = listeners.get(conversation) ?? new Set()
      listeners.set(conversation, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(conversation)
      }
    },
    async close() {
      open = false
      await Promise.all(queues.values())
    },
  }
}

/** What a person wrote is masked before anything else sees it. */
function redacted(event: Event): Event {
  if (event.type !== 'message' && event.type !== 'edit' && event.type !== 'standby') {
    return event.type === 'tap' ? { ...event, text: redact(event.text).text } : event
  }
  const { text, redacted: kinds } = redact(event.text)
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

async function take(deps: TurnsDeps, address: Address, event: Event, publish: (turn: TurnDocument) => void): Promise<Received> {
  const deadline = deps.time.now() + RECEIVE_MS
  const key = deps.keys.mac('event', event.id)
  for (let race = 0; race < RACES && deps.time.now() < deadline; race++) {
    const conversation = await openConversation(deps, address, event, key)
    if (conversation === undefined) return 'gone'
    const turn = await decide(deps, conversation, event, key)
    if ((await deps.turns.insert(turn)) === 'ok') {
      if (turn.settle.state === 'open') deps.settle(turn, conversation)
      publish(turn)
      deps.log.info('turn', { conversation: turn.conversation, seq: turn.seq, event: event.type, ms: deps.time.now() - event.at })
      return 'committed'
    }
    const [known] = await deps.turns.find({ key }, { sort: ['key'], limit: 1 })
    if (known !== undefined) return known.erased ? 'gone' : 'duplicate'
  }
  throw new StoreUnavailable('the conversation is too busy to take one more event now; deliver it again')
}

/** The conversation of an address, made at its first event. Undefined for what must not bring an erased person back. */
async function openConversation(deps: TurnsDeps, address: Address, event: Event, key: string): Promise<ConversationDocument | undefined> {
  const id = conversationId(address)
  const known = await deps.conversations.get(id)
  if (known !== undefined) return known
  if (event.type === 'result' || event.type === 'erase') return undefined
  const seen = await deps.turns.count({ key })
  if ((seen[0]?.count ?? 0) > 0) return undefined
  const { channel, account, user } = address
  const made = { _id: id, version: 1, contact: deps.ids.next(), channel, account, user, createdAt: deps.time.now(), device: '' }
  return (await deps.conversations.insert(made)) === 'ok' ? made : deps.conversations.get(id)
}

async function decide(deps: TurnsDeps, conversation: ConversationDocument, event: Event, key: string): Promise<TurnDocument> {
  const [last] = await deps.turns.find({ conversation: conversation._id }, { sort: ['seq'], descending: true, limit: 1 })
  const contact = await contactAfter(deps, conversation, last)
  const known = contact === conversation.contact ? await deps.contacts.get(contact) : undefined
  const library = deps.library.current()
  const scene = sceneOf(conversation, last, known ?? {}, { library, event })
  const turn = decideSafely(deps, scene, event, library)
  const work = turn.effects.some((effect) => needsSettling(effect, deps.sends(conversation.channel)))
  return {
    _id: deps.ids.next(),
    version: 1,
    conversation: conversation._id,
    seq: (last?.seq ?? 0) + 1,
    key,
    contact,
    at: event.at,
    event,
    session: turn.session,
    effects: turn.effects,
    library: library.revision,
    settle: { by: work ? deps.instance : '', state: work ? 'open' : 'done', sent: {} },
    kept: true,
    erased: false,
  }
}

/** Whoever writes after a tombstone is somebody new: the erasure that still runs must not take their words. */
async function contactAfter(deps: TurnsDeps, conversation: ConversationDocument, last: TurnDocument | undefined): Promise<string> {
  if (!last?.effects.some(({ type }) => type === 'erase') || last.contact !== conversation.contact) return conversation.contact
  const contact = deps.ids.next()
  await deps.conversations.replace({ ...conversation, contact, device: '' })
  return contact
}

function sceneOf(
  conversation: ConversationDocument,
  last: TurnDocument | undefined,
  contact: Contact,
  { library, event }: { library: Library; event: Event },
): Scene {
  const fresh = last === undefined || last.erased || last.effects.some(({ type }) => type === 'erase')
  const session = fresh ? undefined : last.session
  const wanted = [contact.area, session?.area, event.origin?.area, library.defaultArea]
  const area = wanted
    .map((id) => (id !== undefined && Object.hasOwn(library.areas, id) ? library.areas[id] : undefined))
    .find((found) => found !== undefined)
  if (area === undefined) throw new Error('The library has no area: add dialogs/areas/<id>.yaml')
  return { conversation: { id: conversation._id, channel: conversation.channel }, session, contact, area }
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

function needsSettling(effect: Effect, sends: boolean): boolean {
  return effect.type !== 'message' || sends
}
