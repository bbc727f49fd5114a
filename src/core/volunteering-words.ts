/** What all of the volunteer's side is made of: names, times and buttons in their language, and their part of the session. */
import { copenhagenDate, copenhagenTime, formatDate } from './copenhagen.js'
import { change, type Draft, language, MESSENGER_OPTIONS, phrase } from './draft.js'
import type { HelpSession, OfferView, TalkView } from './request-types.js'
import { TASKS } from './task-rules.js'
import type { Instant, QuickReply } from './types.js'
import { type Hours, instantAhead, wallAt } from './wall-hours.js'

const DAY_MS = 24 * 3_600_000
const DAY_MINUTES = 24 * 60

/** A sentence of this side, `volunteering.<id>`. */
export function say(draft: Draft, id: string, values: Record<string, string | number> = {}): string {
  return phrase(draft, `volunteering.${id}`, values)
}

/** The title of a task; its id where it has none. */
export function taskTitle(draft: Draft, task: string): string {
  return TASKS.includes(task) ? say(draft, `task.${task}`) : task
}

/** The name of an area; its id where nobody named it. */
export function areaName(draft: Draft, area: string): string {
  return draft.library.areas[area]?.name ?? area
}

/** The name of a network in the reader's language, else in Danish. */
export function networkName(draft: Draft, network: string): string {
  const names = draft.scene.places.networks[network]?.names
  return names?.[language(draft)] ?? names?.['da'] ?? network
}

/** A language by its own name. */
export function languageName(draft: Draft, code: string): string {
  return draft.library.languages.find((offered) => offered.code === code)?.name ?? code
}

/** "today at 14.20", "tomorrow at 14.20" or a date, by the clock on a Danish wall. */
export function timeInWords(draft: Draft, at: Instant): string {
  const { now } = draft.clock
  const time = copenhagenTime(at).slice(-5).replace(':', '.')
  const wall = wallAt(now)
  const tomorrow = copenhagenDate(instantAhead(now, wall, DAY_MINUTES - wall.minute))
  if (copenhagenDate(at) === wall.date) return say(draft, 'time.today', { time })
  if (copenhagenDate(at) === tomorrow) return say(draft, 'time.tomorrow', { time })
  return say(draft, 'time.date', { date: formatDate(at, language(draft)), time })
}

/** Spans of the week that a volunteer can choose; none of them means any time. Our own choice, within waking hours. */
export const WEEK_PARTS: Readonly<Record<string, Hours>> = {
  mornings: { days: [1, 2, 3, 4, 5], from: 8 * 60, until: 12 * 60 },
  afternoons: { days: [1, 2, 3, 4, 5], from: 12 * 60, until: 17 * 60 },
  evenings: { days: [1, 2, 3, 4, 5], from: 17 * 60, until: 22 * 60 },
  weekends: { days: [6, 7], from: 8 * 60, until: 22 * 60 },
}

/** The name of a span among {@link WEEK_PARTS}; undefined for one that somebody else wrote down. */
export function weekPartOf(hours: Hours): string | undefined {
  return Object.keys(WEEK_PARTS).find((id) => JSON.stringify(WEEK_PARTS[id]) === JSON.stringify(hoursInOrder(hours)))
}

function hoursInOrder({ days, from, until }: Hours): Hours {
  return { days, from, until }
}

/** The hours in words. */
export function hoursInWords(draft: Draft, hours: readonly Hours[]): string {
  if (hours.length === 0) return say(draft, 'hours.any')
  return hours.map((span) => spanInWords(draft, span)).join(', ')
}

function spanInWords(draft: Draft, span: Hours): string {
  const part = weekPartOf(span)
  if (part !== undefined) return say(draft, `hours.${part}`)
  const days = span.days.map((day) => weekdayNames(language(draft), 'short')[day - 1] ?? '').join(', ')
  return say(draft, 'hours.other', { days, from: clockOf(span.from), until: clockOf(span.until) })
}

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}.${String(minute % 60).padStart(2, '0')}`
}

/** Names of the days in a language, Monday first. */
export function weekdayNames(code: string, form: 'short' | 'long'): readonly string[] {
  const format = new Intl.DateTimeFormat([code, 'en'], { weekday: form, timeZone: 'UTC' })
  // 1 January 2024 was a Monday.
  return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(2024, 0, 1 + day)))
}

/** A button about a task or an offer. */
export function taskReply(draft: Draft, act: string, of: string): QuickReply {
  return { title: say(draft, `button.${act}`), action: { do: 'task', act, of } }
}

/** A button about being a volunteer. */
export function volunteerReply(draft: Draft, act: string): QuickReply {
  return { title: say(draft, `button.${act}`), action: { do: 'volunteer', act } }
}

/** A title with the sign that it is chosen. */
export function chosenTitle(draft: Draft, title: string, chosen: boolean): string {
  return chosen ? say(draft, 'button.chosen', { title }) : title
}

/** Options and the buttons that always stand below them, as many as the channel shows; `more` leads to another page of options. */
export function pagedReplies(
  draft: Draft,
  { options, always, page }: { options: readonly QuickReply[]; always: readonly QuickReply[]; page: number },
  more: (page: number) => QuickReply['action'],
): readonly QuickReply[] {
  const room = MESSENGER_OPTIONS - always.length
  if (draft.scene.conversation.channel !== 'messenger' || options.length <= room) return [...options, ...always]
  const start = page * (room - 1) < options.length ? page * (room - 1) : 0
  const shown = options.slice(start, start + room - 1)
  const next = start + shown.length < options.length ? page + 1 : 0
  return [...shown, { title: phrase(draft, 'page.more'), action: more(next) }, ...always]
}

/** What the conversation knows of requests. */
export function helpOf(draft: Draft): HelpSession {
  return draft.session.help ?? {}
}

/** Changes what the conversation knows of requests; what stands in `ended` is absent from then on. */
export function changeHelp(draft: Draft, next: Partial<HelpSession>, ...ended: readonly (keyof HelpSession)[]): void {
  const help: Partial<Record<keyof HelpSession, unknown>> = { ...draft.session.help, ...next }
  for (const field of ended) delete help[field]
  change(draft, { help: help as HelpSession })
}

/** The tasks that this person has: talks in which they are the helper. */
export function tasksOf(draft: Draft): readonly TalkView[] {
  return (helpOf(draft).talks ?? []).filter(({ side }) => side === 'helper')
}

/** The offers that are open as far as the conversation knows: of the last day, and none of them a task already. */
export function offersOf(draft: Draft): readonly OfferView[] {
  const tasks = new Set(tasksOf(draft).map(({ handoff }) => handoff))
  return (helpOf(draft).offers ?? []).filter(({ handoff, at }) => !tasks.has(handoff) && draft.clock.now - at < DAY_MS)
}

/** The button of the list of tasks, where there is anything to see. */
export function tasksReplies(draft: Draft): readonly QuickReply[] {
  return tasksOf(draft).length + offersOf(draft).length > 0 ? [volunteerReply(draft, 'my-tasks')] : []
}

/** Until when a message may be sent to this person: a day after they last did something. */
export function windowEnd(draft: Draft): Instant {
  return (draft.session.openedAt ?? draft.clock.now) + DAY_MS
}

/** Approved, on duty, and within their window. */
export function isOnDuty(draft: Draft): boolean {
  const { volunteer } = draft.scene.contact
  return volunteer?.state === 'approved' && volunteer.dutySince !== undefined && (volunteer.openUntil ?? 0) > draft.clock.now
}
