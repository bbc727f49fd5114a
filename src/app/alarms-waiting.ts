/** Which alarms wait for a coordinator, by whatever way they were told. */
import type { AlarmView } from '../core/help-types.js'
import type { Collection } from '../store/collection.js'
import type { AlarmDocument, ContactDocument } from '../store/collections.js'
import { alarmsDue, NEVER } from './alarms-mark.js'
import { isDanger } from './board/board-place.js'

/** More than a chat remembers. */
const KNOWN_MAX = 100

export interface AlarmsWaitingDeps {
  readonly alarms: Collection<AlarmDocument>
  readonly contacts: Pick<Collection<ContactDocument>, 'get'>
}

/**
 * Danger first, then the oldest: what nobody has seen and they were told, by mail too, and of `known` what they have seen themselves. Of other areas,
 * and for who is no coordinator any more, nothing. Throws `StoreUnavailable`.
 */
export async function alarmsFor(
  deps: AlarmsWaitingDeps,
  contact: string,
  known: readonly string[],
): Promise<readonly { readonly alarm: string; readonly about: AlarmView }[]> {
  const coordinator = (await deps.contacts.get(contact))?.coordinator
  if (coordinator === undefined) return []
  const found: AlarmDocument[] = []
  for await (const alarm of alarmsDue(deps, ['open', 'nobody'], NEVER))
    if (known.includes(alarm._id) || alarm.tried.some(({ onCall }) => onCall === coordinator.onCall)) found.push(alarm)
  for (const id of known.slice(-KNOWN_MAX)) {
    const alarm = await deps.alarms.get(id)
    if (alarm?.state === 'acknowledged' && alarm.by === contact) found.push(alarm)
  }
  return found
    .filter(({ area }) => coordinator.areas.includes(area))
    .toSorted((a, b) => Number(isDangerous(b)) - Number(isDangerous(a)) || a.about.at - b.about.at)
    .map(({ _id: alarm, about }) => ({ alarm, about }))
}

function isDangerous({ about }: AlarmDocument): boolean {
  return about.why === 'danger' || isDanger(about.task ?? '')
}
