import { graphVersionEnds } from '../../bot/messenger/graph-version.js'
import type { Instant } from '../../core/types.js'
import { bad, doubtful, type Finding, good } from './finding.js'

/** Whether Meta still answers the version in GRAPH_API_URL, and for how long. */
export function checkGraphVersion(graphApiUrl: string, now: Instant): Finding {
  const ends = graphVersionEnds(graphApiUrl, now)
  if (ends === undefined) return good('Graph: the version of GRAPH_API_URL has no end in the next 90 days')
  return ends.includes(' ends on ') ? doubtful(ends) : bad(ends)
}
