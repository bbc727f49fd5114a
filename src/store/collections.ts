/** Every collection of the product: its document, unique keys and indexes, written once for all engines. */
import type { BoardList } from '../core/board-types.js'
import type { LogLine, Wish } from '../core/callout-types.js'
import type { CloseReason } from '../core/closed-types.js'
import type { By, Handoff, HandoffEvent } from '../core/handoff-types.js'
import type { AlarmView, News } from '../core/help-types.js'
import type { Network, Place } from '../core/places-types.js'
import type { Guess, Vote } from '../core/question-types.js'
import type { RequestDetails } from '../core/request-types.js'
import type { Channel, Contact, Effect, Event, Goto, Instant, LanguageCode, Session } from '../core/types.js'
import type { Changing, Collection, CollectionDeclaration, Store, Stored } from './collection.js'
import type { InstanceDocument, KeyDocument, ModeDocument, PageDocument, TimerDocument } from './program-documents.js'
import type { AuditDocument, LoginDocument, PresenceDocument, StaffDocument } from './staff-documents.js'

/** One event and what was decided about it: the log of conversations, and its own outbox. */
export interface TurnDocument extends Stored {
  readonly conversation: string
  readonly seq: number
  /** Keyed hash of the event's id: one event commits once. */
  readonly key: string
  readonly contact: string
  /** Whose words crossed over in its event. */
  readonly from?: string
  readonly at: Instant
  readonly event: Event
  readonly session: Session
  readonly effects: readonly Effect[]
  /** Revision of the library that decided. */
  readonly library: string
  readonly settle: Settle
  /** False once its words are gone: blanked by age, or erased. */
  readonly kept: boolean
  /** What is left of an erased turn: its keys, so that a redelivery revives nothing. */
  readonly erased: boolean
}

export interface Settle {
  /** The instance that may send; empty when done. */
  readonly by: string
  readonly state: 'open' | 'done'
  /** Not before this time. */
  readonly next?: Instant
  /** Taken over from an instance that died: what is unsent in it may have been sent. */
  readonly taken?: boolean
  /** Outcome by effect index. */
  readonly sent: Readonly<Record<string, Sent>>
}

export interface Sent {
  /** `waiting`: held for now and certainly not sent. `again`: its outcome was unknown, it is being sent once more. `listed`: unknown twice, or its window closed; for staff. `dropped`: erased before it was sent. */
  readonly state: 'sent' | 'applied' | 'waiting' | 'again' | 'refused' | 'listed' | 'dropped'
  readonly platformId?: string
  /** Class of the refusal. */
  readonly reason?: string
  /** Of `waiting`: its outcome was unknown before, this is the one repetition. */
  readonly again?: boolean
  readonly at: Instant
}

export interface ContactDocument extends Changing, Contact {
  /** Results of commands by effect id, newest last, so that applying twice gives the same. */
  readonly applied: readonly string[]
}

export interface ConversationDocument extends Stored {
  readonly contact: string
  readonly channel: Channel
  /** Page id on Messenger; empty elsewhere. */
  readonly account: string
  /** The platform's id of the person, scoped to the account. */
  readonly user: string
  readonly createdAt: Instant
  /** Keyed hash of the web page's device key; empty elsewhere. */
  readonly device: string
}

