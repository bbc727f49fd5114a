/** Takes a person out of the store: every word, every conversation, the contact and its requests. Repeats safely after a crash. */
import { awaitsDecision } from '../core/handoff-report.js'
import type { Collection } from '../store/collection.js'
import type {
  AlarmDocument,
  ContactDocument,
  ConversationDocument,
  HandoffDocument,
  QuestionDocument,
  TurnDocument,
} from '../store/collections.js'
import type { ErasedLog, Keys, Log } from './ports.js'

const PAGE = 100
/** More than one person makes. */
const REQUESTS_MAX = 1000

/** Where a person is found. */
export interface ErasedFrom {
  readonly turns: Collection<TurnDocument>
  readonly contacts: Collection<ContactDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly handoffs: Collection<HandoffDocument>
  readonly alarms: Collection<AlarmDocument>
  readonly questions: Collection<QuestionDocument>
}

export interface ErasureDeps extends ErasedFrom {
  readonly keys: Keys
  readonly erasedLog: ErasedLog
  readonly log: Log
  /** Leaves no trace of removed words in files beside the data. */
  readonly scrub: () => Promise<void>
  /** What others have of them: whoever is on the way is told, and their words leave the conversations of others. */
  readonly forget: (contact: string) => Promise<void>
}

/** Erases the contact of a tombstone; resolves when nothing of the person is left but the keys of their turns. */
export type Erase = (tombstone: TurnDocument) => Promise<void>

export function createErase(deps: ErasureDeps): Erase {
  return async (tombstone) => {
    const { contact } = tombstone
    await deps.forget(contact)
    await eraseContact(deps, contact, tombstone._id)
    await deps.scrub()
    // A contact's id is one life: a person who comes back has another, so nobody's later words are in what this hash names.
    await deps.erasedLog.append(erasureHash(deps.keys, contact))
    // Last, because until now an open tombstone is what starts an interrupted erasure again.
    await eraseTurn(deps, tombstone)
    await deps.scrub()
    deps.log.info('a person was erased', { conversation: tombstone.conversation })
  }
}

/** What a contact's erasure is known by outside the store. */
export function erasureHash(keys: Keys, contact: string): string {
  return keys.mac('deletion', contact)
}

/** Everything of a contact but the turn of id `spared`; without one, every turn too. */
export async function eraseContact(deps: ErasedFrom, contact: string, spared?: string): Promise<void> {
  for (const handoff of await deps.handoffs.find({ contact }, { sort: ['contact'], limit: REQUESTS_MAX })) await eraseAlarms(deps, handoff)
  await removeAll(deps.handoffs, { contact })
  await removeAll(deps.questions, { contact })
  await eraseTurns(deps, contact, spared)
  await deps.contacts.remove({ _id: contact }, 1)
  await removeAll(deps.conversations, { contact })
}

/** The alarm of a report that nobody has decided stays for staff: its number, area, task and why, and no more of whom it was about. */
async function eraseAlarms({ alarms }: ErasedFrom, { _id, handoff }: HandoffDocument): Promise<void> {
  const waits = handoff !== undefined && awaitsDecision(handoff)
  for (const { _id: id } of await alarms.find({ 'about.handoff': _id }, { sort: ['_id'], limit: PAGE })) {
    for (let alarm = await alarms.get(id); alarm !== undefined; alarm = await alarms.get(id)) {
      const { language: _, ...about } = alarm.about
      const stays = waits && about.why === 'report' && alarm.state !== 'over'
      if (!stays) await alarms.remove({ _id: id }, 1)
      else if ((await alarms.replace({ ...alarm, about })) === 'ok') break
    }
  }
}

async function removeAll(collection: Pick<Collection<HandoffDocument>, 'remove'>, where: { contact: string }): Promise<void> {
  while ((await collection.remove(where, PAGE)) === PAGE);
}

/** An erased turn names no contact, so each page is the next. */
async function eraseTurns(deps: ErasedFrom, contact: string, spared: string | undefined): Promise<void> {
  for (;;) {
    const page = await deps.turns.find({ contact }, { sort: ['at'], limit: PAGE })
    const others = page.filter(({ _id }) => _id !== spared)
    if (others.length === 0) return
    await Promise.all(others.map((turn) => eraseTurn(deps, turn)))
  }
}

async function eraseTurn(deps: ErasedFrom, turn: TurnDocument): Promise<void> {
  for (let current: TurnDocument | undefined = turn; current !== undefined; current = await deps.turns.get(turn._id)) {
    if (current.erased || (await deps.turns.replace(erased(current))) === 'ok') return
  }
}

function erased(turn: TurnDocument): TurnDocument {
  return {
    ...turn,
    contact: '',
    event: { id: '', at: turn.at, type: 'erase' },
    session: { language: { code: 'da', chosen: false }, answers: {}, told: {} },
    effects: [],
    settle: { by: '', state: 'done', sent: {} },
    kept: false,
    erased: true,
  }
}
