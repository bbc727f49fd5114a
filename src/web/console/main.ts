/** The console starts. */
import { show } from './show.js'

show(document.getElementById('console'))
