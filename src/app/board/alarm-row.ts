/** An alarm as staff read it: why, who was told and when, who has seen it. */
import type { AlarmRow } from '../../core/board-types.js'
import type { AlarmDocument } from '../../store/collections.js'
import type { BoardDeps } from './board-deps.js'
import { type NameOf, nameOnCall } from './names.js'

/** Undefined for one that is over. `nameOf` knows whoever acknowledged it, unless they are on the list of who is on call. */
export function alarmRowOf(deps: Pick<BoardDeps, 'places'>, alarm: AlarmDocument, nameOf: NameOf): AlarmRow | undefined {
  const { _id: id, about, area, state, by, tried } = alarm
  if (state === 'over') return undefined
  const { handoff, receipt, task, volunteer } = about
  const onCall = (entry: string) => nameOnCall(deps, [area], entry)
  const name = by === undefined ? undefined : (onCall(by) ?? nameOf(by) ?? '')
  return {
    ...{ id, why: about.why, area, at: about.at, state },
    ...(name === undefined ? {} : { by: name }),
    ...(handoff === undefined || receipt === undefined || task === undefined ? {} : { request: { id: handoff, receipt, task } }),
    ...(volunteer === undefined ? {} : { person: volunteer.contact }),
    tried: tried.map((one) => ({ name: onCall(one.onCall) ?? one.onCall, at: one.at, by: one.by, delivered: one.delivered })),
  }
}
