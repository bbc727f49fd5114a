/** A confirmed request becomes a handoff: one insert, and its number is free of all others. */

import { expectedWait, type PastRequest } from '../../core/expected-wait.js'
import { draftHandoff, transition } from '../../core/handoff.js'
import type { By } from '../../core/handoff-types.js'
import type { HelpResult } from '../../core/help-types.js'
import type { Expected } from '../../core/request-types.js'
import type { Effect } from '../../core/types.js'
import type { HandoffDocument, TurnDocument } from '../../store/collections.js'
import { onBoard } from '../board/board-place.js'
import { networksFor, settingsOf } from './call-out.js'
import { actorOf, entriesOf, withDue } from './change.js'
import type { HandoffsDeps } from './deps.js'

/** Letters and digits that are told apart on paper and on the phone: no 0 O 1 I L 5 S; and no W, as `PW` names a password. */
export const RECEIPT_ALPHABET = '2346789ABCDEFGHJKMNPQRTUVXYZ'
const RECEIPT_LETTERS = 4
/** Requests that say how long it takes lately. */
const PAST = 100

export type OpenHandoff = Extract<Effect, { type: 'openHandoff' }>

/** For whom a request is opened, and where they are told of it: as a turn has it. */
export interface Opening extends Pick<TurnDocument, 'contact' | 'conversation' | 'at'> {
  /** Absent: its resident. */
  readonly by?: By
  /** Done before anything is written, with its number; may be done twice. */
  readonly before?: (receipt: string) => Promise<void>
}

/** Stores a request; the same effect again finds it. Throws `StoreUnavailable`. */
export async function openHandoff(deps: HandoffsDeps, effect: OpenHandoff, id: string, turn: Opening): Promise<HandoffDocument> {
  const known = await deps.handoffs.get(id)
  if (known !== undefined) return known
  const made = await newHandoff(deps, effect, id, turn)
  await turn.before?.(made.receipt)
  return (await deps.handoffs.insert(made)) === 'ok' ? made : ((await deps.handoffs.get(id)) ?? made)
}

async function newHandoff(deps: HandoffsDeps, effect: OpenHandoff, id: string, turn: Opening): Promise<HandoffDocument> {
  const { conversation, contact, by = { as: 'resident', contact } } = turn
  const { task, area, language, note = '', details } = effect
  const wanted = { task, area, network: effect.network ?? '' }
  const [network] = networksFor(deps.places(), wanted)
  const { t1, t2, t3, t4, t5 } = settingsOf(network)
  const draft = draftHandoff({ resident: contact, task, minor: details?.minor ?? false, timings: { t1, t2, t3, t4, t5 } })
  const talks = await numbersOf(deps, effect.talks ?? [])
  const now = deps.time.now()
  const outcome = transition(draft, { type: 'confirm' }, by, now)
  if ('refused' in outcome) throw new Error(`A new request was refused: ${outcome.refused}`)
  const receipt = await freeReceipt(deps.handoffs, id)
  const own = { contact, conversation, receipt, task, network: network?.id ?? wanted.network, note, area, language }
  const document: HandoffDocument = {
    _id: id,
    version: 1,
    ...own,
    openedAt: turn.at,
    state: 'open',
    handoff: outcome.handoff,
    ...(details === undefined ? {} : { details }),
    ...(talks.length === 0 ? {} : { talks }),
    history: [{ at: now, what: 'confirm', ...actorOf(by) }],
    // The receipt says what there is to say to whoever asked, and the alarm of a talk what there is to say to staff.
    outbox: entriesOf(
      openingId(id),
      outcome.events.filter(({ type }) => type !== 'tell' && !(type === 'alarm' && talks.length > 0)),
    ),
  }
  return withDue(onBoard(document), now)
}

/** Numbers of those requests that there still are. */
async function numbersOf(deps: HandoffsDeps, handoffs: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(handoffs.map((handoff) => deps.handoffs.get(handoff)))
  return found.flatMap((document) => document?.receipt ?? [])
}

/** What follows from opening it has ids that begin so. */
export function openingId(handoff: string): string {
  return `${handoff}:open`
}

/** The number of a request and, where neighbours are asked, what is honest to say about the wait. */
export async function openedResult(deps: HandoffsDeps, id: string): Promise<HelpResult | undefined> {
  const document = await deps.handoffs.get(id)
  if (document === undefined) return undefined
  const { receipt, task, details } = document
  const expected = details === undefined ? {} : { expected: await expectedOf(deps, document) }
  return { command: 'openHandoff', receipt, handoff: id, task, ...expected }
}

/** Nobody on duty is said at once, with the next hour when somebody is. */
async function expectedOf(deps: HandoffsDeps, { handoff, network, decisions = [] }: HandoffDocument): Promise<Expected> {
  if (handoff?.state === 'with-staff') {
    const nobody = decisions.at(-1)?.nobody
    return nobody === undefined ? { staff: true } : { nobody: true, staff: true, ...nobody }
  }
  if (handoff?.state === 'open') {
    const nextAt = handoff.timers.find(({ timer }) => timer === 'T1')?.due
    return { nobody: true, ...(nextAt === undefined ? {} : { nextAt }) }
  }
  const newest = { sort: ['openedAt', '_id'], descending: true, limit: PAST }
  const past = [...(await deps.handoffs.find({ state: 'open' }, newest)), ...(await deps.handoffs.find({ state: 'closed' }, newest))]
  return expectedWait(past.filter((one) => one.network === network && one.details !== undefined).map(pastOf), deps.time.now())
}

function pastOf({ openedAt, handoff }: HandoffDocument): PastRequest {
  const acceptedAt = handoff?.relays[0]?.from
  const endedAt = handoff?.endedAt
  return {
    openedAt,
    ...(acceptedAt === undefined ? {} : { acceptedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(handoff?.state === 'with-staff' && acceptedAt === undefined ? { endedAt: openedAt, nobody: true } : {}),
  }
}

/** A number that another request has is passed over: staff name a request by it, and must never mean two. */
async function freeReceipt(handoffs: HandoffsDeps['handoffs'], id: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    const receipt = receiptOf(attempt === 0 ? id : `${id}:${attempt}`)
    const [taken] = await handoffs.find({ receipt }, { sort: ['receipt'], limit: 1 })
    if (taken === undefined) return receipt
  }
}

/** `H-4F7K` from the random part of the effect's id: the same for the same effect. */
export function receiptOf(id: string): string {
  const base = RECEIPT_ALPHABET.length
  const number = Buffer.from(id, 'utf8').reduce((sum, byte) => (sum * 257 + byte) % base ** RECEIPT_LETTERS, 7)
  const digits = Array.from({ length: RECEIPT_LETTERS }, (_, at) => RECEIPT_ALPHABET[Math.floor(number / base ** at) % base])
  return `H-${digits.join('')}`
}
