/** What happened to a request, and why each was or was not asked: in ids for the page, with names. */
import type { DecisionView, TimelineEntry } from '../../core/board-types.js'
import type { LogLine, Reason } from '../../core/callout-types.js'
import type { HandoffDocument } from '../../store/collections.js'
import type { NameOf } from './names.js'

type Happened = NonNullable<HandoffDocument['history']>[number]
type Decision = NonNullable<HandoffDocument['decisions']>[number]

/** Everybody whom the timeline and the decisions name. */
export function peopleOf({ history = [], decisions = [], handoff }: HandoffDocument): readonly string[] {
  return [
    ...history.flatMap(({ who }) => who ?? []),
    ...decisions.flatMap(({ log }) => log.map(({ volunteer }) => volunteer)),
    ...(handoff?.offers.map(({ volunteer }) => volunteer) ?? []),
  ]
}

/**
 * Oldest first. `by` is a role, or `command-line` for staff there. `offer` names everybody who was asked. Requests of before there were
 * rules have but `opened` and `closed`.
 */
export function timelineOf(document: HandoffDocument, nameOf: NameOf): readonly TimelineEntry[] {
  const { history = [], openedAt, closed, handoff } = document
  const opened = handoff === undefined ? [{ at: openedAt, what: 'opened' }] : []
  const isNoted = history.some(({ at }) => at === closed?.at)
  const ended = handoff === undefined && closed !== undefined && !isNoted ? [{ at: closed.at, what: 'closed' }] : []
  const happened = history.map((one) => entryOf(one, namesIn(one, document, nameOf)))
  return [...opened, ...happened, ...ended].toSorted((a, b) => a.at - b.at)
}

function entryOf({ at, what, by, who }: Happened, names: readonly string[]): TimelineEntry {
  // Only the command line acts as staff without saying who.
  const role = by === 'staff' && (who ?? '') === '' ? 'command-line' : by
  return { at, what, ...(role === undefined ? {} : { by: role }), ...(names.length === 0 ? {} : { who: names.join(', ') }) }
}

function namesIn(one: Happened, document: HandoffDocument, nameOf: NameOf): readonly string[] {
  const people = one.what === 'offer' ? askedAt(one, document) : [one.who ?? '']
  return people.flatMap((contact) => nameOf(contact) ?? [])
}

/** Who was asked then: by the offers, which are made in the same moment; those that were made anew since, by what was decided. */
function askedAt({ at }: Happened, { handoff, decisions = [] }: HandoffDocument): readonly string[] {
  const offered = handoff?.offers.filter((offer) => offer.at === at).map(({ volunteer }) => volunteer) ?? []
  if (offered.length > 0) return offered
  const decided = decisions.findLast((one) => one.step === 'wave' && one.at <= at)
  return decided?.log.filter(({ asked }) => asked).map(({ volunteer }) => volunteer) ?? []
}

/** Oldest first. A volunteer who is gone has an empty name; of those who were not asked only who is not `foreign` has one, the others are counted. */
export function decisionsOf(
  { decisions = [], handoff }: HandoffDocument,
  nameOf: NameOf,
  foreign: ReadonlySet<string>,
): readonly DecisionView[] {
  const newest = new Map<string, Decision>()
  for (const decision of decisions) for (const { volunteer, asked } of decision.log) if (asked) newest.set(volunteer, decision)
  // What a volunteer said belongs to the last time they were asked.
  const answerOf = (decision: Decision, volunteer: string) => {
    const state = newest.get(volunteer) === decision ? handoff?.offers.find((offer) => offer.volunteer === volunteer)?.state : undefined
    return state === undefined || state === 'open' ? {} : { answer: state }
  }
  return decisions.map((decision) => ({
    at: decision.at,
    step: decision.step,
    asked: decision.log
      .filter(({ asked }) => asked)
      .map(({ volunteer, why }) => ({ id: volunteer, name: nameOf(volunteer) ?? '', why, ...answerOf(decision, volunteer) })),
    notAsked: notAskedOf(decision.log, nameOf, foreign),
  }))
}

const NO_REASON: Reason = { id: 'next-wave' }

/** By the first reason of each, most people first, their names in order; its values only where all had the same. */
function notAskedOf(log: readonly LogLine[], nameOf: NameOf, foreign: ReadonlySet<string>): DecisionView['notAsked'] {
  const groups = new Map<Reason['id'], LogLine[]>()
  for (const line of log.filter(({ asked }) => !asked)) {
    const id = line.why[0]?.id ?? NO_REASON.id
    groups.set(id, [...(groups.get(id) ?? []), line])
  }
  const counted = [...groups].map(([id, lines]) => {
    const [first = NO_REASON, ...others] = lines.map(({ why }) => why[0] ?? NO_REASON)
    const isOne = others.every(({ values }) => JSON.stringify(values) === JSON.stringify(first.values))
    return {
      why: isOne ? first : { id },
      count: lines.reduce((sum, { count = 1 }) => sum + count, 0),
      names: lines
        .filter(({ volunteer }) => volunteer !== '' && !foreign.has(volunteer))
        .map(({ volunteer }) => nameOf(volunteer) ?? '')
        .sort((one, other) => one.localeCompare(other, 'da')),
    }
  })
  return counted.sort((one, other) => other.count - one.count || one.why.id.localeCompare(other.why.id))
}
