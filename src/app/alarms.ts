/** Alarms: kept until somebody on call says that they have seen them, told to one after another, and to the resident as far as it is true. */
import type { Alarming, AlarmView } from '../core/help-types.js'
import type { Place, Places } from '../core/places-types.js'
import type { Instant } from '../core/types.js'
import { type Collection, StoreUnavailable } from '../store/collection.js'
import type { AlarmDocument } from '../store/collections.js'
import { alarmsDue, applicationsOf, markOver, NEVER } from './alarms-mark.js'
import { nextOnCall, nextRound, PATIENCE_MS, roundOf, type StaffTruth, truthToTell } from './alarms-plan.js'
import { type AlarmSendDeps, fateOfCard, takeBack, tellOnCall } from './alarms-send.js'
import { alarmsFor } from './alarms-waiting.js'
import type { Log } from './ports.js'

/** Alarms of one request: more than there can be reasons. */
const ALARMS_MAX = 100
/** While one instance tells somebody, the others leave the alarm alone; longer than a letter may take. After a crash it is told anew. */
const LEASE_MS = 60_000
/** How soon it is looked whether a message to Messenger arrived. */
const CHECK_MS = 10_000

export interface AlarmsDeps extends AlarmSendDeps {
  readonly alarms: Collection<AlarmDocument>
  readonly places: () => Places
  readonly log: Log
  /** The resident of a request reads how it stands with staff. `id`: the same for the same truth, which may be told twice after a crash. */
  readonly tellResident: (handoff: string, truth: StaffTruth & { readonly id: string }) => Promise<void>
}

/** Each throws `StoreUnavailable`. Any number of instances may do any of it at once. */
export interface Alarms {
  /** Keeps an alarm; the same `id` again changes nothing. It is sent by the next {@link look}. */
  raise(alarm: { readonly id: string; readonly area: string; readonly about: AlarmView }): Promise<void>
  /** A coordinator has seen it. To those of other areas there is no such alarm. */
  acknowledge(alarm: string, contact: string): Promise<'ok' | 'gone' | 'by-another'>
  /** What waits for a coordinator, danger first, then the oldest: what they were told by any way, and of `known` what is theirs or nobody's by now. */
  waiting(contact: string, known: readonly string[]): Promise<readonly { readonly alarm: string; readonly about: AlarmView }[]>
  /** Somebody of the staff has, at the console; `may`: it is theirs to see. `before`: done before it is written, once or twice. */
  acknowledgeAs(alarm: string, staff: StaffSeer): Promise<'ok' | 'gone' | 'by-another'>
  /** Does what is due of every alarm; returns how many were looked at. */
  look(): Promise<number>
  /** The request needs nobody any more, but for alarms of `except`. */
  over(handoff: string, except?: Alarming): Promise<void>
  /** True while nobody has seen an alarm of this request that was raised for this reason. */
  isUnseen(handoff: string, why: Alarming): Promise<boolean>
  /** Whether an alarm of this request went to this entry of who is on call, by any way. */
  wasTold(handoff: string, onCall: string): Promise<boolean>
  /** Takes what this person offered to do out of every chat that got it, and out of the store. */
  applicantGone(contact: string): Promise<void>
}

export interface StaffSeer {
  readonly contact: string
  readonly may: (alarm: AlarmDocument) => boolean
  readonly before?: () => Promise<void>
}

