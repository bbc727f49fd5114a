/** What time brings: deadlines, outboxes that somebody left, the questions after silence and after passing on. Any number of instances may look. */
import type { HandoffDocument } from '../../store/collections.js'
import { SILENCE_MS } from './asks.js'
import { amend, command, isHeld, withDue } from './change.js'
import { conversationOf } from './conversation-of.js'
import { deliver } from './deliver.js'
import type { HandoffsDeps } from './deps.js'
import { mayBeAsked } from './unreached.js'

const PAGE = 100
/** An outbox that could not be emptied is tried again then. */
const AGAIN_MS = 30_000

/** Does everything that is due; returns how many handoffs that were. A failure of one holds up no other. Throws `StoreUnavailable`. */
export async function look(deps: HandoffsDeps): Promise<number> {
  const due = await deps.handoffs.find({ due: { below: deps.time.now() + 1 } }, { sort: ['due', '_id'], limit: PAGE })
  for (const document of due) await lookAt(deps, document).catch((error: unknown) => postpone(deps, document._id, error))
  return due.length
}

/** Deadlines first: what cannot be delivered holds none of them up. */
async function lookAt(deps: HandoffsDeps, document: HandoffDocument): Promise<void> {
  const { _id: handoff } = document
  const now = deps.time.now()
  for (const { timer, turn, due } of document.handoff?.timers ?? []) {
    if (due > now) continue
    const id = `timer:${handoff}:${turn}`
    await command(deps, { handoff, id, command: { type: 'timer', timer, turn }, by: { as: 'timer' } })
  }
  if (document.askHelpedAt !== undefined && document.askHelpedAt <= now) await askIfHelped(deps, document)
  if (document.askSilenceAt !== undefined && document.askSilenceAt <= now) await askIfThere(deps, document)
  await deliver(deps, handoff)
  await settleDue(deps, handoff)
}

/** One that is due with nothing to do, as after a try that another instance made good, would be looked at for ever. */
async function settleDue(deps: HandoffsDeps, handoff: string): Promise<void> {
  const known = await deps.handoffs.get(handoff)
  const now = deps.time.now()
  if (known?.due === undefined || known.due > now) return
  const next = withDue(known, now)
  // Changed meanwhile: whoever did wrote when it is due.
  if (next.due === undefined || next.due > now) await deps.handoffs.replace(next)
}

/** Later, so that those behind it have their turn. */
async function postpone(deps: HandoffsDeps, handoff: string, error: unknown): Promise<void> {
  deps.log.warn('what follows from a request could not be done now; tried again', { handoff, error })
  const known = await deps.handoffs.get(handoff)
  if (known !== undefined) await deps.handoffs.replace({ ...known, due: deps.time.now() + AGAIN_MS })
}

/** Two days later Messenger's window has mostly closed, and who has no chat was never asked in one: then somebody of the staff rings. */
async function askIfHelped(deps: HandoffsDeps, document: HandoffDocument): Promise<void> {
  const { _id: handoff, askHelpedAt, contact } = document
  const canBeAsked = !isOpenedAtConsole(document) && (await mayBeAsked(deps, contact))
  const ask = canBeAsked
    ? ({ type: 'news', contact, news: { what: 'were-you-helped' } } as const)
    : ({ type: 'alarm', why: 'ask-if-helped' } as const)
  await amend(deps, { handoff, id: `asked:${handoff}:${askHelpedAt}` }, ({ handoff: rules }) => ({
    drop: 'askHelpedAt',
    follows: rules?.state === 'passed-on' ? [ask] : [],
  }))
}

/** Its conversation is nobody's chat. */
function isOpenedAtConsole({ details, history = [] }: HandoffDocument): boolean {
  return details?.behalf === true && history[0]?.by === 'staff'
}

/** The time of the last word is read where it stands: words that cross change no handoff. */
async function askIfThere(deps: HandoffsDeps, document: HandoffDocument): Promise<void> {
  const { _id: handoff, askSilenceAt, handoff: rules, contact } = document
  const assignee = rules?.assignee
  const talking = rules !== undefined && assignee !== undefined && isHeld(rules)
  const last = talking ? await lastWord(deps, handoff, [contact, assignee]) : 0
  const next = last + SILENCE_MS
  const id = `silence:${handoff}:${askSilenceAt}`
  await amend(deps, { handoff, id }, ({ handoff: latest }) => {
    // It ended, or is with another, since it was read: that one is asked in their own time.
    if (!talking || latest?.assignee !== assignee || !isHeld(latest)) return { drop: 'askSilenceAt' }
    if (next > deps.time.now()) return { change: { askSilenceAt: next } }
    const ask = (who: string) => ({ type: 'news', contact: who, news: { what: 'still-there' } }) as const
    return { change: { askSilenceAt: deps.time.now() + SILENCE_MS }, follows: [ask(contact), ask(assignee)] }
  })
}

const TURNS = 50

async function lastWord({ turns, conversations }: HandoffsDeps, handoff: string, contacts: readonly string[]): Promise<number> {
  let last = 0
  for (const contact of contacts) {
    const conversation = await conversationOf(conversations, contact)
    if (conversation === undefined) continue
    const newest = await turns.find({ conversation: conversation._id }, { sort: ['seq'], descending: true, limit: TURNS })
    const word = newest.find(({ event }) => event.type === 'relayed' && event.handoff === handoff)
    last = Math.max(last, word?.at ?? 0)
  }
  return last
}
