import type { Closed, ClosedTold } from './closed-types.js'
import type { Command } from './command-types.js'
import type { DangerKind } from './danger.js'
import type { HelpAction, HelpEffect, HelpEvent, HelpResult } from './help-types.js'
import type { Places } from './places-types.js'
import type { Answered, AskedSession, QuestionAction, QuestionEffect } from './question-types.js'
import type { HelpSession, RequestDetails } from './request-types.js'
import type { Coordinating, Volunteering } from './volunteer-types.js'

/**
 * The words of the system: what happens (events), what is decided (effects), and what a library of dialogs is.
 * Everything here is plain data that survives JSON; nothing here has behaviour.
 */

/** A BCP 47 language code that the library offers, for example `da`, `ar`, `ku`. */
export type LanguageCode = string

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

// ---------------------------------------------------------------- events

/** What every event carries. `id` is unique over all events of all conversations and contains the platform's own message id. */
interface EventBase {
  readonly id: string
  /** When we received it: windows and timers run from here. */
  readonly at: Instant
  /** When the platform says it was sent; only used to tell late messages from new ones. */
  readonly sentAt?: Instant
  /** Present on the first event of a conversation and on links: where the person came from. */
  readonly origin?: Origin
}

/** What a link, a QR code or the page's address says about where a person came from. Never personal. */
export interface Origin {
  readonly area?: string
  readonly language?: LanguageCode
  /** `dialog/node` that the link points at. */
  readonly answer?: string
}

export type AttachmentKind = 'image' | 'audio' | 'video' | 'file' | 'sticker' | 'location' | 'share' | 'other'

/** Kinds of private data that were masked at the door. */
export type Redaction = 'cpr' | 'card' | 'secret'

export type Event = EventBase &
  (
    | {
        /** Something a person wrote or sent. `text` is already redacted when a turn is decided. */
        readonly type: 'message'
        readonly text: string
        /** Language of the writer's device or profile, where the channel tells it: `ar` of `ar-SY`. */
        readonly locale?: LanguageCode
        readonly attachments?: readonly AttachmentKind[]
        readonly redacted?: readonly Redaction[]
      }
    | {
        /** A button was tapped. `action` is absent when the payload was unknown, old beyond reading, or tampered with. */
        readonly type: 'tap'
        readonly text: string
        readonly action?: Action
        /** Library revision the button was made from. */
        readonly revision?: string
      }
    | { readonly type: 'start' }
    | { readonly type: 'referral' }
    | { readonly type: 'reaction' }
    /** A sent message was edited by its writer; kept in the log, never answered. */
    | { readonly type: 'edit'; readonly text: string; readonly redacted?: readonly Redaction[] }
    /** Seen while somebody else owns the thread: kept in the log, never answered. */
    | { readonly type: 'standby'; readonly text: string; readonly redacted?: readonly Redaction[] }
    /** Somebody else took the thread (a person in the inbox, another app), or it came back to us. */
    | { readonly type: 'control'; readonly control: 'taken' | 'returned'; readonly by: 'person' | 'app' | 'staff' }
    /** The outcome of a command effect of this conversation. `of` is the effect's id `<turn>.<index>`; `sender`: the contact whose words it holds. */
    | { readonly type: 'result'; readonly of: string; readonly result: CommandResult; readonly sender?: string }
    /** Everything of this person is to be erased. Commits a tombstone. */
    | { readonly type: 'erase' }
    | Answered
    | Closed
    | HelpEvent
  )

export type CommandResult =
  | HelpResult
  | { readonly command: 'call'; readonly name: string; readonly values: Readonly<Record<string, string | number>> }

