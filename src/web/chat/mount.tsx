/** Puts the view of a chat into the page. */
import { createRoot } from 'react-dom/client'
import { App } from './app.js'
import type { Chat, ChatWorld } from './chat.js'

export function mount(chat: Chat, world: ChatWorld): void {
  const root = document.getElementById('root')
  if (root !== null) createRoot(root).render(<App chat={chat} world={world} />)
}
