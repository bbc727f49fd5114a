/** What somebody types and has not saved: it stays while they look at other pages. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'

/** The first part of the key of everything unsaved; the second is whose it is. */
export const DRAFT = 'draft'

export interface Draft<T> {
  readonly value: T
  set(value: T): void
  /** It is saved, or not wanted. */
  drop(): void
}

/** Whether something is typed there that is not saved. */
export function hasDraft(client: QueryClient, name: readonly string[]): boolean {
  return client.getQueryData([DRAFT, ...name]) !== undefined
}

/** `begin`: what the fields hold before anything is typed. Before the tab is closed with something unsaved the browser asks. */
export function useDraft<T>(name: readonly string[], begin: () => T): Draft<T> {
  const client = useQueryClient()
  const [key] = useState(() => [DRAFT, ...name])
  const [value, setValue] = useState<T>(() => client.getQueryData<T>(key) ?? begin())
  useEffect(() => {
    client.setQueryDefaults([DRAFT], { gcTime: Number.POSITIVE_INFINITY })
    const ask = (event: BeforeUnloadEvent) => {
      if (client.getQueryData(key) !== undefined) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [client, key])
  const set = useCallback(
    (next: T) => {
      setValue(next)
      client.setQueryData(key, next)
    },
    [client, key],
  )
  const drop = useCallback(() => client.removeQueries({ queryKey: key, exact: true }), [client, key])
  return { value, set, drop }
}