/** What a button does, by stable ids; never by its text. */
export type Action =
  /** Quick reply `reply` of `dialog/node`. */
  | { readonly do: 'reply'; readonly dialog: string; readonly node: string; readonly reply: string }
  | { readonly do: 'goto'; readonly dialog: string; readonly node: string }
  | { readonly do: 'language'; readonly language: LanguageCode }
  | { readonly do: 'command'; readonly command: Command }
  /** Next page of options of `dialog/node`, or of the language list when `dialog` is empty. `page` counts from 0. */
  | { readonly do: 'page'; readonly dialog: string; readonly node: string; readonly page: number }
  /** Whether somebody who wrote as a child does is over 18; `dialog/node` is what they came for. */
  | { readonly do: 'age'; readonly adult: boolean; readonly dialog: string; readonly node: string }
  /** Somebody is in danger, nobody is, or a danger card came by mistake. */
  | { readonly do: 'danger'; readonly answer: 'yes' | 'no' | 'mistake'; readonly kind: DangerKind; readonly language: LanguageCode }
  /** Who somebody is, for the answer `dialog/node`; without `audience` it is asked. */
  | { readonly do: 'audience'; readonly audience?: Audience | 'anyone'; readonly dialog: string; readonly node: string }
  /** The same answer in another's words and language, beside the reader's own. */
  | { readonly do: 'show'; readonly audience: Audience; readonly language: LanguageCode; readonly dialog: string; readonly node: string }
  | QuestionAction
  | HelpAction

/** For whom an answer may have words of its own: a teenager's parent, a teenager, an older person who lives alone. */
export const AUDIENCES = ['parent', 'teenager', 'alone'] as const
export type Audience = (typeof AUDIENCES)[number]

// ---------------------------------------------------------------- effects

/** A button under a message. */
export interface QuickReply {
  readonly title: string
  readonly action: Action
  /** Language of the title where it differs from the message's (the list of languages). */
  readonly language?: LanguageCode
}

/** The line that says how true an answer is, in the reader's language. */
export interface FactLine {
  readonly kind: 'rule' | 'advice'
  /** "Rule · Danish Health Authority · checked 20 March 2020" */
  readonly line: string
  readonly source: string
}

/** One message to one person, not yet in any channel's form. */
export interface Outbound {
  readonly text: string
  readonly language: LanguageCode
  readonly quickReplies?: readonly QuickReply[]
  readonly fact?: FactLine
  /** Telephone numbers to show as buttons where the channel can, in order. */
  readonly phones?: readonly { readonly title: string; readonly number: string }[]
  /** What the message is for, where a page shows it in its own way. */
  readonly role?: 'languages' | 'notice' | 'danger' | 'erased'
  /** True when a person typed it: only then may Messenger's human agent rule apply. */
  readonly byPerson?: boolean
}

/** Which text of which answer was read; `version` is a hash of the text the reader saw. */
export interface Read {
  readonly dialog: string
  readonly node: string
  readonly version: string
  readonly language: LanguageCode
  readonly state: TextState
  /** Whose version it was, where the answer has one. */
  readonly audience?: Audience
}

export type Effect =
  | { readonly type: 'message'; readonly message: Outbound; readonly read?: Read }
  | { readonly type: 'contact'; readonly change: ContactChange }
  | {
      readonly type: 'openHandoff'
      readonly task: string
      readonly network?: string
      readonly note?: string
      readonly within?: string
      readonly area: string
      readonly language: LanguageCode
      /** Absent where staff are asked for. */
      readonly details?: RequestDetails
      /** Of danger: the requests whose talks were open when it was written; their alarm stands for this one's. */
      readonly talks?: readonly string[]
    }
  | { readonly type: 'call'; readonly name: string; readonly values: Readonly<Record<string, Answer>> }
  | QuestionEffect
  | ClosedTold
  | HelpEffect
  /** Run the erasure of the contact; only a tombstone turn carries it. */
  | { readonly type: 'erase' }

export interface ContactChange {
  readonly language?: { readonly code: LanguageCode; readonly chosen: boolean }
  readonly area?: string
  readonly audience?: string
  readonly subscribe?: string
  readonly unsubscribe?: string
  readonly consent?: Consent
}

export interface Consent {
  readonly what: string
  readonly version: string
  readonly language: LanguageCode
  readonly at: Instant
}

// ---------------------------------------------------------------- who and where

