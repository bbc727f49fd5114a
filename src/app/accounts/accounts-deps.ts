/** What signing in and letting people in need. */
import type { Collection } from '../../store/collection.js'
import type { OneTimeDocument } from '../../store/collections.js'
import type { AuditDocument, LoginDocument, StaffDocument } from '../../store/staff-documents.js'
import type { Mail } from '../mail.js'
import type { Ids, Keys, Log, Time } from '../ports.js'

export interface AccountsDeps {
  readonly staff: Collection<StaffDocument>
  readonly logins: Collection<LoginDocument>
  readonly audit: Collection<AuditDocument>
  readonly oneTimes: Collection<OneTimeDocument>
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Pick<Time, 'now' | 'sleep'>
  readonly log: Log
  /** Absent where no mail server is set up. */
  readonly mail?: Mail
  /** Address that staff reach, without a slash at its end. */
  readonly publicUrl: () => string
}
