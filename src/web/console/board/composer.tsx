/** Words to send or save; they stay in the tab until the server has them. */
import { Button } from '@mantine/core'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTexts } from '../texts.js'
import { useDraft } from './drafts.js'

interface ComposerProps {
  /** Where the draft is kept. */
  readonly kept: string
  readonly label: string
  readonly hint?: string
  readonly send: { readonly text: string; readonly max: number; readonly busy: boolean; readonly by: (text: string) => void }
  readonly quiet?: boolean
  /** More buttons. */
  readonly children?: React.ReactNode
}

export function Composer({ kept, label, hint, send, quiet = false, children }: ComposerProps): React.ReactNode {
  const { say } = useTexts()
  const id = useId()
  const [text, setText] = useDraft(kept)
  const [empty, setEmpty] = useState(false)
  const submit = () => {
    const words = text.trim()
    setEmpty(words === '')
    if (words !== '' && !send.busy) send.by(words)
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
  }
  return (
    <div className="composer">
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="quiet">
          {hint}
        </p>
      )}
      <textarea
        id={id}
        dir="auto"
        rows={quiet ? 2 : 3}
        maxLength={send.max}
        value={text}
        aria-invalid={empty}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keys}
      />
      <p role="alert" className="wrong">
        {empty && text.trim() === '' ? say('board.empty') : ''}
      </p>
      <div className="buttons">
        <Button variant={quiet ? 'default' : 'filled'} disabled={send.busy} onClick={submit}>
          {send.text}
        </Button>
        {children}
      </div>
    </div>
  )
}
