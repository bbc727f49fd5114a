/** This machine's clock against others: signatures, windows and tokens are judged by it. */
import type { Instant } from '../../core/types.js'
import { ask } from './ask.js'
import { bad, doubtful, type Finding, good } from './finding.js'

/** Our limit: the shortest time that anything here is judged by is minutes, and a clock that is kept is off by less than a second. */
const OFF_MS = 30_000

/** @param others address by name; only the header `Date` of their answers counts. */
export async function checkClock(others: Readonly<Record<string, string>>, now: () => Instant): Promise<Finding[]> {
  return Promise.all(Object.entries(others).map(([name, url]) => compare(name, url, now)))
}

async function compare(name: string, url: string, now: () => Instant): Promise<Finding> {
  const asked = now()
  const answer = await ask(url)
  const date = 'reason' in answer ? undefined : answer.date
  if (date === undefined) return doubtful(`Clock: ${name} told no time, so nothing was compared`)
  const offMs = (asked + now()) / 2 - date
  const seconds = Math.round(Math.abs(offMs) / 1000)
  if (Math.abs(offMs) <= OFF_MS) return good(`Clock: agrees with ${name}`)
  return bad(`Clock: ${seconds} s ${offMs > 0 ? 'ahead of' : 'behind'} ${name}; let the machine set its clock by the network (NTP)`)
}
