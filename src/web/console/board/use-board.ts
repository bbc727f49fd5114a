/** What the board reads: pages of a list, alarms, and one request. */
import { keepPreviousData, type UseQueryResult, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { AlarmRow, BoardList, RequestPage, RequestRow, RequestView } from '../../../core/board-types.js'
import { call, Refusal } from '../api.js'
import { KEYS } from '../keys.js'
import { useTexts } from '../texts.js'

/** Empty: all of them. */
export interface Filters {
  readonly list: BoardList
  readonly area: string
  readonly language: string
}

export interface Rows {
  readonly rows: readonly RequestRow[]
  /** Absent until the first page is there. */
  readonly counts: RequestPage['counts'] | undefined
  /** What is shown is of other filters, or not there yet. */
  readonly loading: boolean
  readonly failed: Refusal | undefined
  /** Absent on the last page. */
  readonly more: (() => void) | undefined
  readonly again: () => void
}

/** Pages of a list until now. */
export function useRows(filters: Filters): Rows {
  const query = useInfiniteQuery({
    queryKey: [...KEYS.requests, filters],
    queryFn: ({ pageParam }) => call('GET requests', { query: asked({ ...filters, next: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  })
  const { data, hasNextPage, isFetchingNextPage } = query
  const rows = new Map(data?.pages.flatMap((page) => page.rows.map((row) => [row.id, row] as const)))
  return {
    // Something moved from one page to the next while they were read: it is shown once.
    rows: [...rows.values()],
    counts: data?.pages.at(-1)?.counts,
    loading: query.isPending || query.isPlaceholderData,
    failed: refusalOf(query.error),
    // The button stays while it is fetched: it has the keyboard.
    more: hasNextPage ? () => (isFetchingNextPage ? undefined : void query.fetchNextPage()) : undefined,
    again: () => void query.refetch(),
  }
}

function asked(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

export function useAlarms(): UseQueryResult<readonly AlarmRow[]> {
  return useQuery({ queryKey: KEYS.alarms, queryFn: async () => (await call('GET alarms')).alarms })
}

/** Refusals that mean it is not there, whatever the reason. */
const GONE: ReadonlySet<string> = new Set(['request-gone', 'not-found', 'foreign-area'])

export type OneRequest =
  | { readonly is: 'loading' }
  /** `old`: it could not be read anew. */
  | { readonly is: 'there'; readonly view: RequestView; readonly old: boolean; readonly again: () => void }
  | { readonly is: 'gone' }
  | { readonly is: 'failed'; readonly refusal: Refusal; readonly again: () => void }

/** What two write on another instance changes no request, so nothing tells of it here: while they can write it is asked for. Milliseconds. */
const TALK_MS = 20_000

function isTalk(view: RequestView | undefined): boolean {
  return view?.helper !== undefined && view.closed === undefined
}

/** `address`: id or number. It is kept under its id, by which changes are told. */
export function useRequest(address: string): OneRequest {
  const client = useQueryClient()
  const { language } = useTexts()
  const [known, setKnown] = useState({ address, id: address })
  const id = known.address === address ? known.id : address
  const { data, error, refetch } = useQuery({
    queryKey: [...KEYS.request(id), language],
    queryFn: () => call('GET requests/:id', { id, query: { language } }),
    refetchInterval: ({ state }) => (isTalk(state.data) ? TALK_MS : false),
  })
  useEffect(() => {
    if (data === undefined || data.id === id) return
    client.setQueryData([...KEYS.request(data.id), language], data)
    setKnown({ address, id: data.id })
  }, [client, data, id, address, language])
  const refusal = refusalOf(error)
  const again = () => void refetch()
  if (refusal !== undefined && GONE.has(refusal.code)) return { is: 'gone' }
  if (data !== undefined) return { is: 'there', view: data, old: refusal !== undefined, again }
  return refusal === undefined ? { is: 'loading' } : { is: 'failed', refusal, again }
}

export function refusalOf(error: Error | null): Refusal | undefined {
  if (error === null) return undefined
  return error instanceof Refusal ? error : new Refusal('offline')
}
