/** Requests for a person, from the first word to the last: what conversations ask of them, and what time brings. */
import { DANGER_TASK } from '../../core/danger-card.js'
import type { HelpEffect, HelpResult } from '../../core/help-types.js'
import type { HandoffDocument, TurnDocument } from '../../store/collections.js'
import type { StaffTruth } from '../alarms-plan.js'
import { isDanger } from '../board/board-place.js'
import { carryOutAsk } from './asks.js'
import { type CaseAnswer, takeCaseAnswer } from './case-answer.js'
import { deliver, tell } from './deliver.js'
import type { HandoffsDeps } from './deps.js'
import { forget } from './forget.js'
import { look } from './look.js'
import { type Freed, lookAgain } from './look-again.js'
import { type OpenHandoff, type Opening, openedResult, openHandoff } from './open.js'
import { relay } from './relay.js'
import { actForStaff } from './staff-acts.js'
import type { StaffOrder, StaffOutcome } from './staff-order.js'
import { changeByStaff, type VolunteerByStaff, type VolunteerRefusal } from './staff-volunteer.js'
import { changeSelf, lookAtDuties } from './volunteers.js'

export type HandoffEffect = OpenHandoff | Extract<HelpEffect, { type: 'handoff' | 'relay' | 'volunteer' | 'talk-danger' }>

export interface Handoffs {
  /** Carries out an effect of a turn; the outcome is the turn's to hear. The same effect again has no second effect. Throws `StoreUnavailable`. */
  apply(effect: HandoffEffect, id: string, turn: TurnDocument): Promise<HelpResult | undefined>
  /** Does everything that is due; returns how many handoffs that were. Throws `StoreUnavailable`. */
  look(): Promise<number>
  /** Tells whose duty ends soon, and ends those whose window has closed. Throws `StoreUnavailable`. */
  lookAtDuties(): Promise<void>
  /** What a network without an account answers. Throws `StoreUnavailable`. */
  answerCase(answer: CaseAnswer): Promise<'done' | 'gone' | 'over'>
  /** The resident reads how it stands with staff. Throws `StoreUnavailable`. */
  tellStaff(handoff: string, truth: StaffTruth & { readonly id: string }): Promise<void>
  /** What staff do about it at the console. Throws `StoreUnavailable`. */
  actForStaff(order: StaffOrder): Promise<StaffOutcome>
  /** Opens a request that no turn asked for; the same `id` again finds it. Throws `StoreUnavailable`. */
  open(effect: OpenHandoff, id: string, opening: Opening): Promise<HandoffDocument>
  /** Staff change a volunteer's duty or pause; why not, where they cannot. Throws `StoreUnavailable`. */
  changeByStaff(change: VolunteerByStaff): Promise<VolunteerRefusal | undefined>
  /** Staff changed what decides whether this volunteer is asked: whoever waits is looked at again. Throws `StoreUnavailable`. */
  lookAgain(freed: Freed): Promise<void>
  /** Before a contact is removed. Throws `StoreUnavailable`. */
  forget(contact: string): Promise<void>
}

export function createHandoffs(deps: HandoffsDeps): Handoffs {
  return {
    apply: (effect, id, turn) => apply(deps, effect, { id, turn }),
    look: () => look(deps),
    lookAtDuties: () => lookAtDuties(deps),
    tellStaff: (handoff, truth) => tellStaff(deps, handoff, truth),
    answerCase: (answer) => answerCase(deps, answer),
    async actForStaff(order) {
      const outcome = await actForStaff(deps, order)
      if ('done' in outcome) await follow(deps, order.handoff)
      return outcome
    },
    async open(effect, id, opening) {
      const opened = await openHandoff(deps, effect, id, opening)
      await follow(deps, id)
      return opened
    },
    changeByStaff: (change) => changeByStaff(deps, change),
    lookAgain: (freed) => lookAgain(deps, freed),
    forget: (contact) => forget(deps, contact),
  }
}

interface Source {
  readonly id: string
  readonly turn: TurnDocument
}

async function apply(deps: HandoffsDeps, effect: HandoffEffect, { id, turn }: Source): Promise<HelpResult | undefined> {
  switch (effect.type) {
    case 'openHandoff': {
      await openHandoff(deps, effect, id, turn)
      await follow(deps, id)
      // A card promises nothing: whoever is in danger acts now and waits for nobody.
      return effect.task === DANGER_TASK ? undefined : openedResult(deps, id)
    }
    case 'handoff': {
      const result = await carryOutAsk(deps, { effect, id, turn })
      await follow(deps, result.handoff)
      return result
    }
    case 'relay':
      return relay(deps, effect, id, turn)
    case 'volunteer':
      await changeSelf(deps, effect, id, turn)
      return undefined
    case 'talk-danger':
      await alarmTalk(deps, effect.handoff, id)
      return undefined
  }
}

async function tellStaff(
  deps: HandoffsDeps,
  handoff: string,
  { id, is, before, why }: StaffTruth & { readonly id: string },
): Promise<void> {
  const document = await deps.handoffs.get(handoff)
  // Of danger nothing comes later into the chat: somebody else may hold the telephone then.
  if (document === undefined || isDanger(document.task)) return
  // Whom a report is about reads nothing of it.
  const reported = document.handoff?.reports.some(({ by }) => by === document.contact) ?? false
  if (why === 'report' && !reported) return
  // Why somebody wants to talk with a person is not known: where nobody reads it, it may matter.
  const urgent = document.details === undefined ? is === 'not-told' : document.details.when === 'now'
  const news = { what: 'staff', is, urgent, ...(before === undefined ? {} : { before }) } as const
  await tell(deps, document, { id, contact: document.contact, news })
}

async function answerCase(deps: HandoffsDeps, answer: CaseAnswer): Promise<'done' | 'gone' | 'over'> {
  const outcome = await takeCaseAnswer(deps, answer)
  await follow(deps, answer.handoff)
  return outcome
}

/** What follows is done now where it can be; what cannot stays in the outbox, and time brings it. */
async function follow(deps: HandoffsDeps, handoff: string): Promise<void> {
  await deliver(deps, handoff).catch((error: unknown) =>
    deps.log.warn('what follows from a request could not be done now; tried again', { handoff, error }),
  )
}

/** Words of danger in a talk: somebody on call is told, whichever side wrote them, and not again while nobody has seen it. */
async function alarmTalk(deps: HandoffsDeps, handoff: string, id: string): Promise<void> {
  const document = await deps.handoffs.get(handoff)
  if (document === undefined || (await deps.alarms.isUnseen(handoff, 'danger'))) return
  const { area, receipt, task, language } = document
  const about = { why: 'danger' as const, area, at: deps.time.now(), handoff, receipt, task, language }
  await deps.alarms.raise({ id: `alarm:${id}`, area, about })
}
