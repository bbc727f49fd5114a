/** A request as a line of the board. */
import type { RequestRow } from '../../core/board-types.js'
import type { Offer } from '../../core/handoff-types.js'
import type { Instant } from '../../core/types.js'
import type { AlarmDocument, HandoffDocument } from '../../store/collections.js'
import { isHeld } from '../handoffs/change.js'
import { onBoard } from './board-place.js'
import type { NameOf } from './names.js'

export interface RowParts {
  readonly nameOf: NameOf
  /** An alarm about it that nobody has seen. */
  readonly alarm?: AlarmDocument | undefined
  readonly now: Instant
}

/** The line of a request; `nameOf` knows who of the staff has it. */
export function rowOf(document: HandoffDocument, { nameOf, alarm, now }: RowParts): RequestRow {
  const { _id: id, receipt, task, area, language, openedAt, handoff, closed } = document
  const { board } = onBoard(document)
  return {
    ...{ id, receipt, task, area, language, openedAt },
    state: handoff?.state ?? 'plain',
    ...(board?.list === 'waiting' ? { waitsSince: board.at } : {}),
    ...askedFor(document),
    wave: handoff?.wave ?? 0,
    ...countOffers(document, now),
    ...whoHasIt(document, nameOf),
    ...(handoff?.frozen === true ? { frozen: true } : {}),
    ...(board?.danger === true ? { danger: true } : {}),
    ...(closed === undefined ? {} : { closed: { at: closed.at, reason: closed.reason } }),
    ...(alarm === undefined ? {} : { alarm: { id: alarm._id, why: alarm.about.why } }),
  }
}

function askedFor({ details }: HandoffDocument): Pick<RequestRow, 'when' | 'stairwell' | 'wishes' | 'behalf'> {
  if (details === undefined) return {}
  const { when, stairwell = '', wishes, behalf } = details
  return { when, wishes, ...(stairwell === '' ? {} : { stairwell }), ...(behalf === true ? { behalf } : {}) }
}

/** Of the newest call-out. One that begins after quiet hours has not begun: who was asked before them counts. */
function countOffers({ handoff, openedAt }: HandoffDocument, now: Instant): Pick<RequestRow, 'asked' | 'declined'> {
  const { callOutAt = openedAt, offers = [] }: { callOutAt?: Instant; offers?: readonly Offer[] } = handoff ?? {}
  const since = callOutAt > now ? openedAt : callOutAt
  const newest = offers.filter(({ at }) => at >= since)
  return { asked: newest.length, declined: newest.filter(({ state }) => state === 'declined').length }
}

function whoHasIt({ handoff, helperAlias = '' }: HandoffDocument, nameOf: NameOf): Pick<RequestRow, 'helper' | 'staff'> {
  if (handoff === undefined) return {}
  const { assignee, staff } = handoff
  const isHelped = assignee !== undefined && (isHeld(handoff) || handoff.state === 'done')
  const helper = isHelped && helperAlias !== '' ? { helper: helperAlias } : {}
  return { ...helper, ...(staff === undefined ? {} : { staff: nameOf(staff) ?? '' }) }
}
