/** What happened, in words that are read aloud when they appear. */
import { Alert } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Refusal } from './api.js'
import { passkeyTrouble } from './passkey-trouble.js'
import { type TextKey, useTexts } from './texts.js'

/** A thing that was done, or what stands in its way. */
export type Outcome = { readonly done: string } | { readonly failed: Refusal | TextKey }

export function Notice({ outcome }: { readonly outcome: Outcome | undefined }): React.ReactNode {
  const { language, say } = useTexts()
  const here = useRef<HTMLDivElement>(null)
  const done = outcome !== undefined && 'done' in outcome
  const failed = outcome === undefined || 'done' in outcome ? undefined : outcome.failed
  const words = failed instanceof Refusal ? failed.words : undefined
  const text = failed === undefined ? '' : typeof failed === 'string' ? say(failed) : (words?.message[language] ?? say('offline'))
  const said = done ? outcome.done : text
  // What was done far down in a list is said above it.
  useEffect(() => {
    if (said !== '') here.current?.scrollIntoView({ block: 'nearest' })
  }, [said])
  return (
    <div ref={here}>
      <div role="status">{done ? <Alert className="notice">{outcome.done}</Alert> : null}</div>
      <div role="alert">
        {failed === undefined ? null : (
          <Alert className="refusal" role="presentation" title={text}>
            {words?.advice[language]}
          </Alert>
        )}
      </div>
    </div>
  )
}

export interface Doing {
  readonly busy: boolean
  readonly outcome: Outcome | undefined
  /** Does one thing at a time, and says what came of it; what `work` resolves with is said as done. */
  run(work: () => Promise<string | undefined>): void
  tell(outcome: Outcome | undefined): void
}

/** `left`: nobody is signed in any more. */
export function useDoing(left: () => void): Doing {
  const [busy, setBusy] = useState(false)
  const [outcome, tell] = useState<Outcome>()
  const run = useCallback(
    (work: () => Promise<string | undefined>) => {
      const from = document.activeElement
      setBusy(true)
      tell(undefined)
      work()
        .then((done) => tell(done === undefined ? undefined : { done }))
        .catch((error: unknown) => {
          if (error instanceof Refusal && error.code === 'sign-in') left()
          tell({ failed: error instanceof Refusal ? error : passkeyTrouble(error) })
        })
        .finally(() => {
          setBusy(false)
          setTimeout(() => giveBack(from), SHOWN_MS)
        })
    },
    [left],
  )
  return { busy, outcome, run, tell }
}

/** What came of it stands on the screen by then. Milliseconds. */
const SHOWN_MS = 100

/** A button that could not be pressed meanwhile has lost the keyboard, and gets it again. */
function giveBack(from: Element | null): void {
  if (document.activeElement === document.body && from instanceof HTMLElement && from.isConnected) from.focus({ preventScroll: true })
}
