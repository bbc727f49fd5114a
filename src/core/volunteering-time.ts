/** Times as people type them when they agree one: `14.30`, "kl 15", "i morgen kl. 9", "om 20 min"; always in Danish wall time. */
import { copenhagenInstant } from './copenhagen.js'
import { type Recognize, readAnswer } from './expect.js'
import { foldDigits } from './language/digits.js'
import { normalize } from './language/normalize.js'
import type { Instant, LanguageCode } from './types.js'
import { weekdayNames } from './volunteering-words.js'
import { instantAhead, type Wall, wallAt } from './wall-hours.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const DAY_MINUTES = 24 * 60
const WEEK = 7
/** A longer text says more than a time. */
const TEXT_MAX = 40
const DATE = /(?<!\d)\d{1,2}[/-]\d{1,2}(?!\d)/
const CLOCK = /(?<![\d.:])(\d{1,2})(?:[.:h](\d{2}))?(?: ?(am|pm|a\.m\.|p\.m\.))?(?![\d\p{L}]|[.:]\d)/u
const IN_A_WHILE = /^(?:\p{L}[\p{L}\p{M}]* )?(\d{1,3}) ?(\p{L}[\p{L}\p{M}]*)\.?$/u
/** Nobody rings at a stranger's door then: "3" said by day is 15. */
const NIGHT_HOURS = { from: 1, until: 5 }
const DAYTIME = { from: 6 * 60, until: 22 * 60 }

const words = (text: string) => new Set(text.split(' ').map((word) => normalize(word, 'da')))
const MINUTES = words(
  'min mins minut minutter minute minutes dakika daqiiqo دقيقة دقائق دقیقه منٹ minuty minuta хв хвилин хвилини ደቂቃ deqe',
)
const HOURS = words('time timer t hour hours godz godziny ساعات годин години sati')
/** What stands around a time in our languages and says nothing more. */
const AROUND = words(
  'kl klokken ca cirka omkring på den at on o clock around about jeg kommer saat saati saacadda الساعة ساعت بجے کو o godz godzinie о об годині u sati di saet ሰዓት',
)

interface Now {
  readonly language: LanguageCode
  readonly now: Instant
}

/** The instant that a text names and nothing else; `bad` for a time that no clock shows, that is over, or that is more than a week ahead. */
export function readTime(text: string, order: Now, recognize: Recognize): Instant | 'bad' | undefined {
  const written = foldDigits(text.trim()).toLowerCase()
  if (written.length > TEXT_MAX) return undefined
  const soon = inAWhile(written, order.now)
  if (soon !== undefined) return soon
  const date = DATE.exec(written)?.[0]
  const rest = written.replace(date ?? '', ' ')
  const clock = CLOCK.exec(rest)
  if (clock === null) return undefined
  const minute = minuteOf(clock)
  const around = rest.slice(0, clock.index) + ' ' + rest.slice(clock.index + clock[0].length)
  const day = dayOf(date, around, order, recognize)
  if (day === 'none') return undefined
  if (minute === undefined) return 'bad'
  const at = day === undefined ? nextAt(minute, clock[0], order.now) : onDay(day, minute, order.now)
  return at === undefined || at <= order.now || at > order.now + WEEK * DAY_MS ? 'bad' : at
}

function inAWhile(written: string, now: Instant): Instant | 'bad' | undefined {
  const [, number = '', unit = ''] = IN_A_WHILE.exec(written) ?? []
  const word = normalize(unit, 'da')
  const minutes = MINUTES.has(word) ? Number(number) : HOURS.has(word) ? Number(number) * 60 : undefined
  if (minutes === undefined) return undefined
  return minutes > 0 && minutes <= DAY_MINUTES ? now + minutes * MINUTE_MS : 'bad'
}

function minuteOf([, hours = '', minutes = '0', half]: RegExpExecArray): number | undefined {
  const said = Number(hours)
  const hour = half === undefined ? said : (said % 12) + (half.startsWith('p') ? 12 : 0)
  const wrong = hour > 23 || Number(minutes) > 59 || (half !== undefined && (said < 1 || said > 12))
  return wrong ? undefined : hour * 60 + Number(minutes)
}

/** The date that the words around a time name; undefined when there are none, `none` when they say something else. */
function dayOf(date: string | undefined, around: string, { language, now }: Now, recognize: Recognize): string | undefined {
  const left = normalize(around, language)
    .split(' ')
    .filter((word) => word !== '' && !AROUND.has(normalize(word, 'da')))
    .join(' ')
  if (date !== undefined && left !== '') return 'none'
  const named = date ?? left
  if (named === '') return undefined
  const read = readAnswer(named, { expect: { type: 'date' }, language, now }, recognize)
  if ('value' in read) return String(read.value)
  return date === undefined ? (weekday(named, language, now) ?? 'none') : 'none'
}

/** The next day of that name, today among them. */
function weekday(name: string, language: LanguageCode, now: Instant): string | undefined {
  const found = [language, 'da'].map((code) => weekdayNames(code, 'long').findIndex((day) => normalize(day, code) === name))
  const wanted = found.find((index) => index >= 0)
  if (wanted === undefined) return undefined
  const wall = wallAt(now)
  return dateAfter(wall, (wanted + 1 - wall.weekday + WEEK) % WEEK)
}

function dateAfter({ date }: Wall, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** When the wall shows it next, without a day: an hour of the night that is said by day is meant by day. */
function nextAt(minute: number, said: string, now: Instant): Instant {
  const wall = wallAt(now)
  const hour = Math.floor(minute / 60)
  const byNight = hour >= NIGHT_HOURS.from && hour <= NIGHT_HOURS.until
  const byDay = wall.minute >= DAYTIME.from && wall.minute < DAYTIME.until
  const meant = byNight && byDay && /^\d(?:\D|$)/.test(said) && !/m/.test(said) ? minute + DAY_MINUTES / 2 : minute
  const ahead = meant - wall.minute
  return instantAhead(now, wall, ahead > 0 ? ahead : ahead + DAY_MINUTES)
}

function onDay(day: string, minute: number, now: Instant): Instant | undefined {
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  const wall = wallAt(now)
  // Of an hour that comes twice today the one that is still ahead is meant.
  if (day === wall.date && minute > wall.minute) return instantAhead(now, wall, minute - wall.minute)
  return copenhagenInstant(`${day}T${clock}`)
}
