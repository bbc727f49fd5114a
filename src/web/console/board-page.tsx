/** Who waits, and one request: what coordinators work with. */
import { Button } from '@mantine/core'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { AlarmCard } from './board/alarm-card.js'
import { BehalfForm } from './board/behalf-form.js'
import { forgetOthers, keptAs, tabStore } from './board/drafts.js'
import { FilterBar } from './board/filter-bar.js'
import { OutboxBar } from './board/outbox-bar.js'
import { RequestList } from './board/request-list.js'
import { RequestPane } from './board/request-pane.js'
import { Shortcuts } from './board/shortcuts.js'
import { type Filters, useAlarms, useRows } from './board/use-board.js'
import { useBoardKeys } from './board/use-board-keys.js'
import { useOutbox } from './board/use-outbox.js'
import { Heading } from './heading.js'
import type { PageProps } from './page-props.js'
import { useTexts } from './texts.js'
import './board.css'

/** What stands in the address while a request is made. */
const NEW = 'new'

export function BoardPage({ me, areas, left, open, go }: PageProps): React.ReactNode {
  const { say } = useTexts()
  const [filters, choose] = useFilters(me.id)
  const rows = useRows(filters)
  const [outbox, sent] = useOutbox(me.id, left)
  const [opened, setOpened] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const [helping, setHelping] = useState(false)
  useEffect(() => forgetOthers(me.id), [me.id])
  const signedOut = rows.failed?.code === 'sign-in'
  useEffect(() => {
    if (signedOut) left()
  }, [signedOut, left])
  const close = useCallback(() => go(''), [go])
  useFocusOnClose(open, list)
  useBoardKeys({ close: open === '' ? undefined : close, help: () => setHelping(true), list })
  return (
    <div className={open === '' ? 'board' : 'board opened'}>
      <div className="board-head">
        <Heading>{say('board.title')}</Heading>
        <div className="buttons">
          <Button variant="default" onClick={() => go(NEW)}>
            {say('board.new')}
          </Button>
          <Button variant="default" className="board-help" aria-keyshortcuts="?" onClick={() => setHelping(true)}>
            {say('board.keys')}
          </Button>
        </div>
      </div>
      <div className="board-panes">
        <div className="board-left">
          <OpenAlarms areas={areas} />
          <FilterBar filters={filters} counts={rows.counts} areas={areas} choose={choose} />
          <RequestList {...{ rows, filters, areas, open, list }} showAll={() => choose({ ...filters, area: '', language: '' })} />
        </div>
        <div className="board-right">
          {open === '' ? <Pick /> : null}
          {open === NEW ? (
            <BehalfForm
              {...{ staff: me.id, areas, close, left }}
              opened={(receipt) => {
                setOpened(receipt)
                go(receipt)
              }}
            />
          ) : null}
          {open !== '' && open !== NEW ? (
            <RequestPane address={open} opened={open === opened} {...{ staff: me.id, areas, outbox, sent, close, left }} />
          ) : null}
        </div>
      </div>
      <OutboxBar outbox={outbox} entries={sent.entries} />
      {helping ? <Shortcuts onClose={() => setHelping(false)} /> : null}
    </div>
  )
}

function Pick(): React.ReactNode {
  const { say } = useTexts()
  return (
    <div className="board-nothing">
      <p>
        <strong>{say('board.pick')}</strong>
      </p>
      <p className="quiet">{say('board.pick.how')}</p>
    </div>
  )
}

/** Those that nobody has seen. */
function OpenAlarms({ areas }: Pick<PageProps, 'areas'>): React.ReactNode {
  const { say } = useTexts()
  const { data = [] } = useAlarms()
  const open = data.filter(({ state }) => state !== 'acknowledged')
  const [seen, setSeen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The alarm that had the keyboard is gone.
    if (seen && document.activeElement === document.body) place.current?.focus({ preventScroll: true })
    const timer = setTimeout(() => setSeen(false), NEWS_MS)
    return () => clearTimeout(timer)
  }, [seen, open.length])
  return (
    <div ref={place} tabIndex={-1} className="board-alarms">
      {open.length === 0 ? null : (
        <section aria-labelledby="board-alarms" className="alarms">
          <h2 id="board-alarms">
            {say('board.alarms')} <span className="count">{open.length}</span>
          </h2>
          <ul>
            {open.map((alarm) => (
              <li key={alarm.id}>
                <AlarmCard
                  alarm={alarm}
                  area={areas.find(({ id }) => id === alarm.area)?.name ?? alarm.area}
                  onSeen={() => setSeen(true)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <p role="status" className="quiet">
        {seen ? say('board.alarm.seen.done') : ''}
      </p>
    </div>
  )
}

/** What was done is news for so long. Milliseconds. */
const NEWS_MS = 30_000

const ALL: Filters = { list: 'waiting', area: '', language: '' }

/** They stay for as long as the tab is open. */
function useFilters(staff: string): readonly [Filters, (filters: Filters) => void] {
  const key = keptAs(staff, 'filters')
  const [filters, set] = useState<Filters>(() => {
    try {
      // Only this page writes there.
      return { ...ALL, ...(JSON.parse(tabStore().getItem(key) ?? '{}') as Partial<Filters>) }
    } catch {
      // What was chosen before cannot be read: everything is shown.
      return ALL
    }
  })
  const choose = (next: Filters) => {
    tabStore().setItem(key, JSON.stringify(next))
    set(next)
  }
  return [filters, choose]
}

/** Whoever closes a request is back where they were in the list. */
function useFocusOnClose(open: string, list: RefObject<HTMLOListElement | null>): void {
  const before = useRef(open)
  useEffect(() => {
    if (before.current !== '' && open === '') list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    before.current = open
  }, [open, list])
}
