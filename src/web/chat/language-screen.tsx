/** The first screen: every language by its own name, the device's first, and nothing else. */
import type { LanguageInfo } from '../../core/library.js'
import { useTexts } from '../shared/say.js'
import type { Reply } from './activity.js'

interface LanguageScreenProps {
  readonly replies: readonly Reply[]
  readonly deviceLanguages: readonly string[]
  readonly languageOf: (code: string) => LanguageInfo
  readonly send: (text: string, value: string) => void
}

export function LanguageScreen({ replies, deviceLanguages, languageOf, send }: LanguageScreenProps): React.ReactNode {
  const { say } = useTexts()
  return (
    <section className="first" aria-labelledby="choose-language">
      <h2 id="choose-language">{say('languages.first')}</h2>
      <div className="languages">
        {deviceFirst(replies, deviceLanguages).map((reply) => {
          const { code, dir } = languageOf(reply.language ?? '')
          return (
            <button key={reply.value} type="button" className="reply" lang={code} dir={dir} onClick={() => send(reply.title, reply.value)}>
              {reply.title}
            </button>
          )
        })}
      </div>
    </section>
  )
}

function deviceFirst(replies: readonly Reply[], deviceLanguages: readonly string[]): Reply[] {
  const codes = deviceLanguages.map((tag) => tag.toLowerCase().split('-')[0])
  const rank = ({ language }: Reply): number => {
    const place = codes.indexOf(language)
    return place < 0 ? codes.length : place
  }
  return [...replies].sort((one, other) => rank(one) - rank(other))
}
