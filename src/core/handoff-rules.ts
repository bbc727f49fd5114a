/** Who may do what when: one table, and the reason for whatever is not in it. */
import type { By, Handoff, HandoffCommand, HandoffRefusal, HandoffRole, HandoffState } from './handoff-types.js'

type States = Partial<Record<HandoffState, readonly HandoffRole[]>>

const TIMER: readonly HandoffRole[] = ['timer']
const VOLUNTEER: readonly HandoffRole[] = ['volunteer']
const ASSIGNEE: readonly HandoffRole[] = ['assignee']
const STAFF: readonly HandoffRole[] = ['coordinator', 'staff']
/** Staff also act for somebody who has no chat. */
const RESIDENT: readonly HandoffRole[] = ['resident', ...STAFF]
const RESIDENT_OR_TIMER: readonly HandoffRole[] = [...RESIDENT, ...TIMER]
const BOTH: readonly HandoffRole[] = ['assignee', ...RESIDENT]
const HELPER: readonly HandoffRole[] = ['assignee', ...STAFF]
const OFFERS: readonly HandoffRole[] = [...STAFF, ...TIMER]
const ANYBODY: readonly HandoffRole[] = ['assignee', 'volunteer', ...RESIDENT]

const waiting = (roles: readonly HandoffRole[]): States => ({ open: roles, offered: roles, 'handed-back': roles })
const held = (roles: readonly HandoffRole[]): States => ({ accepted: roles, 'on-the-way': roles })

const MAY: Readonly<Record<HandoffCommand['type'], States>> = {
  confirm: { draft: RESIDENT },
  change: { draft: RESIDENT, ...waiting(RESIDENT) },
  offer: waiting(OFFERS),
  wait: waiting(TIMER),
  accept: waiting(VOLUNTEER),
  decline: waiting(VOLUNTEER),
  'withdraw-offer': waiting(OFFERS),
  'could-not-be-reached': waiting(TIMER),
  'agree-time': held(ASSIGNEE),
  'on-the-way': { accepted: ASSIGNEE },
  done: { ...held(BOTH), 'passed-on': RESIDENT, 'with-staff': STAFF },
  'hand-back': held(ASSIGNEE),
  'nobody-came': { ...held(RESIDENT), done: RESIDENT, 'passed-on': RESIDENT },
  cancel: { draft: RESIDENT, ...waiting(RESIDENT), ...held(RESIDENT), 'passed-on': RESIDENT, 'with-staff': RESIDENT },
  close: { draft: STAFF, ...waiting(STAFF), ...held(STAFF), 'passed-on': STAFF, 'with-staff': STAFF },
  'pass-on': { ...waiting(STAFF), ...held(HELPER), 'with-staff': STAFF },
  'to-staff': { ...waiting(RESIDENT_OR_TIMER), ...held(RESIDENT_OR_TIMER), 'passed-on': RESIDENT_OR_TIMER },
  'of-age': { 'with-staff': ['resident'] },
  take: { 'with-staff': STAFF, 'passed-on': STAFF },
  'let-go': { 'with-staff': STAFF, 'passed-on': STAFF },
  reopen: { 'with-staff': STAFF, 'passed-on': STAFF },
  report: {
    ...waiting(ANYBODY),
    ...held(ANYBODY),
    done: ANYBODY,
    cancelled: ANYBODY,
    'passed-on': ANYBODY,
    'with-staff': ANYBODY,
  },
  'decide-report': {
    ...waiting(STAFF),
    ...held(STAFF),
    done: STAFF,
    cancelled: STAFF,
    'passed-on': STAFF,
    'with-staff': STAFF,
  },
  timer: { ...waiting(TIMER), accepted: TIMER },
}

const STATE_REFUSAL: Readonly<Record<HandoffState, HandoffRefusal>> = {
  draft: 'not-confirmed',
  open: 'waiting',
  offered: 'waiting',
  'handed-back': 'waiting',
  accepted: 'taken',
  'on-the-way': 'taken',
  done: 'done',
  cancelled: 'cancelled',
  'passed-on': 'passed-on',
  'with-staff': 'with-staff',
}

/** What may be done while a report waits: the resident may always say "do not come", and what is over is over. */
const WHILE_FROZEN: readonly HandoffCommand['type'][] = ['cancel', 'close', 'take', 'let-go', 'report', 'decide-report']

/** What somebody is to this request; undefined for a resident whose request it is not. */
function roleOf(handoff: Handoff, by: By): HandoffRole | undefined {
  if (by.as === 'resident') return by.contact === handoff.resident ? 'resident' : undefined
  return by.as === 'volunteer' && by.contact === handoff.assignee ? 'assignee' : by.as
}

/** Why this person may not give this command now; undefined when they may. A stranger never learns the state. */
export function refusalOf(handoff: Handoff, command: HandoffCommand, by: By): HandoffRefusal | undefined {
  const role = roleOf(handoff, by)
  const offerMatters = command.type === 'accept' || command.type === 'decline'
  if (offerMatters && by.as === 'volunteer') return offerRefusal(handoff, command.type, by.contact)
  const states = MAY[command.type]
  const ever = role !== undefined && Object.values(states).some((roles) => roles.includes(role))
  if (!ever) return by.as === 'volunteer' && hadIt(handoff, by.contact) ? 'void' : 'not-yours'
  if (handoff.frozen === true && !WHILE_FROZEN.includes(command.type)) return 'frozen'
  const roles = states[handoff.state]
  if (roles === undefined) return stateRefusal(handoff, role)
  return roles.includes(role) ? undefined : 'not-yours'
}

/** A day: an offer is answered inside the window it came in. */
export const OFFER_LASTS_MS = 24 * 3_600_000

function offerRefusal(handoff: Handoff, type: 'accept' | 'decline', volunteer: string): HandoffRefusal | undefined {
  if (volunteer === handoff.resident) return 'own-request'
  const offer = handoff.offers.find((one) => one.volunteer === volunteer)
  if (offer === undefined) return 'not-offered'
  if (handoff.frozen === true) return 'frozen'
  if (MAY[type][handoff.state] === undefined) return stateRefusal(handoff, roleOf(handoff, { as: 'volunteer', contact: volunteer }))
  if (offer.state === 'declined') return 'declined'
  return offer.state === 'open' ? undefined : 'void'
}

function stateRefusal(handoff: Handoff, role: HandoffRole | undefined): HandoffRefusal {
  const refusal = STATE_REFUSAL[handoff.state]
  return refusal === 'taken' && role === 'assignee' ? 'already-yours' : refusal
}

function hadIt(handoff: Handoff, volunteer: string): boolean {
  return handoff.relays.some((relay) => relay.volunteer === volunteer)
}
