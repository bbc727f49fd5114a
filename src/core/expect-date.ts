/** Dates as people write them in Denmark, and the names of months and near days in their own language. */
import { isDay, monthNames } from './copenhagen.js'
import { normalize } from './language/normalize.js'
import type { Answer, LanguageCode } from './types.js'

const ISO = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/
/** d/m-yyyy, d.m.yyyy, d-m-yy, d/m yyyy, d/m. The day comes first in every one of our languages. */
const DAY_FIRST = /(?<!\d)(\d{1,2})\.?[-./ ]{1,2}(\d{1,2})(?:[-./ ]{1,2}(\d{4}|\d{2}))?(?!\d)/
const DAY_MONTH_NAME = /(?<!\d)(\d{1,2})\s+(\p{L}[\p{L}\p{M}]*)(?:\s+(\d{4}))?(?!\d)/u
const DAY_MS = 86_400_000
/** A two-digit year this far ahead of today is of the last century. */
const YEARS_AHEAD = 10

/** Normalised words for days near today, by distance. Other languages come through the recognisers or as digits. */
const NEAR_DAYS: Readonly<Record<LanguageCode, Readonly<Record<string, number>>>> = {
  da: { 'i dag': 0, idag: 0, 'i morgen': 1, imorgen: 1, 'i overmorgen': 2, 'i gaar': -1 },
  en: { today: 0, tomorrow: 1, yesterday: -1 },
  ar: { اليوم: 0, غدا: 1, بكرا: 1, امس: -1 },
  tr: { bugun: 0, yarin: 1, dun: -1 },
  so: { maanta: 0, berri: 1, berrito: 1, shalay: -1 },
  ur: { آج: 0 },
  fa: { امروز: 0, فردا: 1, ديروز: -1 },
  pl: { dzis: 0, dzisiaj: 0, jutro: 1, wczoraj: -1 },
  uk: { сьогодні: 0, завтра: 1, вчора: -1 },
}

interface Today {
  readonly language: LanguageCode
  /** `YYYY-MM-DD` in Denmark. */
  readonly today: string
}

/** `text` has its digits folded. A day that no calendar has is told apart from a text that is no date. */
export function readDate(
  text: string,
  now: Today,
  words: () => Answer | undefined,
): { value: Answer } | { problem: 'unreadable' | 'impossible_date' } {
  const numbers = numbersIn(text, now)
  if (numbers !== undefined) {
    const [year, month, day] = numbers
    return isDay(year, month, day) ? { value: isoDate(year, month, day) } : { problem: 'impossible_date' }
  }
  const heard = nearDay(text, now) ?? words()
  return heard === undefined ? { problem: 'unreadable' } : { value: heard }
}

function numbersIn(text: string, now: Today): readonly [number, number, number] | undefined {
  const iso = ISO.exec(text)
  if (iso !== null) return [Number(iso[1]), Number(iso[2]), Number(iso[3])]
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst !== null) return [fullYear(dayFirst[3], now.today), Number(dayFirst[2]), Number(dayFirst[1])]
  const named = DAY_MONTH_NAME.exec(normalize(text, now.language))
  const month = named?.[2] === undefined ? 0 : monthNamed(named[2], now.language)
  return named === null || month === 0 ? undefined : [fullYear(named[3], now.today), month, Number(named[1])]
}

/** Without a year it is this year; two digits are the year nearest to today that is not far ahead. */
function fullYear(written: string | undefined, today: string): number {
  const thisYear = Number(today.slice(0, 4))
  if (written === undefined) return thisYear
  if (written.length === 4) return Number(written)
  const year = Math.floor(thisYear / 100) * 100 + Number(written)
  return year > thisYear + YEARS_AHEAD ? year - 100 : year
}

/** 1–12, or 0 when it is no month of the language or of Danish. */
function monthNamed(word: string, language: LanguageCode): number {
  const found = [language, 'da'].map((code) =>
    monthNames(code).findIndex((names) => names.some((name) => isMonth(word, normalize(name, code)))),
  )
  return (found.find((index) => index >= 0) ?? -1) + 1
}

/** A whole name, or its first three letters and more. */
function isMonth(word: string, name: string): boolean {
  return word === name || (word.length >= 3 && name.startsWith(word))
}

function nearDay(text: string, { language, today }: Today): string | undefined {
  const spoken = normalize(text, language)
  const distance = Object.entries({ ...NEAR_DAYS['da'], ...NEAR_DAYS[language] }).find(
    ([word]) => normalize(word, language) === spoken,
  )?.[1]
  if (distance === undefined) return undefined
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number)
  return dateOfDays(Math.round(Date.UTC(year, month - 1, day) / DAY_MS) + distance)
}

const utcDate = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', year: 'numeric', month: '2-digit', day: '2-digit' })

function dateOfDays(days: number): string {
  return utcDate.format(days * DAY_MS)
}

function isoDate(year: number, month: number, day: number): string {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-')
}
