/** Whom an alarm goes to next, when it is looked at again, and what its resident may be told. Decided purely. */
import type { AlarmReason } from '../core/handoff-types.js'
import type { Alarming } from '../core/help-types.js'
import type { OnCall, Place } from '../core/places-types.js'
import type { Instant } from '../core/types.js'
import { type Hours, inHours, instantAhead, minutesToHours, wallAt } from '../core/wall-hours.js'
import type { AlarmDocument } from '../store/collections.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** How long one on call has to acknowledge before the next is told; a rule of the project. */
export const PATIENCE_MINUTES = 10
export const PATIENCE_MS = PATIENCE_MINUTES * MINUTE

/** One try of telling somebody on call. */
export type Try = AlarmDocument['tried'][number]

/** Tries of the newest round. */
export function roundOf({ tried, round = 0 }: Pick<AlarmDocument, 'tried' | 'round'>): readonly Try[] {
  return tried.slice(round)
}

/** The first on the list who keeps hours now and was not told in this round. */
export function nextOnCall(alarm: Pick<AlarmDocument, 'tried' | 'round'>, place: Place | undefined, now: Instant): OnCall | undefined {
  const told = new Set(roundOf(alarm).map(({ onCall }) => onCall))
  return onCallNow(place, now).find(({ id }) => !told.has(id))
}

function onCallNow(place: Place | undefined, now: Instant): readonly OnCall[] {
  const wall = wallAt(now)
  return (place?.onCall ?? []).filter(({ hours }) => inHours(hours, wall))
}

/** When somebody on call, or somebody at the office, begins their hours next; undefined when nobody has any. */
function nextReader(place: Place | undefined, now: Instant): Instant | undefined {
  return nextBeginning([...onCallHours(place), ...(place?.officeHours ?? [])], now)
}

function onCallHours(place: Place | undefined): readonly Hours[] {
  return (place?.onCall ?? []).flatMap(({ hours }) => hours)
}

function nextBeginning(hours: readonly Hours[], now: Instant): Instant | undefined {
  const wall = wallAt(now)
  const minutes = minutesToHours(hours, wall)
  return minutes === undefined ? undefined : instantAhead(now, wall, minutes)
}

/**
 * When everybody is told once more after a round without an answer: when somebody's hours begin, a day later at most. Where nobody
 * could be told though somebody is on call, as while mail is down: after ten minutes, and each time as long again as it has waited.
 */
export function nextRound(alarm: AlarmDocument, place: Place | undefined, now: Instant): Instant {
  const later = Math.min(nextBeginning(onCallHours(place), now) ?? now + DAY, now + DAY)
  if (onCallNow(place, now).length === 0 || roundOf(alarm).some(({ delivered }) => delivered)) return later
  return Math.min(later, now + Math.max(PATIENCE_MS, now - alarm.about.at))
}

/**
 * Alarms whose resident waits for staff. Danger: whoever holds the telephone may not be the writer. Where a helper found it too heavy or
 * not safe, or could not be reached, staff are told about the helper, and the resident waits for another. Who cannot be asked reads nothing.
 */
const NOT_TOLD: ReadonlySet<Alarming> = new Set(['danger', 'too-heavy', 'not-safe', 'could-not-be-reached', 'ask-if-helped', 'application'])

/** What is true of telling staff. `before`: when somebody reads it next, where that is known. */
export interface StaffTruth {
  readonly is: 'told' | 'not-told' | 'has-it'
  readonly before?: Instant
  readonly why: AlarmReason
}

/** What the resident is to be told now; undefined while nothing is known, when they know it, and where they are not told at all. */
export function truthToTell(alarm: AlarmDocument, place: Place | undefined, now: Instant): StaffTruth | undefined {
  const { about, state, told } = alarm
  const { why } = about
  if (about.handoff === undefined || why === 'application' || why === 'under-age' || NOT_TOLD.has(why) || told === 'has-it')
    return undefined
  if (state === 'acknowledged') return { is: 'has-it', why }
  if (told === 'told' || state === 'over') return undefined
  if (alarm.tried.some(({ delivered }) => delivered)) return { is: 'told', why }
  if (state !== 'nobody') return undefined
  // What was said first holds until its hour has come.
  if (told === 'not-told' && (alarm.toldBefore === undefined || now < alarm.toldBefore)) return undefined
  const before = nextReader(place, now)
  return { is: 'not-told', why, ...(before === undefined ? {} : { before }) }
}
