/** Where a request stands on the board of staff: in which list, and where in its order. It follows from the request alone. */
import type { BoardList } from '../../core/board-types.js'
import { taskRule } from '../../core/task-rules.js'
import type { HandoffDocument } from '../../store/collections.js'

type Placed = Pick<HandoffDocument, 'state' | 'task' | 'openedAt' | 'closed' | 'handoff'>

/** True for danger and violence: only staff marked for safeguarding see such a request. */
export function isDanger(task: string): boolean {
  return taskRule(task)?.staffOnly === 'danger'
}

/** A request with its place on the board; what writes a request that changed writes it through this. */
export function onBoard<T extends Placed>(document: T): T & Pick<HandoffDocument, 'board'> {
  const list = listOf(document)
  return { ...document, board: { list, danger: isDanger(document.task), at: orderOf(document, list) } }
}

/** One of before there were rules waits for staff. */
function listOf({ state, handoff }: Placed): BoardList {
  if (state === 'closed') return 'closed'
  switch (handoff?.state) {
    case 'accepted':
    case 'on-the-way':
    case 'passed-on':
      return 'going'
    case 'with-staff':
      return handoff.staff === undefined ? 'waiting' : 'going'
    default:
      return 'waiting'
  }
}

/** Waiting: since it was asked for, or since the last helper was no more. Going: since it was asked for. Closed: when that was. */
function orderOf({ openedAt, closed, handoff }: Placed, list: BoardList): number {
  if (list === 'closed') return closed?.at ?? openedAt
  return list === 'going' ? openedAt : Math.max(openedAt, handoff?.relays.at(-1)?.until ?? openedAt)
}
