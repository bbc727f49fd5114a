/** A dialog over the page, from below on a phone. The browser keeps the focus inside, closes it with Esc and gives the focus back. */
import { useEffect, useRef } from 'react'
import { useTexts } from './say.js'

interface SheetProps {
  readonly titleId: string
  readonly title: string
  /** Called once, when it is closed in whatever way. */
  readonly onClose: () => void
  /** Gets the way to close it. */
  readonly children: (close: () => void) => React.ReactNode
}

export function Sheet({ titleId, title, onClose, children }: SheetProps): React.ReactNode {
  const { say } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const close = (): void => dialog.current?.close()
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) close()
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children(close)}
      <button type="button" className="tool shut" onClick={close}>
        {say('sheet.close')}
      </button>
    </dialog>
  )
}
