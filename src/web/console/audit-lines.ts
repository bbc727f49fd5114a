/** The record as the page shows it: the newest lines, read anew as others come, and under them the older ones that were asked for. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type AuditLine, type AuditLines, call, type Refusal } from './api.js'
import { refusalOf } from './board/use-board.js'
import { withNewest } from './newest-lines.js'

const NONE: AuditLines = { lines: [] }

export interface ShownRecord {
  /** Absent until the first lines are there. */
  readonly lines: readonly AuditLine[] | undefined
  readonly failed: Refusal | undefined
  /** Reads older ones; absent where there are none. */
  readonly more: (() => Promise<void>) | undefined
}

/** `area`: empty for all. */
export function useRecord(area: string): ShownRecord {
  const client = useQueryClient()
  const key = ['audit', area]
  const read = (before?: string) =>
    call('GET audit', { query: { ...(area === '' ? {} : { area }), ...(before === undefined ? {} : { before }) } })
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: async () => withNewest(client.getQueryData<AuditLines>(key) ?? NONE, await read()),
  })
  const before = data?.before
  const more = async () => {
    const older = await read(before)
    // Read anew from the top meanwhile: then these do not follow on it.
    client.setQueryData<AuditLines>(key, (known) =>
      known?.before === before ? { ...older, lines: [...(known?.lines ?? []), ...older.lines] } : known,
    )
  }
  return { lines: data?.lines, failed: refusalOf(error), more: before === undefined ? undefined : more }
}
