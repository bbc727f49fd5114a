/** The resident's page starts: the session and the stream are asked for while the view is still on its way. */
import { browserWorld } from './browser-world.js'
import { Chat } from './chat.js'
import { guardHistory } from './leave.js'
import { readTextSize, setTextSize } from './text-size.js'

const world = browserWorld()
const chat = new Chat(world)
guardHistory()
setTextSize(readTextSize(world.device), world.device, document.documentElement)
chat.start()
window.addEventListener('online', () => chat.lineChanged())
window.addEventListener('offline', () => chat.lineChanged())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') chat.wake()
})
void import('./mount.js').then(({ mount }) => mount(chat, world))
