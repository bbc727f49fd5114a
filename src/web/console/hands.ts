/** Whether somebody is at the page: what it asks by itself keeps no login alive. */

/** A touch counts for so long, in milliseconds (ours): what somebody did may be sent a little later. */
const TOUCH_MS = 60_000
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const

/** Opening the page is something that somebody does. */
let touchedAt = Date.now()

/** Called once, when the page starts. */
export function watchHands(): void {
  const touched = () => {
    touchedAt = Date.now()
  }
  for (const touch of TOUCHES) window.addEventListener(touch, touched, { capture: true, passive: true })
}

/** Somebody did something with the page just now. */
export function isSomebodyThere(): boolean {
  return Date.now() - touchedAt < TOUCH_MS
}
