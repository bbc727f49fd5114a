/** What every page of the console is given. */
import type { Area, Me } from './api.js'

export interface PageProps {
  readonly me: Me
  /** Areas that the caller works in, with their names. */
  readonly areas: readonly Area[]
  /** Nobody is signed in any more. */
  readonly left: () => void
  /** What stands behind the page's name in the address: the id of what is open, or empty. */
  readonly open: string
  /** Opens something of this page, or nothing; the way back leads here. */
  readonly go: (open: string) => void
}
