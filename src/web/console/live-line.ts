/** The line to the stream of events: what comes over it, whether it still lives, and what is done while it does not. */
import type { BoardChange } from '../../core/board-types.js'

/** Changes that come together are asked for together. Milliseconds, as all here; all numbers are ours. */
export const TOGETHER_MS = 200
/** Without a sign of life for so long the line counts as slow: two beats of the server's 15 s, and some. */
export const SILENT_MS = 40_000
/** While it is slow everything is asked anew so often. */
export const ASK_MS = 10_000
/** How often it is looked at. */
export const LOOK_MS = 1000
/** A line that was refused is tried again after so long. */
export const AGAIN_MS = 10_000
/** After waking, a line that was silent for more than a beat is opened anew. */
const BEAT_MISSED_MS = 20_000

/** What the line hears of its connection. */
export interface Hears {
  /** It is open, for the first time or again. */
  opened(): void
  /** A sign of life; with what changed, if anything. */
  sign(change?: BoardChange): void
  /** It was refused, and does not open again by itself. */
  shut(): void
}

export interface LineWorld {
  /** Opens a connection; what it gives back closes it. */
  open(hears: Hears): () => void
  now(): number
  /** Runs it later; what it gives back calls it off. */
  after(ms: number, run: () => void): () => void
  /** Somebody can see the page. */
  visible(): boolean
  ask(changes: readonly BoardChange[]): void
  askAll(): void
  say(slow: boolean): void
}

export interface Line {
  /** The page is seen again, or the network is back: everything is asked anew at once. */
  wake(): void
  close(): void
}

export function openLine(world: LineWorld): Line {
  const line = new OpenLine(world)
  line.begin()
  return line
}

class OpenLine implements Line {
  #disconnect = () => {}
  #stopLooking = () => {}
  #callOff: (() => void) | undefined
  #waiting: BoardChange[] = []
  #lastSign: number
  #lastAsked = 0
  #fresh = true
  #slow = false
  #closed = false

  constructor(private readonly world: LineWorld) {
    this.#lastSign = world.now()
  }

  begin(): void {
    this.#connect()
    this.#lookLater()
  }

  wake(): void {
    const { world } = this
    if (world.now() - this.#lastSign > BEAT_MISSED_MS) {
      this.#lastSign = world.now()
      this.#connect()
    }
    this.#askAll()
  }

  close(): void {
    this.#closed = true
    this.#disconnect()
    this.#stopLooking()
    this.#callOff?.()
  }

  #connect(): void {
    this.#disconnect()
    let over = false
    let again = () => {}
    const disconnect = this.world.open({
      opened: () => {
        this.#fresh = true
      },
      sign: (change) => {
        if (!over) this.#sign(change)
      },
      shut: () => {
        if (over) return
        disconnect()
        again = this.world.after(AGAIN_MS, () => this.#connect())
        // Whoever is not signed in any more learns it by this.
        this.#askAll()
      },
    })
    this.#disconnect = () => {
      over = true
      again()
      disconnect()
    }
  }

  #sign(change: BoardChange | undefined): void {
    this.#lastSign = this.world.now()
    const missed = this.#fresh || this.#slow
    this.#fresh = false
    if (this.#slow) this.#become(false)
    // What changed while nothing came over the line is known to nobody.
    if (missed) this.#askAll()
    else if (change !== undefined) this.#askLater(change)
  }

  #askLater(change: BoardChange): void {
    this.#waiting.push(change)
    this.#callOff ??= this.world.after(TOGETHER_MS, () => {
      const changes = this.#waiting
      this.#forgetWaiting()
      this.world.ask(changes)
    })
  }

  #askAll(): void {
    this.#callOff?.()
    this.#forgetWaiting()
    this.#lastAsked = this.world.now()
    this.world.askAll()
  }

  #forgetWaiting(): void {
    this.#waiting = []
    this.#callOff = undefined
  }

  #lookLater(): void {
    this.#stopLooking = this.world.after(LOOK_MS, () => {
      this.#look()
      if (!this.#closed) this.#lookLater()
    })
  }

  #look(): void {
    const now = this.world.now()
    if (now - this.#lastSign <= SILENT_MS) return
    if (!this.#slow) this.#become(true)
    // A page that nobody sees asks when it is seen again.
    if (this.world.visible() && now - this.#lastAsked >= ASK_MS) this.#askAll()
  }

  #become(slow: boolean): void {
    this.#slow = slow
    this.world.say(slow)
  }
}
