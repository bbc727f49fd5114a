/** Reports: either side can say that the other did harm; then nothing crosses between them until a coordinator has decided. */
import { alarm, drop, type Move, set, stopTalk, tell, toStaff } from './handoff-steps.js'
import type { By, Handoff, HandoffCommand, HandoffRefusal, Report } from './handoff-types.js'
import type { Instant } from './types.js'

const DAY_MS = 24 * 3_600_000
/** A report is possible for 30 days after the two last talked. */
export const REPORT_DAYS = 30

/** Takes a report; gives the reason when it cannot be. */
export function takeReport(move: Move, by: By, named: Extract<HandoffCommand, { type: 'report' }>): HandoffRefusal | undefined {
  if (by.as === 'timer') return 'not-yours'
  const { handoff, now } = move
  const about = named.about ?? otherSide(handoff, by, named.began)
  const volunteer = by.as === 'volunteer' ? by.contact : about === handoff.resident ? newestVolunteer(handoff) : about
  const relay = handoff.relays.findLast((one) => one.volunteer === volunteer)
  const sides = [handoff.resident, volunteer]
  if (relay === undefined || about === undefined || !sides.includes(about) || about === by.contact) return 'nobody-to-report'
  if (relay.until !== undefined && now > relay.until + REPORT_DAYS * DAY_MS) return 'too-long-ago'
  if (handoff.reports.some((one) => one.about === about && one.by === by.contact && one.decided === undefined)) return 'already-reported'
  set(move, { reports: [...handoff.reports, { by: by.contact, about, volunteer: relay.volunteer, at: now }] })
  move.events.push({ type: 'keep-transcript', volunteer: relay.volunteer }, { type: 'pause', contact: about })
  if (relay.until === undefined || about === handoff.resident) freeze(move, relay.volunteer)
  else alarm(move, 'report')
  tell(move, by.contact, 'report-taken')
  return undefined
}

/** A talk under way ends without a word of who reported; what already ended stays ended. */
function freeze(move: Move, volunteer: string): void {
  const over = move.handoff.state === 'done' || move.handoff.state === 'cancelled'
  if (over) {
    stopTalk(move, volunteer)
    set(move, { frozen: true })
    return alarm(move, 'report')
  }
  // Staff have it already, and its resident knows.
  if (move.handoff.state === 'with-staff') alarm(move, 'report')
  else toStaff(move, 'report')
  set(move, { frozen: true })
}

/** What a coordinator decides; nobody decides a report that they made or that is about them. */
export function decideReport(
  move: Move,
  by: By,
  { about, outcome }: Extract<HandoffCommand, { type: 'decide-report' }>,
): HandoffRefusal | undefined {
  if (by.as === 'timer') return 'not-yours'
  const isOpen = (report: Report) => report.about === about && report.decided === undefined
  const open = move.handoff.reports.filter(isOpen)
  if (open.length === 0) return 'nothing-to-decide'
  if (about === by.contact || open.some((report) => report.by === by.contact)) return 'own-report'
  const decided = { by: by.contact, at: move.now, outcome }
  set(move, { reports: move.handoff.reports.map((report) => (isOpen(report) ? { ...report, decided } : report)) })
  if (!awaitsDecision(move.handoff)) drop(move, 'frozen')
  if (outcome === 'may-go-on') move.events.push({ type: 'resume', contact: about })
  return undefined
}

/** A coordinator has still to decide one. */
export function awaitsDecision({ reports }: Pick<Handoff, 'reports'>): boolean {
  return reports.some(({ decided }) => decided === undefined)
}

/** Everybody whom the resident must not meet again, whatever was decided. */
export function reportedPairs(handoff: Handoff): readonly string[] {
  return handoff.reports.map(({ volunteer }) => volunteer)
}

function otherSide(handoff: Handoff, by: By, began: Instant | undefined): string | undefined {
  if (by.as === 'volunteer') return handoff.resident
  if (by.as !== 'resident') return undefined
  return began === undefined ? newestVolunteer(handoff) : handoff.relays.find(({ from }) => from === began)?.volunteer
}

function newestVolunteer(handoff: Handoff): string | undefined {
  return handoff.relays.at(-1)?.volunteer
}
