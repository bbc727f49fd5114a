/** The request that a member of staff means; what they may not see is to them as if it were not there. */
import { isWithin } from '../../core/staff-types.js'
import type { HandoffDocument } from '../../store/collections.js'
import type { BoardDeps, Viewer } from './board-deps.js'
import { isDanger } from './board-place.js'

/** `H-4F7K`, as people write it. */
const RECEIPT = /^h-[0-9a-z]{4}$/i

/** Whether a text names a request by its number, and not by its id. */
export function isReceipt(named: string): boolean {
  return RECEIPT.test(named)
}

/** Requests of one number: a number is given again only by chance. */
const SAME_MAX = 20

/** Whether this request is of their areas, and not of danger for whoever is not marked for safeguarding. */
function maySee({ area, task }: Pick<HandoffDocument, 'area' | 'task'>, { areas, safeguarding }: Omit<Viewer, 'staff'>): boolean {
  return isWithin([area], areas) && (safeguarding || !isDanger(task))
}

/** By its id, or by its number: of two with one number the open one, else the newest. Throws `StoreUnavailable`. */
export async function findRequest(
  { collections: { handoffs } }: { readonly collections: Pick<BoardDeps['collections'], 'handoffs'> },
  viewer: Omit<Viewer, 'staff'>,
  named: string,
): Promise<HandoffDocument | undefined> {
  if (!isReceipt(named)) {
    const found = await handoffs.get(named)
    return found !== undefined && maySee(found, viewer) ? found : undefined
  }
  const found = await handoffs.find({ receipt: named.toUpperCase() }, { sort: ['receipt'], limit: SAME_MAX })
  const seen = found.filter((one) => maySee(one, viewer)).toSorted((a, b) => b.openedAt - a.openedAt)
  return seen.find(({ state }) => state === 'open') ?? seen[0]
}
