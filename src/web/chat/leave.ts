/** Leaving quickly: nothing of the chat stays on the screen, behind the Back button or in the tab. */
import type { KeptStore } from '../shared/browser-store.js'
import { type Chat, LEAVE_PATH, LEFT_KEY } from './chat.js'

/** A page that says nothing of where one comes from. */
const NEUTRAL_PAGE = '/leave.html'

/** Blanks the page, tells the server to forget the device, and puts the neutral page in place of this one. */
export function leaveQuickly(chat: Chat, device: KeptStore): void {
  blank()
  chat.close()
  device.setItem(LEFT_KEY, '1')
  sessionStorage.clear()
  // `keepalive` lets it arrive after the page is gone; should it not, the next opening of the page says it first.
  fetch(LEAVE_PATH, { method: 'POST', keepalive: true }).then(
    (response) => response.ok && device.removeItem(LEFT_KEY),
    () => undefined,
  )
  location.replace(NEUTRAL_PAGE)
}

/** A page kept by the browser for Back and Forward shows nothing until it has asked the server anew whose it is. */
export function guardHistory(): void {
  window.addEventListener('pagehide', (event) => {
    if (event.persisted) blank()
  })
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}

function blank(): void {
  document.documentElement.dataset['blank'] = ''
  document.title = ''
}