export interface HandoffDocument extends Changing {
  readonly contact: string
  readonly conversation: string
  readonly receipt: string
  readonly task: string
  readonly network: string
  readonly note: string
  readonly area: string
  readonly language: LanguageCode
  readonly state: 'open' | 'closed'
  readonly openedAt: Instant
  /** Present once it is closed. */
  readonly closed?: Closing
  /** Where it is by the rules; absent in requests of before there were any. */
  readonly handoff?: Handoff
  /** Of danger: numbers of the requests whose talks were open when it was written. Their alarm stands for its own. */
  readonly talks?: readonly string[]
  /** What its resident said of it; absent where staff were asked for. */
  readonly details?: RequestDetails
  /** What the helper of the newest talk is called. */
  readonly helperAlias?: string
  /** Address and doorbell, from when the resident shows them until it is over. */
  readonly door?: string
  /** A number that staff may call, and the key of the turn in which it was typed; both go when it is over. */
  readonly callBack?: { readonly phone: string; readonly turn: string; readonly shown?: readonly string[] }
  /** Keys of the turns in which the door stands: blanked with it. */
  readonly doorTurns?: readonly string[]
  /** Why each volunteer was or was not asked, newest last. */
  readonly decisions?: readonly {
    readonly at: Instant
    readonly step: string
    readonly log: readonly LogLine[]
    /** Of `staff`: nobody could be asked; when somebody could be, if that is known. */
    readonly nobody?: { readonly nextAt?: Instant }
  }[]
  /** What happened, by id. `who`: contact of whoever did it, of all but its resident; empty for staff at the command line. */
  readonly history?: readonly { readonly at: Instant; readonly what: string; readonly by?: string; readonly who?: string }[]
  /** Where the staff's board shows it, written with each change; `at` is what that list is in the order of. */
  readonly board?: { readonly list: BoardList; readonly danger: boolean; readonly at: Instant }
  /** What staff wrote for each other. */
  readonly staffNotes?: readonly { readonly id: string; readonly at: Instant; readonly by: string; readonly text: string }[]
  /** Outcome of commands by effect id, so that giving one twice has one effect. */
  readonly applied?: Readonly<Record<string, Applied>>
  /** What follows from the last commands and is not done yet: whoever comes does it, twice gives the same. */
  readonly outbox?: readonly OutboxEntry[]
  /** Networks that could not help in this call-out. */
  readonly triedNetworks?: readonly string[]
  /** Wishes that the resident was asked to widen in this call-out, answered or not. */
  readonly widenAsked?: readonly Wish[]
  /** Who wants to pass it on, and where to: the resident is asked first. */
  readonly passOn?: { readonly network: string; readonly by: By }
  /** When it is asked whether help came, and whether the two who talk are still there. */
  readonly askHelpedAt?: Instant
  readonly askSilenceAt?: Instant
  /** When something is to be done next: a deadline, or at once while the outbox holds anything. */
  readonly due?: Instant
  readonly feedback?: readonly {
    readonly by: 'resident' | 'helper'
    readonly good: boolean
    readonly words?: string
    readonly at: Instant
  }[]
}

/** How a command ended. */
export interface Applied {
  readonly refused?: string
  readonly at: Instant
}

/** One thing that follows from a change, in the order of the list; `id` is the id of the event it becomes. */
export interface OutboxEntry {
  readonly id: string
  readonly event: HandoffEvent | FollowUp
  /** How often it was tried in vain. */
  readonly tries?: number
}

/** What follows beside what the rules say. */
export type FollowUp =
  /** `sender`: whose words it holds. */
  | { readonly type: 'news'; readonly contact: string; readonly news: News; readonly sender?: string }
  /** What this volunteer has is written to their contact. */
  | { readonly type: 'load'; readonly volunteer: string }
  /** The door stands no more in the turns of these keys. */
  | { readonly type: 'blank-door'; readonly keys: readonly string[] }
  /** A mail with a link to the case goes to a network without an account. */
  | { readonly type: 'send-case'; readonly network: string }
  /** Nobody on call need look at it any more. */
  | { readonly type: 'alarms-over' }

/** Somebody on call must see something. */
export interface AlarmDocument extends Changing {
  readonly area: string
  readonly about: AlarmView
  /** `nobody`: all were tried, or none is on call; it is tried again when somebody's hours begin. */
  readonly state: 'open' | 'nobody' | 'acknowledged' | 'over'
  /** On-call entry, or contact, of whoever acknowledged it; of staff at the console `staff:<id>`. */
  readonly by?: string
  /** When they did. */
  readonly seenAt?: Instant
  /** Whom it went to, by the id of their entry, and whether it arrived as far as is known. */
  readonly tried: readonly { readonly onCall: string; readonly at: Instant; readonly by: 'mail' | 'chat'; readonly delivered: boolean }[]
  /** Which try the newest round of telling began with; absent: the first. */
  readonly round?: number
  /** What the resident was told of it last. */
  readonly told?: 'told' | 'not-told' | 'has-it'
  /** Of `not-told`: when somebody reads it, as they were told. */
  readonly toldBefore?: Instant
  /** When the next is told. */
  readonly due: Instant
}

/** Words of a talk that was reported, for those who decide; kept by a setting of its own. */
export interface EvidenceDocument extends Stored {
  readonly handoff: string
  readonly receipt: string
  readonly at: Instant
  readonly lines: readonly { readonly at: Instant; readonly side: 'resident' | 'helper'; readonly text: string }[]
}

