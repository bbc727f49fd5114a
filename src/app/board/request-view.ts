/** Everything staff see of one request. The door is never among it: it is between the two. */
import type { NoteView, RequestView } from '../../core/board-types.js'
import { DANGER_KINDS } from '../../core/danger.js'
import { DANGER_TASK } from '../../core/danger-card.js'
import { isWithin } from '../../core/staff-types.js'
import { staffOnlyReason } from '../../core/task-rules.js'
import type { LanguageCode } from '../../core/types.js'
import type { AlarmDocument, HandoffDocument } from '../../store/collections.js'
import { NOTE_BACK_MS } from './acts-notes.js'
import { alarmRowOf } from './alarm-row.js'
import type { BoardDeps, Viewer } from './board-deps.js'
import { candidatesOf } from './candidates.js'
import { mayOf } from './may.js'
import { contactOfStaff, type NameOf, namesOf } from './names.js'
import { othersOf } from './presence.js'
import { rowOf } from './request-row.js'
import { seenOf } from './seen.js'
import { talkOf } from './talk.js'
import { decisionsOf, peopleOf, timelineOf } from './timeline.js'

const ALARMS_MAX = 100
const MINUTE_MS = 60_000

/** A request that `viewer` may see. `language`: of phrase cards and networks, `da` or `en`. Throws `StoreUnavailable`. */
export async function requestView(
  deps: BoardDeps,
  document: HandoffDocument,
  { viewer, language }: { readonly viewer: Viewer; readonly language: LanguageCode },
): Promise<RequestView> {
  const alarms = await alarmsOf(deps, document, viewer)
  const nameOf = await namesIn(deps, document, alarms)
  const now = deps.time.now()
  const notes = notesOf(document, { viewer, nameOf, now })
  const networks = networksOf(deps, document, language)
  const report = reportOf(document, viewer)
  const may = mayOf(document, { staff: viewer.staff, notes, networks, report, reachable: await isReachable(deps, document) })
  const unseen = alarms.find(({ state }) => state === 'open' || state === 'nobody')
  return {
    ...rowOf(document, { nameOf, alarm: unseen, now }),
    ...saidOf(deps, document, language),
    timeline: timelineOf(document, nameOf),
    decisions: decisionsOf(document, nameOf, await foreignOf(deps, document, viewer)),
    talk: await talkOf(deps, document, language),
    notes,
    alarms: alarms.flatMap((alarm) => alarmRowOf(deps, alarm, nameOf) ?? []),
    feedback: (document.feedback ?? []).map(({ by, good, words }) => ({ by, good, ...(words === undefined ? {} : { words }) })),
    ...agreedOf(document),
    ...(report === undefined ? {} : { report }),
    candidates: may.includes('reassign') ? await candidatesOf(deps, document) : [],
    networks: may.includes('pass-on') ? networks : [],
    others: await othersOf({ ...deps.collections, time: deps.time }, document._id, viewer.staff),
    may,
    seen: seenOf(document),
  }
}

/** What its resident, or whoever opened it for them, said of it. */
function saidOf(deps: BoardDeps, document: HandoffDocument, language: LanguageCode) {
  const { task, note, details, callBack, handoff, talks = [] } = document
  const { alias = '', otherLanguages = [], behalf } = details ?? {}
  const helpers = helpersOf(document)
  // What was recognised stands where others have the words of their resident.
  const isDanger = task === DANGER_TASK && DANGER_KINDS.some((kind) => kind === note)
  return {
    ...(isDanger ? { note: '', dangerSeen: { kind: note, talks } } : { note }),
    otherLanguages,
    ...(alias === '' ? {} : { alias }),
    ...((handoff ?? details)?.minor === true ? { minor: true as const } : {}),
    ...(callBack === undefined ? {} : { callBack: callBack.phone }),
    ...(behalf === true && handoff?.codeWord !== undefined ? { codeWord: handoff.codeWord } : {}),
    ...(helpers.length === 0 ? {} : { network: helpers.map((id) => nameOfNetwork(deps, id, language)).join(', ') }),
  }
}

