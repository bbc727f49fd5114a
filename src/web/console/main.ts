/** The console starts. */
import { watchHands } from './hands.js'
import { show } from './show.js'

watchHands()
show(document.getElementById('console'))
