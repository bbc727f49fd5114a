/** How the newest lines of the record come over those that are shown. */
import type { AuditLines } from './api.js'

/** The newest page over what is shown; it alone where lines between the two may be missing. */
export function withNewest(shown: AuditLines, newest: AuditLines): AuditLines {
  const ids = new Set(newest.lines.map(({ id }) => id))
  const older = shown.lines.filter(({ id }) => !ids.has(id))
  if (older.length === 0 || older.length === shown.lines.length) return newest
  return { ...shown, lines: [...newest.lines, ...older] }
}
