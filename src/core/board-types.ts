/** What staff see of requests and alarms, and what they do about them: the words between the console's page and the server. Plain data. */
import type { Reason } from './callout-types.js'
import type { CloseReason } from './closed-types.js'
import type { HandoffState } from './handoff-types.js'
import type { Alarming } from './help-types.js'
import type { RequestDetails } from './request-types.js'
import type { Instant, LanguageCode } from './types.js'

/** `waiting`: for a volunteer or for staff. `going`: somebody has it. `closed`: it is over. */
export const BOARD_LISTS = ['waiting', 'going', 'closed'] as const
export type BoardList = (typeof BOARD_LISTS)[number]

/** A line of the board. */
export interface RequestRow {
  readonly id: string
  readonly receipt: string
  readonly task: string
  readonly area: string
  readonly language: LanguageCode
  /** `plain`: of before there were rules, or of danger; staff alone have it. */
  readonly state: HandoffState | 'plain'
  readonly openedAt: Instant
  /** Since when nobody has it; absent while somebody does. */
  readonly waitsSince?: Instant
  readonly when?: RequestDetails['when']
  readonly stairwell?: string
  readonly wishes?: RequestDetails['wishes']
  /** Volunteers of the newest call-out: who was asked, and who said no. */
  readonly wave: number
  readonly asked: number
  readonly declined: number
  /** What the helper is called. */
  readonly helper?: string
  /** Name of the member of staff, or alias of the coordinator, who has it. */
  readonly staff?: string
  /** For somebody who has no chat. */
  readonly behalf?: true
  /** It stands still until a report is decided. */
  readonly frozen?: true
  /** Of danger or violence: only staff marked for safeguarding ever get this row. */
  readonly danger?: true
  readonly closed?: { readonly at: Instant; readonly reason: CloseReason }
  /** An alarm about it that nobody has seen yet. */
  readonly alarm?: { readonly id: string; readonly why: Alarming }
}

/** One page of a list, longest waiting first; of closed ones the newest first. */
export interface RequestPage {
  readonly rows: readonly RequestRow[]
  /** Absent on the last page. */
  readonly next?: string
  /** In the caller's areas and under the same filters: how many there are. */
  readonly counts: Readonly<Record<BoardList, number>>
}

/** Something that happened. `who`: alias or name, where it is known and may be shown. */
export interface TimelineEntry {
  readonly at: Instant
  /** An id of what happened; the page has its sentence. */
  readonly what: string
  readonly by?: string
  readonly who?: string
}

/** Why volunteers were or were not asked at one decision. */
export interface DecisionView {
  readonly at: Instant
  /** `wave`, `wait`, `network`, `widen` or `staff`. */
  readonly step: string
  readonly asked: readonly { readonly id: string; readonly name: string; readonly why: readonly Reason[]; readonly answer?: string }[]
  /** By the first reason that held. `names` are of those who were noted one by one. */
  readonly notAsked: readonly { readonly why: Reason; readonly count: number; readonly names: readonly string[] }[]
}

/** A line of the talk; a phrase card in the words of the reader's language. */
export interface TalkLine {
  readonly at: Instant
  readonly side: 'resident' | 'helper'
  readonly text: string
  readonly language?: LanguageCode
}

/** A note of staff; residents and volunteers never see it. */
export interface NoteView {
  readonly id: string
  readonly at: Instant
  readonly who: string
  readonly text: string
  /** Of the caller, and new enough to be taken back. */
  readonly mine?: true
}

export interface AlarmRow {
  readonly id: string
  readonly why: Alarming
  readonly area: string
  readonly at: Instant
  /** `nobody`: all on call were told in vain, or nobody is on call. */
  readonly state: 'open' | 'nobody' | 'acknowledged'
  /** Whoever saw it. */
  readonly by?: string
  /** Of a request: its id and number; of an applicant: their id. */
  readonly request?: { readonly id: string; readonly receipt: string; readonly task: string }
  readonly person?: string
  readonly tried: readonly {
    readonly name: string
    readonly at: Instant
    readonly by: 'mail' | 'chat'
    readonly delivered: boolean
  }[]
}

