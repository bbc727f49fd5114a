/** What happened to a request and why each was or was not asked, in words. People are numbered, never named. */
import type { Reason } from '../core/callout-types.js'
import { copenhagenTime } from '../core/copenhagen.js'
import type { HandoffDocument } from '../store/collections.js'

type History = NonNullable<HandoffDocument['history']>
type Decisions = NonNullable<HandoffDocument['decisions']>

/** By what happened. Whatever is not here is shown by its id. */
const HAPPENED: Readonly<Record<string, string>> = {
  confirm: 'asked for',
  change: 'changed',
  offer: 'offered to volunteers',
  wait: 'waits for a better time',
  accept: 'a volunteer said yes',
  decline: 'a volunteer said no',
  'withdraw-offer': 'an offer to a volunteer was taken back',
  'could-not-be-reached': 'a volunteer could not be reached',
  'agree-time': 'a time was agreed',
  'on-the-way': 'the volunteer is on the way',
  done: 'done',
  'hand-back': 'handed back by the volunteer',
  'nobody-came': 'the resident says that nobody came',
  cancel: 'cancelled',
  'pass-on': 'passed on to others',
  'network-took-it': 'the network said yes',
  'call-back': 'the resident left a number to call',
  'to-staff': 'given to staff',
  'of-age': 'the resident says that they are 18 or over',
  take: 'taken by one of the staff',
  reopen: 'opened again',
  report: 'a worry was reported',
  'decide-report': 'the report was decided',
  written: 'staff wrote to the resident',
  'timer-T1': 'nobody of the first wave answered in time',
  'timer-T2': 'nobody of a later wave answered in time',
  'timer-T3': 'nobody was found in time',
  'timer-T4': 'the volunteer was asked whether they come',
  'timer-T5': 'taken from the volunteer, who did not answer',
}

/** By what was decided. */
const STEPS: Readonly<Record<string, string>> = {
  wave: 'a wave',
  wait: 'to wait',
  network: 'to ask another network',
  widen: 'to ask the resident whether a wish may be widened',
  staff: 'to call staff',
}

/** By reason; every id of `Reason`. */
const REASONS: Readonly<Record<Reason['id'], string>> = {
  'own-request': 'asked for it themselves',
  'reported-pair': 'a report stands between the two',
  declined: 'said no to it',
  'already-asked': 'is asked already',
  'not-adult': 'not known to be of age',
  'other-tasks': 'does other tasks',
  certificate: 'has no certificate in force',
  language: 'no common language',
  far: 'too far away',
  paused: 'paused',
  'off-duty': 'off duty',
  'window-closed': 'may not be written to now',
  load: 'has enough to do',
  hours: 'outside their hours',
  rest: 'rests after a task',
  'wish-gender': 'not whom the resident wishes (woman or man)',
  'wish-stairwell': 'of the stairwell the resident does not wish',
  near: 'near',
  speaks: 'speaks the language',
  'tasks-lately': 'few tasks lately',
  'next-wave': 'kept for the next wave',
  'wider-wave': 'kept for a wider wave',
  'quiet-hours': 'quiet hours',
  'not-called-out': 'no volunteer is asked for this',
}

/** Where a request stands by its rules. */
const STATES: Readonly<Record<string, string>> = {
  draft: 'not confirmed',
  open: 'looking for somebody',
  offered: 'offered to volunteers',
  accepted: 'a volunteer has it',
  'on-the-way': 'a volunteer is on the way',
  done: 'done',
  'handed-back': 'handed back, looking again',
  cancelled: 'cancelled',
  'passed-on': 'passed on',
  'with-staff': 'with staff',
}

/** Where it stands, in words; undefined for requests of before there were rules. */
export function standing({ handoff }: Pick<HandoffDocument, 'handoff'>): string | undefined {
  if (handoff === undefined) return undefined
  const frozen = handoff.frozen === true ? ', stands still until a report is decided' : ''
  return `${wordsOf(STATES, handoff.state)}${frozen}`
}

/** A line for each thing that happened, oldest first, each behind its time. `by` is a role. */
export function historyLines(history: History = []): string[] {
  return history.map(({ at, what, by }) => `${copenhagenTime(at)}  ${wordsOf(HAPPENED, what)}${by === undefined ? '' : ` (by the ${by})`}`)
}

/**
 * For each decision its time and what it was; below it who was asked and why, and for how many of the others each first reason held.
 * A volunteer has the same number in all of them.
 */
export function decisionLines(decisions: Decisions = []): string[] {
  const numbers = new Map<string, number>()
  return decisions.flatMap(({ at, step, log }) => {
    const asked = log.filter((line) => line.asked)
    const others = new Map<string, number>()
    for (const { why, count = 1 } of log.filter((line) => !line.asked)) {
      const reason = why[0] === undefined ? 'no reason noted' : reasonWords(why[0])
      others.set(reason, (others.get(reason) ?? 0) + count)
    }
    return [
      `${copenhagenTime(at)}  decided: ${wordsOf(STEPS, step)}`,
      ...asked.map(({ volunteer, why }) => {
        const number = numbers.get(volunteer) ?? numbers.size + 1
        numbers.set(volunteer, number)
        return `  asked volunteer ${number}: ${why.map(reasonWords).join(', ') || 'no reason noted'}`
      }),
      ...[...others].map(([reason, count]) => `  not asked: ${count} (${reason})`),
    ]
  })
}

/** Values of a reason are ids and numbers: the circle, a language, how many. */
function reasonWords({ id, values = {} }: Reason): string {
  const shown = Object.entries(values).map(([name, value]) => `${name} ${value}`)
  return shown.length === 0 ? REASONS[id] : `${REASONS[id]} (${shown.join(', ')})`
}

function wordsOf(words: Readonly<Record<string, string>>, id: string): string {
  return Object.hasOwn(words, id) ? (words[id] ?? id) : id
}
