/** Dates and times of Denmark: facts are dated by the clock on a Danish wall, wherever the server stands. */
import type { Instant, LanguageCode } from './types.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ZONE = 'Europe/Copenhagen'
const MONTH_DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Denmark took the Gregorian calendar in 1700; `Date.UTC` also reads years below 100 as 19xx. */
const FIRST_YEAR = 1700
const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/
/** Every language shows the digits that its telephone numbers are shown with, and the calendar of the authorities. */
const NUMBERS_AND_CALENDAR = 'u-ca-gregory-nu-latn'

const wallClock = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const longDates = new Map<LanguageCode, Intl.DateTimeFormat>()

/**
 * The instant of a Danish date (`2020-03-18`, its first moment) or time (`2020-03-18T10:00`); undefined for anything else and for
 * days that no calendar has. `endOfDay` makes a date its first moment after: the exclusive end of a range; a time stays itself.
 * When clocks change, a time that comes twice is the first of the two, and one that never comes (02:30 in March) is
 * the hour before the gap: always the earliest reading.
 */
export function copenhagenInstant(text: string, options: { readonly endOfDay?: boolean } = {}): Instant | undefined {
  const match = FORM.exec(text)
  if (match === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map((part) => Number(part ?? 0))
  if (!isDay(year, month, day) || hour > 23 || minute > 59) return undefined
  const isDate = match[4] === undefined
  return fromWall(Date.UTC(year, month - 1, isDate && options.endOfDay ? day + 1 : day, hour, minute))
}

/** The Danish date of an instant, `YYYY-MM-DD`. */
export function copenhagenDate(instant: Instant): string {
  const part = partsAt(instant)
  return `${String(part('year')).padStart(4, '0')}-${pad(part('month'))}-${pad(part('day'))}`
}

/** Date and time of an instant on a Danish wall, `YYYY-MM-DDTHH:mm`. */
export function copenhagenTime(instant: Instant): string {
  const part = partsAt(instant)
  return `${copenhagenDate(instant)}T${pad(part('hour'))}:${pad(part('minute'))}`
}

/**
 * A date in words of a language, "20 March 2020", from an instant (its day in Denmark) or from `YYYY-MM-DD`. Languages that the
 * runtime does not know get English; a text that is no date is given back as it is.
 */
export function formatDate(date: Instant | string, language: LanguageCode): string {
  const instant = typeof date === 'string' ? copenhagenInstant(date) : date
  if (instant === undefined) return String(date)
  const known = longDates.get(language)
  const format = known ?? new Intl.DateTimeFormat(locales(language), { dateStyle: 'long', timeZone: ZONE })
  if (known === undefined) longDates.set(language, format)
  return format.format(instant)
}

/** Names of the months in a language, January first, each in the forms it has alone and beside a day. */
export function monthNames(language: LanguageCode): readonly (readonly string[])[] {
  const beside = new Intl.DateTimeFormat(locales(language), { day: 'numeric', month: 'long', timeZone: 'UTC' })
  const alone = new Intl.DateTimeFormat(locales(language), { month: 'long', timeZone: 'UTC' })
  const nameIn = (format: Intl.DateTimeFormat, month: number) =>
    format.formatToParts(Date.UTC(2020, month, 15)).find(({ type }) => type === 'month')?.value ?? ''
  return Array.from({ length: 12 }, (_, month) => [nameIn(alone, month), nameIn(beside, month)])
}

/** True for days that the calendar has, from 1700. */
export function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
  return year >= FIRST_YEAR && day >= 1 && day <= days
}

function locales(language: LanguageCode): string[] {
  const regional = language === 'en' ? 'en-GB' : language
  return [`${regional}-${NUMBERS_AND_CALENDAR}`, `en-GB-${NUMBERS_AND_CALENDAR}`]
}

/** The offsets a day before and a day after are all that a wall time can have. */
function fromWall(wall: number): Instant {
  const candidates = [offsetAt(wall - DAY), offsetAt(wall + DAY)].map((offset) => wall - offset).toSorted((a, b) => a - b)
  const [earliest = wall] = candidates
  return candidates.find((instant) => instant + offsetAt(instant) === wall) ?? earliest
}

function offsetAt(instant: Instant): number {
  const part = partsAt(instant)
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(instant / 1000) * 1000
}

function partsAt(instant: Instant): (type: Intl.DateTimeFormatPartTypes) => number {
  const parts = new Map(wallClock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  return (type) => parts.get(type) ?? 0
}

function pad(part: number): string {
  return String(part).padStart(2, '0')
}
