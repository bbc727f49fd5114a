/** Hours as people write them (`mon-fri 08:00-16:00`), read and written again. */
import type { Hours, Span } from '../core/wall-hours.js'

/** What to write instead of hours that cannot be read. */
export const HOURS_ADVICE =
  "write days and times as `mon-fri 08:00-16:00` or, with a comma in it, in quotes: 'sat,sun 10:00-14:00' (mon tue wed thu fri sat sun; from 00:00 to 24:00)"

/** Short in English, short in Danish, long in both; in the order of the week. */
const DAY_NAMES = [
  ['mon', 'man', 'monday', 'mandag'],
  ['tue', 'tir', 'tuesday', 'tirsdag'],
  ['wed', 'ons', 'wednesday', 'onsdag'],
  ['thu', 'tor', 'thursday', 'torsdag'],
  ['fri', 'fre', 'friday', 'fredag'],
  ['sat', 'lør', 'saturday', 'lørdag'],
  ['sun', 'søn', 'sunday', 'søndag'],
] as const
const WEEK = DAY_NAMES.length
/** Longer than any hours that mean something. */
const LENGTH_MAX = 80
const TIMES = /^(\d{1,2})(?:[:.](\d{2}))? ?[-–] ?(\d{1,2})(?:[:.](\d{2}))?$/
const DAY_MINUTES = 24 * 60

/** Undefined for what is no hours. Days come out in the order of the week, each once. */
export function readHours(text: string): Hours | undefined {
  const at = text.search(/\d/)
  if (at < 1 || text.length > LENGTH_MAX) return undefined
  const days = readDays(text.slice(0, at))
  const span = readSpan(text.slice(at))
  return days === undefined || span === undefined ? undefined : { days, ...span }
}

/** `21:00-08:00`; also `8-16` and `8.30–16`. Undefined for what is no two times of a day. 24:00 is the 00:00 of the next day. */
export function readSpan(text: string): Span | undefined {
  const [, fromHour, fromMinute = '0', untilHour, untilMinute = '0'] = TIMES.exec(text.trim()) ?? []
  const [from, until] = [minuteOf(fromHour, fromMinute), minuteOf(untilHour, untilMinute)]
  if (from === undefined || until === undefined || from === DAY_MINUTES) return undefined
  return { from, until: until % DAY_MINUTES }
}

/** The same hours for {@link readHours}. */
export function writeHours({ days, ...span }: Hours): string {
  return `${writeDays([...new Set(days)].toSorted((a, b) => a - b))} ${writeSpan(span)}`
}

export function writeSpan({ from, until }: Span): string {
  return `${clock(from)}-${until === 0 ? '24:00' : clock(until)}`
}

function readDays(text: string): readonly number[] | undefined {
  const days = text.split(',').map((part) => readRange(part.trim()))
  if (days.includes(undefined)) return undefined
  return [...new Set(days.flatMap((range) => range ?? []))].toSorted((a, b) => a - b)
}

/** `mon`, `mon-fri`, and over the end of the week `fri-mon`. */
function readRange(text: string): readonly number[] | undefined {
  const [first, last, ...more] = text.split(/[-–]/).map((name) => dayOf(name.trim()))
  if (first === undefined || more.length > 0) return undefined
  if (!/[-–]/.test(text)) return [first]
  if (last === undefined) return undefined
  const length = ((last - first + WEEK) % WEEK) + 1
  return Array.from({ length }, (_, at) => ((first - 1 + at) % WEEK) + 1)
}

function dayOf(name: string): number | undefined {
  const at = DAY_NAMES.findIndex((names) => names.some((known) => known === name.toLowerCase()))
  return at < 0 ? undefined : at + 1
}

function minuteOf(hour: string | undefined, minute: string): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && minutes <= DAY_MINUTES ? minutes : undefined
}

/** Runs of three days or more become ranges. */
function writeDays(days: readonly number[]): string {
  const runs: number[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const name = (day: number | undefined) => DAY_NAMES[(day ?? 1) - 1]?.[0] ?? ''
  return runs.map((run) => (run.length > 2 ? `${name(run[0])}-${name(run.at(-1))}` : run.map(name).join(','))).join(',')
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