/** A one-time word or link: its keyed hash, and what it opens. */
export interface OneTimeDocument extends Stored {
  readonly opens:
    | { readonly what: 'coordinator'; readonly area: string; readonly onCall: string }
    | { readonly what: 'volunteer'; readonly contact: string }
    | { readonly what: 'case'; readonly handoff: string; readonly network: string }
    /** Signs this member of staff in. */
    | { readonly what: 'staff'; readonly staff: string }
    /** Of a passkey, once it was answered; it opens nothing, and is kept so that no answer counts twice. */
    | { readonly what: 'challenge' }
  readonly until: Instant
  readonly used: boolean
  /** Of a case: what was answered first, since when it is being carried out, and how that ended; without an end it may be tried again. */
  readonly answered?: { readonly yes: boolean; readonly at: Instant; readonly outcome?: 'done' | 'gone' | 'over' }
  /** Contact of whoever used it: for them alone it works once more, as after a crash. */
  readonly by?: string
}

export type PlaceDocument = Stored & Omit<Place, 'id'>
export type NetworkDocument = Stored & Omit<Network, 'id'>

/** How and when staff closed a request. */
export interface Closing {
  readonly at: Instant
  readonly reason: CloseReason
  /** Whether its resident is told: `waiting` until it is done, `missed` when it could not be done before contact and note went. */
  readonly tell: 'nobody' | 'waiting' | 'told' | 'missed'
  /** How often telling was begun and could not be done; parts the tries. */
  readonly attempt: number
  /** False once contact, conversation and note are gone: by age. */
  readonly kept: boolean
}

/** What somebody asked and nobody could answer; one for each asker and wording. */
export interface QuestionDocument extends Stored {
  /** Empty once its words are gone. */
  readonly contact: string
  readonly conversation: string
  /** The effect that asked it, newest. */
  readonly askedBy: string
  readonly askedAt: Instant
  readonly text: string
  readonly language: LanguageCode
  readonly area: string
  /** Answers that came near, best first. */
  readonly guesses: readonly Guess[]
  /** It is what was missing in the first guess. */
  readonly missing: boolean
  /** `linked`: there is an answer, and an asker who waits for it. `answered`: there is one, and nobody waits. */
  readonly state: 'new' | 'linked' | 'answered' | 'dismissed'
  readonly answer?: Goto
  /** The asker wants to be told. */
  readonly wish: boolean
  readonly told: boolean
  /** How often telling was begun and could not be done; parts the tries. */
  readonly attempt: number
  /** False once its words are gone: by age. */
  readonly kept: boolean
}

/** One vote about one text of an answer. Its `_id` is a keyed hash, so that nobody is found by it. */
export interface VoteDocument extends Stored, Omit<Vote, 'version'> {
  /** The version of the text that was read. */
  readonly text: string
}

export const COLLECTIONS = {
  turns: {
    name: 'turns',
    unique: [['conversation', 'seq'], ['key']],
    indexes: [
      ['settle.state', 'settle.by', 'at', '_id'],
      ['contact', 'at'],
      ['from', 'at'],
      ['at', 'conversation', 'seq'],
      ['erased', 'kept', 'at'],
    ],
    changing: ['settle.state', 'settle.by'],
  },
  contacts: {
    name: 'contacts',
    unique: [],
    indexes: [
      ['volunteer.network', 'volunteer.state', '_id'],
      ['volunteer.state', 'volunteer.alias', '_id'],
      ['volunteer.state', 'volunteer.area', 'volunteer.alias', '_id'],
      ['volunteer.state', 'volunteer.paused', 'volunteer.alias', '_id'],
      ['volunteer.openUntil'],
      ['coordinator.onCall'],
      ['changedAt', 'volunteer.area', '_id'],
    ],
    changing: ['volunteer.openUntil'],
  },
  conversations: { name: 'conversations', unique: [], indexes: [['contact'], ['device']] },
  handoffs: {
    name: 'handoffs',
    unique: [],
    indexes: [
      ['contact'],
      ['receipt'],
      ['state', 'openedAt', '_id'],
      ['closed.tell', 'closed.at', '_id'],
      ['closed.kept', 'closed.at'],
      ['due', '_id'],
      ['handoff.state', 'openedAt', '_id'],
      ['handoff.assignee'],
      // Area, language and task stand behind the order: what is of others is passed over without being read.
      ['board.list', 'board.danger', 'board.at', '_id', 'area', 'language', 'task'],
      ['changedAt', 'area', 'task', '_id'],
    ],
    changing: ['state', 'closed.tell', 'closed.at', 'closed.kept', 'due', 'handoff.state', 'handoff.assignee', 'board.list', 'board.at'],
  },
  alarms: {
    name: 'alarms',
    unique: [],
    indexes: [
      ['state', 'due', '_id'],
      ['about.handoff'],
      ['state', 'about.at', '_id', 'area'],
      ['changedAt', 'area', 'about.task', 'about.why', '_id'],
    ],
    changing: ['state', 'due'],
  },
  presences: { name: 'presences', unique: [], indexes: [['request', 'until'], ['until']], changing: ['until'] },
  oneTimes: { name: 'one_times', unique: [], indexes: [['until'], ['opens.staff', 'until']] },
  staff: { name: 'staff', unique: [], indexes: [['state', '_id'], ['mail']], changing: ['state', 'mail'] },
  logins: { name: 'logins', unique: [], indexes: [['staff'], ['until']], changing: ['until'] },
  audit: {
    name: 'audit',
    unique: [],
    indexes: [
      ['at', '_id'],
      ['area', 'at', '_id'],
    ],
  },
  evidence: { name: 'evidence', unique: [], indexes: [['handoff'], ['at']] },
  places: { name: 'places', unique: [], indexes: [] },
  networks: { name: 'networks', unique: [], indexes: [] },
  questions: {
    name: 'questions',
    unique: [],
    indexes: [['contact'], ['askedAt', '_id'], ['state', 'wish', 'askedAt', '_id'], ['kept', 'wish', 'askedAt']],
    changing: ['state', 'wish', 'kept'],
  },
  votes: { name: 'votes', unique: [], indexes: [['dialog', 'node', 'text', 'language', 'useful']] },
  keys: { name: 'keys', unique: [], indexes: [] },
  instances: { name: 'instances', unique: [], indexes: [] },
  pages: { name: 'pages', unique: [], indexes: [] },
  timers: { name: 'timers', unique: [], indexes: [] },
  modes: { name: 'modes', unique: [], indexes: [] },
} as const satisfies Record<string, CollectionDeclaration>

