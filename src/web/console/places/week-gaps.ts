/** Hours of the week in which nobody of a list is on call. */
import type { Hours } from '../../../core/wall-hours.js'

const DAY = 24 * 60
const WEEK = 7

interface Stretch {
  readonly from: number
  readonly until: number
}

/** By days that are alike; a span from 0 to 0 is the whole day. None when somebody is there at any time. */
export function weekGaps(people: readonly { readonly hours: readonly Hours[] }[]): readonly Hours[] {
  if (people.some(({ hours }) => hours.length === 0)) return []
  const covered = people.flatMap(({ hours }) => hours.flatMap(stretchesOf)).toSorted((a, b) => a.from - b.from)
  const gaps = gapsBetween(covered)
  const alike = new Map<string, { readonly days: number[]; readonly gaps: readonly Stretch[] }>()
  for (let day = 0; day < WEEK; day += 1) {
    const today = gaps.flatMap((gap) => within(gap, day * DAY))
    const key = today.map(({ from, until }) => `${from}-${until}`).join()
    const known = alike.get(key)
    if (known === undefined) alike.set(key, { days: [day + 1], gaps: today })
    else known.days.push(day + 1)
  }
  return [...alike.values()].flatMap(({ days, gaps: spans }) => spans.map(({ from, until }) => ({ days, from, until: until % DAY })))
}

/** Minutes of the week from Monday on; what goes over Sunday night begins the week too. */
function stretchesOf({ days, from, until }: Hours): Stretch[] {
  const length = (until - from + DAY) % DAY || DAY
  return days.flatMap((day) => {
    const begin = (day - 1) * DAY + from
    const end = begin + length
    const week = WEEK * DAY
    return end <= week
      ? [{ from: begin, until: end }]
      : [
          { from: begin, until: week },
          { from: 0, until: end - week },
        ]
  })
}

function gapsBetween(covered: readonly Stretch[]): Stretch[] {
  const gaps: Stretch[] = []
  let at = 0
  for (const { from, until } of [...covered, { from: WEEK * DAY, until: WEEK * DAY }]) {
    if (from > at) gaps.push({ from: at, until: from })
    at = Math.max(at, until)
  }
  return gaps
}

/** The part of it on the day that begins then, in minutes of that day. */
function within({ from, until }: Stretch, begin: number): Stretch[] {
  const [start, end] = [Math.max(from - begin, 0), Math.min(until - begin, DAY)]
  return start < end ? [{ from: start, until: end }] : []
}
