/** What a conversation asks of a handoff, carried out; the outcome goes back to whoever asked. */
import type { By, HandoffCommand, HandoffRefusal } from '../../core/handoff-types.js'
import type { HandoffAsk, HelpEffect, HelpResult } from '../../core/help-types.js'
import type { Network } from '../../core/places-types.js'
import type { FollowUp, HandoffDocument, TurnDocument } from '../../store/collections.js'
import type { AuditAct } from '../../store/staff-documents.js'
import { isDanger } from '../board/board-place.js'
import { findRequest, isReceipt } from '../board/find-request.js'
import { endsInChat, mayInChat } from '../board/may-in-chat.js'
import { caseLines } from '../help-list-case.js'
import { amend, command, isHeld, type Order } from './change.js'
import type { HandoffsDeps } from './deps.js'
import { giveDoor } from './door.js'
import { callOutForStaff } from './staff-call-out.js'
import type { StaffRefusal } from './staff-order.js'
import { writeAsPerson } from './write.js'

type HandoffEffect = Extract<HelpEffect, { type: 'handoff' }>
type Result = Extract<HelpResult, { command: 'handoff' }>
type Refused = NonNullable<Result['refused']>

/** One asking: `id` is the effect's, so that asking again has one effect. */
export interface Asking {
  readonly effect: HandoffEffect
  readonly id: string
  readonly turn: TurnDocument
}

/** Carries out an effect of a conversation. Throws `StoreUnavailable`. */
export async function carryOutAsk(deps: HandoffsDeps, asking: Asking): Promise<Result> {
  const { effect, turn } = asking
  const document = await meantBy(deps, asking)
  const answer = (outcome: Pick<Result, 'refused' | 'lines' | 'may' | 'ends'> = {}): Result => {
    const { ask, as, handoff: named } = effect
    return { command: 'handoff', as, handoff: document?._id ?? named, receipt: document?.receipt ?? '', ask: ask.type, ...outcome }
  }
  if (document === undefined) return answer({ refused: 'gone' })
  if (effect.as === 'coordinator' && !(await decidesFor(deps, turn.contact, document.area))) return answer({ refused: 'not-yours' })
  if (effect.as === 'coordinator') await noteChat(deps, asking, document)
  const by: By = { as: effect.as, contact: turn.contact }
  if (effect.ask.type === 'show') {
    await noteShown(deps, document, asking.id)
    return answer({ lines: caseLines(deps.caseWords(turn.session.language.code), document, deps.time.now()) })
  }
  if (effect.ask.type === 'more')
    return answer({ may: mayInChat(document, { by, now: deps.time.now(), networks: deps.places().networks }) })
  if (effect.ask.type === 'ends') return answer(endsInChat(document, { by, now: deps.time.now() }))
  const refused = await carryOut(deps, { ...asking, document, by })
  return answer(refused === undefined ? {} : { refused })
}

/** By its id. By its number only to look at it, as coordinators type it: one of another area, or of danger that they were told nothing of, is not there. */
async function meantBy(deps: HandoffsDeps, { effect: { handoff: named, as, ask }, turn }: Asking): Promise<HandoffDocument | undefined> {
  if (!isReceipt(named)) return deps.handoffs.get(named)
  const coordinator = as === 'coordinator' && ask.type === 'show' ? (await deps.contacts.get(turn.contact))?.coordinator : undefined
  if (coordinator === undefined) return undefined
  const { areas, onCall } = coordinator
  const find = (safeguarding: boolean) => findRequest({ collections: deps }, { areas, safeguarding }, named)
  const found = await find(true)
  if (found === undefined || !isDanger(found.task)) return found
  const isTold = onCall !== undefined && (await deps.alarms.wasTold(found._id, onCall))
  return isTold ? found : find(false)
}

/** What coordinators see and do in the chat stands in the record too; what is not here is about their own part in it. */
const NOTED: Partial<Record<HandoffAsk['type'], AuditAct>> = {
  show: 'request-viewed',
  take: 'request-taken',
  reopen: 'request-let-go',
  'ask-more': 'request-asked-more',
  write: 'request-written',
  'pass-on': 'request-passed-on',
  done: 'request-closed',
  cancel: 'request-closed',
  'decide-report': 'request-report-decided',
}

