/** Which acts of staff a request takes now: what the page offers. Each act is checked again by whatever carries it out. */
import type { NoteView, RequestAct, RequestView } from '../../core/board-types.js'
import { refusalOf } from '../../core/handoff-rules.js'
import type { Handoff, HandoffCommand } from '../../core/handoff-types.js'
import { staffOnlyReason } from '../../core/task-rules.js'
import type { HandoffDocument } from '../../store/collections.js'
import { isHeld } from '../handoffs/change.js'
import { isDanger } from './board-place.js'
import { contactOfStaff } from './names.js'

type Act = RequestAct['do']

/** What of the view decides beside the request. */
export interface MayParts {
  /** Id of the member of staff. */
  readonly staff: string
  readonly notes: readonly NoteView[]
  readonly networks: RequestView['networks']
  readonly report: RequestView['report']
  /** The resident has a chat that can be written to. */
  readonly reachable: boolean
}

/** In the order of the page's buttons. */
export function mayOf(document: HandoffDocument, parts: MayParts): readonly Act[] {
  const { handoff, state, closed } = document
  const rules: readonly Act[] = handoff === undefined ? [] : byRules(document, handoff, parts)
  const isKept = closed?.kept !== false
  return [
    ...rules,
    ...(state === 'open' ? (['close'] as const) : []),
    ...(parts.reachable && isKept && !isDanger(document.task) && document.details?.behalf !== true ? (['write'] as const) : []),
    // What is written of somebody goes when they do.
    ...(isKept ? (['note'] as const) : []),
    ...(parts.notes.some(({ mine }) => mine === true) ? (['take-back-note'] as const) : []),
  ]
}

function byRules({ task, details }: HandoffDocument, handoff: Handoff, { staff, networks, report }: MayParts): readonly Act[] {
  const by = { as: 'staff', contact: contactOfStaff(staff) } as const
  const takes = (command: HandoffCommand) => refusalOf(handoff, command, by) === undefined
  const waits = takes({ type: 'offer', volunteers: [], deadline: 0 })
  const mayCallOut = staffOnlyReason(handoff) === undefined
  const reopens = takes({ type: 'reopen' })
  const isGoing = isHeld(handoff) && handoff.frozen !== true
  const [network] = networks
  const acts: Readonly<Partial<Record<Act, boolean>>> = {
    take: handoff.staff !== by.contact && (waits || takes({ type: 'take' })),
    'let-go': handoff.staff === by.contact && (mayCallOut ? reopens : takes({ type: 'let-go' })),
    'ask-more': mayCallOut && (waits || reopens),
    reassign: mayCallOut && (waits || reopens || isGoing),
    say: details?.behalf === true && isGoing,
    'show-door': details?.behalf === true && isGoing,
    'pass-on': network !== undefined && !isDanger(task) && takes({ type: 'pass-on', network: network.id, consent: true }),
    'decide-report': report !== undefined && mayDecide(handoff, by),
  }
  return (Object.keys(acts) as Act[]).filter((act) => acts[act] === true)
}

/** The oldest report that waits is meant; nobody decides one that they made. */
function mayDecide(handoff: Handoff, by: { readonly as: 'staff'; readonly contact: string }): boolean {
  const open = handoff.reports.find(({ decided }) => decided === undefined)
  if (open === undefined || open.by === by.contact) return false
  return refusalOf(handoff, { type: 'decide-report', about: open.about, outcome: 'may-go-on' }, by) === undefined
}
