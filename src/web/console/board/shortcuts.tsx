/** What the keyboard does here. */
import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { type TextKey, useTexts } from '../texts.js'

const SHORTCUTS: readonly { readonly keys: readonly string[]; readonly what: TextKey }[] = [
  { keys: ['↑', '↓'], what: 'board.keys.arrows' },
  { keys: ['Home', 'End'], what: 'board.keys.ends' },
  { keys: ['Enter'], what: 'board.keys.open' },
  { keys: ['Esc'], what: 'board.keys.back' },
  { keys: ['Ctrl', 'Enter'], what: 'board.keys.send' },
  { keys: ['?'], what: 'board.keys.help' },
]

export function Shortcuts({ onClose }: { readonly onClose: () => void }): React.ReactNode {
  const { say } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="shortcuts" aria-labelledby="board-keys" onClose={onClose}>
      <h2 id="board-keys">{say('board.keys.title')}</h2>
      <dl>
        {SHORTCUTS.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(what)}</dd>
          </div>
        ))}
      </dl>
      <Button variant="default" onClick={() => dialog.current?.close()}>
        {say('board.keys.close')}
      </Button>
    </dialog>
  )
}
