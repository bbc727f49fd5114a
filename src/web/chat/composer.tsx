/** Where the resident writes. What is not sent yet stays in the tab. */
import { useState } from 'react'
import type { KeptStore } from '../shared/browser-store.js'
import { useTexts } from '../shared/say.js'

interface ComposerProps {
  readonly tab: KeptStore
  readonly send: (text: string) => void
}

const DRAFT = 'opgang.draft'
/** What the server takes as one message: Messenger's limit. */
const TEXT_MAX = 2000
export const COMPOSER_ID = 'composer'

export function Composer({ tab, send }: ComposerProps): React.ReactNode {
  const { say } = useTexts()
  const [draft, write] = useDraft(tab)
  const submit = (event: React.SyntheticEvent): void => {
    event.preventDefault()
    document.getElementById(COMPOSER_ID)?.focus()
    if (draft.trim() === '') return
    send(draft.trim())
    write('')
  }
  return (
    <form className="composer" onSubmit={submit}>
      <label className="visually-hidden" htmlFor={COMPOSER_ID}>
        {say('composer.label')}
      </label>
      <textarea
        id={COMPOSER_ID}
        rows={1}
        dir={draft === '' ? undefined : 'auto'}
        maxLength={TEXT_MAX}
        placeholder={say('composer.placeholder')}
        enterKeyHint="send"
        autoComplete="off"
        value={draft}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => (isSend(event) ? submit(event) : undefined)}
      />
      <button type="submit" className="send">
        {say('composer.send')}
      </button>
    </form>
  )
}

/** Enter sends, with Shift it begins a line; while a word is being composed it belongs to the keyboard. */
function isSend({ key, shiftKey, nativeEvent }: React.KeyboardEvent): boolean {
  return key === 'Enter' && !shiftKey && !nativeEvent.isComposing
}

/** What is written, kept in the tab at every key. */
function useDraft(tab: KeptStore): [string, (text: string) => void] {
  const [draft, setDraft] = useState(() => tab.getItem(DRAFT) ?? '')
  const write = (text: string): void => {
    setDraft(text)
    if (text === '') tab.removeItem(DRAFT)
    else tab.setItem(DRAFT, text)
  }
  return [draft, write]
}
