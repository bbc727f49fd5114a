/** Who waits, longest first: arrows move, Enter opens. */
import { Button } from '@mantine/core'
import { type KeyboardEvent, type Ref, useState } from 'react'
import { type Area, Refusal } from '../api.js'
import { Notice } from '../notice.js'
import { useTexts } from '../texts.js'
import { chosenWords } from './outcome-words.js'
import { addressOf, Row } from './request-row.js'
import type { Filters, Rows } from './use-board.js'

interface ListProps {
  readonly rows: Rows
  readonly filters: Filters
  readonly areas: readonly Area[]
  /** Id or number of the request that is open. */
  readonly open: string
  readonly showAll: () => void
  readonly list: Ref<HTMLOListElement>
}

export function RequestList({ rows: read, filters, areas, open, showAll, list }: ListProps): React.ReactNode {
  const { say } = useTexts()
  const [current, setCurrent] = useState('')
  const { rows, loading, failed, more, again } = read
  const isOpen = (row: (typeof rows)[number]) => open === row.id || open === addressOf(row)
  const reachable = (rows.find(({ id }) => id === current) ?? rows.find(isOpen) ?? rows[0])?.id
  const nameOf = (id: string) => (areas.length === 1 ? '' : (areas.find((area) => area.id === id)?.name ?? id))
  return (
    <div className="board-list" aria-busy={loading}>
      {failed === undefined ? null : (
        <div className="board-failed">
          <Notice outcome={{ failed: rows.length === 0 ? failed : new Refusal('offline', chosenWords(say('board.old'))) }} />
          <Button variant="default" onClick={again}>
            {say('board.again')}
          </Button>
        </div>
      )}
      {loading && rows.length === 0 && failed === undefined ? <p className="slow quiet">{say('loading')}</p> : null}
      {rows.length === 0 ? null : (
        <ol ref={list} className="board-rows" aria-label={say(`board.rows.${filters.list}`)} onKeyDown={move}>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              area={nameOf(row.area)}
              isOpen={isOpen(row)}
              isCurrent={row.id === reachable}
              focused={() => setCurrent(row.id)}
            />
          ))}
        </ol>
      )}
      {rows.length === 0 && !loading && failed === undefined ? <Nothing filters={filters} showAll={showAll} /> : null}
      {more === undefined ? null : (
        <Button variant="default" onClick={more}>
          {say('board.more')}
        </Button>
      )}
    </div>
  )
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
}

function move(event: KeyboardEvent<HTMLOListElement>): void {
  const step = STEPS[event.key]
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.board-row')]
  const at = links.findIndex((link) => link === document.activeElement)
  event.preventDefault()
  links[step(at, links.length - 1)]?.focus()
}

function Nothing({ filters, showAll }: Pick<ListProps, 'filters' | 'showAll'>): React.ReactNode {
  const { say } = useTexts()
  const { list, area, language } = filters
  const filtered = area !== '' || language !== ''
  return (
    <div className="board-nothing">
      <p>
        <strong>{say(filtered ? 'board.none.filtered' : `board.none.${list}`)}</strong>
      </p>
      {filtered ? (
        <Button variant="default" onClick={showAll}>
          {say('board.none.filtered.do')}
        </Button>
      ) : (
        <p className="quiet">{say(`board.none.${list}.do`)}</p>
      )}
    </div>
  )
}
