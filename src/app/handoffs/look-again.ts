/** Somebody can be asked who could not before: whoever waits is looked at again, the longest first. */
import { mattersTo } from '../../core/callout-bars.js'
import type { ContactDocument, HandoffDocument } from '../../store/collections.js'
import { callOut, networksFor, requestOf, settingsOf, volunteerOf } from './call-out.js'
import { amend } from './change.js'
import type { HandoffsDeps } from './deps.js'

/** Requests that are looked at for one who is free: such a person has a place or two. */
const LOOK = 20
const PAGE = 200
/** Waiting requests that are read to find them. */
const SCAN_MAX = 2000

export interface Freed {
  readonly network: string
  /** Who can be asked now; absent: it is not known who. */
  readonly volunteer?: string
  readonly id: string
}

/**
 * Looks again at requests that wait for people of a network, and for which whoever is free matters; what follows is carried out by whoever
 * looks at outboxes next. Throws `StoreUnavailable`.
 */
export async function lookAgain(deps: HandoffsDeps, { network, volunteer, id }: Freed): Promise<void> {
  let looked = 0
  let free = volunteer === undefined ? undefined : await deps.contacts.get(volunteer)
  for await (const document of waiting(deps)) {
    if (!isFor(deps, document, network) || (free !== undefined && !mattersHere(deps, document, free))) continue
    await lookAt(deps, document, { network, id: `${id}:again:${document._id}` })
    if (++looked === LOOK) return
    // They may have as much as they can by now.
    if (volunteer !== undefined) free = await deps.contacts.get(volunteer)
  }
}

/** The longest waiting first. */
async function* waiting({ handoffs }: HandoffsDeps): AsyncGenerator<HandoffDocument> {
  let after: (string | number)[] | undefined
  for (let read = 0; read < SCAN_MAX; read += PAGE) {
    const where = { 'handoff.state': { in: ['open', 'handed-back'] } }
    const page = await handoffs.find(where, { sort: ['openedAt', '_id'], limit: PAGE, ...(after ? { after } : {}) })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = [last.openedAt, last._id]
  }
}

function isFor(deps: HandoffsDeps, document: HandoffDocument, network: string): boolean {
  return document.details !== undefined && networksFor(deps.places(), document).some(({ id }) => id === network)
}

function mattersHere({ places, time }: HandoffsDeps, document: HandoffDocument, free: ContactDocument): boolean {
  const settings = settingsOf(places().networks[free.volunteer?.network ?? ''])
  const now = time.now()
  const volunteers = volunteerOf(free, settings, { document, now })
  const neighbours = places().places[document.area]?.neighbours ?? []
  const input = { request: requestOf(document), settings, volunteers, neighbours, seed: 0, now }
  return volunteers.some((volunteer) => mattersTo(input, volunteer))
}

/** It may be with another network by now: this one can help again. */
async function lookAt(deps: HandoffsDeps, document: HandoffDocument, { network, id }: { network: string; id: string }): Promise<void> {
  const handoff = document._id
  if (document.network !== network) await amend(deps, { handoff, id: `${id}:back` }, () => ({ change: { network, triedNetworks: [] } }))
  await callOut(deps, { handoff, id })
}
