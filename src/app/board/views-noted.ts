/** The record of who looked at what: a line for each view of a request, and none for the same page asking again and again. */
import type { Instant } from '../../core/types.js'
import type { HandoffDocument } from '../../store/collections.js'
import type { AccountsDeps } from '../accounts/accounts-deps.js'
import { note } from '../accounts/audit.js'

/** A page that is live asks anew with each change; one look is one line. */
const SAME_VIEW_MS = 10 * 60_000
/** Views kept in mind; beyond them a view may be noted once more. */
const VIEWS_MAX = 10_000

/** Writes down that this member of staff sees this request, before they do. Throws `StoreUnavailable`. */
export type NoteView = (accounts: AccountsDeps, staff: string, request: Pick<HandoffDocument, '_id' | 'receipt' | 'area'>) => Promise<void>

/** Each instance keeps its own account, so that a view is noted at least once. */
export function createNoteView(): NoteView {
  const noted = new Map<string, Instant>()
  return async (accounts, staff, { _id, receipt, area }) => {
    const now = accounts.time.now()
    const key = `${staff} ${_id}`
    const before = noted.get(key)
    if (before !== undefined && now - before < SAME_VIEW_MS) return
    await note(accounts, { who: staff, what: 'request-viewed', about: receipt }, [area])
    noted.delete(key)
    noted.set(key, now)
    const [oldest] = noted.keys()
    if (noted.size > VIEWS_MAX && oldest !== undefined) noted.delete(oldest)
  }
}
