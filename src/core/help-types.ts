/** What crosses between conversations and requests: events that conversations receive, and effects that they have. Plain data. */
import type { Wish } from './callout-types.js'
import type { AlarmReason, HandBackReason, HandoffRefusal, Told } from './handoff-types.js'
import type { Expected, OfferView, TalkView } from './request-types.js'
import type { Instant, LanguageCode } from './types.js'
import type { VolunteerChange } from './volunteer-types.js'

// ---------------------------------------------------------------- events

/** What a conversation hears of a handoff. */
export type News =
  /** Something happened, said by id. `alias`: of whoever did it; `at`: an agreed time; `staff`: nobody else is there, and staff have it. */
  | {
      readonly what: 'told'
      readonly told: Told
      readonly side: 'resident' | 'volunteer'
      readonly alias?: string
      readonly at?: Instant
      readonly staff?: true
    }
  | { readonly what: 'offer'; readonly offer: OfferView }
  | { readonly what: 'talk-begins'; readonly talk: TalkView; readonly note?: string }
  | { readonly what: 'talk-ends' }
  /** The resident shows the helper their door. */
  | { readonly what: 'door'; readonly door: string }
  | { readonly what: 'alias'; readonly alias: string }
  /** May this wish be widened? `free` people could be asked then. */
  | { readonly what: 'widen'; readonly wish: Wish; readonly free: number }
  /** How it stands with staff: told (a delivery succeeded), nobody told (who reads it `before`, if known), or somebody has it. */
  | { readonly what: 'staff'; readonly is: 'told' | 'not-told' | 'has-it'; readonly urgent: boolean; readonly before?: Instant }
  /** May it be passed on to this network? */
  | { readonly what: 'may-pass-on'; readonly network: string }
  | { readonly what: 'passed-on'; readonly network: string; readonly phone?: string }
  | { readonly what: 'network-took-it'; readonly network: string }
  | { readonly what: 'were-you-helped' }
  /** After the end: was it all right? */
  | { readonly what: 'feedback'; readonly other: string }
  /** A kind word after a task; `heavy` after something hard. */
  | { readonly what: 'rest'; readonly heavy: boolean; readonly until: Instant }
  /** A person of the staff writes. */
  | { readonly what: 'written'; readonly text: string }
  /** Nothing was said for 20 hours. */
  | { readonly what: 'still-there' }
  /** The other side had everything erased. `began`: of a helper, which talk it was. */
  | { readonly what: 'other-erased'; readonly began?: Instant }

/** Words that crossed, or a phrase card by id that each reads in their own language. */
export type RelayWords = { readonly text: string } | { readonly card: string; readonly value?: string | number }

export type HelpEvent =
  /** `sender`: the contact whose words it holds; they go when that person is erased. */
  | {
      readonly type: 'news'
      readonly handoff: string
      readonly receipt: string
      readonly task: string
      readonly news: News
      readonly sender?: string
    }
  | {
      readonly type: 'relayed'
      readonly handoff: string
      readonly receipt: string
      readonly from: string
      readonly words: RelayWords
      readonly sender?: string
    }
  /** For one on call. `task`, `area` and `language` of the request; `application`: somebody wants to be a volunteer of `network`; `under-age`: one says that they are under 18. */
  | { readonly type: 'alarm'; readonly alarm: string; readonly about: AlarmView }
  | { readonly type: 'alarm-over'; readonly alarm: string }
  /** `under-age`: until staff have decided. `paused`, `resumed`: because of a report. `break-begun`, `break-ended`: staff did what they can do themselves. */
  | { readonly type: 'role'; readonly is: 'approved' | 'refused' | 'under-age' | 'paused' | 'resumed' | 'break-begun' | 'break-ended' }
  /** Four hours are left of it, it is over, or staff began it. */
  | { readonly type: 'duty'; readonly is: 'ending' | 'ended' | 'begun' }

/** Why somebody on call is told. */
export type Alarming = AlarmReason | 'application' | 'under-age'

export interface AlarmView {
  readonly why: Alarming
  readonly area: string
  readonly at: Instant
  readonly handoff?: string
  readonly receipt?: string
  readonly task?: string
  readonly language?: LanguageCode
  /** Who waits for approval: their contact, network and what they offer. */
  readonly volunteer?: {
    readonly contact: string
    readonly network: string
    readonly languages: readonly LanguageCode[]
    readonly tasks: readonly string[]
  }
}

// ---------------------------------------------------------------- effects

