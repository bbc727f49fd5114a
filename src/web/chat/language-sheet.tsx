/** The list of languages at any time: a language's own name, said in the chat, changes to it. */
import type { LanguageInfo } from '../../core/library.js'
import { useTexts } from '../shared/say.js'
import { Sheet } from '../shared/sheet.js'

interface LanguageSheetProps {
  readonly languages: readonly LanguageInfo[]
  readonly send: (text: string) => void
  readonly onClose: () => void
}

export function LanguageSheet({ languages, send, onClose }: LanguageSheetProps): React.ReactNode {
  const { say, language } = useTexts()
  return (
    <Sheet titleId="languages-title" title={say('languages.title')} onClose={onClose}>
      {(close) => (
        <div className="languages">
          {languages.map(({ code, name, dir }) => (
            <button
              key={code}
              type="button"
              className="reply"
              lang={code}
              dir={dir}
              aria-current={code === language.code ? 'true' : undefined}
              onClick={() => {
                close()
                send(name)
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </Sheet>
  )
}
