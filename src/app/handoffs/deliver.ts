/** Carries out what follows from a change of a handoff, in order; whoever comes does it, and twice gives the same. */
import { awaitsDecision } from '../../core/handoff-report.js'
import type { HandoffEvent } from '../../core/handoff-types.js'
import type { News } from '../../core/help-types.js'
import type { TalkView } from '../../core/request-types.js'
import { StoreUnavailable } from '../../store/collection.js'
import type { FollowUp, HandoffDocument, OutboxEntry } from '../../store/collections.js'
import { blankDoor } from './blank.js'
import { callOut } from './call-out.js'
import { amend, isHeld, withDue } from './change.js'
import { conversationOf } from './conversation-of.js'
import type { HandoffsDeps } from './deps.js'
import { noteLoad } from './load.js'
import { lookAgain } from './look-again.js'
import { offerNews, restNews, talkBegins, toldNews } from './news.js'
import { openingId } from './open.js'
import { keepTranscript, pauseReported, resumeReported } from './reported.js'
import { couldNotBeReached, mayBeAsked, noteUndelivered } from './unreached.js'

/** An entry is tried this often, but for times without a store, before somebody of the staff is asked to look instead. */
const TRIES_MAX = 10

/**
 * Does all that the outbox of a handoff holds; what comes in meanwhile too. What cannot be done now stays and is done later; it holds up only
 * what must come after it, and is thrown at the end.
 */
export async function deliver(deps: HandoffsDeps, handoff: string): Promise<void> {
  const stuck = new Map<string, unknown>()
  for (;;) {
    const document = await deps.handoffs.get(handoff)
    const entry = document?.outbox?.find((one) => !stuck.has(laneOf(one)))
    if (document === undefined || entry === undefined) break
    try {
      await carryOut(deps, document, entry)
    } catch (error) {
      if (!(await giveUp(deps, document, entry, error))) {
        stuck.set(laneOf(entry), error)
        continue
      }
    }
    await changeEntry(deps, handoff, entry, () => [])
  }
  for (const error of stuck.values()) throw error
}

/** Words come in the order in which they were said, and an alarm before its end; all else stands for itself. */
function laneOf({ id, event }: OutboxEntry): string {
  switch (event.type) {
    case 'tell':
    case 'news':
    case 'offer':
    case 'relay':
    case 'rest':
      return 'words'
    case 'alarm':
    case 'alarms-over':
      return 'alarms'
    default:
      return id
  }
}

/** True when it was tried too often for another reason than the store: somebody of the staff looks instead. */
async function giveUp(deps: HandoffsDeps, document: HandoffDocument, entry: OutboxEntry, error: unknown): Promise<boolean> {
  if (error instanceof StoreUnavailable) return false
  const tries = (entry.tries ?? 0) + 1
  if (tries < TRIES_MAX) {
    await changeEntry(deps, document._id, entry, (known) => [{ ...known, tries: Math.max(tries, known.tries ?? 0) }])
    return false
  }
  deps.log.error('what follows from a request could not be done and is given up; staff are asked to look', { handoff: document._id, error })
  await callStaff(deps, document, entry)
  return true
}

/** In place of an entry come others, or none. */
async function changeEntry(
  deps: HandoffsDeps,
  handoff: string,
  { id }: OutboxEntry,
  change: (entry: OutboxEntry) => readonly OutboxEntry[],
): Promise<void> {
  for (;;) {
    const known = await deps.handoffs.get(handoff)
    if (!known?.outbox?.some((entry) => entry.id === id)) return
    const outbox = known.outbox.flatMap((entry) => (entry.id === id ? change(entry) : [entry]))
    if ((await deps.handoffs.replace(withDue({ ...known, outbox }, deps.time.now()))) === 'ok') return
  }
}

async function callStaff(deps: HandoffsDeps, document: HandoffDocument, entry: OutboxEntry): Promise<void> {
  const { _id: handoff, area, receipt, task, language } = document
  const why = entry.event.type === 'send-case' ? ('not-mailed' as const) : ('stuck' as const)
  const about = { why, area, at: deps.time.now(), handoff, receipt, task, language }
  await deps.alarms.raise({ id: `alarm:${entry.id}`, area, about })
}

async function carryOut(deps: HandoffsDeps, document: HandoffDocument, entry: OutboxEntry): Promise<void> {
  const { event } = entry
  switch (event.type) {
    case 'news':
      // Whoever was on the way to the door is not any more.
      if (event.news.what === 'door' && document.door === undefined) return undefined
      return tell(deps, document, { id: entry.id, contact: event.contact, news: event.news, sender: event.sender })
    case 'load':
      return freed(deps, document, entry.id, event.volunteer)
    case 'blank-door':
      return blankDoor(deps, event.keys)
    case 'send-case':
      return sendCase(deps, document, entry, event.network)
    case 'alarms-over':
      return deps.alarms.over(document._id, undecided(document))
    default:
      return carryOutRule(deps, document, { id: entry.id, event })
  }
}

