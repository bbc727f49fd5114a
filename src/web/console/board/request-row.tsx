/** A line of the board. */
import type { RequestRow } from '../../../core/board-types.js'
import { isolated } from '../../../core/language/isolated.js'
import { type Texts, useTexts } from '../texts.js'
import { LanguageLabel } from './language-label.js'
import { Moment, Wait } from './times.js'
import { capital, staffName, standing, taskTitle, wordsOf } from './words.js'

interface RowProps {
  readonly row: RequestRow
  /** Empty: there is but one. */
  readonly area: string
  readonly isOpen: boolean
  /** The one that the Tab key comes to. */
  readonly isCurrent: boolean
  readonly focused: () => void
}

/** What stands behind `#board/`: the number for as long as it is not given again, then the id. */
export function addressOf({ id, receipt, closed }: RequestRow): string {
  return closed === undefined ? receipt : id
}

export function Row({ row, area, isOpen, isCurrent, focused }: RowProps): React.ReactNode {
  const texts = useTexts()
  const { when, stairwell, receipt } = row
  const marks = marksOf(texts, row)
  return (
    <li>
      <a
        className="board-row"
        href={`#board/${encodeURIComponent(addressOf(row))}`}
        aria-current={isOpen ? 'true' : undefined}
        tabIndex={isCurrent ? 0 : -1}
        onFocus={focused}
      >
        <Since row={row} />
        <span className="board-what">
          <strong>{taskTitle(texts, row.task)}</strong>
          {when === undefined ? null : <span> · {texts.say(`board.when.${when}`)}</span>}
        </span>
        <span className="board-language">
          <LanguageLabel code={row.language} />
        </span>
        <span className="board-stands quiet">{standing(texts, row)}</span>
        <span className="board-place quiet">{placeOf(texts, area, stairwell)}</span>
        <bdi className="board-receipt quiet">{receipt}</bdi>
        {marks.length === 0 ? null : (
          <span className="board-marks">
            {marks.map(({ text, brick }) => (
              <span key={text} className={brick ? 'mark brick' : 'mark'}>
                {text}
              </span>
            ))}
          </span>
        )}
      </a>
    </li>
  )
}

/** "Gellerup, opgang 12"; without the area where there is but one. */
function placeOf({ say }: Texts, area: string, stairwell: string | undefined): string {
  const door = stairwell === undefined ? '' : say('board.stairwell.short', { stairwell: isolated(stairwell) })
  return area === '' ? capital(door) : [area, door].filter((part) => part !== '').join(', ')
}

function Since({ row }: Pick<RowProps, 'row'>): React.ReactNode {
  const { say } = useTexts()
  if (row.closed !== undefined) {
    return (
      <span className="since">
        <Moment at={row.closed.at} />
      </span>
    )
  }
  if (row.waitsSince === undefined) {
    return (
      <span className="since">
        <Moment at={row.openedAt} />
      </span>
    )
  }
  return (
    <span className="since waits">
      <span className="visually-hidden">{say('board.waits')} </span>
      <Wait since={row.waitsSince} />
    </span>
  )
}

export interface Mark {
  readonly text: string
  /** Danger and alarms alone. */
  readonly brick: boolean
}

export function marksOf(texts: Texts, { alarm, danger, frozen, behalf, wishes, staff, state }: RequestRow): readonly Mark[] {
  const { say } = texts
  const marks: (Mark | undefined)[] = [
    danger && { text: say('board.mark.danger'), brick: true },
    alarm && { text: say('board.mark.alarm', { why: wordsOf(texts, 'alarm.why', alarm.why) }), brick: true },
    frozen && { text: say('board.mark.frozen'), brick: true },
    wishes?.gender && { text: capital(say(`board.wish.${wishes.gender}`)), brick: false },
    wishes?.notFromStairwell === true ? { text: capital(say('board.wish.stairwell')), brick: false } : undefined,
    behalf && { text: say('board.mark.behalf'), brick: false },
    staff !== undefined && state !== 'with-staff' && state !== 'plain'
      ? { text: capital(say('board.stands.staff', { who: staffName(texts, staff) })), brick: false }
      : undefined,
  ]
  return marks.filter((mark) => mark !== undefined)
}
