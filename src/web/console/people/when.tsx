/** A moment in words, with the exact time behind. */
import { useTexts } from '../texts.js'

const DAY_MS = 24 * 3_600_000
const LOCALES = { da: 'da-DK', en: 'en-GB' } as const

/** "i går 14.20"; of what comes later today the clock is enough, days further away have their date. */
export function When({ at }: { readonly at: number }): React.ReactNode {
  const { language, time } = useTexts()
  const now = Date.now()
  const days = Math.round((midnightOf(at) - midnightOf(now)) / DAY_MS)
  const clock = new Intl.DateTimeFormat(LOCALES[language], { timeStyle: 'short' }).format(at)
  const day = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  return (
    <time dateTime={new Date(at).toISOString()} title={time(at)}>
      {Math.abs(days) > 1 ? time(at) : days === 0 && at > now ? clock : `${day} ${clock}`}
    </time>
  )
}

function midnightOf(at: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
