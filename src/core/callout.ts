/** Who is asked for a request, in which wave and why: one pure decision, the same on every instance. */
import { barsOf, circleOf, type Question, questionOf, restUntil, sharedLanguage } from './callout-bars.js'
import {
  type BarId,
  type CallOutDecision,
  type CallOutInput,
  CIRCLES,
  type LogLine,
  type NextStep,
  type Reason,
  type Volunteer,
  type Wish,
} from './callout-types.js'
import { hash } from './hash.js'
import { staffOnlyReason } from './task-rules.js'
import type { Instant } from './types.js'
import { inSpan, instantAhead, minutesTo, minutesToHours, type Wall, wallAt } from './wall-hours.js'

const MINUTE_MS = 60_000
/** The first wave stays within the area while anybody there can be asked. */
const FIRST_WAVE_UP_TO = CIRCLES.indexOf('area')

interface Candidate {
  readonly volunteer: Volunteer
  readonly circle: number
  /** 0: the resident's own language, 1: another they share. */
  readonly language: number
  readonly tie: string
}

interface Barred {
  readonly volunteer: Volunteer
  readonly bars: readonly Reason[]
}

/**
 * The next step of a call-out. In order: what is for staff alone; the end of the time; quiet hours; a wave (stairwell, area,
 * neighbouring areas; within each the resident's own language first, then who did least lately and was asked least, then a draw by the seed); another
 * network; the resident asked to widen a wish; waiting for somebody's hours, for one who has enough by now or for offers that are out; staff.
 */
export function decideCallOut(input: CallOutInput): CallOutDecision {
  const decision = decideAmong(input)
  const { offDuty = 0 } = input
  return offDuty === 0 ? decision : { ...decision, log: [...decision.log, linesOf('off-duty', offDuty)] }
}

function decideAmong(input: CallOutInput): CallOutDecision {
  const { request, settings, now } = input
  const everybody = (id: 'not-called-out' | 'quiet-hours') =>
    input.volunteers.map((volunteer) => ({ volunteer: volunteer.id, asked: false, why: [{ id }] }))
  const staffOnly = staffOnlyReason(request)
  if (staffOnly !== undefined) return { step: 'staff', why: staffOnly, log: everybody('not-called-out') }
  if (now >= lastMoment(input)) return { step: 'staff', why: 'nobody-in-time', log: everybody('not-called-out') }
  const wall = wallAt(now)
  if (!request.urgent && isQuiet(input, wall)) {
    const until = instantAhead(now, wall, minutesTo(settings.quiet.until, wall))
    return { step: 'wait', until, why: 'quiet-hours', log: everybody('quiet-hours') }
  }
  const question = questionOf(input, wall)
  const { candidates, barred } = sift(question)
  if (candidates.length > 0) return wave(input, candidates, barred)
  return { ...otherwise(input, wall, barred), log: barred.map(logOf) }
}

function isQuiet({ settings }: CallOutInput, { minute }: Wall): boolean {
  const { quiet } = settings
  return quiet.from !== quiet.until && inSpan(quiet, minute)
}

/** T3: from then on staff have it. */
function lastMoment({ request, settings }: CallOutInput): Instant {
  return request.openedAt + settings.t3 * MINUTE_MS
}

function sift(question: Question): { readonly candidates: readonly Candidate[]; readonly barred: readonly Barred[] } {
  const candidates: Candidate[] = []
  const barred: Barred[] = []
  const { request, seed, volunteers } = question.input
  for (const volunteer of volunteers) {
    const bars = barsOf(question, volunteer)
    const circle = circleOf(question, volunteer)
    if (bars.length > 0 || circle === undefined) barred.push({ volunteer, bars })
    else {
      const language = sharedLanguage(request, volunteer) === request.language ? 0 : 1
      candidates.push({ volunteer, circle: CIRCLES.indexOf(circle), language, tie: hash(`${seed} ${volunteer.id}`) })
    }
  }
  return { candidates: candidates.sort(compare), barred }
}

function compare(a: Candidate, b: Candidate): number {
  const share = a.volunteer.tasksLately - b.volunteer.tasksLately || a.volunteer.offersLately - b.volunteer.offersLately
  const difference = a.circle - b.circle || a.language - b.language || share
  if (difference !== 0) return difference
  return a.tie < b.tie ? -1 : 1
}

/** The nearest `k`; the area is left only when nobody in it can be asked, or in a later wave. */
function wave(input: CallOutInput, candidates: readonly Candidate[], barred: readonly Barred[]): CallOutDecision {
  const { request, settings, now } = input
  const nearest = candidates[0]?.circle ?? 0
  const upTo = request.waves === 0 ? Math.max(FIRST_WAVE_UP_TO, nearest) : CIRCLES.length - 1
  const chosen = candidates.filter(({ circle }) => circle <= upTo).slice(0, Math.max(1, settings.k))
  const lasts = [settings.t1, settings.t2 - settings.t1][request.waves] ?? settings.t3 - settings.t2
  const deadline = Math.min(now + Math.max(1, lasts) * MINUTE_MS, lastMoment(input))
  const lines = candidates.map((candidate, at) => ({
    volunteer: candidate.volunteer.id,
    asked: at < chosen.length,
    why: at < chosen.length ? whyAsked(input, candidate) : [{ id: candidate.circle <= upTo ? 'next-wave' : 'wider-wave' } as const],
  }))
  const volunteers = chosen.map(({ volunteer }) => volunteer.id)
  return { step: 'wave', wave: request.waves + 1, volunteers, deadline, log: [...lines, ...barred.map(logOf)] }
}