/** By the effect's id: asked again it is the same line. */
async function noteChat(deps: HandoffsDeps, { effect, id, turn }: Asking, { receipt: about, area }: HandoffDocument): Promise<void> {
  const what = NOTED[effect.ask.type]
  if (what !== undefined)
    await deps.audit.insert({ _id: `chat:${id}`, version: 1, at: deps.time.now(), who: turn.contact, what, about, area })
}

/** The number to call goes from the turn that shows it, too, once it is over. */
async function noteShown(deps: HandoffsDeps, { _id: handoff, callBack }: HandoffDocument, id: string): Promise<void> {
  if (callBack === undefined) return
  const key = deps.keys.mac('event', `${id}:result`)
  await amend(deps, { handoff, id }, ({ callBack: known }) =>
    known === undefined ? undefined : { change: { callBack: { ...known, shown: [...(known.shown ?? []), key] } } },
  )
}

/** A coordinator of that area. */
async function decidesFor({ contacts }: HandoffsDeps, contact: string, area: string): Promise<boolean> {
  return (await contacts.get(contact))?.coordinator?.areas.includes(area) ?? false
}

interface Carried extends Asking {
  readonly document: HandoffDocument
  readonly by: By
}

async function carryOut(deps: HandoffsDeps, carried: Carried): Promise<Refused | undefined> {
  const { ask } = carried.effect
  switch (ask.type) {
    case 'accept':
      return accept(deps, carried)
    case 'pass-on':
      return passOn(deps, carried, ask)
    case 'show-door':
      return showDoor(deps, carried, ask.door)
    case 'call-back':
      return callBack(deps, carried, ask.phone)
    case 'rename':
      return rename(deps, carried, ask.alias)
    case 'widen':
      return widen(deps, carried, ask)
    case 'helped':
      return helped(deps, carried, ask.yes)
    case 'feedback':
      return feedback(deps, carried, ask)
    case 'write': {
      const refused = await writeAsPerson(deps, { ...carried, text: ask.text })
      // It was erased meanwhile.
      return refused === 'moved' ? 'gone' : refused
    }
    case 'ask-more':
      return askMore(deps, carried)
    case 'show':
    case 'more':
    case 'ends':
      return undefined
    default:
      return give(deps, carried, commandOf(ask, carried.document))
  }
}

const WAITS: ReadonlySet<string | undefined> = new Set(['open', 'offered', 'handed-back'])

/** Staff keep what nobody can be asked for. Where it waits for volunteers already, the rules refuse. */
async function askMore(deps: HandoffsDeps, carried: Carried): Promise<Refused | undefined> {
  const { document, id, by } = carried
  if (WAITS.has(document.handoff?.state)) return give(deps, carried, { type: 'reopen' })
  const always = { when: () => true, before: async () => undefined }
  const outcome = await callOutForStaff(deps, { handoff: document._id, id, by, act: { do: 'ask-more' }, ...always })
  return 'refused' in outcome ? inChat(outcome.refused) : undefined
}

/** What only the console tells apart is one thing here: nobody is there to ask. */
function inChat(refused: StaffRefusal): Refused {
  switch (refused) {
    case 'plain':
    case 'danger':
    case 'quiet-hours':
    case 'nobody-now':
    case 'cannot-be-asked':
    case 'no-network':
    case 'no-helper':
    case 'has-chat':
    case 'no-chat':
      return 'nobody-to-ask'
    default:
      return refused
  }
}