/** Everything staff see of one request. */
export interface RequestView extends RequestRow {
  /** In the resident's own words, redacted; empty where danger was recognised. */
  readonly note: string
  /** Of a case of danger: what was recognised, and numbers of the requests whose talks were open when it was written. */
  readonly dangerSeen?: { readonly kind: string; readonly talks: readonly string[] }
  readonly otherLanguages: readonly LanguageCode[]
  /** What the helper calls the resident. */
  readonly alias?: string
  readonly minor?: true
  /** A number that staff may call. */
  readonly callBack?: string
  /** Of one opened by staff for somebody without a chat: what both say at the door. */
  readonly codeWord?: string
  /** Name of the network that has it; else the names of all that were asked. */
  readonly network?: string
  readonly timeline: readonly TimelineEntry[]
  readonly decisions: readonly DecisionView[]
  readonly talk: readonly TalkLine[]
  readonly notes: readonly NoteView[]
  readonly alarms: readonly AlarmRow[]
  /** How both found it, once it is over. */
  readonly feedback: readonly { readonly by: 'resident' | 'helper'; readonly good: boolean; readonly words?: string }[]
  /** When the helper said that they come. */
  readonly agreed?: Instant
  /** A report that waits; `side`: whom it is about. */
  readonly report?: { readonly side: 'resident' | 'helper'; readonly at: Instant }
  /** Volunteers whom staff may choose by hand, best first; at most twenty. */
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly languages: readonly LanguageCode[] }[]
  /** Networks without an account here that it may be passed on to. */
  readonly networks: readonly { readonly id: string; readonly name: string }[]
  /** Other staff who have it open now. */
  readonly others: readonly string[]
  /** What may be done about it now. */
  readonly may: readonly RequestAct['do'][]
  /** What the caller saw; given back with an act, so that a change of somebody else meanwhile is told. */
  readonly seen: string
}

/** What staff do about a request. */
export type RequestAct =
  /** Whoever calls has it now; no volunteer is asked any more. `over`: also from a colleague who has it. */
  | { readonly do: 'take'; readonly over?: true }
  /** What `take` did is undone: back to the volunteers, or to all staff where no volunteer may have it. */
  | { readonly do: 'let-go' }
  /** The next volunteers are asked now. */
  | { readonly do: 'ask-more' }
  /** From whoever has it: to this volunteer by an offer, or to the next ones. */
  | { readonly do: 'reassign'; readonly to?: string }
  | { readonly do: 'close'; readonly reason: CloseReason; readonly tell: boolean }
  /** To the resident, as a person. */
  | { readonly do: 'write'; readonly text: string }
  /** To the helper, in the name of somebody without a chat. */
  | { readonly do: 'say'; readonly text: string }
  /** Address and doorbell of somebody without a chat: to the helper alone, who is on the way, until it is over. */
  | { readonly do: 'show-door'; readonly door: string }
  | { readonly do: 'note'; readonly text: string }
  /** A note of one's own, soon after. */
  | { readonly do: 'take-back-note'; readonly note: string }
  | { readonly do: 'pass-on'; readonly network: string; readonly consent: true }
  | { readonly do: 'decide-report'; readonly outcome: 'may-go-on' | 'stays-out' }

/** A request that staff open for somebody without a chat. */
export interface BehalfOrder {
  readonly task: string
  readonly area: string
  readonly language: LanguageCode
  readonly when: RequestDetails['when']
  readonly stairwell?: string
  readonly note: string
  readonly alias: string
  readonly wishes: RequestDetails['wishes']
  /** Made by the page, so that asking again opens one request. */
  readonly id: string
}

/** What the stream of events says has changed; the page asks for it anew. Ids alone. `presence`: who has the request of this id open. */
export interface BoardChange {
  readonly what: 'request' | 'presence' | 'alarm' | 'person' | 'place' | 'staff' | 'audit' | 'mode'
  readonly id: string
}
