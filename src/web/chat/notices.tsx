/** What holds for the whole page: a drill, a trial area, a line that is away. */
import { useTexts } from '../shared/say.js'
import type { Line } from './chat.js'

/** Stays in sight: an answer of another day must never be read as one of today. */
export function DrillBanner({ date }: { readonly date: string | undefined }): React.ReactNode {
  const texts = useTexts()
  return date === undefined ? null : <p className="banner column">{texts.say('drill', { date: texts.day(date) })}</p>
}

export function DemoBanner({ demo }: { readonly demo: boolean }): React.ReactNode {
  const { say } = useTexts()
  return demo ? <p className="banner">{say('demo')}</p> : null
}

/** Always there, so that a screen reader hears it change. */
export function LineStatus({ line }: { readonly line: Line }): React.ReactNode {
  const texts = useTexts()
  return (
    <p className="line" role="status">
      {line === 'open' ? '' : texts.say(line === 'offline' ? 'line.offline' : 'line.reconnecting')}
    </p>
  )
}