/** Asks that are commands of the rules as they stand. */
function commandOf(
  ask: Exclude<
    HandoffAsk,
    {
      type:
        | 'accept'
        | 'pass-on'
        | 'show-door'
        | 'call-back'
        | 'rename'
        | 'widen'
        | 'helped'
        | 'feedback'
        | 'write'
        | 'ask-more'
        | 'show'
        | 'more'
        | 'ends'
    }
  >,
  { handoff }: HandoffDocument,
): HandoffCommand {
  // The chat of staff never learns whom a report is about: the oldest that waits is meant.
  if (ask.type === 'decide-report' && ask.about === '')
    return { ...ask, about: handoff?.reports.find(({ decided }) => decided === undefined)?.about ?? '' }
  return ask as HandoffCommand
}

async function give(
  deps: HandoffsDeps,
  { document, id, by }: Pick<Carried, 'document' | 'id' | 'by'>,
  wanted: HandoffCommand,
  more: Pick<Order, 'also' | 'follows'> = {},
): Promise<HandoffRefusal | 'gone' | undefined> {
  const follows = [...(more.follows ?? []), ...followsOf(document, wanted)]
  const given = await command(deps, { handoff: document._id, id, command: wanted, by, ...more, follows })
  return 'refused' in given ? given.refused : undefined
}

/** Both are asked how it went, once it is over. */
function followsOf({ handoff, contact, details, helperAlias }: HandoffDocument, { type }: HandoffCommand): readonly FollowUp[] {
  if (type !== 'done' || handoff?.assignee === undefined || !isHeld(handoff)) return []
  const ask = (who: string, other: string): FollowUp => ({ type: 'news', contact: who, news: { what: 'feedback', other } })
  return [ask(contact, helperAlias ?? ''), ask(handoff.assignee, details?.alias ?? '')]
}

/** 20 hours: inside the window of whoever wrote last (24 h). */
export const SILENCE_MS = 20 * 3_600_000

async function accept(deps: HandoffsDeps, carried: Carried): Promise<Refused | undefined> {
  const volunteer = (await deps.contacts.get(carried.turn.contact))?.volunteer
  // An offer that was on its way when they were reported.
  if (volunteer?.paused === 'report') return 'void'
  const also = { helperAlias: volunteer?.alias ?? '', askSilenceAt: deps.time.now() + SILENCE_MS }
  return give(deps, carried, { type: 'accept', codeWord: codeWordOf(carried.id, deps.keys) }, { also })
}

/** Danish nouns that are short, easy to say and mean no harm; which one, nobody can tell beforehand. */
const CODE_WORDS =
  'sol måne bil båd hus træ blad bold bog kop ost æble pære rose sne regn vind fugl fisk kat hund hest ko and bi skov sø ø bro vej'.split(
    ' ',
  )

function codeWordOf(id: string, keys: HandoffsDeps['keys']): string {
  const bytes = Buffer.from(keys.mac('token', `code word ${id}`), 'base64url')
  const word = CODE_WORDS[(bytes[0] ?? 0) % CODE_WORDS.length] ?? ''
  return `${word} ${10 + ((bytes[1] ?? 0) % 90)}`
}

/** Whoever wants to pass it on asks the resident; who has no chat was asked by the coordinator on the telephone. */
async function passOn(deps: HandoffsDeps, carried: Carried, { network, consent }: Extract<HandoffAsk, { type: 'pass-on' }>) {
  const { document, effect, id, by } = carried
  const known = deps.places().networks[network]
  if (known?.external === undefined) return 'not-yours'
  // A coordinator asks one who has no chat on the telephone, and says so; a helper asks whoever asked for them.
  const onTelephone = effect.as === 'coordinator' && document.details?.behalf !== undefined
  if (effect.as !== 'resident' && !onTelephone && consent !== true) {
    if (by.as !== 'timer' && !mayPassOn(document, by)) return 'not-yours'
    await amend(deps, { handoff: document._id, id }, () => ({
      change: { passOn: { network, by } },
      follows: [{ type: 'news', contact: document.contact, news: { what: 'may-pass-on', network } }],
    }))
    return undefined
  }
  const { passOn: asked } = document
  if (effect.as === 'resident' && asked?.network !== network) return 'not-yours'
  // The resident said no; or nobody has asked one who has no chat.
  if (consent !== true) return effect.as === 'resident' ? undefined : 'no-consent'
  return give(
    deps,
    { document, id, by: effect.as === 'resident' && asked !== undefined ? asked.by : by },
    { type: 'pass-on', network, consent: true },
    { follows: passOnFollows(document, known) },
  )
}

