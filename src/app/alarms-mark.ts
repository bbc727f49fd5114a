/** Changes to alarms that need nobody's telling at once: the next look finds them due and does what follows. */
import type { Instant } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { AlarmDocument } from '../store/collections.js'
import type { Time } from './ports.js'

const PAGE = 100

export interface AlarmsMarkDeps {
  readonly alarms: Collection<AlarmDocument>
  readonly time: Pick<Time, 'now'>
}

/** When an alarm is due about which nothing is left to do. */
export const NEVER = Number.MAX_SAFE_INTEGER

/** Alarms that are due until then, of one state after another, each as it was when its page was read. Throws `StoreUnavailable`. */
export async function* alarmsDue(
  { alarms }: Pick<AlarmsMarkDeps, 'alarms'>,
  states: readonly AlarmDocument['state'][],
  until: Instant,
): AsyncGenerator<AlarmDocument> {
  for (const state of states) {
    for (let after: (string | number)[] | undefined; ; ) {
      const where = { state, due: { below: until + 1 } }
      const page = await alarms.find(where, { sort: ['due', '_id'], limit: PAGE, ...(after === undefined ? {} : { after }) })
      yield* page
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE) break
      after = [last.due, last._id]
    }
  }
}

/** Nobody needs to see it any more; the alarm as it is then, or undefined when it is over already. Throws `StoreUnavailable`. */
export async function markOver({ alarms, time }: AlarmsMarkDeps, id: string): Promise<AlarmDocument | undefined> {
  for (;;) {
    const alarm = await alarms.get(id)
    if (alarm === undefined || alarm.state === 'over') return undefined
    const over = { ...alarm, state: 'over' as const, due: time.now() }
    if ((await alarms.replace(over)) === 'ok') return { ...over, version: alarm.version + 1 }
  }
}

/** The applicant has been answered: their alarms are over. Throws `StoreUnavailable`. */
export async function endApplication(deps: AlarmsMarkDeps, volunteer: string): Promise<void> {
  for await (const alarm of alarmsDue(deps, ['open', 'nobody', 'acknowledged'], NEVER)) {
    if (alarm.about.volunteer?.contact === volunteer) await markOver(deps, alarm._id)
  }
}

/** Alarms about this applicant, answered or not. Throws `StoreUnavailable`. */
export async function* applicationsOf(deps: Pick<AlarmsMarkDeps, 'alarms'>, volunteer: string): AsyncGenerator<AlarmDocument> {
  for await (const alarm of alarmsDue(deps, ['open', 'nobody', 'acknowledged', 'over'], NEVER)) {
    if (alarm.about.volunteer?.contact === volunteer) yield alarm
  }
}

/** Who is on call in the area has changed: alarms that everybody was told in vain are told again. Throws `StoreUnavailable`. */
export async function wakeAlarms(deps: AlarmsMarkDeps, area: string): Promise<void> {
  for await (const alarm of alarmsDue(deps, ['nobody'], NEVER)) {
    // Whoever changed it meanwhile knows better.
    if (alarm.area === area) await deps.alarms.replace({ ...alarm, due: deps.time.now() })
  }
}