/** What the rules say follows. */
async function carryOutRule(
  deps: HandoffsDeps,
  document: HandoffDocument,
  { id, event }: { readonly id: string; readonly event: Exclude<HandoffEvent, FollowUp> },
): Promise<void> {
  switch (event.type) {
    case 'tell':
      return tellOf(deps, document, { id, contact: event.contact, what: event.what })
    case 'offer':
      return offerTo(deps, document, { id, volunteers: event.volunteers })
    case 'call-out':
      await noteUndelivered(deps, document, `${id}:undelivered`)
      return callOut(deps, { handoff: document._id, id: `${id}:call-out` })
    case 'relay':
      return event.is === 'begins'
        ? beginTalk(deps, document, { id, volunteer: event.volunteer })
        : endTalk(deps, document, { id, ...event })
    case 'alarm': {
      const { _id: handoff, area, receipt, task, language } = document
      const about = { why: event.why, area, at: deps.time.now(), handoff, receipt, task, language }
      return deps.alarms.raise({ id: `alarm:${id}`, area, about })
    }
    case 'pause':
      return pauseReported(deps, { handoff: document._id, contact: event.contact, id })
    case 'resume':
      return resumeReported(deps, { contact: event.contact, id })
    case 'keep-transcript':
      return keepTranscript(deps, document, { id, volunteer: event.volunteer })
    case 'rest': {
      const news = restNews(deps, document, event)
      return tell(deps, document, { id, contact: event.contact, news })
    }
    case 'ask-if-helped':
      await amend(deps, { handoff: document._id, id: `${id}:ask` }, () => ({ change: { askHelpedAt: event.due } }))
      return undefined
    case 'code-word':
    case 'timer':
      return undefined
  }
}

/** A report is still to be decided, whatever became of its request. */
export function undecided({ handoff }: Pick<HandoffDocument, 'handoff'>): 'report' | undefined {
  return handoff !== undefined && awaitsDecision(handoff) ? 'report' : undefined
}

interface Telling {
  readonly id: string
  readonly contact: string
  readonly news: News
  readonly sender?: string | undefined
}

/** One event in a person's conversation; somebody who has none, or was erased, hears nothing. */
export async function tell(deps: HandoffsDeps, document: HandoffDocument, { id, contact, news, sender }: Telling): Promise<void> {
  const conversation = await conversationOf(deps.conversations, contact)
  if (conversation === undefined) return
  const { _id: handoff, receipt, task } = document
  const said = { type: 'news', handoff, receipt, task, news, ...(sender === undefined ? {} : { sender }) } as const
  await deps.receive(conversation, { id: `${id}:${contact}`, at: deps.time.now(), ...said })
}

/** Said with the talk, with the number to call, or with the receipt. */
const SAID_OTHERWISE: ReadonlySet<string> = new Set(['found', 'passed-on'])

async function tellOf(
  deps: HandoffsDeps,
  document: HandoffDocument,
  { id, contact, what }: { readonly id: string; readonly contact: string; readonly what: Extract<HandoffEvent, { type: 'tell' }>['what'] },
): Promise<void> {
  if (contact === document.contact && (SAID_OTHERWISE.has(what) || id.startsWith(`${openingId(document._id)}:`))) return
  // Nobody was found to look for: that staff have it is said next.
  if (what === 'looking' && document.handoff?.state === 'with-staff') return
  await tell(deps, document, { id, contact, news: toldNews(document, contact, what) })
}

async function offerTo(
  deps: HandoffsDeps,
  document: HandoffDocument,
  { id, volunteers }: { readonly id: string; readonly volunteers: readonly string[] },
): Promise<void> {
  const missed: string[] = []
  for (const volunteer of volunteers) {
    const offer = document.handoff?.offers.find((one) => one.volunteer === volunteer)
    if (offer === undefined) continue
    if (!(await mayBeAsked(deps, volunteer))) missed.push(volunteer)
    // One that is over by now is told all the same: that it is taken comes next, and means nothing to whoever was never asked.
    else await tell(deps, document, { id, contact: volunteer, news: offerNews(document, offer) })
  }
  if (missed.length > 0) await couldNotBeReached(deps, { handoff: document._id, volunteers: missed, id: `${id}:missed` })
}

async function beginTalk(
  deps: HandoffsDeps,
  document: HandoffDocument,
  { id, volunteer }: { id: string; volunteer: string },
): Promise<void> {
  // It is over, or with another by now: nobody reads the code word of others.
  if (document.handoff?.assignee !== volunteer || !isHeld(document.handoff)) return
  const helper = await deps.contacts.get(volunteer)
  for (const side of ['helper', 'resident'] as const) {
    const talk: TalkView = talkBegins(document, { side, helper })
    const note = side === 'helper' && document.note !== '' ? { note: document.note } : {}
    const sender = side === 'helper' && document.note !== '' ? document.contact : undefined
    const contact = side === 'helper' ? volunteer : document.contact
    await tell(deps, document, { id, contact, news: { what: 'talk-begins', talk, ...note }, sender })
  }
}

async function endTalk(deps: HandoffsDeps, document: HandoffDocument, { id, volunteer }: { id: string; volunteer: string }): Promise<void> {
  for (const contact of [volunteer, document.contact]) await tell(deps, document, { id, contact, news: { what: 'talk-ends' } })
}

/** Who has less than before may be asked for others. */
async function freed(deps: HandoffsDeps, document: HandoffDocument, id: string, volunteer: string): Promise<void> {
  if (await noteLoad(deps, { handoff: document._id, volunteer })) await lookAgain(deps, { network: document.network, volunteer, id })
}

/** A mail that cannot be sent is tried again; in the end somebody here passes it on, and at once where it is held back in trial. */
async function sendCase(deps: HandoffsDeps, document: HandoffDocument, entry: OutboxEntry, network: string): Promise<void> {
  const outcome = await deps.sendCase({ id: entry.id, handoff: document._id, network })
  if (outcome === 'failed') throw new Error('A mail to a network could not be sent; it is tried again')
  if (outcome === 'no-mail' || outcome === 'trial') await callStaff(deps, document, entry)
}
