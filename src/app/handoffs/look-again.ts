/** Somebody can be asked who could not before: whoever waits is looked at again, the longest first. */
import type { HandoffDocument } from '../../store/collections.js'
import { callOut, networksFor } from './call-out.js'
import { amend } from './change.js'
import type { HandoffsDeps } from './deps.js'

/** Requests that are looked at for one who is free: such a person has a place or two. */
const LOOK = 20
const PAGE = 200

/** Looks again at requests that wait for people of a network; what follows is carried out by whoever looks at outboxes next. Throws `StoreUnavailable`. */
export async function lookAgain(deps: HandoffsDeps, { network, id }: { readonly network: string; readonly id: string }): Promise<void> {
  const waiting = await deps.handoffs.find({ 'handoff.state': { in: ['open', 'handed-back'] } }, { sort: ['openedAt', '_id'], limit: PAGE })
  const mine = waiting.filter((document) => canHelp(deps, document, network)).slice(0, LOOK)
  for (const document of mine) await lookAt(deps, document, { network, id: `${id}:again:${document._id}` })
}

/** It may be with another network by now: this one can help again. */
async function lookAt(deps: HandoffsDeps, document: HandoffDocument, { network, id }: { network: string; id: string }): Promise<void> {
  const handoff = document._id
  if (document.network !== network) await amend(deps, { handoff, id: `${id}:back` }, () => ({ change: { network, triedNetworks: [] } }))
  await callOut(deps, { handoff, id })
}

function canHelp(deps: HandoffsDeps, document: HandoffDocument, network: string): boolean {
  return document.details !== undefined && networksFor(deps.places(), document).some(({ id }) => id === network)
}
