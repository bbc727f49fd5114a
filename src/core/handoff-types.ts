/** The words of a handoff: its states, who acts on it, what they can ask for, and what follows. Plain data that survives JSON. */
import type { StaffOnly } from './task-rules.js'
import type { Instant } from './types.js'

/**
 * `draft`: the resident has not confirmed. `open`: waits for a wave. `offered`: a wave is out. `handed-back`: somebody had it and has
 * not now; it waits as `open` does. `with-staff`: no volunteer is asked. `done` and `cancelled` are the end.
 */
export const HANDOFF_STATES = [
  'draft',
  'open',
  'offered',
  'accepted',
  'on-the-way',
  'done',
  'handed-back',
  'cancelled',
  'passed-on',
  'with-staff',
] as const
export type HandoffState = (typeof HANDOFF_STATES)[number]

/** `timer` is the program itself: its deadlines, and the waves it has decided. */
export const HANDOFF_ROLES = ['resident', 'assignee', 'volunteer', 'coordinator', 'staff', 'timer'] as const
export type HandoffRole = (typeof HANDOFF_ROLES)[number]

/** Who gives a command. A volunteer is the assignee by id, never by what they say. */
export type By = { readonly as: 'resident' | 'volunteer' | 'coordinator' | 'staff'; readonly contact: string } | { readonly as: 'timer' }

/** Reasons to hand back that a button offers; none of them blames. */
export const HAND_BACK_REASONS = ['no-time', 'ill', 'too-heavy', 'language', 'not-safe', 'other'] as const
export type HandBackReason = (typeof HAND_BACK_REASONS)[number]

/** T1: the first wave's end. T2: a later wave's. T3: staff. T4: the assignee is asked whether they come. T5: it is handed on. */
export type TimerId = 'T1' | 'T2' | 'T3' | 'T4' | 'T5'

/** Minutes, as the network had set them when the request was made: a new setting does not move a running deadline. */
export interface Timings {
  readonly t1: number
  readonly t2: number
  readonly t3: number
  readonly t4: number
  readonly t5: number
}

/** What can be asked of a handoff. */
export type HandoffCommand =
  | { readonly type: 'confirm' }
  /** What is asked for, where or with which wishes has changed; whoever was asked is asked anew. */
  | { readonly type: 'change'; readonly task?: string; readonly minor?: boolean }
  | { readonly type: 'offer'; readonly volunteers: readonly string[]; readonly deadline: Instant }
  /** Nobody can be asked before `until`. `afresh`: the time until staff are told runs from then (quiet hours). */
  | { readonly type: 'wait'; readonly until: Instant; readonly afresh: boolean }
  /** `codeWord`: made for this pair; both are told it. */
  | { readonly type: 'accept'; readonly codeWord: string }
  | { readonly type: 'decline' }
  /** Taken back before they answered, since nothing may be asked of them now. No "no" of theirs: they may be asked anew. */
  | { readonly type: 'withdraw-offer'; readonly volunteer: string }
  /** Their offers could not be sent, or did not arrive: nobody waits for them. */
  | { readonly type: 'could-not-be-reached'; readonly volunteers: readonly string[] }
  | { readonly type: 'agree-time'; readonly at: Instant }
  | { readonly type: 'on-the-way' }
  | { readonly type: 'done' }
  | { readonly type: 'hand-back'; readonly reason: HandBackReason }
  | { readonly type: 'nobody-came' }
  | { readonly type: 'cancel' }
  /** Staff close it; they decide themselves what its resident reads. */
  | { readonly type: 'close'; readonly helped: boolean }
  /** To people without an account here; `consent` is the resident's. */
  | { readonly type: 'pass-on'; readonly network: string; readonly consent: boolean }
  | { readonly type: 'to-staff'; readonly why: AlarmReason }
  /** Its resident was taken for a child, and says that they are 18 or over. */
  | { readonly type: 'of-age' }
  /** One of the staff has it now. `over`: from a colleague who has it. */
  | { readonly type: 'take'; readonly over?: true }
  /** Whoever of the staff has it has it no more; it stays with staff, and no volunteer is asked. */
  | { readonly type: 'let-go' }
  | { readonly type: 'reopen' }
  /** `about` is a contact; absent: the helper of the relay that began then, or the other side of the newest. */
  | { readonly type: 'report'; readonly about?: string; readonly began?: Instant }
  | { readonly type: 'decide-report'; readonly about: string; readonly outcome: 'may-go-on' | 'stays-out' }
  | { readonly type: 'timer'; readonly timer: TimerId; readonly turn: number }

/** Why staff are told. */
export type AlarmReason =
  | StaffOnly
  | 'nobody-in-time'
  | 'nobody-eligible'
  | 'nobody-came'
  | 'silent'
  | 'report'
  | 'too-heavy'
  | 'not-safe'
  | 'asked-for-staff'
  /** An offer did not reach a volunteer: somebody may ring them. */
  | 'could-not-be-reached'
  /** Two days after it was passed on its resident cannot be asked in a chat whether help came: somebody may ring them. */
  | 'ask-if-helped'
  /** It was passed on, and no mail of it went out: somebody may ring the network. */
  | 'not-mailed'
  | 'network-said-no'
  /** What follows from it was tried in vain: somebody looks instead. */
  | 'stuck'

