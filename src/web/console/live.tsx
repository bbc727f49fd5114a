/** The page lives: what others change is asked anew as it changes, and who has a request open is told. */
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BoardChange } from '../../core/board-types.js'
import { call } from './api.js'
import { keysOf } from './live-keys.js'
import { type Hears, type LineWorld, openLine } from './live-line.js'
import { useTexts } from './texts.js'

/** Half of the 45 s that the server keeps it, and a little less. */
const PRESENCE_MS = 20_000

/** Once on the page, while somebody is signed in. Says quietly when the line is slow. */
export function Live(): React.ReactNode {
  const { say } = useTexts()
  const slow = useLive()
  return (
    <div role="status" className="quiet">
      {slow ? say('live.slow') : ''}
    </div>
  )
}

/** Tells the other staff that this request is open here, by its id; absent: none is. */
export function usePresence(request: string | undefined): void {
  useEffect(() => {
    if (request === undefined) return
    const here = () => {
      // What stands in the way of it the page learns when it reads the request.
      if (document.visibilityState === 'visible') call('PUT requests/:id/presence', { id: request }).catch(() => undefined)
    }
    here()
    const again = setInterval(here, PRESENCE_MS)
    document.addEventListener('visibilitychange', here)
    return () => {
      clearInterval(again)
      document.removeEventListener('visibilitychange', here)
      // Unheard, it ends by itself after 45 s.
      call('DELETE requests/:id/presence', { id: request }).catch(() => undefined)
    }
  }, [request])
}

/** True while the line is slow and everything is asked anew in turn. */
function useLive(): boolean {
  const client = useQueryClient()
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const line = openLine(browserWorld(client, setSlow))
    const seen = () => {
      if (document.visibilityState === 'visible') line.wake()
    }
    const back = () => line.wake()
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('online', back)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener('online', back)
      line.close()
    }
  }, [client])
  return slow
}

function browserWorld(client: QueryClient, say: (slow: boolean) => void): LineWorld {
  return {
    say,
    open: openStream,
    now: () => Date.now(),
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    visible: () => document.visibilityState === 'visible',
    askAll: () => void client.invalidateQueries(),
    ask(changes) {
      const keys = keysOf(changes)
      void client.invalidateQueries({
        predicate: ({ queryKey, state }) =>
          keys.some((key) => begins(queryKey, key) || (key[0] === queryKey[0] && holds(state.data, key[1]))),
      })
    },
  }
}

function begins(whole: QueryKey, key: readonly string[]): boolean {
  return key.every((part, at) => whole[at] === part)
}

/** What was asked for by another name, such as the number of a request, is known by the id in its answer. */
function holds(data: unknown, id: string | undefined): boolean {
  return id !== undefined && typeof data === 'object' && data !== null && 'id' in data && data.id === id
}

function openStream({ opened, sign, shut }: Hears): () => void {
  const stream = new EventSource('/api/events')
  stream.addEventListener('open', opened)
  stream.addEventListener('beat', () => sign())
  stream.addEventListener('message', ({ data }: MessageEvent<string>) => sign(JSON.parse(data) as BoardChange))
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED) shut()
  })
  return () => stream.close()
}
