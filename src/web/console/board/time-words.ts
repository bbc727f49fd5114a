/** Times as people say them: a wait by how long it has been, a moment by its day. */
import type { Instant } from '../../../core/types.js'
import type { StaffLanguage, TextKey } from '../texts.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const LOCALES: Readonly<Record<StaffLanguage, string>> = { da: 'da-DK', en: 'en-GB' }

/** "i 12 minutter", by the key of its text and the number in it. From two days on in days, from two hours on in hours. */
export function waitWords(since: Instant, now: Instant): { readonly key: TextKey; readonly n: number } {
  const passed = Math.max(0, now - since)
  if (passed < MINUTE_MS) return { key: 'board.waits.now', n: 0 }
  if (passed < 2 * HOUR_MS) return counted('board.waits.minute', 'board.waits.minutes', Math.floor(passed / MINUTE_MS))
  if (passed < 2 * DAY_MS) return counted('board.waits.hour', 'board.waits.hours', Math.floor(passed / HOUR_MS))
  return counted('board.waits.day', 'board.waits.days', Math.floor(passed / DAY_MS))
}

function counted(one: TextKey, more: TextKey, n: number): { readonly key: TextKey; readonly n: number } {
  return { key: n === 1 ? one : more, n }
}

/** "14.20" today, with `yesterday` the day before, and else, as for what is to come, "20. marts 14.20". */
export function momentWords(at: Instant, now: Instant, language: StaffLanguage, yesterday: (time: string) => string): string {
  const clock = new Intl.DateTimeFormat(LOCALES[language], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS)
  if (days === 0) return clock
  if (days === 1) return yesterday(clock)
  return `${new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long' }).format(at)} ${clock}`
}

function midnight(at: Instant): Instant {
  return new Date(at).setHours(0, 0, 0, 0)
}
