/** The record of who did what: lines are added, and read by administrators of their area. Nothing changes one, and only age removes it. */
import type { Areas } from '../../core/staff-types.js'
import type { Instant } from '../../core/types.js'
import type { AuditDocument } from '../../store/staff-documents.js'
import type { AccountsDeps } from './accounts-deps.js'

/** Who acts where nobody signs in. */
export const COMMAND_LINE = 'command line'
export const START = 'start'

/** Lines of one page. */
export const AUDIT_PAGE = 50

type AuditDeps = Pick<AccountsDeps, 'audit' | 'ids'> & { readonly time: Pick<AccountsDeps['time'], 'now'> }

export type AuditLine = Pick<AuditDocument, 'who' | 'what' | 'about'>

/** Writes one line for each of `areas`, so that the administrators of each read it. Throws `StoreUnavailable`. */
export async function note({ audit, ids, time }: AuditDeps, line: AuditLine, areas: Areas): Promise<void> {
  const at = time.now()
  const each = areas === 'all' || areas.length === 0 ? [''] : areas
  await Promise.all(each.map((area) => audit.insert({ _id: ids.next(), version: 1, at, ...line, area })))
}

/** Where the page before ended. */
export interface AuditPlace {
  readonly at: Instant
  readonly id: string
}

/** Lines of these areas, newest first; `all` also holds what is about the whole installation. Throws `StoreUnavailable`. */
export function readAudit({ audit }: AuditDeps, areas: Areas, before?: AuditPlace): Promise<readonly AuditDocument[]> {
  const page = { sort: ['at', '_id'], descending: true, limit: AUDIT_PAGE } as const
  const where = areas === 'all' ? {} : { area: { in: areas } }
  return audit.find(where, { ...page, ...(before === undefined ? {} : { after: [before.at, before.id] }) })
}
