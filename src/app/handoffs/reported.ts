/** A person who was reported is asked for nothing until a coordinator has decided; the talk is kept for those who decide. */
import { HANDOFF_STATES } from '../../core/handoff-types.js'
import type { Event } from '../../core/types.js'
import type { TurnDocument } from '../../store/collections.js'
import { command } from './change.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { changeVolunteer } from './load.js'
import { lookAgain } from './look-again.js'
import { afterReport, pausedByReport } from './pauses.js'
import { takeAllBack } from './take-back.js'

interface Reported {
  readonly contact: string
  readonly id: string
}

/** All offers and open tasks of a reported volunteer go back; nobody asks them meanwhile. A resident's own requests go to staff. */
export async function pauseReported(deps: HandoffsDeps, { handoff, contact, id }: Reported & { readonly handoff: string }): Promise<void> {
  const paused = await changeVolunteer(deps.contacts, contact, pausedByReport)
  await staffHave(deps, { contact, id, handoff })
  if (paused?.volunteer === undefined) return
  const { offers, tasks } = paused.volunteer.load
  // In the request of the report this is decided itself.
  await takeAllBack(deps, { contact, id, handoffs: Object.keys({ ...tasks, ...offers }).filter((other) => other !== handoff) })
  await tellRole(deps, { contact, id }, 'paused')
}

const PAGE = 100

/** Requests of a reported person wait for nobody else. */
async function staffHave(deps: HandoffsDeps, { contact, id, handoff }: Reported & { readonly handoff: string }): Promise<void> {
  const own = await deps.handoffs.find({ contact }, { sort: ['contact'], limit: PAGE })
  for (const { _id } of own)
    if (_id !== handoff)
      await command(deps, { handoff: _id, id: `${id}:${_id}`, by: { as: 'timer' }, command: { type: 'to-staff', why: 'report' } })
}

/** They go on, unless a report about them waits: a coordinator decided so, or the request of the report is gone. */
export async function resumeReported(deps: HandoffsDeps, { contact, id }: Reported): Promise<void> {
  if (await isReported(deps, contact)) return
  const resumed = await changeVolunteer(deps.contacts, contact, afterReport)
  if (resumed?.volunteer === undefined) return
  await tellRole(deps, { contact, id }, 'resumed')
  await lookAgain(deps, { network: resumed.volunteer.network, volunteer: contact, id })
}

/**
 * A report about them waits for a decision; none does in what was blanked by age, where nobody could tell any more. Decisions are rare, so that
 * every request may be read. Throws `StoreUnavailable`.
 */
export async function isReported({ handoffs }: Pick<HandoffsDeps, 'handoffs'>, contact: string): Promise<boolean> {
  for (let after: (string | number)[] | undefined; ; ) {
    const where = { 'handoff.state': { in: HANDOFF_STATES } }
    const page = await handoffs.find(where, { sort: ['openedAt', '_id'], limit: PAGE, ...(after ? { after } : {}) })
    const kept = page.filter(({ closed }) => closed?.kept !== false)
    if (kept.some(({ handoff }) => handoff?.reports.some(({ about, decided }) => about === contact && decided === undefined))) return true
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return false
    after = [last.openedAt, last._id]
  }
}

async function tellRole(deps: HandoffsDeps, { contact, id }: Reported, is: 'paused' | 'resumed'): Promise<void> {
  const conversation = await conversationOf(deps.conversations, contact)
  if (conversation !== undefined) await deps.receive(conversation, { id: `${id}:role`, at: deps.time.now(), type: 'role', is })
}

const TURNS = 500

/** Copies what crossed between the two since they began; blanking by age and erasure do not reach the copy. */
export async function keepTranscript(
  deps: HandoffsDeps,
  document: { readonly _id: string; readonly receipt: string; readonly contact: string },
  { id, volunteer }: { readonly id: string; readonly volunteer: string },
): Promise<void> {
  const sides = [
    { contact: volunteer, side: 'resident' },
    { contact: document.contact, side: 'helper' },
  ] as const
  const lines = []
  // Each reads what the other wrote.
  for (const { contact, side } of sides) for (const turn of await turnsOf(deps, contact)) lines.push(...lineOf(turn, document._id, side))
  const { _id: handoff, receipt } = document
  const kept = { _id: id, version: 1, handoff, receipt, at: deps.time.now(), lines: lines.toSorted((a, b) => a.at - b.at) }
  await deps.evidence.insert(kept)
}

async function turnsOf({ turns, conversations }: HandoffsDeps, contact: string): Promise<readonly TurnDocument[]> {
  const conversation = await conversationOf(conversations, contact)
  if (conversation === undefined) return []
  return turns.find({ conversation: conversation._id }, { sort: ['seq'], descending: true, limit: TURNS })
}

function lineOf({ event, at }: { readonly event: Event; readonly at: number }, handoff: string, side: 'resident' | 'helper') {
  if (event.type !== 'relayed' || event.handoff !== handoff) return []
  const { words } = event
  return [{ at, side, text: 'text' in words ? words.text : `[${words.card}${words.value === undefined ? '' : ` ${words.value}`}]` }]
}
