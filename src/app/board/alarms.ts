/** Alarms as staff of their areas see them at the console, and say that they have. */
import type { AlarmRow } from '../../core/board-types.js'
import { isWithin } from '../../core/staff-types.js'
import type { Instant } from '../../core/types.js'
import type { AlarmDocument } from '../../store/collections.js'
import type { AccountsDeps } from '../accounts/accounts-deps.js'
import { note } from '../accounts/audit.js'
import type { StaffSeer } from '../alarms.js'
import type { ConsoleDeps } from '../console-deps.js'
import { alarmRowOf } from './alarm-row.js'
import type { Viewer } from './board-deps.js'
import { isDanger } from './board-place.js'
import { contactOfStaff, namesOf } from './names.js'

/** More open alarms than anybody reads; the oldest come first. */
const OPEN_MAX = 200
const SEEN_MAX = 50
/** Seen ones stay in sight for a week of what they are about, so that whoever comes on duty reads who has what. */
const SEEN_MS = 7 * 24 * 3_600_000
/** Alarms of one request: more than there can be reasons. */
const OF_REQUEST_MAX = 100

type ReadDeps = Pick<ConsoleDeps, 'collections' | 'places' | 'time'>

/** Of danger for those who are marked for it alone, in areas of their own. */
function maySeeAlarm({ area, about }: AlarmDocument, { areas, safeguarding }: Omit<Viewer, 'staff'>): boolean {
  return isWithin([area], areas) && (safeguarding || (about.why !== 'danger' && !isDanger(about.task ?? '')))
}

/** Those that nobody has seen, the oldest first; behind them those of the last days that somebody has, the newest first. Throws `StoreUnavailable`. */
export async function listAlarms(deps: ReadDeps, viewer: Viewer): Promise<readonly AlarmRow[]> {
  const open = (await Promise.all((['open', 'nobody'] as const).map((state) => alarmsIn(deps, viewer, { state, max: OPEN_MAX })))).flat()
  const since = deps.time.now() - SEEN_MS
  const seen = await alarmsIn(deps, viewer, { state: 'acknowledged', max: SEEN_MAX, since })
  const shown = [...open.toSorted((a, b) => a.about.at - b.about.at).slice(0, OPEN_MAX), ...seen]
  const nameOf = await namesOf(
    deps,
    shown.flatMap(({ by }) => by ?? []),
  )
  return shown.flatMap((alarm) => alarmRowOf(deps, alarm, nameOf) ?? [])
}

interface Wanted {
  readonly state: AlarmDocument['state']
  readonly max: number
  /** Newest first back to then; absent: the oldest first. */
  readonly since?: number
}

/** One page after another until there are enough that they may see. */
async function alarmsIn({ collections: { alarms } }: ReadDeps, viewer: Viewer, { state, max, since }: Wanted): Promise<AlarmDocument[]> {
  const { areas } = viewer
  const where = {
    state,
    ...(areas === 'all' ? {} : { area: { in: areas } }),
    ...(since === undefined ? {} : { 'about.at': { from: since } }),
  }
  const sort = ['about.at', '_id']
  const found: AlarmDocument[] = []
  for (let after: (string | number)[] | undefined; found.length < max; ) {
    const page = await alarms.find(where, { sort, descending: since !== undefined, limit: max, ...(after === undefined ? {} : { after }) })
    found.push(...page.filter((alarm) => maySeeAlarm(alarm, viewer)))
    const last = page.at(-1)
    if (last === undefined || page.length < max) break
    after = [last.about.at, last._id]
  }
  return found.slice(0, max)
}

export interface AlarmActDeps {
  readonly work: ConsoleDeps
  readonly accounts: Pick<AccountsDeps, 'audit' | 'ids' | 'time'>
}

/** `by-another`: with their name, and when they saw it, where both are known. */
export type AlarmSeen =
  | { readonly alarm: AlarmRow }
  | { readonly refused: 'gone' }
  | { readonly refused: 'by-another'; readonly alarm: AlarmRow; readonly at?: Instant }

/** Somebody has seen it, once; what they may not see is `gone`. Throws `StoreUnavailable`. */
export async function acknowledgeAlarm({ work, accounts }: AlarmActDeps, viewer: Viewer, id: string): Promise<AlarmSeen> {
  const { alarms } = work.collections
  const alarm = await alarms.get(id)
  if (alarm === undefined || !maySeeAlarm(alarm, viewer)) return { refused: 'gone' }
  const about = alarm.about.receipt ?? alarm.about.volunteer?.contact ?? id
  const line = { who: viewer.staff, what: 'alarm-acknowledged', about } as const
  const done = await work.alarms.acknowledgeAs(id, { ...seerOf(viewer), before: () => note(accounts, line, [alarm.area]) })
  const after = done === 'gone' ? undefined : await alarms.get(id)
  const nameOf = await namesOf(work, after?.by === undefined ? [] : [after.by])
  const row = after === undefined ? undefined : alarmRowOf(work, after, nameOf)
  if (row === undefined) return { refused: 'gone' }
  if (done !== 'by-another') return { alarm: row }
  return { refused: done, alarm: row, ...(after?.seenAt === undefined ? {} : { at: after.seenAt }) }
}

function seerOf(viewer: Viewer): StaffSeer {
  return { contact: contactOfStaff(viewer.staff), may: (alarm) => maySeeAlarm(alarm, viewer) }
}

/** Whoever does something about a request has seen its alarms. Throws `StoreUnavailable`. */
export async function acknowledgeRequest(work: ConsoleDeps, viewer: Viewer, handoff: string): Promise<void> {
  const found = await work.collections.alarms.find({ 'about.handoff': handoff }, { sort: ['about.handoff'], limit: OF_REQUEST_MAX })
  for (const { _id, state } of found) if (state === 'open' || state === 'nobody') await work.alarms.acknowledgeAs(_id, seerOf(viewer))
}
