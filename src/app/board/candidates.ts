/** Whom staff may choose by hand for a request: those whom its rules let be asked now. */

import type { RequestView } from '../../core/board-types.js'
import { decideCallOut } from '../../core/callout.js'
import type { HandoffDocument } from '../../store/collections.js'
import { networksFor, reportedWith, requestOf, settingsOf, volunteersOf } from '../handoffs/call-out.js'
import type { BoardDeps } from './board-deps.js'

/** As many as somebody reads before they choose. */
const CANDIDATES_MAX = 20

/**
 * The nearest first, as in a wave, from the networks of the task one after another. Every bar of a call-out holds, and so
 * do its quiet hours. None for what is for staff alone. Throws `StoreUnavailable`.
 */
export async function candidatesOf(deps: BoardDeps, document: HandoffDocument): Promise<RequestView['candidates']> {
  if (document.handoff === undefined || document.details === undefined) return []
  const { places, collections } = deps
  const now = deps.time.now()
  const shared = await reportedWith(collections, document.contact)
  const request = requestOf(document, { otherNetworks: [], reportedWith: shared })
  const found: RequestView['candidates'][number][] = []
  for (const network of networksFor(places.current(), document)) {
    const volunteers = await volunteersOf(collections, network, { document, now })
    const decision = decideCallOut({
      // As in a later wave that begins now: it reaches the areas beside, and its time is not over.
      request: { ...request, waves: 1, openedAt: now },
      settings: { ...settingsOf(network), k: CANDIDATES_MAX - found.length },
      volunteers,
      neighbours: places.current().places[document.area]?.neighbours ?? [],
      seed: 0,
      now,
    })
    for (const id of decision.step === 'wave' ? decision.volunteers : []) {
      const volunteer = (await collections.contacts.get(id))?.volunteer
      if (volunteer !== undefined) found.push({ id, name: volunteer.alias, languages: volunteer.languages })
    }
    if (found.length >= CANDIDATES_MAX) break
  }
  return found
}
