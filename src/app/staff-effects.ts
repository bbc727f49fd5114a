/** What staff do in the chat that is about no request: seeing alarms, answering applicants; and one-time words, typed by anybody. */
import type { HelpEffect, HelpResult } from '../core/help-types.js'
import type { TurnDocument } from '../store/collections.js'
import type { Alarms } from './alarms.js'
import { type ApproveDeps, decideVolunteer } from './approve.js'
import { type OneTimesDeps, useOneTime } from './one-times.js'

export type StaffEffect = Extract<HelpEffect, { type: 'acknowledge' | 'approve' | 'word' }>

export interface StaffEffectsDeps extends ApproveDeps, OneTimesDeps {
  readonly seen: Pick<Alarms, 'acknowledge'>
}

/** Carries out an effect of a turn; `id` is the effect's, and the same one again has no second effect. Throws `StoreUnavailable`. */
export async function applyStaffEffect(deps: StaffEffectsDeps, effect: StaffEffect, id: string, turn: TurnDocument): Promise<HelpResult> {
  switch (effect.type) {
    case 'acknowledge': {
      const done = await deps.seen.acknowledge(effect.alarm, turn.contact)
      return { command: 'acknowledge', alarm: effect.alarm, ...(done === 'ok' ? {} : { refused: done }) }
    }
    case 'approve': {
      const done = await decideVolunteer(deps, { volunteer: effect.volunteer, yes: effect.yes, by: turn.contact, id })
      return { command: 'approve', ...(done === 'ok' ? {} : { refused: done }) }
    }
    case 'word':
      return { command: 'word', ...(await useOneTime(deps, effect.word, turn.contact)) }
  }
}