/** What a conversation asks of a handoff. The engine makes the code word of an `accept`. */
export type HandoffAsk =
  | { readonly type: 'accept' | 'decline' | 'on-the-way' | 'done' | 'cancel' | 'nobody-came' | 'of-age' | 'take' | 'reopen' | 'ask-more' }
  /** By a resident who had several helpers: the one whose talk began then. */
  | { readonly type: 'report'; readonly began?: Instant }
  | { readonly type: 'agree-time'; readonly at: Instant }
  | { readonly type: 'hand-back'; readonly reason: HandBackReason }
  | { readonly type: 'to-staff'; readonly why: AlarmReason }
  /** By the helper or staff: the resident is asked first. By the resident: yes or no. */
  | { readonly type: 'pass-on'; readonly network: string; readonly consent?: boolean }
  | { readonly type: 'decide-report'; readonly about: string; readonly outcome: 'may-go-on' | 'stays-out' }
  | { readonly type: 'show-door'; readonly door: string }
  /** A number that staff may call. */
  | { readonly type: 'call-back'; readonly phone: string }
  | { readonly type: 'rename'; readonly alias: string }
  | { readonly type: 'widen'; readonly wish: Wish; readonly yes: boolean }
  | { readonly type: 'helped'; readonly yes: boolean }
  | { readonly type: 'feedback'; readonly good: boolean; readonly words?: string }
  | { readonly type: 'write'; readonly text: string }
  /** What staff want to see of it, what they may do about it now, or how it may end now. */
  | { readonly type: 'show' | 'more' | 'ends' }

/** What a coordinator may do about a request in the chat: the act of its button. */
export type ChatAct = 'take' | 'write' | 'ask-more' | 'pass-on' | 'reopen' | 'close' | 'decide'

/** How a coordinator may close it in the chat: the act of its button. */
export type ChatEnd = 'helped' | 'not-needed'

export type HelpEffect =
  | { readonly type: 'handoff'; readonly handoff: string; readonly as: 'resident' | 'volunteer' | 'coordinator'; readonly ask: HandoffAsk }
  | { readonly type: 'relay'; readonly handoff: string; readonly words: RelayWords }
  | { readonly type: 'volunteer'; readonly change: VolunteerChange }
  /** Words of danger in a talk, or said by a helper about a resident. */
  | { readonly type: 'talk-danger'; readonly handoff: string }
  | { readonly type: 'acknowledge'; readonly alarm: string }
  /** Which alarms wait for this coordinator, also those that did not come into this chat. `known`: those that did. */
  | { readonly type: 'alarms'; readonly known: readonly string[] }
  | { readonly type: 'approve'; readonly volunteer: string; readonly yes: boolean }
  /** A typed one-time word. */
  | { readonly type: 'word'; readonly word: string }

/** How a command to a handoff ended, as the conversation that gave it hears it. */
export type HelpResult =
  | {
      readonly command: 'openHandoff'
      readonly receipt: string
      readonly handoff: string
      readonly task: string
      readonly expected?: Expected
    }
  | {
      readonly command: 'handoff'
      readonly as: 'resident' | 'volunteer' | 'coordinator'
      readonly handoff: string
      readonly receipt: string
      readonly ask: HandoffAsk['type']
      /** Absent: it was done. `gone`: there is no such request any more. `window-closed`: Messenger's rules. */
      readonly refused?: HandoffRefusal | 'gone' | 'window-closed' | 'bad-words'
      /** Lines for staff, of `show`. */
      readonly lines?: readonly string[]
      /** Of `more`: what would not be refused now. */
      readonly may?: readonly ChatAct[]
      /** Of `ends`: the same. */
      readonly ends?: readonly ChatEnd[]
    }
  | { readonly command: 'relay'; readonly handoff: string; readonly receipt: string; readonly refused: 'ended' }
  | { readonly command: 'approve'; readonly refused?: 'gone' | 'decided-before' | 'not-yours' }
  | { readonly command: 'acknowledge'; readonly alarm?: string; readonly refused?: 'gone' | 'by-another' }
  /** Danger first, then the oldest. */
  | { readonly command: 'alarms'; readonly alarms: readonly { readonly alarm: string; readonly about: AlarmView }[] }
  | { readonly command: 'word'; readonly is: 'coordinator' | 'volunteer' | 'wrong'; readonly area?: string }

// ---------------------------------------------------------------- buttons

/** A button about requests. `of` is a handoff, an alarm or a contact, by what it does. */
export type HelpAction =
  | { readonly do: 'intake'; readonly step: string; readonly value: string }
  | { readonly do: 'sign-up'; readonly step: string; readonly value: string }
  /** Of the resident's side, the volunteer's, or staff's; `value` says more, such as a reason or a network. */
  | { readonly do: 'request'; readonly act: string; readonly of: string; readonly value?: string }
  | { readonly do: 'task'; readonly act: string; readonly of: string; readonly value?: string }
  | { readonly do: 'staff'; readonly act: string; readonly of: string; readonly value?: string }
  /** Duty, hours, pause. */
  | { readonly do: 'volunteer'; readonly act: string; readonly value?: string }
  /** Whom typed words go to: a handoff, or Opgang when empty. With `send: true` the words that waited are sent on. `act`: something else about the talk. */
  | {
      readonly do: 'talk'
      readonly of: string
      readonly send?: true
      readonly act?: 'stop' | 'stop-yes' | 'report' | 'report-yes' | 'report-no' | 'alias' | 'well'
      /** Of a report: the talk of that request which began then. */
      readonly began?: Instant
    }
  /** A phrase card, or a page of them. */
  | { readonly do: 'card'; readonly of: string; readonly card?: string; readonly value?: string; readonly page?: number }