export interface Collections {
  readonly turns: Collection<TurnDocument>
  readonly contacts: Collection<ContactDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly handoffs: Collection<HandoffDocument>
  readonly alarms: Collection<AlarmDocument>
  readonly presences: Collection<PresenceDocument>
  readonly oneTimes: Collection<OneTimeDocument>
  readonly staff: Collection<StaffDocument>
  readonly logins: Collection<LoginDocument>
  readonly audit: Collection<AuditDocument>
  readonly evidence: Collection<EvidenceDocument>
  readonly places: Collection<PlaceDocument>
  readonly networks: Collection<NetworkDocument>
  readonly questions: Collection<QuestionDocument>
  readonly votes: Collection<VoteDocument>
  readonly keys: Collection<KeyDocument>
  readonly instances: Collection<InstanceDocument>
  readonly pages: Collection<PageDocument>
  readonly timers: Collection<TimerDocument>
  readonly modes: Collection<ModeDocument>
}

export function openCollections(store: Store): Collections {
  return {
    turns: store.collection<TurnDocument>(COLLECTIONS.turns),
    contacts: store.collection<ContactDocument>(COLLECTIONS.contacts),
    conversations: store.collection<ConversationDocument>(COLLECTIONS.conversations),
    handoffs: store.collection<HandoffDocument>(COLLECTIONS.handoffs),
    alarms: store.collection<AlarmDocument>(COLLECTIONS.alarms),
    presences: store.collection<PresenceDocument>(COLLECTIONS.presences),
    oneTimes: store.collection<OneTimeDocument>(COLLECTIONS.oneTimes),
    staff: store.collection<StaffDocument>(COLLECTIONS.staff),
    logins: store.collection<LoginDocument>(COLLECTIONS.logins),
    audit: store.collection<AuditDocument>(COLLECTIONS.audit),
    evidence: store.collection<EvidenceDocument>(COLLECTIONS.evidence),
    places: store.collection<PlaceDocument>(COLLECTIONS.places),
    networks: store.collection<NetworkDocument>(COLLECTIONS.networks),
    questions: store.collection<QuestionDocument>(COLLECTIONS.questions),
    votes: store.collection<VoteDocument>(COLLECTIONS.votes),
    keys: store.collection<KeyDocument>(COLLECTIONS.keys),
    instances: store.collection<InstanceDocument>(COLLECTIONS.instances),
    pages: store.collection<PageDocument>(COLLECTIONS.pages),
    timers: store.collection<TimerDocument>(COLLECTIONS.timers),
    modes: store.collection<ModeDocument>(COLLECTIONS.modes),
  }
}
