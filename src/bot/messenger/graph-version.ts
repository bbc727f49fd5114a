import type { Instant } from '../../core/types.js'

/** Last day of each version (Graph API changelog, 29 Jul 2026). The newest has no date yet. */
const ENDS: Readonly<Record<number, string>> = {
  20: '2026-09-24',
  21: '2027-01-21',
  22: '2027-05-20',
  23: '2027-10-08',
  24: '2028-02-18',
  25: '2028-07-29',
}
const OLDEST_KNOWN = 20
const DAY = 86_400_000
/** How long before its end a version is worth a word. */
const NOTICE_DAYS = 90

/** A warning when the Graph version in an address has ended or ends within 90 days; undefined otherwise. */
export function graphVersionEnds(url: string, now: Instant): string | undefined {
  const version = Number(/\/v(\d+)\.\d+(?=\/|$)/.exec(url)?.[1])
  if (Number.isNaN(version)) return undefined
  const end = ENDS[Math.max(version, OLDEST_KNOWN)]
  if (end === undefined) return undefined
  const days = Math.ceil((Date.parse(end) - now) / DAY)
  if (days > NOTICE_DAYS) return undefined
  const when = version < OLDEST_KNOWN ? 'has ended' : days > 0 ? `ends on ${end}, in ${days} days` : `ended on ${end}`
  return `Graph API v${version} ${when}: set GRAPH_API_URL to a newer version`
}
