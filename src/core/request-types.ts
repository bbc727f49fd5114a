/** The words of a request as its resident makes it, and of what a conversation knows of requests, offers and talks. Plain data. */
import type { Gender, Reason, Wish } from './callout-types.js'
import type { ExpectedWait } from './expected-wait.js'
import type { AlarmView } from './help-types.js'
import type { Instant, LanguageCode } from './types.js'

/** When help is needed. `now` is urgent: quiet hours do not hold it back. */
export const WHENS = ['now', 'today', 'tomorrow', 'this-week'] as const
export type When = (typeof WHENS)[number]

/** What is asked, in this order, each once; `where` is the area and the stairwell. */
export const INTAKE_STEPS = ['what', 'when', 'where', 'language', 'wishes', 'summary'] as const
export type IntakeStep = (typeof INTAKE_STEPS)[number]

/** A request while its resident makes it. */
export interface Intake {
  readonly task: string
  readonly network?: string
  readonly step: IntakeStep
  /** Somebody else asks for this person: a coordinator for one without a chat. Their doorbell and call-back stay with staff. */
  readonly behalf?: true
  /** The resident's own words, redacted. */
  readonly what?: string
  readonly when?: When
  readonly area?: string
  /** Empty: they would rather not say. */
  readonly stairwell?: string
  readonly otherLanguages?: readonly LanguageCode[]
  readonly gender?: Gender
  readonly notFromStairwell?: boolean
  readonly alias?: string
  /** Waits for a typed alias. */
  readonly naming?: true
  /** The words name a key: asked whether the helper is to have it, and what was answered. */
  readonly keys?: 'asked' | 'yes' | 'no'
  /** Has read that staff help who is under 18. */
  readonly toldMinor?: true
  /** One answer is being changed: the summary comes next. */
  readonly changing?: true
}

/** What a confirmed request says beside its task, area and language. */
export interface RequestDetails {
  readonly when: When
  readonly stairwell?: string
  readonly otherLanguages: readonly LanguageCode[]
  readonly wishes: { readonly gender?: Gender; readonly notFromStairwell?: boolean }
  readonly kept: readonly Wish[]
  /** Says or seems to be under 18. */
  readonly minor: boolean
  /** What the helper calls them. */
  readonly alias: string
  readonly behalf?: true
}

/** What is honest to say about the wait: counted, not known, nobody on duty (and when somebody is, if known), or for staff. */
export type Expected = ExpectedWait | { readonly nobody: true; readonly nextAt?: Instant; readonly staff?: true } | { readonly staff: true }

/** A request of this person that is not over. */
export interface RequestView {
  readonly handoff: string
  readonly receipt: string
  readonly task: string
  readonly state: 'looking' | 'helper' | 'coming' | 'staff' | 'passed-on'
  readonly since: Instant
  /** Waits for yes or no to widening this wish. */
  readonly widen?: Wish
  /** Waits for yes or no to passing it on to this network. */
  readonly passOn?: string
  /** A coordinator's, for somebody who has no chat. */
  readonly behalf?: true
  /** Given to staff because its resident seems to be under 18. */
  readonly minor?: true
  /** What was said last of telling staff, and when. */
  readonly staffSaid?: { readonly text: string; readonly at: Instant }
}

/** What a volunteer reads of an offer: never the stairwell, never the words of the resident. */
export interface OfferView {
  readonly handoff: string
  readonly receipt: string
  readonly task: string
  /** Id of the area. */
  readonly area: string
  readonly language: LanguageCode
  readonly when: When
  readonly at: Instant
  /** Why this volunteer. */
  readonly why: readonly Reason[]
}

/** A talk through the bot, as one of the two sees it. */
export interface TalkView {
  readonly handoff: string
  readonly receipt: string
  readonly task: string
  readonly side: 'resident' | 'helper'
  /** What the other reads of this one, and this one of the other. */
  readonly alias: string
  readonly other: string
  /** The language that the two share. */
  readonly otherLanguage: LanguageCode
  readonly codeWord: string
  /** Tells a resident's talk from others about the same request. */
  readonly began?: Instant
  /** The resident has shown their door. */
  readonly door?: true
  /** The helper has said that they are coming, or when. */
  readonly coming?: true
}

/** What the next typed words answer, beside dialogs. */
export type HelpQuestion =
  | { readonly ask: 'door' | 'call-back' | 'time' | 'alias'; readonly handoff: string }
  /** One more yes before a talk is stopped or somebody is reported; counts while nothing was said after `since`. */
  | { readonly ask: 'stop' | 'report'; readonly handoff: string; readonly since: Instant; readonly began?: Instant }
  /** The value of a phrase card. */
  | { readonly ask: 'card'; readonly handoff: string; readonly card: string }
  /** Yes or no, typed instead of tapped; counts while nothing was said after `at`. */
  | { readonly ask: 'cancel' | 'helped' | 'widen' | 'pass-on' | 'feedback'; readonly handoff: string; readonly at: Instant }
  /** Words about how it went; `good` was tapped before. */
  | { readonly ask: 'how-it-went'; readonly handoff: string; readonly good: boolean }
  /** Words that had no clear addressee. */
  | {
      readonly ask: 'addressee'
      readonly text: string
      /** Opgang was chosen and is about to hear them. */
      readonly toOpgang?: true
    }
  /** A coordinator writes to the resident as a person; `since`: when they were asked for. */
  | { readonly ask: 'write'; readonly handoff: string; readonly since?: Instant }

/** An alarm that this coordinator was sent and that is not over. `seen`: they said so, or did something about it. */
export interface KnownAlarm {
  readonly alarm: string
  readonly about: AlarmView
  /** `by-ending`: they have asked for its end, and it is acknowledged only where that is refused. */
  readonly seen?: 'said' | 'by-acting' | 'by-ending'
}

/** A helper whose talk is over. `other` is what they were called, gone when they were erased. */
export interface PastHelper extends Pick<TalkView, 'handoff' | 'receipt'> {
  readonly other?: string
  readonly began: Instant
  readonly at: Instant
}

/** What a conversation knows of requests, by events; never the words of another person. */
export interface HelpSession {
  readonly intake?: Intake
  /** When words to Opgang named a key: a request that is begun soon after asks about it. */
  readonly keyNamedAt?: Instant
  /** A request for somebody else is sent and has no number yet. */
  readonly sentForAnother?: true
  readonly requests?: readonly RequestView[]
  readonly offers?: readonly OfferView[]
  readonly talks?: readonly TalkView[]
  /** The talk that typed words go to; absent: Opgang hears them. */
  readonly talk?: string
  /** Since when they go there: words from before had another reader. */
  readonly talkSince?: Instant
  /** While talks are open: Opgang was chosen. Without this and without `talk` the writer is asked whom words are for. */
  readonly toOpgang?: true
  readonly question?: HelpQuestion
  readonly signUp?: import('./volunteer-types.js').SignUp
  /** What this person did last about a task, or reported of it: what follows from it is not said twice. */
  readonly lastAsk?: { readonly handoff: string; readonly ask: 'done' | 'hand-back' | 'agree-time' | 'report'; readonly at?: Instant }
  /** Handoffs of the last 30 days that may still be reported or found missing: the newest ten. */
  readonly past?: readonly {
    readonly handoff: string
    readonly receipt: string
    readonly side: 'resident' | 'helper'
    readonly at: Instant
  }[]
  /** Whom a resident talked with in the last 30 days: a report says which of several helpers it is about. The newest ten. */
  readonly helpers?: readonly PastHelper[]
  /** Of a coordinator: the newest ten. */
  readonly alarms?: readonly KnownAlarm[]
}