/** Networks: who has it; else all that were asked, the newest last, and none for what no volunteer may have. */
function helpersOf({ handoff, network, triedNetworks = [] }: HandoffDocument): readonly string[] {
  if (handoff?.passedTo !== undefined) return [handoff.passedTo]
  if (handoff?.assignee === undefined && handoff !== undefined && staffOnlyReason(handoff) !== undefined) return []
  const tried = handoff?.assignee === undefined ? triedNetworks : []
  return [...new Set([...tried, network])].filter((id) => id !== '')
}

/** Oldest first; of danger only for those who may see it. */
async function alarmsOf({ collections }: BoardDeps, { _id }: HandoffDocument, viewer: Viewer): Promise<readonly AlarmDocument[]> {
  const found = await collections.alarms.find({ 'about.handoff': _id }, { sort: ['about.handoff'], limit: ALARMS_MAX })
  return found.filter(({ about }) => viewer.safeguarding || about.why !== 'danger').toSorted((a, b) => a.about.at - b.about.at)
}

function namesIn(deps: BoardDeps, document: HandoffDocument, alarms: readonly AlarmDocument[]): Promise<NameOf> {
  const { handoff, staffNotes = [] } = document
  const staff = [...(handoff?.staff === undefined ? [] : [handoff.staff]), ...staffNotes.map(({ by }) => by)]
  return namesOf(deps, [...peopleOf(document), ...staff, ...alarms.flatMap(({ by }) => by ?? [])])
}

/** Volunteers of a network that helps in several areas who were not asked, and are of none of the viewer's. */
async function foreignOf({ collections }: BoardDeps, { decisions = [] }: HandoffDocument, { areas }: Viewer): Promise<ReadonlySet<string>> {
  if (areas === 'all') return new Set()
  const passedOver = new Set(decisions.flatMap(({ log }) => log.flatMap(({ volunteer, asked }) => (asked ? [] : [volunteer]))))
  passedOver.delete('')
  const known = await Promise.all([...passedOver].map((id) => collections.contacts.get(id)))
  return new Set(known.flatMap((one) => (one?.volunteer === undefined || isWithin([one.volunteer.area], areas) ? [] : [one._id])))
}

function notesOf(
  { staffNotes = [] }: HandoffDocument,
  { viewer, nameOf, now }: { readonly viewer: Viewer; readonly nameOf: NameOf; readonly now: number },
): readonly NoteView[] {
  const mine = contactOfStaff(viewer.staff)
  return staffNotes.map(({ id, at, by, text }) => {
    const isMine = by === mine && now - at < NOTE_BACK_MS
    return { id, at, who: nameOf(by) ?? '', text, ...(isMine ? { mine: true as const } : {}) }
  })
}

/** Those without an account here who do the task in the area. */
function networksOf(deps: BoardDeps, { area, task }: HandoffDocument, language: LanguageCode): RequestView['networks'] {
  return Object.values(deps.places.current().networks)
    .filter(({ external, areas, tasks }) => external !== undefined && areas.includes(area) && tasks.includes(task))
    .map(({ id }) => ({ id, name: nameOfNetwork(deps, id, language) }))
}

function nameOfNetwork({ places }: BoardDeps, id: string, language: LanguageCode): string {
  const names = places.current().networks[id]?.names
  return names?.[language] ?? names?.['da'] ?? id
}

/** The oldest that waits. Of one about themselves nobody reads anything. */
function reportOf({ handoff }: HandoffDocument, viewer: Viewer): RequestView['report'] {
  const open = handoff?.reports.find(({ decided }) => decided === undefined)
  if (open === undefined || open.about === contactOfStaff(viewer.staff)) return undefined
  return { side: open.about === open.volunteer ? 'helper' : 'resident', at: open.at }
}

/** Until whoever said when they come is on the way, or is late and asked. */
function agreedOf({ handoff, history = [] }: HandoffDocument): Pick<RequestView, 'agreed'> {
  const asked = handoff?.timers.find(({ timer }) => timer === 'T4')
  const said = history.findLast(({ what }) => what === 'accept' || what === 'agree-time')
  if (handoff?.state !== 'accepted' || asked === undefined || said?.what !== 'agree-time') return {}
  return { agreed: asked.due - handoff.timings.t4 * MINUTE_MS }
}

/** False for one without a chat, and for one that is gone. */
async function isReachable({ collections }: BoardDeps, { conversation, contact }: HandoffDocument): Promise<boolean> {
  return contact !== '' && (await collections.conversations.get(conversation))?.contact === contact
}
