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
  const [draft, setDraft] = useState(() => tab.getItem(DRAFT) ?? '')
  const write = (text: string): void => {
    setDraft(text)
    if (text === '') tab.removeItem(DRAFT)
    else tab.setItem(DRAFT, text)
  }
  const submit = (): void => {
    const text = draft.trim()
    document.getElementById(COMPOSER_ID)?.focus()
    if (text === '') return
    write('')
    send(text)
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
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
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="send">
        {say('composer.send')}
      </button>
    </form>
  )
}