export function createAlarms(deps: AlarmsDeps): Alarms {
  return {
    async raise({ id, area, about }) {
      await deps.alarms.insert({ _id: id, version: 1, area, about, state: 'open', tried: [], due: deps.time.now() })
    },
    async acknowledge(alarm, contact) {
      const coordinator = (await deps.contacts.get(contact))?.coordinator
      return acknowledge(deps, alarm, { contact, may: ({ area }) => coordinator?.areas.includes(area) === true })
    },
    waiting: (contact, known) => alarmsFor(deps, contact, known),
    acknowledgeAs: (alarm, staff) => acknowledge(deps, alarm, staff),
    look: () => look(deps),
    async over(handoff, except) {
      for (const { _id, about } of await alarmsOf(deps, handoff)) {
        if (about.why === except) continue
        const over = await markOver(deps, _id)
        if (over !== undefined) await settle(deps, over)
      }
    },
    async isUnseen(handoff, why) {
      const ofRequest = await alarmsOf(deps, handoff)
      return ofRequest.some(({ about, state }) => about.why === why && (state === 'open' || state === 'nobody'))
    },
    async wasTold(handoff, onCall) {
      const ofRequest = await alarmsOf(deps, handoff)
      return ofRequest.some(({ tried }) => tried.some((one) => one.onCall === onCall))
    },
    async applicantGone(contact) {
      for await (const alarm of applicationsOf(deps, contact)) {
        const over = await markOver(deps, alarm._id)
        await takeBack(deps, over ?? alarm, undefined)
        await deps.alarms.remove({ _id: alarm._id }, 1)
      }
    },
  }
}

function alarmsOf({ alarms }: AlarmsDeps, handoff: string): Promise<readonly AlarmDocument[]> {
  return alarms.find({ 'about.handoff': handoff }, { sort: ['_id'], limit: ALARMS_MAX })
}

async function look(deps: AlarmsDeps): Promise<number> {
  let looked = 0
  for await (const alarm of alarmsDue(deps, ['open', 'nobody', 'acknowledged', 'over'], deps.time.now())) {
    looked++
    const isOpen = alarm.state === 'open' || alarm.state === 'nobody'
    await (isOpen ? attend(deps, alarm) : settle(deps, alarm)).catch((error: unknown) => postpone(deps, alarm, error))
  }
  return looked
}

/** One that cannot be looked at now holds up none behind it; without a store none can be. */
async function postpone(deps: AlarmsDeps, { _id }: AlarmDocument, error: unknown): Promise<void> {
  if (error instanceof StoreUnavailable) throw error
  deps.log.warn('an alarm could not be looked at now; tried again', { alarm: _id, error })
  const known = await deps.alarms.get(_id)
  if (known !== undefined) await deps.alarms.replace({ ...known, due: deps.time.now() + LEASE_MS })
}

/** Goes on with an alarm that nobody has seen. Whoever claims it first does; all that it does may be done again. */
async function attend(deps: AlarmsDeps, found: AlarmDocument): Promise<void> {
  const now = deps.time.now()
  const round = found.state === 'nobody' ? { round: found.tried.length } : {}
  const lease = { ...found, ...round, state: 'open' as const, due: now + LEASE_MS }
  if ((await deps.alarms.replace(lease)) !== 'ok') return
  const claimed = { ...lease, version: found.version + 1 }
  const place = deps.places().places[found.area]
  const gone = await goOn(deps, claimed, place)
  const told = await tellTruth(deps, gone, place)
  await save(deps, claimed, told)
  if (told.tried.length > claimed.tried.length || told.state === 'nobody')
    deps.log.info('an alarm was looked at', { alarm: found._id, state: told.state, tries: told.tried.length })
}

/** Tells one after another until somebody has it who may still answer; `nobody` when all were told. */
async function goOn(deps: AlarmsDeps, claimed: AlarmDocument, place: Place | undefined): Promise<AlarmDocument> {
  const now = deps.time.now()
  for (let alarm = claimed; ; ) {
    const looked = await withArrivals(deps, alarm)
    const due = waitsUntil(looked, now)
    if (due !== undefined) return { ...looked.alarm, due }
    const next = nextOnCall(looked.alarm, place, now)
    if (next === undefined) return { ...looked.alarm, state: 'nobody', due: nextRound(looked.alarm, place, now) }
    alarm = { ...looked.alarm, tried: [...looked.alarm.tried, ...(await tellOnCall(deps, looked.alarm, next, now))] }
  }
}

/** An alarm with what is known to have arrived. */
interface Looked {
  readonly alarm: AlarmDocument
  /** Places of the tries that may still arrive, or be seen. */
  readonly pending: ReadonlySet<number>
  /** May be known any moment. */
  readonly soon: boolean
}