/** A person over channels. */
export interface Contact {
  readonly language?: { readonly code: LanguageCode; readonly chosen: boolean }
  readonly area?: string
  readonly stairwell?: string
  readonly audience?: string
  readonly topics?: readonly string[]
  readonly consents?: readonly Consent[]
  readonly volunteer?: Volunteering
  readonly coordinator?: Coordinating
}

/** A person on one channel. */
export interface Conversation {
  readonly id: string
  readonly channel: Channel
}

export type Channel = 'messenger' | 'web' | 'terminal'

/** A housing area: whose name stands at the head, and the local numbers that texts may name. */
export interface Area {
  readonly id: string
  readonly name: string
  readonly colour?: string
  /** True when every value is made up: said openly, and unconfirmed facts may be shown with a word that they are. */
  readonly demo: boolean
  /** Who answers for the data of residents, for the first message. */
  readonly owner: string
  /** Local variables such as `caretaker_phone`, by name; texts say `{{area.caretaker_phone}}`. */
  readonly variables: Readonly<Record<string, string>>
}

export type Answer = string | number | boolean

/** What a conversation remembers between turns: names, never counts of steps. */
export interface Session extends AskedSession {
  /** `heard`: taken from a whole sentence, or from words of danger; then nobody is asked for it. */
  readonly language: { readonly code: LanguageCode; readonly chosen: boolean; readonly heard?: boolean }
  readonly area?: string
  readonly audience?: string
  /** Where the person is; absent at rest. */
  readonly place?: Place
  readonly answers: Readonly<Record<string, Answer>>
  /** The answer that the newest turn showed, so that a change of language can show it again. */
  readonly lastAnswer?: Goto
  /** The newest text was not understood: the next miss offers a person. */
  readonly missed?: boolean
  /** A question that waits for the language to be chosen (redacted, the person's own words). */
  readonly pendingText?: string
  /** What has been said once already. */
  readonly told: Told
  /** A person or another app has the thread; the bot is silent until then. */
  readonly silentUntil?: Instant
  /** What was written of danger: when each kind last became a case, and the text that waits for whether it was meant so. */
  readonly danger?: { readonly cases: Partial<Record<DangerKind, Instant>>; readonly unclear?: string }
  /** The person wrote as a child does, or for a parent. `asked`: for which node it was asked whether they are over 18. */
  readonly child?: { readonly is: 'maybe' | 'adult' | 'minor'; readonly asked?: Goto }
  /** The answer for which it was asked who the person is. */
  readonly whose?: Goto
  /** Waiting for yes or no to erasure. */
  readonly confirming?: 'delete-me'
  /** Newest platform time seen; older messages are late. */
  readonly newestSentAt?: Instant
  /** Last time the bot spoke or listened; after a lapse it says again that it is automatic. */
  readonly activeAt?: Instant
  /** When the person last did something that opens Messenger's window; by receipt. */
  readonly openedAt?: Instant
  /** Requests, offers, talks. */
  readonly help?: HelpSession
}

export interface Place {
  readonly dialog: string
  readonly node: string
  /** Failed attempts at this question. */
  readonly attempts: number
  /** Set while a `call` of this node has not come back. */
  readonly waitsForCall?: boolean
}

export interface Told {
  /** Language the first-contact text was said in. */
  readonly disclosure?: LanguageCode
  readonly machine?: boolean
  readonly drill?: boolean
  /** It was asked who the person is, whatever came of it. */
  readonly audience?: boolean
  /** Another language was offered by a button; one offer a conversation. */
  readonly offer?: boolean
  /** The language of which it was said that it is not offered. */
  readonly notOffered?: LanguageCode
  /** That it is not open yet. */
  readonly notOpen?: boolean
}

export interface Scene {
  readonly conversation: Conversation
  readonly session: Session | undefined
  readonly contact: Contact
  readonly area: Area
  readonly places: Places
}

