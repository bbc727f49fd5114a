/** What holds for the whole page: a drill, a trial area, a line that is away. */
import { useTexts } from '../shared/say.js'
import type { Line } from './chat.js'
import type { Page } from './session.js'

export function Banners({ page }: { readonly page: Page }): React.ReactNode {
  const texts = useTexts()
  return (
    <>
      {page.drillDate === undefined ? null : <p className="banner">{texts.say('drill', { date: texts.day(page.drillDate) })}</p>}
      {page.area.demo ? <p className="banner">{texts.say('demo')}</p> : null}
    </>
  )
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
