/** Hours as people write them, `mon-fri 08:00-16:00` or `ma-fr 8-16`, as far as it is the same whatever days are called. */
import type { Span } from './wall-hours.js'

const WEEK = 7
const DAY_MINUTES = 24 * 60
const TIMES = /^(\d{1,2})(?:[:.](\d{2}))? ?[-–] ?(\d{1,2})(?:[:.](\d{2}))?$/

/** `21:00-08:00`; also `8-16` and `8.30–16`. Undefined for what is no two times of a day. 24:00 is the 00:00 of the next day. */
export function readSpan(text: string): Span | undefined {
  const [, fromHour, fromMinute = '0', untilHour, untilMinute = '0'] = TIMES.exec(text.trim()) ?? []
  const [from, until] = [minuteOf(fromHour, fromMinute), minuteOf(untilHour, untilMinute)]
  if (from === undefined || until === undefined || from === DAY_MINUTES) return undefined
  return { from, until: until % DAY_MINUTES }
}

function minuteOf(hour: string | undefined, minute: string): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && minutes <= DAY_MINUTES ? minutes : undefined
}

/** What a day is called: 1 is Monday, 7 Sunday; undefined for what is none. */
type DayOf = (name: string) => number | undefined

/** Days and ranges of them, with commas between; in the order of the week, each once. Undefined when a part is none. */
export function readDays(text: string, dayOf: DayOf): readonly number[] | undefined {
  const ranges = text.split(',').map((part) => readRange(part.trim(), dayOf))
  if (ranges.includes(undefined)) return undefined
  return [...new Set(ranges.flatMap((range) => range ?? []))].toSorted((a, b) => a - b)
}

/** `mon`, `mon-fri`, and over the end of the week `fri-mon`. */
function readRange(text: string, dayOf: DayOf): readonly number[] | undefined {
  const [first, last, ...more] = text.split(/[-–]/).map((name) => dayOf(name.trim()))
  if (first === undefined || more.length > 0) return undefined
  if (!/[-–]/.test(text)) return [first]
  if (last === undefined) return undefined
  const length = ((last - first + WEEK) % WEEK) + 1
  return Array.from({ length }, (_, at) => ((first - 1 + at) % WEEK) + 1)
}

/** Days as {@link readDays} reads them; three in a row or more become a range. `dash`: what stands in it. */
export function writtenDays(days: readonly number[], name: (day: number) => string, dash = '-'): string[] {
  const runs: number[][] = []
  for (const day of [...new Set(days)].toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${name(run[0] ?? 1)}${dash}${name(run.at(-1) ?? 1)}`] : run.map(name)))
}
