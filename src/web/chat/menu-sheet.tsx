/** The menu: each entry says its own words in the chat, and the bot answers there. */
import { useTexts } from '../shared/say.js'
import { Sheet } from '../shared/sheet.js'
import type { TextKey } from '../shared/texts.js'

interface MenuSheetProps {
  readonly retentionDays: number | undefined
  readonly send: (text: string, value: string) => void
  readonly leave: () => void
  readonly onClose: () => void
}

/** Payloads that the bot knows for every page's menu. */
const ENTRIES: readonly (readonly [TextKey, string])[] = [
  ['menu.restart', 'MENU_RESTART'],
  ['menu.about-me', 'MENU_ABOUT-ME'],
  ['menu.delete-me', 'MENU_DELETE-ME'],
  ['menu.help', 'MENU_HELP'],
]

export function MenuSheet({ retentionDays, send, leave, onClose }: MenuSheetProps): React.ReactNode {
  const { say, days } = useTexts()
  return (
    <Sheet titleId="menu-title" title={say('menu.title')} onClose={onClose}>
      {(close) => (
        <>
          <div className="entries-of-menu">
            {ENTRIES.map(([key, value]) => (
              <button
                key={key}
                type="button"
                className="reply"
                onClick={() => {
                  close()
                  send(say(key), value)
                }}
              >
                {say(key)}
              </button>
            ))}
            <button type="button" className="reply" onClick={leave}>
              {say('menu.leave')}
            </button>
          </div>
          {retentionDays === undefined ? null : <p className="note">{say('menu.retention', { days: days(retentionDays) })}</p>}
        </>
      )}
    </Sheet>
  )
}
