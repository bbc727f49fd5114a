/** What the store keeps of the program itself: its instances, pages, timers, mode and keys. */
import type { Mode } from '../core/mode-types.js'
import type { Instant } from '../core/types.js'
import type { Stored } from './collection.js'

/** A running process. Its version grows with each heartbeat. */
export interface InstanceDocument extends Stored {
  /** Itself; or who takes over its open turns after it died. */
  readonly owner: string
}

/** A Messenger page whose sends are stopped; all instances keep to it. */
export interface PageDocument extends Stored {
  /** Meta's policy enforcement blocked it, until Meta says otherwise. */
  readonly blocked: boolean
  /** Why it rests: a setting must be mended, or Meta restricted it; empty when it does not. */
  readonly reason: '' | 'config' | 'circuit'
  /** Milliseconds that it rests. */
  readonly rest: number
}

/** Work that comes again; `_id` is its name. */
export interface TimerDocument extends Stored {
  /** Whoever moves it forward does the work. */
  readonly due: Instant
}

/** Trial or live; there is one document, or none in a fresh installation. */
export interface ModeDocument extends Stored {
  readonly mode: Mode
  readonly since: Instant
}

export interface KeyDocument extends Stored {
  /** 32 random bytes, base64url. */
  readonly secret: string
}
