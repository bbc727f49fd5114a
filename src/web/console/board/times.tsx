/** Waits and moments on the board, each with the exact time behind: a line of the list has it in its request. They go on by themselves. */
import { useSyncExternalStore } from 'react'
import type { Instant } from '../../../core/types.js'
import { type Texts, useTexts } from '../texts.js'
import { momentWords, waitWords } from './time-words.js'

const STEP_MS = 15_000

function subscribe(tick: () => void): () => void {
  const timer = setInterval(tick, STEP_MS)
  return () => clearInterval(timer)
}
/** The same value within a step, as React wants of a store. */
const stepNow = (): Instant => Math.floor(Date.now() / STEP_MS) * STEP_MS

/** The time, a quarter of a minute behind at most. */
export function useNow(): Instant {
  return useSyncExternalStore(subscribe, stepNow)
}

/** "i 12 minutter". */
export function Wait({ since }: { readonly since: Instant }): React.ReactNode {
  const { say, time } = useTexts()
  const { key, n } = waitWords(since, useNow())
  return (
    <time dateTime={new Date(since).toISOString()} title={time(since)}>
      {say(key, { n: String(n) })}
    </time>
  )
}

/** "i 12 minutter (siden 14.02)": nobody needs a mouse to read when it was. */
export function WaitSince({ since }: { readonly since: Instant }): React.ReactNode {
  const { say } = useTexts()
  return (
    <>
      <Wait since={since} /> ({say('board.waits.since')} <Moment at={since} />)
    </>
  )
}

/** "i går 14.20". */
export function Moment({ at }: { readonly at: Instant }): React.ReactNode {
  const texts = useTexts()
  return (
    <time dateTime={new Date(at).toISOString()} title={texts.time(at)}>
      {momentOf(texts, at, useNow())}
    </time>
  )
}

export function momentOf({ language, say }: Texts, at: Instant, now: Instant): string {
  return momentWords(at, now, language, (clock) => say('board.yesterday', { time: clock }))
}
