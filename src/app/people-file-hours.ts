/** Hours as people write them (`mon-fri 08:00-16:00`), read and written again. */
import type { Hours, Span } from '../core/wall-hours.js'
import { readDays, readSpan, writtenDays } from '../core/written-hours.js'

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
/** Longer than any hours that mean something. */
const LENGTH_MAX = 80

/** Undefined for what is no hours. Days come out in the order of the week, each once. */
export function readHours(text: string): Hours | undefined {
  const at = text.search(/\d/)
  if (at < 1 || text.length > LENGTH_MAX) return undefined
  const days = readDays(text.slice(0, at), dayOf)
  const span = readSpan(text.slice(at))
  return days === undefined || span === undefined ? undefined : { days, ...span }
}

/** The same hours for {@link readHours}. */
export function writeHours({ days, ...span }: Hours): string {
  return `${writtenDays(days, dayName).join(',')} ${writeSpan(span)}`
}

export function writeSpan({ from, until }: Span): string {
  return `${clock(from)}-${until === 0 ? '24:00' : clock(until)}`
}

function dayOf(name: string): number | undefined {
  const at = DAY_NAMES.findIndex((names) => names.some((known) => known === name.toLowerCase()))
  return at < 0 ? undefined : at + 1
}

function dayName(day: number): string {
  return DAY_NAMES[day - 1]?.[0] ?? ''
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
