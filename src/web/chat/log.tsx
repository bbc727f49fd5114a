/** The conversation as a polite log: what is new is announced and brought into sight, what was there before is not. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { LanguageInfo } from '../../core/library.js'
import { useTexts } from '../shared/say.js'
import { BotBubble, OwnBubble } from './bubble.js'
import type { Entry } from './conversation-state.js'
import { ReadButton, useReader } from './read-button.js'

interface LogProps {
  readonly entries: readonly Entry[]
  readonly caughtUp: boolean
  readonly areaName: string
  readonly languageOf: (code: string) => LanguageInfo
  readonly leave: () => void
  /** Shown after the newest message. */
  readonly children: React.ReactNode
}

/** Screen readers look at a change some time after it was made. */
const HISTORY_READ_MS = 500
/** Who is this close to the end, in CSS pixels, is reading along. */
const NEAR_END = 200

export function Log({ entries, caughtUp, areaName, languageOf, leave, children }: LogProps): React.ReactNode {
  const { say } = useTexts()
  const live = useLive(caughtUp)
  const end = useFollow(entries)
  const reader = useReader()
  return (
    <div className="log" role="log" aria-label={say('log')} aria-live={live ? 'polite' : 'off'}>
      <ol className="entries" ref={end}>
        {entries.map((entry) =>
          entry.from === 'resident' ? (
            <OwnBubble key={entry.key} entry={entry} />
          ) : (
            <BotBubble
              key={entry.key}
              message={entry.message}
              language={languageOf(entry.message.language)}
              areaName={areaName}
              fresh={live}
              leave={leave}
              reader={<ReadButton message={entry.message} reader={reader} />}
            />
          ),
        )}
      </ol>
      {children}
    </div>
  )
}

/** True once the conversation so far is on the screen and has been for a moment. */
function useLive(caughtUp: boolean): boolean {
  const [live, setLive] = useState(caughtUp)
  useEffect(() => {
    if (!caughtUp) return undefined
    const timer = setTimeout(() => setLive(true), HISTORY_READ_MS)
    return () => clearTimeout(timer)
  }, [caughtUp])
  return live
}

/** Keeps the newest question at the top of the screen and its answer below it, unless the resident reads further up. */
function useFollow(entries: readonly Entry[]): React.RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement>(null)
  const nearEnd = useRef(true)
  useEffect(() => {
    const look = (): void => {
      const { scrollHeight } = document.documentElement
      nearEnd.current = scrollHeight - window.scrollY - window.innerHeight < NEAR_END
    }
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [])
  const newest = entries[entries.length - 1]
  useLayoutEffect(() => {
    if (newest === undefined || (newest.from === 'bot' && !nearEnd.current)) return
    const own = list.current?.querySelectorAll('.own')
    const target = own?.[own.length - 1] ?? list.current?.lastElementChild
    target?.scrollIntoView({ block: 'start' })
  }, [newest?.key, newest?.from])
  return list
}
