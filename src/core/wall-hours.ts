/** Hours of the day as people keep them: by the clock on a Danish wall, also in the nights when it is changed. */
import { copenhagenInstant, copenhagenTime } from './copenhagen.js'
import type { Instant } from './types.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DAY_MINUTES = 24 * 60
const WEEK = 7

/** From the minute of a day to another; when `until` is not after `from`, it ends on the next day. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** A span on some days of the week, by the day it begins on: 1 is Monday, 7 Sunday. */
export interface Hours extends Span {
  readonly days: readonly number[]
}

/** What a Danish wall shows: date, day of the week (1 is Monday) and minute of the day. */
export interface Wall {
  readonly date: string
  readonly weekday: number
  readonly minute: number
}

/** What a Danish wall shows at an instant. */
export function wallAt(now: Instant): Wall {
  const [date = '', time = ''] = copenhagenTime(now).split('T')
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return { date, weekday: new Date(`${date}T00:00Z`).getUTCDay() || WEEK, minute: hours * 60 + minutes }
}

/** True inside the span; one that begins and ends at the same minute is the whole day. */
export function inSpan({ from, until }: Span, minute: number): boolean {
  return from < until ? minute >= from && minute < until : minute >= from || minute < until
}

/** True inside any of the hours; no hours at all means any time. */
export function inHours(hours: readonly Hours[], { weekday, minute }: Wall): boolean {
  const yesterday = weekday === 1 ? WEEK : weekday - 1
  return (
    hours.length === 0 ||
    hours.some(({ days, from, until }) => {
      if (from < until) return days.includes(weekday) && minute >= from && minute < until
      return (days.includes(weekday) && minute >= from) || (days.includes(yesterday) && minute < until)
    })
  )
}

/** Minutes on the wall until the next of the hours begins; undefined when there are none. */
export function minutesToHours(hours: readonly Hours[], { weekday, minute }: Wall): number | undefined {
  const starts = hours.flatMap(({ days, from }) =>
    days.map((day) => {
      const ahead = ((day - weekday + WEEK) % WEEK) * DAY_MINUTES + from - minute
      return ahead > 0 ? ahead : ahead + WEEK * DAY_MINUTES
    }),
  )
  return starts.length === 0 ? undefined : Math.min(...starts)
}

/** The instant at which the wall shows a minute of its day, or of a day after it; always after `now`. */
export function instantAhead(now: Instant, wall: Wall, minutes: number): Instant {
  const at = wall.minute + minutes
  const day = new Date(Date.parse(`${wall.date}T00:00Z`) + Math.floor(at / DAY_MINUTES) * DAY_MS).toISOString().slice(0, 10)
  const instant = copenhagenInstant(`${day}T${clock(at % DAY_MINUTES)}`) ?? now + minutes * 60_000
  // An hour that comes twice is read as its first: at its second time it is an hour later.
  return instant > now ? instant : instant + HOUR_MS
}

/** Minutes on the wall until a minute of the day comes: at least one. */
export function minutesTo(minute: number, wall: Wall): number {
  const ahead = (minute - wall.minute + DAY_MINUTES) % DAY_MINUTES
  return ahead === 0 ? DAY_MINUTES : ahead
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}