function whyAsked({ request, settings }: CallOutInput, { volunteer, circle }: Candidate): readonly Reason[] {
  return [
    { id: 'near', values: { circle: CIRCLES[circle] ?? '' } },
    { id: 'speaks', values: { language: sharedLanguage(request, volunteer) ?? '' } },
    { id: 'tasks-lately', values: { tasks: volunteer.tasksLately, offers: volunteer.offersLately, days: settings.fairShareDays } },
  ]
}

function logOf({ volunteer, bars }: Barred): LogLine {
  return { volunteer: volunteer.id, asked: false, why: bars }
}

/** Nobody can be asked now. */
function otherwise(input: CallOutInput, wall: Wall, barred: readonly Barred[]): NextStep {
  const { request } = input
  const [network] = request.otherNetworks
  if (network !== undefined) return { step: 'network', network }
  const widen = wishToWiden(input, barred)
  if (widen !== undefined) return widen
  const free = soonest(input, wall, barred, ['hours', 'rest'])
  if (free !== undefined && free < lastMoment(input)) return { step: 'wait', until: free, why: 'hours' }
  if (barred.some(isBusy)) return { step: 'wait', until: lastMoment(input), why: 'busy' }
  if (request.asked.some((id) => mayAnswer(input, id))) return { step: 'wait', until: lastMoment(input), why: 'offers-out' }
  const nextAt = soonest(input, wall, barred, ['hours', 'rest', 'off-duty', 'window-closed'])
  return { step: 'staff', why: 'nobody-eligible', ...(nextAt === undefined ? {} : { nextAt }) }
}

/** Who was asked, went off duty and may not be written to is not waited for; their yes still counts. Who is of another network may be there. */
function mayAnswer({ volunteers, now }: CallOutInput, asked: string): boolean {
  const known = volunteers.find(({ id }) => id === asked)
  return known === undefined || (known.openUntil ?? 0) > now
}

/** Nothing but what they have by now, or were asked for, keeps them: whoever is freed is looked at again. */
function isBusy({ bars }: Barred): boolean {
  return bars.some(({ id }) => id === 'load') && bars.every(({ id }) => id === 'load' || id === 'rest' || id === 'hours')
}

/** The wish that keeps most people away, among those that the resident has not said to keep. */
function wishToWiden({ request }: CallOutInput, barred: readonly Barred[]): NextStep | undefined {
  const wishOf: Partial<Record<Reason['id'], Wish>> = { 'wish-gender': 'gender', 'wish-stairwell': 'stairwell' }
  const onlyWishes = barred
    .map(({ bars }) => bars.map(({ id }) => wishOf[id]))
    .filter((wishes) => wishes.every((wish) => wish !== undefined && !request.kept.includes(wish)))
  const count = (wish: Wish) => onlyWishes.filter((wishes) => wishes.length === 1 && wishes[0] === wish).length
  const [best] = (['stairwell', 'gender'] as const).toSorted((a, b) => count(b) - count(a))
  const wish = best !== undefined && count(best) > 0 ? best : onlyWishes[0]?.[0]
  return wish === undefined ? undefined : { step: 'widen', wish, free: count(wish) }
}

/** When the first of those whom nothing but `bars` keeps away is there by hours and rest; undefined when nobody is known to be. */
function soonest(input: CallOutInput, wall: Wall, barred: readonly Barred[], bars: readonly BarId[]): Instant | undefined {
  const passing = new Set<Reason['id']>(bars)
  const times = barred
    .filter((one) => one.bars.every(({ id }) => passing.has(id)))
    .flatMap(({ volunteer, bars: own }) => {
      const minutes = own.every(({ id }) => id === 'rest') ? 0 : minutesToHours(volunteer.hours, wall)
      return minutes === undefined ? [] : [{ minutes, rest: restUntil(input, volunteer) }]
    })
  if (times.length === 0) return undefined
  // Only the first is read from the calendar: an hour more or less in a night of clock change does not change who looks again.
  const about = ({ minutes, rest }: { minutes: number; rest: Instant }) => Math.max(rest, input.now + minutes * MINUTE_MS)
  const { minutes, rest } = times.reduce((first, one) => (about(one) < about(first) ? one : first))
  return minutes === 0 ? rest : Math.max(rest, instantAhead(input.now, wall, minutes))
}

/** Networks up to this size are looked at whole, and their logs name everybody. */
export const NAMED_MAX = 30

/**
 * A log as it is kept with its request: of a large network only who is asked has a line of their own, the others are counted by what kept each
 * of them first. A line for each of five hundred would make the request too large to be read and written at every step.
 */
export function keptLog(log: readonly LogLine[]): readonly LogLine[] {
  if (log.length <= NAMED_MAX) return log
  const counts = new Map<Reason['id'], number>()
  for (const { why, count = 1 } of log.filter(({ asked }) => !asked)) {
    const id = why[0]?.id ?? 'next-wave'
    counts.set(id, (counts.get(id) ?? 0) + count)
  }
  return [...log.filter(({ asked }) => asked), ...[...counts].map(([id, count]) => linesOf(id, count))]
}

/** One line for many. */
function linesOf(id: Reason['id'], count: number): LogLine {
  return { volunteer: '', count, asked: false, why: [{ id }] }
}
