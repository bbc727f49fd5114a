/** Erasure in the middle: whoever is on the way is told not to go, tasks go back, and words are taken out of the other side's turns. */
import { blankWordsOf } from './blank.js'
import { command } from './change.js'
import { deliver, tell } from './deliver.js'
import type { HandoffsDeps } from './deps.js'
import { leave } from './volunteers.js'

const PAGE = 200

/** Before a contact is removed. Repeats safely. Throws `StoreUnavailable`. */
export async function forget(deps: HandoffsDeps, contact: string): Promise<void> {
  const id = `erased:${contact}`
  const touched = new Set<string>()
  const own = await deps.handoffs.find({ contact }, { sort: ['contact'], limit: PAGE })
  for (const { _id } of own) {
    await command(deps, { handoff: _id, id, by: { as: 'resident', contact }, command: { type: 'cancel' } })
    await deliver(deps, _id)
    await tellHelpers(deps, _id, id)
    await deps.alarms.over(_id)
  }
  const known = await deps.contacts.get(contact)
  for (const handoff of Object.keys({ ...known?.volunteer?.load.tasks, ...known?.volunteer?.load.offers })) touched.add(handoff)
  await leave(deps, contact, id)
  for (const handoff of touched) await deliver(deps, handoff)
  await blankWordsOf(deps, contact)
}

/** Whoever talked with them forgets what they were called. */
async function tellHelpers(deps: HandoffsDeps, handoff: string, id: string): Promise<void> {
  const document = await deps.handoffs.get(handoff)
  if (document?.handoff === undefined) return
  for (const volunteer of new Set(document.handoff.relays.map((relay) => relay.volunteer)))
    await tell(deps, document, { id: `${id}:${handoff}`, contact: volunteer, news: { what: 'other-erased' } })
}
