/** What staff's work in the console needs of the rest of the product. */
import type { Collections } from '../store/collections.js'
import type { Alarms } from './alarms.js'
import type { Live } from './board/live.js'
import type { Handoffs } from './handoffs/handoffs.js'
import type { LibrarySource } from './library-source.js'
import type { ModeSource } from './mode.js'
import type { PlacesSource } from './places.js'
import type { Ids, Keys, Log, Receive, Time } from './ports.js'

export interface ConsoleDeps {
  readonly collections: Collections
  readonly requests: Handoffs
  readonly alarms: Alarms
  readonly live: Live
  readonly places: PlacesSource
  readonly library: LibrarySource
  readonly mode: ModeSource
  /** Messenger is set up and Graph is Meta's: live means that strangers are written to. */
  readonly reachesStrangers: boolean
  readonly receive: Receive
  readonly keys: Keys
  readonly ids: Ids
  readonly time: Time
  readonly log: Log
  /** Meta granted the Human Agent feature. */
  readonly humanAgent: boolean
  /** Tells residents whose request was closed; the worker does it again in any case. */
  readonly tellClosed: () => Promise<number>
}
