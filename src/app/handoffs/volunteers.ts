/** What volunteers change about themselves, and what time does to their duty. */
import type { HelpEffect } from '../../core/help-types.js'
import type { Instant } from '../../core/types.js'
import { NO_LOAD, type VolunteerChange, type Volunteering } from '../../core/volunteer-types.js'
import type { ContactDocument, TurnDocument } from '../../store/collections.js'
import { command } from './change.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { changeVolunteer } from './load.js'
import { lookAgain } from './look-again.js'

/** At 20 hours of silence one tap renews a duty; at 24 Messenger's window closes, and the duty ends. */
const ENDING_MS = 4 * 3_600_000
const PAGE = 100
/** Applied effects that a contact remembers; more than can be open at once. */
const APPLIED_MAX = 50

type VolunteerEffect = Extract<HelpEffect, { type: 'volunteer' }>

/** Carries out what a volunteer changes; the same effect again changes nothing more. Throws `StoreUnavailable`. */
export async function changeSelf(deps: HandoffsDeps, { change }: VolunteerEffect, id: string, turn: TurnDocument): Promise<void> {
  const { contact } = turn
  if (change.do === 'apply') return apply(deps, change, id, turn)
  if (change.do === 'leave') return leave(deps, contact, id)
  const changed = await changeVolunteer(deps.contacts, contact, (known) => after(known, change, deps.time.now()))
  const { volunteer } = changed ?? {}
  const isFree = (change.do === 'duty' && change.on) || (change.do === 'pause' && !change.on)
  if (volunteer !== undefined && isFree) await lookAgain(deps, { network: volunteer.network, id })
}

function after(known: Volunteering, change: Exclude<VolunteerChange, { do: 'apply' | 'leave' }>, now: Instant): Volunteering | undefined {
  switch (change.do) {
    case 'update':
      return { ...known, ...change.form }
    case 'seen':
      return known.dutySince === undefined ? undefined : { ...known, openUntil: change.openUntil }
    case 'duty': {
      const { dutySince, openUntil: _, ...off } = known
      if (!change.on) return off
      return known.state === 'approved' ? { ...off, dutySince: dutySince ?? now, openUntil: change.openUntil } : undefined
    }
    case 'pause': {
      const { paused, ...going } = known
      // What a report paused, a coordinator lets go on.
      if (paused === 'report') return undefined
      return change.on ? { ...known, paused: 'self' } : going
    }
  }
}

async function apply(deps: HandoffsDeps, { form, promise }: Extract<VolunteerChange, { do: 'apply' }>, id: string, turn: TurnDocument) {
  const { contact } = turn
  for (;;) {
    const known: ContactDocument = (await deps.contacts.get(contact)) ?? { _id: contact, version: 1, applied: [] }
    if (known.applied.includes(id) || known.volunteer?.state === 'approved') break
    const file = known.volunteer?.file === undefined ? {} : { file: known.volunteer.file }
    const volunteer: Volunteering = { ...form, ...file, state: 'applied', adult: true, promise, vetting: [], load: NO_LOAD }
    const next = { ...known, volunteer, applied: [...known.applied, id].slice(-APPLIED_MAX) }
    const isNew = (await deps.contacts.get(contact)) === undefined
    if ((isNew ? await deps.contacts.insert(next) : await deps.contacts.replace(next)) === 'ok') break
  }
  const { network, languages, tasks, area } = form
  const about = { why: 'application', area, at: turn.at, volunteer: { contact, network, languages, tasks } } as const
  await deps.alarms.raise({ id: `alarm:${id}`, area, about })
}

/** Hands back what they have, says no to what they were asked, and is a volunteer no more. */
export async function leave(deps: HandoffsDeps, contact: string, id: string): Promise<void> {
  const known = await deps.contacts.get(contact)
  if (known?.volunteer === undefined) return
  const by = { as: 'volunteer', contact } as const
  const { tasks, offers } = known.volunteer.load
  for (const handoff of Object.keys(tasks))
    await command(deps, { handoff, id: `${id}:${handoff}`, by, command: { type: 'hand-back', reason: 'other' } })
  for (const handoff of Object.keys(offers)) await command(deps, { handoff, id: `${id}:${handoff}`, by, command: { type: 'decline' } })
  for (;;) {
    const latest = await deps.contacts.get(contact)
    if (latest?.volunteer === undefined) return
    const { volunteer: _, ...rest } = latest
    if ((await deps.contacts.replace(rest)) === 'ok') return
  }
}

/** Duties that end soon or have ended: their people are told, once. Throws `StoreUnavailable`. */
export async function lookAtDuties(deps: HandoffsDeps): Promise<void> {
  const now = deps.time.now()
  const where = { 'volunteer.openUntil': { from: 0, below: now + ENDING_MS + 1 } }
  const soon = await deps.contacts.find(where, { sort: ['volunteer.openUntil'], limit: PAGE })
  for (const { _id, volunteer } of soon) {
    const { openUntil = 0, dutySince } = volunteer ?? {}
    if (dutySince === undefined) continue
    if (openUntil <= now) await endDuty(deps, _id, openUntil)
    else await tellDuty(deps, { contact: _id, openUntil, is: 'ending' })
  }
}

async function endDuty(deps: HandoffsDeps, contact: string, openUntil: Instant): Promise<void> {
  const ended = await changeVolunteer(deps.contacts, contact, (known) => {
    const { dutySince: _, openUntil: until, ...off } = known
    return until === openUntil ? off : undefined
  })
  if (ended !== undefined) await tellDuty(deps, { contact, openUntil, is: 'ended' })
}

async function tellDuty(deps: HandoffsDeps, { contact, openUntil, is }: { contact: string; openUntil: Instant; is: 'ending' | 'ended' }) {
  const conversation = await conversationOf(deps.conversations, contact)
  if (conversation === undefined) return
  await deps.receive(conversation, { id: `duty:${contact}:${openUntil}:${is}`, at: deps.time.now(), type: 'duty', is })
}
