/** The buttons under the newest message. */
import type { LanguageInfo } from '../../core/library.js'
import { useTexts } from '../shared/say.js'
import type { Reply } from './activity.js'

interface QuickRepliesProps {
  readonly replies: readonly Reply[]
  /** Language of the message they stand under. */
  readonly language: LanguageInfo
  readonly languageOf: (code: string) => LanguageInfo
  readonly send: (text: string, value: string) => void
}

/** Characters that fit half of a 320 px screen in the smallest text. */
const SHORT = 14

export function QuickReplies({ replies, language, languageOf, send }: QuickRepliesProps): React.ReactNode {
  const { say } = useTexts()
  if (replies.length === 0) return null
  const short = replies.length > 1 && replies.every(({ title }) => title.length <= SHORT)
  const tap = ({ title, value }: Reply): void => {
    send(title, value)
    // The button goes away: whoever came by keyboard goes on from their own answer.
    requestAnimationFrame(() => focusNewestOwn())
  }
  return (
    <div className={short ? 'replies short' : 'replies'} role="group" aria-label={say('replies')}>
      {replies.map((reply) => {
        const { code, dir } = reply.language === undefined ? language : languageOf(reply.language)
        return (
          <button key={reply.value} type="button" className="reply" lang={code} dir={dir} onClick={() => tap(reply)}>
            {reply.title}
          </button>
        )
      })}
    </div>
  )
}

function focusNewestOwn(): void {
  const own = document.querySelectorAll<HTMLElement>('.entry.own')
  own[own.length - 1]?.focus({ preventScroll: true })
}
