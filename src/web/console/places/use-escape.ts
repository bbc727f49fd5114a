/** The Esc key leads back; what was typed stays. */
import { useEffect } from 'react'

export function useEscape(back: () => void): void {
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      // Where it closes a list of choices, it does only that.
      if (event.key === 'Escape' && !event.defaultPrevented && !(event.target instanceof HTMLSelectElement)) back()
    }
    window.addEventListener('keydown', leave)
    return () => window.removeEventListener('keydown', leave)
  }, [back])
}
