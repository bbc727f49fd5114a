/** What staff do in the chat that is about no request: seeing alarms, answering applicants; and one-time words, typed by anybody. */
import type { HelpEffect, HelpResult } from '../core/help-types.js'
import type { TurnDocument } from '../store/collections.js'
import type { AuditDocument } from '../store/staff-documents.js'
import type { AccountsDeps } from './accounts/accounts-deps.js'
import type { Alarms } from './alarms.js'
import { type ApproveDeps, decideVolunteer } from './approve.js'
import { type OneTimesDeps, useOneTime } from './one-times.js'

export type StaffEffect = Extract<HelpEffect, { type: 'acknowledge' | 'alarms' | 'approve' | 'word' }>

export interface StaffEffectsDeps extends ApproveDeps, OneTimesDeps, Pick<AccountsDeps, 'audit'> {
  readonly seen: Pick<Alarms, 'acknowledge' | 'waiting'>
}

/** Carries out an effect of a turn; `id` is the effect's, and the same one again has no second effect. Throws `StoreUnavailable`. */
export async function applyStaffEffect(deps: StaffEffectsDeps, effect: StaffEffect, id: string, turn: TurnDocument): Promise<HelpResult> {
  switch (effect.type) {
    case 'acknowledge': {
      const done = await deps.seen.acknowledge(effect.alarm, turn.contact)
      if (done === 'ok') await noteAlarm(deps, effect.alarm, id, turn)
      return { command: 'acknowledge', alarm: effect.alarm, ...(done === 'ok' ? {} : { refused: done }) }
    }
    case 'alarms':
      return { command: 'alarms', alarms: await deps.seen.waiting(turn.contact, effect.known) }
    case 'approve': {
      const done = await decideVolunteer(deps, { volunteer: effect.volunteer, yes: effect.yes, by: turn.contact, id })
      if (done === 'ok') await noteAnswer(deps, effect, id, turn)
      return { command: 'approve', ...(done === 'ok' ? {} : { refused: done }) }
    }
    case 'word':
      return { command: 'word', ...(await useOneTime(deps, effect.word, turn.contact)) }
  }
}

/** By the effect's id: carried out again, as after a crash, it is the same line. */
async function noteAlarm(deps: StaffEffectsDeps, alarm: string, id: string, turn: TurnDocument): Promise<void> {
  const known = await deps.alarms.get(alarm)
  if (known === undefined) return
  const about = known.about.receipt ?? known.about.volunteer?.contact ?? ''
  await insertLine(deps, { _id: `chat:${id}`, who: turn.contact, what: 'alarm-acknowledged', about, area: known.area })
}

async function noteAnswer(deps: StaffEffectsDeps, effect: Extract<StaffEffect, { type: 'approve' }>, id: string, turn: TurnDocument) {
  const area = (await deps.contacts.get(effect.volunteer))?.volunteer?.area
  if (area === undefined) return
  const what = effect.yes ? 'person-approved' : 'person-refused'
  await insertLine(deps, { _id: `chat:${id}`, who: turn.contact, what, about: effect.volunteer, area })
}

async function insertLine({ audit, time }: StaffEffectsDeps, line: Omit<AuditDocument, 'version' | 'at'>): Promise<void> {
  await audit.insert({ version: 1, at: time.now(), ...line })
}
