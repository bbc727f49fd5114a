/** What keeps a volunteer from being asked for a request, all of it, so that the log and the resident can be told what would change it. */
import type { BarId, CallOutInput, CallOutRequest, Circle, Reason, Volunteer } from './callout-types.js'
import { vettingFor } from './task-rules.js'
import type { Instant, LanguageCode } from './types.js'
import { inHours, type Wall, wallAt } from './wall-hours.js'

const MINUTE_MS = 60_000

/** What a decision looks up once for all volunteers. */
export interface Question {
  readonly input: CallOutInput
  readonly wall: Wall
  readonly asked: ReadonlySet<string>
  readonly declined: ReadonlySet<string>
  readonly reported: ReadonlySet<string>
  readonly neighbours: ReadonlySet<string>
}

/** Makes the look-ups of a decision. */
export function questionOf(input: CallOutInput, wall: Wall): Question {
  const { asked, declinedBy, reportedWith } = input.request
  return {
    input,
    wall,
    asked: new Set(asked),
    declined: new Set(declinedBy),
    reported: new Set(reportedWith),
    neighbours: new Set(input.neighbours),
  }
}

/** Everything that keeps this volunteer from this request now; empty when nothing does. */
export function barsOf(question: Question, volunteer: Volunteer): readonly Reason[] {
  const bars: Reason[] = []
  const bar = (id: BarId, values?: Reason['values']) => void bars.push(values === undefined ? { id } : { id, values })
  barsForEver(question, volunteer, bar)
  barsForNow(question, volunteer, bar)
  barsByWish(question.input.request, volunteer, bar)
  return bars
}

/** What neither hours, rest nor the resident's word takes away. */
const STANDS: ReadonlySet<Reason['id']> = new Set<BarId>([
  'own-request',
  'reported-pair',
  'declined',
  'already-asked',
  'not-adult',
  'other-tasks',
  'certificate',
  'language',
  'far',
  'paused',
  'off-duty',
  'window-closed',
  'load',
])

/** Whether a decision can come out otherwise for this volunteer being there: now, after their rest, or if a wish is widened. */
export function mattersTo(input: CallOutInput, volunteer: Volunteer): boolean {
  return !barsOf(questionOf(input, wallAt(input.now)), volunteer).some(({ id }) => STANDS.has(id))
}

/** How near a volunteer lives; undefined beyond the neighbouring areas. */
export function circleOf(question: Question, volunteer: Volunteer): Circle | undefined {
  const { area, stairwell } = question.input.request
  if (volunteer.area !== area) return question.neighbours.has(volunteer.area) ? 'neighbours' : undefined
  return stairwell !== undefined && volunteer.stairwell === stairwell ? 'stairwell' : 'area'
}

/** The language the two would speak: the resident's own before another they share. */
export function sharedLanguage(request: CallOutRequest, { languages }: Volunteer): LanguageCode | undefined {
  if (languages.includes(request.language)) return request.language
  return request.otherLanguages.find((language) => languages.includes(language))
}

/** When a rest ends; 0 for who has none behind them. */
export function restUntil({ settings }: CallOutInput, { lastFinished }: Volunteer): Instant {
  return lastFinished === undefined ? 0 : lastFinished + settings.restMinutes * MINUTE_MS
}

type Bar = (id: BarId, values?: Reason['values']) => void

function barsForEver(question: Question, volunteer: Volunteer, bar: Bar): void {
  const { request } = question.input
  const { id } = volunteer
  if (id === request.resident) bar('own-request')
  if (question.reported.has(id)) bar('reported-pair')
  if (question.declined.has(id)) bar('declined')
  else if (question.asked.has(id)) bar('already-asked')
  if (!volunteer.adult) bar('not-adult')
  if (!volunteer.tasks.includes(request.task)) bar('other-tasks', { task: request.task })
  barByVetting(question, volunteer, bar)
  if (sharedLanguage(request, volunteer) === undefined) bar('language', { language: request.language })
  if (circleOf(question, volunteer) === undefined) bar('far', { area: volunteer.area })
}

/** The last valid day counts whole. */
function barByVetting({ input, wall }: Question, { vetting }: Volunteer, bar: Bar): void {
  const needed = vettingFor(input.request)
  if (needed === undefined) return
  const held = vetting.filter(({ kind }) => kind === needed).map(({ validTo }) => validTo)
  if (held.some((validTo) => validTo >= wall.date)) return
  const [ended] = held.toSorted().toReversed()
  bar('certificate', ended === undefined ? { kind: needed } : { kind: needed, ended })
}

function barsForNow({ input, wall }: Question, volunteer: Volunteer, bar: Bar): void {
  const { settings, now } = input
  if (volunteer.paused) bar('paused')
  if (volunteer.dutySince === undefined || volunteer.dutySince > now) bar('off-duty')
  if (volunteer.openUntil === undefined || volunteer.openUntil <= now) bar('window-closed')
  const tasks = volunteer.activeTasks + volunteer.openOffers
  if (tasks >= settings.loadCap) bar('load', { tasks, cap: settings.loadCap })
  if (!inHours(volunteer.hours, wall)) bar('hours')
  const until = restUntil(input, volunteer)
  if (until > now) bar('rest', { until })
}

/** A wish is hard: what a volunteer has not stated does not fulfil it. */
function barsByWish({ wishes, area, stairwell }: CallOutRequest, volunteer: Volunteer, bar: Bar): void {
  if (wishes.gender !== undefined && volunteer.gender !== wishes.gender) bar('wish-gender', { wish: wishes.gender })
  if (wishes.notFromStairwell !== true || volunteer.area !== area) return
  const maybe = stairwell === undefined || volunteer.stairwell === undefined || volunteer.stairwell === stairwell
  if (maybe) bar('wish-stairwell')
}
