/** Which list, of which area and language; with how many there are. */
import { BOARD_LISTS, type RequestPage } from '../../../core/board-types.js'
import type { Area } from '../api.js'
import { useTexts } from '../texts.js'
import { LANGUAGES, languageName } from './languages.js'
import { Pick } from './pick.js'
import type { Filters } from './use-board.js'

interface FilterProps {
  readonly filters: Filters
  readonly counts: RequestPage['counts'] | undefined
  readonly areas: readonly Area[]
  readonly choose: (filters: Filters) => void
}

export function FilterBar({ filters, counts, areas, choose }: FilterProps): React.ReactNode {
  const { language, say } = useTexts()
  const names = LANGUAGES.map((code) => languageName(code, language))
  return (
    <div className="board-filters">
      <div className="board-lists" role="group" aria-label={say('board.list')}>
        {BOARD_LISTS.map((list) => (
          <button key={list} type="button" aria-pressed={list === filters.list} onClick={() => choose({ ...filters, list })}>
            {say(`board.list.${list}`)} <span className="count">{counts?.[list]}</span>
          </button>
        ))}
      </div>
      {areas.length < 2 ? null : (
        <Pick label={say('board.area')} value={filters.area} choose={(area) => choose({ ...filters, area })}>
          <option value="">{say('board.area.all')}</option>
          {areas.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Pick>
      )}
      <Pick label={say('board.language')} value={filters.language} choose={(code) => choose({ ...filters, language: code })}>
        <option value="">{say('board.language.all')}</option>
        {names.map(({ code, known, name }) => (
          <option key={code} value={code}>
            {known === name ? known : `${known} · ${name}`}
          </option>
        ))}
      </Pick>
    </div>
  )
}