async function withArrivals(deps: AlarmsDeps, alarm: AlarmDocument): Promise<Looked> {
  const pending = new Set<number>()
  let soon = false
  const tried = [...alarm.tried]
  for (const [index, one] of tried.entries()) {
    if (one.by !== 'chat' || one.delivered || index < (alarm.round ?? 0)) continue
    const fate = await fateOfCard(deps, alarm, index)
    if (fate === 'sent') tried[index] = { ...one, delivered: true }
    if (fate === 'pending' || fate === 'shown') pending.add(index)
    soon ||= fate === 'pending'
  }
  return { alarm: { ...alarm, tried }, pending, soon }
}

/** Until when the newest who was told may answer; undefined when their time is over, or nothing can have reached them. */
function waitsUntil({ alarm, pending, soon }: Looked, now: Instant): Instant | undefined {
  const newest = roundOf(alarm).at(-1)
  if (newest === undefined || now >= newest.at + PATIENCE_MS) return undefined
  const reached = alarm.tried.some(
    (one, index) => one.onCall === newest.onCall && one.at === newest.at && (one.delivered || pending.has(index)),
  )
  if (!reached) return undefined
  return soon ? Math.min(now + CHECK_MS, newest.at + PATIENCE_MS) : newest.at + PATIENCE_MS
}

/** The resident reads what is true now, unless somebody has seen it meanwhile: that is told by whoever notes it. */
async function tellTruth(deps: AlarmsDeps, alarm: AlarmDocument, place: Place | undefined): Promise<AlarmDocument> {
  const truth = truthToTell(alarm, place, deps.time.now())
  const { handoff } = alarm.about
  if (truth === undefined || handoff === undefined) return alarm
  const known = await deps.alarms.get(alarm._id)
  if (known === undefined || (alarm.state !== 'acknowledged' && (known.state === 'acknowledged' || known.state === 'over'))) return alarm
  const { is, before } = truth
  await deps.tellResident(handoff, { ...truth, id: `alarm:${alarm._id}:${is}${before === undefined ? '' : `:${before}`}` })
  const { toldBefore: _, ...rest } = alarm
  return { ...rest, told: is, ...(before === undefined ? {} : { toldBefore: before }) }
}

/** Writes down what was done. Seen or over meanwhile: only the tries are added, and whoever got it late is told that it is over. */
async function save(deps: AlarmsDeps, claimed: AlarmDocument, next: AlarmDocument): Promise<void> {
  for (;;) {
    if ((await deps.alarms.replace({ ...next, version: claimed.version })) === 'ok') return
    const known = await deps.alarms.get(claimed._id)
    if (known === undefined || known.state === 'open' || known.state === 'nobody') return
    if ((await deps.alarms.replace({ ...known, tried: next.tried, due: deps.time.now() })) === 'ok') return
  }
}

async function acknowledge(deps: AlarmsDeps, id: string, { contact, may, before }: StaffSeer): Promise<'ok' | 'gone' | 'by-another'> {
  for (;;) {
    const alarm = await deps.alarms.get(id)
    if (alarm === undefined || alarm.state === 'over' || !may(alarm)) return 'gone'
    if (alarm.state === 'acknowledged') return alarm.by === contact ? 'ok' : 'by-another'
    await before?.()
    const now = deps.time.now()
    const seen = { ...alarm, state: 'acknowledged' as const, by: contact, seenAt: now, due: now }
    if ((await deps.alarms.replace(seen)) !== 'ok') continue
    await settle(deps, { ...seen, version: alarm.version + 1 })
    return 'ok'
  }
}

/** What follows when it was seen or is over; whatever a crash left undone is done by the next look. */
async function settle(deps: AlarmsDeps, alarm: AlarmDocument): Promise<void> {
  const told = await tellTruth(deps, alarm, deps.places().places[alarm.area])
  await takeBack(deps, alarm, alarm.state === 'acknowledged' ? alarm.by : undefined)
  // Changed meanwhile: it is due, and looked at again.
  await deps.alarms.replace({ ...told, due: NEVER })
}
