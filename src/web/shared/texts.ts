/** The page's own words in one language, with the ways that language writes dates and counts. */
import type web from '../../../locales/da/web.json'
import type { LanguageInfo } from '../../core/library.js'
import type { Instant } from '../../core/types.js'

/** Every text of the page; the Danish file is the source. */
export type TextKey = keyof (typeof web)['texts']

export interface Texts {
  readonly language: LanguageInfo
  say(key: TextKey, values?: Readonly<Record<string, string>>): string
  /** "14.20", "i går 14.20", "25. marts 14.20": how long ago decides. */
  time(at: Instant, now: Instant): string
  /** "25. marts 2020": the day of a wall time `YYYY-MM-DDTHH:mm`, in no time zone. */
  day(wallTime: string): string
  /** "30 dage". */
  days(count: number): string
}

const DAY_MS = 86_400_000

/** Texts in `language`; a key that `strings` lacks is taken from `fallback`. */
export function createTexts(
  language: LanguageInfo,
  strings: Readonly<Record<string, string>>,
  fallback: Readonly<Record<string, string>>,
): Texts {
  const locales = intlLocales(language.code)
  const clock = new Intl.DateTimeFormat(locales, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return {
    language,
    say: (key, values = {}) => fill(strings[key] ?? fallback[key] ?? '', values),
    time: (at, now) => [dayName(at, now, locales), clock.format(at)].filter((part) => part !== '').join(' '),
    day: (wallTime) =>
      new Intl.DateTimeFormat(locales, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(`${wallTime.slice(0, 10)}T00:00Z`)),
    days: (count) => new Intl.NumberFormat(locales, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count),
  }
}

/** Our calendar and the digits of telephone numbers in every language; English where the device does not know the language. */
function intlLocales(code: string): string[] {
  return [`${code}-u-ca-gregory-nu-latn`, 'en-GB']
}

function dayName(at: Instant, now: Instant, locales: string[]): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS)
  if (days <= 0) return ''
  if (days === 1) return new Intl.RelativeTimeFormat(locales, { numeric: 'auto' }).format(-1, 'day')
  return new Intl.DateTimeFormat(locales, { day: 'numeric', month: 'long' }).format(at)
}

function midnight(at: Instant): Instant {
  return new Date(at).setHours(0, 0, 0, 0)
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder)
}
