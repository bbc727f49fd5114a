/** The outbox of whoever is signed in: it goes on while other pages of the console are shown. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { call } from '../api.js'
import { KEYS } from '../keys.js'
import { draftOf, keptAs, setDraft, tabStore } from './drafts.js'
import { Outbox, type OutboxState } from './outbox.js'

let current: { readonly staff: string; readonly outbox: Outbox } | undefined

function outboxOf(staff: string, client: QueryClient): Outbox {
  if (current?.staff !== staff) current = { staff, outbox: createOutbox(staff, client) }
  return current.outbox
}

/** Before somebody signs out: what waits is sent while it still counts, and what could not be sent goes. */
export async function emptyOutbox(): Promise<void> {
  await current?.outbox.flush()
  current = undefined
}

function createOutbox(staff: string, client: QueryClient): Outbox {
  const lists = () => {
    void client.invalidateQueries({ queryKey: KEYS.requests })
    void client.invalidateQueries({ queryKey: KEYS.alarms })
  }
  return new Outbox({
    send: ({ request, id, seen, act }) => call('POST requests/:id/acts', { id: request, body: { id, seen, act }, keepalive: true }),
    later: (seconds, then) => {
      const timer = setTimeout(then, seconds * 1000)
      return () => clearTimeout(timer)
    },
    store: tabStore(),
    key: keptAs(staff, 'outbox'),
    done: (view, { request, act }) => {
      client.setQueriesData({ queryKey: KEYS.request(request) }, view)
      lists()
      if (!('text' in act)) return
      const key = keptAs(staff, `${request}.${act.do}`)
      // Whoever wrote on meanwhile keeps it.
      if (draftOf(key).trim() === act.text) setDraft(key, '')
    },
    refused: ({ request }, { code }) => {
      if (code === 'offline') return
      void client.invalidateQueries({ queryKey: KEYS.request(request) })
      lists()
    },
  })
}

/** `left`: nobody is signed in any more. What waits is sent when the board or the page is left. */
export function useOutbox(staff: string, left: () => void): readonly [Outbox, OutboxState] {
  const client = useQueryClient()
  const [outbox] = useState(() => outboxOf(staff, client))
  const state = useSyncExternalStore(outbox.subscribe, outbox.state)
  useEffect(() => {
    const flush = () => void outbox.flush()
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [outbox])
  const code = state.outcome?.refused?.code
  useEffect(() => {
    if (code === 'sign-in') left()
  }, [code, left])
  return [outbox, state]
}