/** Why a command was refused; locales have the sentence. */
export type HandoffRefusal =
  /** Of the state. */
  | 'not-confirmed'
  | 'waiting'
  | 'taken'
  | 'done'
  | 'cancelled'
  | 'passed-on'
  | 'with-staff'
  | 'frozen'
  /** Of who asks. */
  | 'not-yours'
  | 'own-request'
  | 'already-yours'
  | 'not-offered'
  | 'declined'
  | 'void'
  | 'too-late'
  | 'taken-by-staff'
  | 'own-report'
  /** Of what is asked. */
  | 'nobody-to-ask'
  | 'bad-time'
  | 'no-consent'
  | 'staff-only'
  | 'nobody-to-report'
  | 'too-long-ago'
  | 'already-reported'
  | 'nothing-to-decide'
  | 'stale-timer'
  | 'too-early'

/** `lost`: another took it. `withdrawn`: the request changed or went elsewhere, or the offer did not reach them or was taken back. `handed-back`: it was theirs and is not now. */
export interface Offer {
  readonly volunteer: string
  readonly at: Instant
  readonly wave: number
  readonly state: 'open' | 'accepted' | 'declined' | 'lost' | 'withdrawn' | 'handed-back'
}

/** Two who talk, or talked, through the bot. */
export interface Relay {
  readonly volunteer: string
  readonly from: Instant
  readonly until?: Instant
}

/** That one says the other did harm; `by` and `about` are contacts, also of staff who report for somebody. */
export interface Report {
  readonly by: string
  readonly about: string
  /** The helper's side of the pair. */
  readonly volunteer: string
  readonly at: Instant
  readonly decided?: { readonly by: string; readonly at: Instant; readonly outcome: 'may-go-on' | 'stays-out' }
}

/** A deadline that is still to come. */
export interface PendingTimer {
  readonly timer: TimerId
  readonly due: Instant
  /** Tells this timer from an earlier one of its name. */
  readonly turn: number
}

/** A request for a person, as far as its rules reach: its words, place and wishes are kept beside it. */
export interface Handoff {
  readonly resident: string
  readonly task: string
  readonly minor: boolean
  readonly state: HandoffState
  readonly timings: Timings
  /** Waves since the newest call-out began; 0 before the first. */
  readonly wave: number
  /** When the newest call-out began: T3 runs from here. */
  readonly callOutAt?: Instant
  readonly offers: readonly Offer[]
  readonly relays: readonly Relay[]
  readonly reports: readonly Report[]
  /** What is still to come; a timer that is not here is stale. */
  readonly timers: readonly PendingTimer[]
  /** Timers set so far; the next one's turn. */
  readonly turns: number
  readonly assignee?: string
  readonly codeWord?: string
  /** Nothing moves until a coordinator has decided the report. */
  readonly frozen?: true
  /** Who of the staff has it. */
  readonly staff?: string
  readonly passedTo?: string
  readonly endedAt?: Instant
}

/** What a person is told, by id. */
export type Told =
  | 'looking'
  | 'found'
  | 'taken'
  | 'changed'
  | 'offer-withdrawn'
  | 'are-you-coming'
  | 'asked-if-coming'
  | 'time-agreed'
  | 'on-the-way'
  | 'handed-on'
  | 'handed-back'
  | 'thanks'
  | 'done'
  | 'do-not-go'
  | 'cancelled'
  | 'passed-on'
  | 'with-staff'
  | 'report-taken'
  | 'relay-ended'

/** What follows from a transition, in order. */
export type HandoffEvent =
  | { readonly type: 'tell'; readonly contact: string; readonly what: Told }
  | { readonly type: 'offer'; readonly volunteers: readonly string[]; readonly wave: number }
  /** Decide who is asked next. */
  | { readonly type: 'call-out' }
  | ({ readonly type: 'timer' } & PendingTimer)
  /** `ends`: no word crosses any more, and the door is hidden from the volunteer. */
  | { readonly type: 'relay'; readonly is: 'begins' | 'ends'; readonly volunteer: string }
  /** Both sides say it at the door; a new one for every pair. */
  | { readonly type: 'code-word'; readonly word: string; readonly volunteer: string }
  | { readonly type: 'alarm'; readonly why: AlarmReason }
  /** All offers and open tasks of this person stop, or may go on. */
  | { readonly type: 'pause' | 'resume'; readonly contact: string }
  | { readonly type: 'keep-transcript'; readonly volunteer: string }
  /** A kind word and rest; `heavy` after something hard. */
  | { readonly type: 'rest'; readonly contact: string; readonly heavy: boolean }
  /** Ask then whether help came. */
  | { readonly type: 'ask-if-helped'; readonly due: Instant }

/** The next handoff and what follows, or why not; then nothing has changed. */
export type Outcome = { readonly handoff: Handoff; readonly events: readonly HandoffEvent[] } | { readonly refused: HandoffRefusal }
