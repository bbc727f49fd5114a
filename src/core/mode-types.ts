/** Trial or live: whether strangers are written to. Plain data. */

export type Mode = 'trial' | 'live'

/** What stands between trial and live; `area` where it is about one. `made-up-area`: its numbers are a demo's, and strangers would be given them. */
export interface Missing {
  readonly what: 'second-administrator' | 'made-up-area' | 'doctor' | 'on-call'
  readonly area?: string
}

export interface ModeView {
  readonly mode: Mode
  /** Empty: it may go live. */
  readonly missing: readonly Missing[]
}
