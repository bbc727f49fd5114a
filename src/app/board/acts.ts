/** What a member of staff does about a request at the console: found, compared with what they saw, written down, and then done. */
import type { RequestAct } from '../../core/board-types.js'
import type { Reason } from '../../core/callout-types.js'
import type { Instant } from '../../core/types.js'
import type { HandoffDocument } from '../../store/collections.js'
import type { AuditAct } from '../../store/staff-documents.js'
import type { AccountsDeps } from '../accounts/accounts-deps.js'
import { note } from '../accounts/audit.js'
import type { ConsoleDeps } from '../console-deps.js'
import type { StaffRefusal } from '../handoffs/staff-order.js'
import { addNote, type NoteRefusal, takeBackNote } from './acts-notes.js'
import { withCleanWords } from './acts-words.js'
import { acknowledgeRequest } from './alarms.js'
import type { Viewer } from './board-deps.js'
import { findRequest } from './find-request.js'
import { contactOfStaff, namesOf } from './names.js'
import { seenOf } from './seen.js'

export interface ActsDeps {
  readonly work: ConsoleDeps
  readonly accounts: Pick<AccountsDeps, 'audit' | 'ids' | 'time'>
}

export interface ActOrder {
  /** Id or number of the request. */
  readonly request: string
  readonly viewer: Viewer
  /** Made by the page: the same when it asks again. */
  readonly id: string
  /** The token of what they saw. */
  readonly seen: string
  readonly act: RequestAct
}

/** What somebody else did first. `who`: their name, where it is known. */
export interface Meanwhile {
  readonly what: string
  readonly at: Instant
  /** Their role; `who`: their name, where they have one. */
  readonly by?: string
  readonly who?: string
}

export type ActRefusal = StaffRefusal | NoteRefusal

/** `why`: of `cannot-be-asked`. `who`: of `taken-by-staff`, the name of whoever has it. */
export type Acted =
  | { readonly request: HandoffDocument }
  | { readonly meanwhile: Meanwhile }
  | { readonly refused: ActRefusal; readonly why?: readonly Reason[]; readonly who?: string }

const LINES = {
  take: 'request-taken',
  'let-go': 'request-let-go',
  'ask-more': 'request-asked-more',
  reassign: 'request-reassigned',
  close: 'request-closed',
  write: 'request-written',
  say: 'request-said',
  'show-door': 'request-door-shown',
  note: 'request-noted',
  'take-back-note': 'request-note-taken-back',
  'pass-on': 'request-passed-on',
  'decide-report': 'request-report-decided',
} as const satisfies Record<RequestAct['do'], AuditAct>

/** Does it, once. What they may not see is `gone`; nothing is done on what another has changed meanwhile. Throws `StoreUnavailable`. */
export async function actOnRequest(deps: ActsDeps, order: ActOrder): Promise<Acted> {
  const { work } = deps
  const request = await findRequest(work, order.viewer, order.request)
  if (request === undefined) return { refused: 'gone' }
  const outcome = await carryOut(deps, order, request)
  const after = await findRequest(work, order.viewer, request._id)
  // Its resident had everything erased while it was being done.
  if (after === undefined) return { refused: 'gone' }
  if ('moved' in outcome) return { meanwhile: await meanwhileOf(work, after, order.seen) }
  if ('refused' in outcome) return { ...outcome, ...(outcome.refused === 'taken-by-staff' ? await whoHas(work, after) : {}) }
  await follow(work, order, after)
  return { request: after }
}

type Outcome = { readonly done: true } | { readonly moved: true } | { readonly refused: ActRefusal; readonly why?: readonly Reason[] }

function carryOut({ work, accounts }: ActsDeps, order: ActOrder, request: HandoffDocument): Promise<Outcome> {
  const { viewer, seen } = order
  const act = withCleanWords(work.library.current(), request, order.act)
  const contact = contactOfStaff(viewer.staff)
  const line = { who: viewer.staff, what: LINES[act.do], about: request.receipt }
  let written: Promise<void> | undefined
  const basics = {
    handoff: request._id,
    id: `${contact}:${order.id}`,
    before: () => (written ??= note(accounts, line, [request.area])),
  }
  if (act.do === 'note') return addNote(work, { ...basics, contact, text: act.text })
  if (act.do === 'take-back-note') return takeBackNote(work, { ...basics, contact, note: act.note })
  return work.requests.actForStaff({ ...basics, act, by: { as: 'staff', contact }, when: (document) => seenOf(document) === seen })
}

/** Whoever acts has seen its alarms; a resident who is to be told that it is closed is told at once where they can be. */
async function follow(work: ConsoleDeps, { viewer, act }: ActOrder, request: HandoffDocument): Promise<void> {
  if (act.do === 'note' || act.do === 'take-back-note') return
  await acknowledgeRequest(work, viewer, request._id)
  if (act.do === 'close' && act.tell)
    await work
      .tellClosed()
      .catch((error: unknown) => work.log.warn('a resident could not be told now; tried again within a minute', { error }))
}

/** The newest act of staff since then; else the newest thing that happened. */
async function meanwhileOf(work: ConsoleDeps, request: HandoffDocument, seen: string): Promise<Meanwhile> {
  const { history = [], helperAlias } = request
  const acts = history.filter(({ by }) => by === 'staff' || by === 'coordinator')
  const newest = acts.length > Number(seen.split(':')[0]) ? acts.at(-1) : history.at(-1)
  if (newest === undefined) return { what: 'change', at: request.openedAt }
  const { what, at, who = '', by } = newest
  const name = (await namesOf(work, [who]))(who) ?? (by === 'volunteer' ? helperAlias : undefined)
  return { what, at, ...(by === undefined ? {} : { by }), ...(name === undefined ? {} : { who: name }) }
}

async function whoHas(work: ConsoleDeps, { handoff }: HandoffDocument): Promise<{ readonly who?: string }> {
  const staff = handoff?.staff ?? ''
  const who = (await namesOf(work, [staff]))(staff)
  return who === undefined ? {} : { who }
}
