/** What volunteers change about themselves, and what time does to their duty. */
import type { HelpEffect } from '../../core/help-types.js'
import type { Instant } from '../../core/types.js'
import { NO_LOAD, type VolunteerChange, type Volunteering, type VolunteerLoad } from '../../core/volunteer-types.js'
import type { ContactDocument, TurnDocument } from '../../store/collections.js'
import { command } from './change.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { changeVolunteer, hasPart, noteLoad } from './load.js'
import { lookAgain } from './look-again.js'
import { pausedBySelf, resumedBySelf } from './pauses.js'
import { setAside } from './under-age.js'

/** At 20 hours of silence one tap renews a duty; at 24 Messenger's window closes, and the duty ends. */
const ENDING_MS = 4 * 3_600_000
const PAGE = 100
/** A place kept for an offer that is still being made is younger. */
const LOOSE_MS = 2 * 60_000
/** Applied effects that a contact remembers; more than can be open at once. */
const APPLIED_MAX = 50

type VolunteerEffect = Extract<HelpEffect, { type: 'volunteer' }>

/** Carries out what a volunteer changes; the same effect again changes nothing more. Throws `StoreUnavailable`. */
export async function changeSelf(deps: HandoffsDeps, { change }: VolunteerEffect, id: string, turn: TurnDocument): Promise<void> {
  const { contact } = turn
  if (change.do === 'apply') return apply(deps, change, id, turn)
  if (change.do === 'leave') return leave(deps, contact, id)
  if (change.do === 'under-age') return setAside(deps, id, turn)
  const changed = await changeVolunteer(deps.contacts, contact, (known) => after(known, change, deps.time.now()))
  const { volunteer } = changed ?? {}
  const isFree = (change.do === 'duty' && change.on) || (change.do === 'pause' && !change.on)
  if (volunteer !== undefined && isFree) await lookAgain(deps, { network: volunteer.network, volunteer: contact, id })
}

function after(
  known: Volunteering,
  change: Exclude<VolunteerChange, { do: 'apply' | 'leave' | 'under-age' }>,
  now: Instant,
): Volunteering | undefined {
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
      return change.on ? pausedBySelf(known) : resumedBySelf(known)
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
  await letGo(deps, { contact, id, load: known.volunteer.load })
  // Before they are no volunteer any more: a repetition after a crash finds it.
  if (known.volunteer.promise !== undefined) await deps.alarms.applicantGone(contact)
  for (;;) {
    const latest = await deps.contacts.get(contact)
    if (latest?.volunteer === undefined) return
    const { volunteer: _, ...rest } = latest
    if ((await deps.contacts.replace(rest)) === 'ok') return
  }
}

interface LettingGo {
  readonly contact: string
  readonly id: string
  readonly load: VolunteerLoad
}

/** Says no to what they were asked and hands back what they have, also where what they have is not noted on their contact yet. */
export async function letGo(deps: HandoffsDeps, { contact, id, load }: LettingGo): Promise<void> {
  const by = { as: 'volunteer', contact } as const
  for (const handoff of Object.keys({ ...load.tasks, ...load.offers })) {
    const order = { handoff, id: `${id}:${handoff}`, by }
    const said = await command(deps, { ...order, command: { type: 'decline' } })
    if ('refused' in said) await command(deps, { ...order, command: { type: 'hand-back', reason: 'other' } })
  }
}

/** Duties that end soon or have ended: their people are told, once; places that nothing keeps are free again. Throws `StoreUnavailable`. */
export async function lookAtDuties(deps: HandoffsDeps): Promise<void> {
  const now = deps.time.now()
  for await (const { _id, volunteer } of openUntil(deps, { from: 0, below: now + ENDING_MS + 1 })) {
    if (volunteer.openUntil <= now) await endDuty(deps, _id, volunteer.openUntil)
    else await tellDuty(deps, { contact: _id, openUntil: volunteer.openUntil, is: 'ending' })
  }
  for await (const { _id, volunteer } of openUntil(deps, { from: now + 1 })) await freeLoose(deps, _id, volunteer)
}

interface Open {
  readonly _id: string
  readonly volunteer: Volunteering & { readonly openUntil: Instant }
}

/** Volunteers whose window closes then. More who share one moment than a page holds are seen when it has passed. */
async function* openUntil({ contacts }: HandoffsDeps, range: { readonly from: Instant; readonly below?: Instant }): AsyncGenerator<Open> {
  for (let after: Instant[] | undefined; ; ) {
    const where = { 'volunteer.openUntil': range }
    const page = await contacts.find(where, { sort: ['volunteer.openUntil'], limit: PAGE, ...(after === undefined ? {} : { after }) })
    for (const { _id, volunteer } of page) {
      const until = volunteer?.openUntil
      if (volunteer !== undefined && until !== undefined) yield { _id, volunteer: { ...volunteer, openUntil: until } }
    }
    const last = page.at(-1)?.volunteer?.openUntil
    if (last === undefined || page.length < PAGE) return
    after = [last]
  }
}

/** Frees places kept for offers that were never made, as after a crash, or that are gone. */
async function freeLoose(deps: HandoffsDeps, contact: string, { load, network, openUntil: until }: Open['volunteer']): Promise<void> {
  const now = deps.time.now()
  const old = Object.entries({ ...load.offers, ...load.tasks }).filter(([, since]) => now - since >= LOOSE_MS)
  for (const [handoff] of old) {
    if (hasPart(await deps.handoffs.get(handoff), contact)) continue
    const id = `loose:${handoff}:${contact}:${until}`
    if (await noteLoad(deps, { handoff, volunteer: contact })) await lookAgain(deps, { network, volunteer: contact, id })
  }
}

/** The rest is found again while `openUntil` stands: whoever does it after a crash tells it once. */
export async function endDuty(deps: HandoffsDeps, contact: string, until: Instant): Promise<void> {
  const ended = await changeVolunteer(deps.contacts, contact, (known) => {
    const { dutySince: _, ...off } = known
    return off.openUntil === until ? off : undefined
  })
  if (ended === undefined) return
  await tellDuty(deps, { contact, openUntil: until, is: 'ended' })
  await changeVolunteer(deps.contacts, contact, ({ openUntil: known, ...off }) => {
    return known === until && off.dutySince === undefined ? off : undefined
  })
}

async function tellDuty(deps: HandoffsDeps, { contact, openUntil, is }: { contact: string; openUntil: Instant; is: 'ending' | 'ended' }) {
  const conversation = await conversationOf(deps.conversations, contact)
  if (conversation === undefined) return
  await deps.receive(conversation, { id: `duty:${contact}:${openUntil}:${is}`, at: deps.time.now(), type: 'duty', is })
}
