/** Whoever's account is changed is told by mail, whoever did it: by then somebody else may be signed in as them. */
import type { StaffDocument } from '../../store/staff-documents.js'
import type { AccountsDeps } from './accounts-deps.js'
import { type AccountChange, changeLetter } from './staff-letter.js'

/**
 * Tells `staff` of a change of how they sign in, at the address they have there; nothing without a mail server or an address. Not waited for:
 * what was done is done. The log has a line where the letter failed.
 */
export function tellOwner(
  { mail, ids, publicUrl }: Pick<AccountsDeps, 'mail' | 'ids' | 'publicUrl'>,
  staff: StaffDocument,
  change: AccountChange,
): void {
  if (mail === undefined || staff.mail === undefined) return
  void mail.send({ to: staff.mail, ...changeLetter(change, `${publicUrl()}/console#me`), id: `staff:${ids.next()}` })
}
