/** Keys that work wherever the focus is on the board. */
import { type RefObject, useEffect } from 'react'

interface KeysProps {
  /** Closes what is open; absent when nothing is. */
  readonly close: (() => void) | undefined
  readonly help: () => void
  readonly list: RefObject<HTMLOListElement | null>
}

export function useBoardKeys({ close, help, list }: KeysProps): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // A form inside has used the key, or a dialog is open and has keys of its own.
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
      if (event.key === 'Escape') close?.()
      else if (event.key === '?' && !isTyping(event.target)) help()
      else if (event.key.startsWith('Arrow') && isNowhere(event.target)) {
        list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
        event.preventDefault()
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [close, help, list])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select')
}

/** The focus is on nothing that can be used: on the page or its heading. */
function isNowhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('body, h1')
}
