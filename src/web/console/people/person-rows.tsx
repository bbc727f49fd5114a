/** Lines of volunteers, moved through by arrows; Enter opens one. */
import { useState } from 'react'
import type { NetworkName, PersonRow } from '../../../core/people-types.js'
import type { Area } from '../api.js'
import { type TextKey, useTexts } from '../texts.js'
import { languageInWords, networkInWords } from './people-words.js'
import { rowId } from './row-id.js'
import { When } from './when.js'

interface PersonRowsProps {
  readonly rows: readonly PersonRow[]
  readonly areas: readonly Area[]
  readonly networks: readonly NetworkName[]
  /** Whoever was opened last: the Tab key comes back to them. */
  readonly opened: string
}

export function PersonRows({ rows, areas, networks, opened }: PersonRowsProps): React.ReactNode {
  const [at, setAt] = useState('')
  const current = [at, opened].find((id) => rows.some((row) => row.id === id)) ?? rows[0]?.id
  const move = (event: React.KeyboardEvent) => {
    const index = rows.findIndex(({ id }) => id === current)
    const next = rows[nextOf(event.key, index, rows.length)]
    if (next === undefined) return
    event.preventDefault()
    setAt(next.id)
    document.getElementById(rowId(next.id))?.focus()
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: the keys move between the links inside it
    <ul className="people-rows" onKeyDown={move}>
      {rows.map((row) => (
        <li key={row.id}>
          <a
            id={rowId(row.id)}
            href={`#people/${encodeURIComponent(row.id)}`}
            dir="auto"
            tabIndex={row.id === current ? 0 : -1}
            onFocus={() => setAt(row.id)}
          >
            {row.alias}
          </a>
          <Facts row={row} areas={areas} networks={networks} />
        </li>
      ))}
    </ul>
  )
}

function nextOf(key: string, index: number, length: number): number {
  switch (key) {
    case 'ArrowDown':
      return index + 1
    case 'ArrowUp':
      return index - 1
    case 'Home':
      return 0
    case 'End':
      return length - 1
    default:
      return -1
  }
}

interface FactsProps extends Pick<PersonRowsProps, 'areas' | 'networks'> {
  readonly row: PersonRow
}

function Facts({ row, areas, networks }: FactsProps): React.ReactNode {
  const { language, say } = useTexts()
  const { network, area, stairwell, languages } = row
  const where = areas.find(({ id }) => id === area)?.name ?? area
  const place = stairwell === undefined ? where : `${where}, ${say('people.stairwell.of', { stairwell })}`
  return (
    <div className="people-facts">
      <div>
        {networkInWords(network, networks, language)} · {place} · {languages.map((code) => languageInWords(code, language)).join(', ')}
      </div>
      <div className="people-now">
        <Now row={row} />
      </div>
    </div>
  )
}

/** What is of now: duty, pause, tasks. */
export function Now({ row }: { readonly row: PersonRow }): React.ReactNode {
  const { say } = useTexts()
  const { dutyUntil, paused, tasksNow, offersNow, withoutChat } = row
  const counted = (what: 'tasks' | 'offers', count: number): readonly string[] => {
    if (count === 0) return []
    const key: TextKey = `people.${what}.${count === 1 ? 'one' : 'some'}`
    return [say(key, { count: String(count) })]
  }
  const words = [
    ...(paused === undefined ? [] : [say(`people.paused.${paused}`)]),
    ...counted('tasks', tasksNow),
    ...counted('offers', offersNow),
    ...(withoutChat === true ? [say('people.chatless')] : []),
  ]
  return (
    <>
      {dutyUntil === undefined ? null : (
        <span className="people-chip">
          {say('people.duty.until')} <When at={dutyUntil} />
        </span>
      )}
      {words.map((one) => (
        <span key={one} className="people-chip">
          {one}
        </span>
      ))}
    </>
  )
}