/** `now` is real time; `contentNow` is the time facts are judged by, another day in a drill. */
export interface Clock {
  readonly now: Instant
  readonly contentNow: Instant
  readonly drill: boolean
}

export interface Turn {
  readonly session: Session
  readonly effects: readonly Effect[]
}

// ---------------------------------------------------------------- dialogs

/** State of a text against its Danish source. Danish itself is `source`. */
export type TextState = 'source' | 'checked' | 'machine' | 'outdated'

export interface Dialog {
  readonly id: string
  /** Danish name, as written. */
  readonly name: string
  readonly history: boolean
  readonly nodes: Readonly<Record<string, DialogNode>>
}

/** `dialog/node` with both parts present; parsing resolves `more` and `meals/start` alike. */
export interface Goto {
  readonly dialog: string
  readonly node: string
}

/** A node as parsed: Danish texts in place, places resolved. At most one of the does. */
export interface DialogNode {
  readonly say: readonly string[]
  readonly does?: NodeDoes
  readonly goto?: Goto
  readonly fact?: Fact
  /** What is said instead of `say` to those who said who they are. */
  readonly versions?: Readonly<Partial<Record<Audience, readonly string[]>>>
  /** Money, health, violence: an adult's matter. A child who comes here is asked for an adult first. */
  readonly sensitive?: boolean
  readonly questions: readonly string[]
}

export type NodeDoes =
  | { readonly kind: 'ask'; readonly ask: Ask }
  | { readonly kind: 'branch'; readonly branches: readonly Branch[] }
  | { readonly kind: 'handoff'; readonly handoff: HandoffOrder }
  | { readonly kind: 'subscribe'; readonly topic: string }
  | { readonly kind: 'unsubscribe'; readonly topic: string }
  | { readonly kind: 'call'; readonly name: string }

export interface Ask {
  readonly text: string
  readonly quickReplies: readonly AskReply[]
  readonly expect?: Expect
  readonly retry?: string
  /** How many unreadable answers before `giveUp`; {@link DEFAULT_ATTEMPTS} when absent. */
  readonly attempts?: number
  readonly giveUp?: Goto
  readonly save?: string
}

export interface AskReply {
  readonly id: string
  readonly title: string
  readonly goto: Goto
}

export const EXPECT_TYPES = ['digits', 'number', 'phone', 'date', 'yes_no', 'choice', 'text'] as const
export interface Expect {
  readonly type: (typeof EXPECT_TYPES)[number]
  /** digits: exact count. */
  readonly length?: number
  /** number: bounds, both included. */
  readonly min?: number
  readonly max?: number
}

export interface Branch {
  /** Absent is `else`. Every condition must hold. */
  readonly when?: readonly Condition[]
  readonly goto: Goto
}

/** One condition on `contact.<field>` or `answers.<name>`; data, not code. */
export interface Condition {
  readonly path: string
  readonly equals?: Answer
  readonly in?: readonly Answer[]
  readonly below?: number
  readonly from?: number
  readonly known?: boolean
}

export interface HandoffOrder {
  readonly task: string
  readonly network?: string
  readonly note?: string
  readonly within?: string
  readonly nobody?: Goto
}

/** A fact as parsed. `from` and `until` are instants of Europe/Copenhagen wall time: `from` included, `until` excluded (a date covers its whole day). */
export interface Fact {
  readonly kind: 'rule' | 'advice'
  readonly source: string
  /** Id of who says so; its name per language is the system text `owner.<id>`. */
  readonly owner: string
  /** `YYYY-MM-DD` */
  readonly checked: string
  readonly from?: Instant
  readonly until?: Instant
  /** The area's staff must confirm it before it is shown. */
  readonly confirm: boolean
}

// ---------------------------------------------------------------- problems

/** Something wrong in a file, said so that its author can mend it. */
export interface Problem {
  readonly file: string
  readonly line?: number
  readonly node?: string
  readonly language?: LanguageCode
  /** What is wrong and what to do. */
  readonly message: string
  /** A warning does not stop a start or a publish. */
  readonly severity: 'error' | 'warning'
}
