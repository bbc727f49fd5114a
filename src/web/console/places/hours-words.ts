/** Hours as staff write and read them: `ma-fr 8-16`, and `mandag–fredag 8–16`. */
import type { Hours, Span } from '../../../core/wall-hours.js'
import { readDays, readSpan, writtenDays } from '../../../core/written-hours.js'
import type { StaffLanguage, Texts } from '../texts.js'

const DAY_MINUTES = 24 * 60
const WEEK = 7
const LOCALES: Readonly<Record<StaffLanguage, string>> = { da: 'da-DK', en: 'en-GB' }
/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5)
const DAY_MS = 24 * 60 * 60 * 1000
/** From Monday on, as each language says them. */
const DAYS: Readonly<Record<StaffLanguage, readonly string[]>> = { da: daysOf('da'), en: daysOf('en') }
/** Letters of a day when it is written: two tell the days apart in both languages. */
const SHORT: Readonly<Record<StaffLanguage, number>> = { da: 2, en: 3 }

function daysOf(language: StaffLanguage): string[] {
  const format = new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', timeZone: 'UTC' })
  return Array.from({ length: WEEK }, (_, day) => format.format(MONDAY + day * DAY_MS))
}

/** Hours with commas between them; days in either language. Undefined when a part is none. Nothing written: none, which means any time. */
export function readHoursWords(text: string): readonly Hours[] | undefined {
  const parts: string[] = []
  let days = ''
  for (const piece of text.split(/[,;\n]/).map((one) => one.trim())) {
    if (piece === '' && days === '') continue
    // `lø,sø 10-14`: what has no times belongs to what follows.
    if (/\d/.test(piece)) parts.push(`${days}${piece}`)
    days = /\d/.test(piece) ? '' : `${days}${piece},`
  }
  const hours = parts.map(readOne)
  return days !== '' || hours.includes(undefined) ? undefined : hours.filter((one) => one !== undefined)
}

/** For {@link readHoursWords}, short. */
export function writeHoursWords(hours: readonly Hours[], language: StaffLanguage): string {
  const name = (day: number) => DAYS[language][day - 1]?.slice(0, SHORT[language]).toLowerCase() ?? ''
  return hours.map(({ days, ...span }) => `${writtenDays(days, name).join(',')} ${writeSpanWords(span, language)}`).join(', ')
}

export function writeSpanWords({ from, until }: Span, language: StaffLanguage): string {
  return `${clock(from, language)}-${clock(until === 0 ? DAY_MINUTES : until, language)}`
}

/** `mandag–fredag 0–8 og 16–24, søndag hele døgnet`. */
export function sayHours(hours: readonly Hours[], { language, say }: Pick<Texts, 'language' | 'say'>): string {
  const list = new Intl.ListFormat(LOCALES[language])
  const name = (day: number) => DAYS[language][day - 1] ?? ''
  const spans = new Map<string, string[]>()
  for (const { days, from, until } of hours) {
    const which = days.length === WEEK ? say('places.days.all') : list.format(writtenDays(days, name, '–'))
    const span = from === until ? say('places.day.whole') : writeSpanWords({ from, until }, language).replace('-', '–')
    spans.set(which, [...(spans.get(which) ?? []), span])
  }
  return [...spans].map(([which, times]) => `${which} ${list.format(times)}`).join(', ')
}

function readOne(text: string): Hours | undefined {
  const at = text.search(/\d/)
  const span = readSpan(text.slice(at))
  const days = at === 0 ? everyDay() : readDays(text.slice(0, at), dayOf)
  return span === undefined || days === undefined ? undefined : { days, ...span }
}

function everyDay(): number[] {
  return Array.from({ length: WEEK }, (_, day) => day + 1)
}

/** Any beginning of a day's name, of two letters at least. */
function dayOf(text: string): number | undefined {
  const written = text.toLowerCase().replace(/\.$/, '')
  if (written.length < 2) return undefined
  for (const days of Object.values(DAYS)) {
    const at = days.findIndex((day) => day.toLowerCase().startsWith(written))
    if (at >= 0) return at + 1
  }
  return undefined
}

/** `8`, `8.30`; English has a colon. */
function clock(minute: number, language: StaffLanguage): string {
  const rest = minute % 60
  return `${Math.floor(minute / 60)}${rest === 0 ? '' : `${language === 'da' ? '.' : ':'}${String(rest).padStart(2, '0')}`}`
}
