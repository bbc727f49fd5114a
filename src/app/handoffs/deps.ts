/** What the engine of handoffs needs. */
import type { Alarming, AlarmView } from '../../core/help-types.js'
import type { Places } from '../../core/places-types.js'
import type { Collection } from '../../store/collection.js'
import type { ContactDocument, ConversationDocument, EvidenceDocument, HandoffDocument, TurnDocument } from '../../store/collections.js'
import type { AuditDocument } from '../../store/staff-documents.js'
import type { CaseWords } from '../help-list-case.js'
import type { MailOutcome } from '../mail.js'
import type { Ids, Keys, Log, Receive, Time } from '../ports.js'

export interface HandoffsDeps {
  readonly handoffs: Collection<HandoffDocument>
  readonly contacts: Collection<ContactDocument>
  readonly conversations: Collection<ConversationDocument>
  readonly turns: Collection<TurnDocument>
  readonly evidence: Collection<EvidenceDocument>
  readonly audit: Collection<AuditDocument>
  readonly receive: Receive
  readonly places: () => Places
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Time
  readonly log: Log
  readonly alarms: Alarms
  /** Mails a one-time link of a case to a network without an account. */
  readonly sendCase: (order: {
    readonly id: string
    readonly handoff: string
    readonly network: string
  }) => Promise<MailOutcome | 'no-mail' | 'over'>
  /** Meta granted the Human Agent feature. */
  readonly humanAgent: boolean
  readonly scrub: () => Promise<void>
  /** How a coordinator with that language reads a case. */
  readonly caseWords: (language: string) => CaseWords
}

/** Calls whoever is on call. Each may be given again with the same id. */
export interface Alarms {
  raise(alarm: { readonly id: string; readonly area: string; readonly about: AlarmView }): Promise<void>
  /** Nobody need look at this handoff any more, but for alarms of `except`. */
  over(handoff: string, except?: Alarming): Promise<void>
  /** True while nobody has seen an alarm of this handoff that was raised for this reason. */
  isUnseen(handoff: string, why: Alarming): Promise<boolean>
  /** Whether an alarm of this handoff went to this entry of who is on call. */
  wasTold(handoff: string, onCall: string): Promise<boolean>
  /** Whoever wanted to be a volunteer wants it no more, or is no longer here: nothing is left of their application. */
  applicantGone(contact: string): Promise<void>
}