/** The network gets the case, and the resident reads who has it now. */
export function passOnFollows({ contact }: HandoffDocument, { id: network, external }: Network): readonly FollowUp[] {
  const phone = external?.phone
  return [
    { type: 'send-case', network },
    { type: 'news', contact, news: { what: 'passed-on', network, ...(phone === undefined ? {} : { phone }) } },
  ]
}

function mayPassOn({ handoff }: HandoffDocument, by: By): boolean {
  return by.as === 'coordinator' || by.as === 'staff' || (by.as === 'volunteer' && handoff?.assignee === by.contact)
}

async function showDoor(deps: HandoffsDeps, { document, id, turn, by }: Carried, door: string): Promise<Refused | undefined> {
  if (by.as === 'resident' && by.contact !== document.contact) return 'not-yours'
  const refused = await giveDoor(deps, { document, id, door, typed: [turn.key] })
  return refused === 'moved' ? 'waiting' : refused
}

async function callBack(deps: HandoffsDeps, { document, id, turn, by }: Carried, phone: string): Promise<Refused | undefined> {
  if (by.as !== 'resident' || by.contact !== document.contact) return 'not-yours'
  if (document.state === 'closed') return 'done'
  await amend(deps, { handoff: document._id, id }, () => ({ change: { callBack: { phone, turn: turn.key } } }))
  return undefined
}

async function rename(deps: HandoffsDeps, { document, id, by }: Carried, alias: string): Promise<Refused | undefined> {
  const { handoff, details } = document
  if (by.as === 'timer' || handoff === undefined || details === undefined) return 'not-yours'
  const isResident = by.contact === document.contact
  if (!isResident && by.contact !== handoff.assignee) return 'not-yours'
  const other = isResident ? handoff.assignee : document.contact
  await amend(deps, { handoff: document._id, id }, (known) => ({
    change: isResident ? { details: { ...details, ...known.details, alias } } : { helperAlias: alias },
    follows: other === undefined ? [] : [{ type: 'news', contact: other, news: { what: 'alias', alias } }],
  }))
  return undefined
}

/** A wish that is widened is no wish any more; one that is kept is not asked about again. */
async function widen(deps: HandoffsDeps, { document, id, by }: Carried, { wish, yes }: Extract<HandoffAsk, { type: 'widen' }>) {
  const { details } = document
  if (details === undefined || by.as !== 'resident' || by.contact !== document.contact) return 'not-yours'
  const { gender, notFromStairwell } = details.wishes
  const left = {
    ...(gender === undefined || wish === 'gender' ? {} : { gender }),
    ...(notFromStairwell === undefined || wish === 'stairwell' ? {} : { notFromStairwell }),
  }
  const next = yes ? { ...details, wishes: left } : { ...details, kept: [...details.kept, wish] }
  return give(deps, { document, id, by }, { type: 'change' }, { also: { details: next } })
}

async function helped(deps: HandoffsDeps, carried: Carried, yes: boolean): Promise<Refused | undefined> {
  return give(deps, carried, { type: yes ? 'done' : 'nobody-came' })
}

async function feedback(deps: HandoffsDeps, { document, id, by }: Carried, { good, words }: Extract<HandoffAsk, { type: 'feedback' }>) {
  if (by.as === 'timer') return 'not-yours'
  const side = by.contact === document.contact ? 'resident' : 'helper'
  if (side === 'helper' && !(document.handoff?.relays.some(({ volunteer }) => volunteer === by.contact) ?? false)) return 'not-yours'
  const said = { by: side, good, at: deps.time.now(), ...(words === undefined ? {} : { words }) } as const
  await amend(deps, { handoff: document._id, id }, ({ feedback: before = [] }) => ({
    change: { feedback: [...before.filter((one) => one.by !== side), said] },
  }))
  return undefined
}
