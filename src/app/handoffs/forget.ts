/** Erasure in the middle: whoever is on the way is told not to go, tasks go back, and words are taken out of the other side's turns. */
import { NO_LOAD, type VolunteerLoad } from '../../core/volunteer-types.js'
import { blankWordsOf } from './blank.js'
import { command } from './change.js'
import { deliver, tell, undecided } from './deliver.js'
import type { HandoffsDeps } from './deps.js'
import { leave, letGo } from './volunteers.js'

const PAGE = 200

/** Before a contact is removed. Repeats safely. Throws `StoreUnavailable`. */
export async function forget(deps: HandoffsDeps, contact: string): Promise<void> {
  const id = `erased:${contact}`
  const own = await deps.handoffs.find({ contact }, { sort: ['contact'], limit: PAGE })
  for (const document of own) {
    const { _id } = document
    await command(deps, { handoff: _id, id, by: { as: 'resident', contact }, command: { type: 'cancel' } })
    await deliver(deps, _id)
    await tellHelpers(deps, _id, id)
    await deps.alarms.over(_id, undecided(document))
  }
  await helpNoMore(deps, contact, id)
  await blankWordsOf(deps, contact)
}

/** What they have goes back, and whom they helped is told, before they are no volunteer any more: a repetition after a crash finds it all. */
async function helpNoMore(deps: HandoffsDeps, contact: string, id: string): Promise<void> {
  const load = await loadOf(deps, contact)
  await letGo(deps, { contact, id, load })
  for (const handoff of Object.keys({ ...load.tasks, ...load.offers })) await deliver(deps, handoff)
  for (const { handoff } of load.lately) await tellResident(deps, { handoff, contact, id })
  // They may have been asked for something else meanwhile.
  const latest = await loadOf(deps, contact)
  await leave(deps, contact, id)
  for (const handoff of Object.keys({ ...latest.tasks, ...latest.offers })) await deliver(deps, handoff)
}

async function loadOf({ contacts }: HandoffsDeps, contact: string): Promise<VolunteerLoad> {
  return (await contacts.get(contact))?.volunteer?.load ?? NO_LOAD
}

interface Erased {
  readonly handoff: string
  readonly contact: string
  readonly id: string
}

/** Whom they helped forgets what they were called. */
async function tellResident(deps: HandoffsDeps, { handoff, contact, id }: Erased): Promise<void> {
  const document = await deps.handoffs.get(handoff)
  for (const { volunteer, from } of document?.handoff?.relays ?? [])
    if (document !== undefined && volunteer === contact) {
      const news = { what: 'other-erased', began: from } as const
      await tell(deps, document, { id: `${id}:${handoff}:${from}`, contact: document.contact, news })
    }
}

/** Whoever talked with them forgets what they were called. */
async function tellHelpers(deps: HandoffsDeps, handoff: string, id: string): Promise<void> {
  const document = await deps.handoffs.get(handoff)
  if (document?.handoff === undefined) return
  for (const volunteer of new Set(document.handoff.relays.map((relay) => relay.volunteer)))
    await tell(deps, document, { id: `${id}:${handoff}`, contact: volunteer, news: { what: 'other-erased' } })
}
