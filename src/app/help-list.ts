/** Requests as staff read them in a terminal or a program: never a name, an id or words of the talk. */
import { copenhagenTime } from '../core/copenhagen.js'
import { DANGER_TASK } from '../core/danger-card.js'
import type { Instant } from '../core/types.js'
import type { Closing, HandoffDocument } from '../store/collections.js'
import { decisionLines, historyLines, standing } from './help-list-history.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What of a request is shown. */
export type Request = Pick<HandoffDocument, 'receipt' | 'task' | 'area' | 'language' | 'note' | 'state' | 'openedAt' | 'closed'> &
  Partial<Pick<HandoffDocument, 'handoff' | 'history' | 'decisions' | 'talks'>>

/** Open ones first: danger, then who has waited longest. Closed ones behind, the newest first. */
export function inOrder<T extends Request>(requests: readonly T[]): T[] {
  return requests.toSorted((a, b) => rank(a) - rank(b) || (b.closed?.at ?? 0) - (a.closed?.at ?? 0) || a.openedAt - b.openedAt)
}

function rank({ state, task }: Request): number {
  if (state === 'closed') return 2
  return task === DANGER_TASK ? 0 : 1
}

/** How long somebody has waited, in its largest whole unit: `12 min`, `3 h`, `2 d`. A clock that went back is no wait. */
export function waitingWords(openedAt: Instant, now: Instant): string {
  const waited = Math.max(0, now - openedAt)
  if (waited < HOUR) return `${Math.floor(waited / MINUTE)} min`
  return waited < DAY ? `${Math.floor(waited / HOUR)} h` : `${Math.floor(waited / DAY)} d`
}

/** The columns of a list, their names first. With `closed`, also when and why. */
export function requestRows(requests: readonly Request[], now: Instant, closed: boolean): string[][] {
  const head = ['receipt', 'task', 'area', 'language', 'waiting', ...(closed ? ['closed', 'reason'] : []), 'note']
  const rows = requests.map((request) => [
    request.receipt,
    printable(request.task),
    printable(request.area),
    request.language,
    request.closed === undefined ? waitingWords(request.openedAt, now) : '',
    ...(closed ? closedColumns(request.closed) : []),
    printable(request.note),
  ])
  return [head, ...rows]
}

function closedColumns(closed: Closing | undefined): string[] {
  return closed === undefined ? ['', ''] : [copenhagenTime(closed.at), closed.reason]
}

/** A request for a program, on one line of JSON: times in UTC. `read` are the answers read, where they were looked for. */
export function requestJson(request: Request, read?: readonly string[]): string {
  const { receipt, task, area, language, note, state, openedAt, closed } = request
  const opened = { at: new Date(openedAt).toISOString(), what: 'opened' }
  const ended = closed === undefined ? [] : [{ at: new Date(closed.at).toISOString(), what: 'closed', reason: closed.reason }]
  const told = closed === undefined ? {} : { told: closed.tell }
  const more = read === undefined ? {} : { read }
  return JSON.stringify({ receipt, task, area, language, note, state, history: [opened, ...ended], ...told, ...more })
}

/** One request in lines: what was asked, what happened to it, which answers the person read, and who was asked to help and why. */
export function requestLines(request: Request, read: readonly string[], now: Instant): string[] {
  const { receipt, task, area, language, note, state, openedAt, closed, talks } = request
  const waiting = closed === undefined ? `, waiting ${waitingWords(openedAt, now)}` : ''
  const stands = standing(request)
  return [
    `${receipt}  ${state}${stands === undefined ? '' : ` (${stands})`}${waiting}`,
    `  task: ${printable(task)}`,
    `  area: ${printable(area)}`,
    `  language: ${language}`,
    `  note: ${closed?.kept === false ? '(gone by age)' : printable(note)}`,
    ...(talks === undefined ? [] : [`  written in the talk of: ${talks.join(', ')}`]),
    `  ${copenhagenTime(openedAt)}  opened`,
    ...historyLines(request.history).map((line) => `  ${printable(line)}`),
    ...(closed === undefined ? [] : [`  ${copenhagenTime(closed.at)}  closed: ${closed.reason}${tellingOf(request, closed)}`]),
    `  answers read: ${closed?.kept === false ? '(gone by age)' : read.join(', ') || 'none'}`,
    ...decisionLines(request.decisions).map((line) => `  ${printable(line)}`),
  ]
}

/** What was ended in a chat is told there. Staff who close it decide whether its resident is told. */
function tellingOf({ history = [] }: Request, { tell }: Closing): string {
  const ended = history.findLast(({ what }) => what === 'done' || what === 'cancel')
  const isOfChat = tell === 'nobody' && ended?.by !== undefined && ended.by !== 'staff'
  return isOfChat ? '' : `; resident ${TELLING[tell]}`
}

const TELLING: Readonly<Record<Closing['tell'], string>> = {
  nobody: 'not told',
  waiting: 'not told yet',
  told: 'told',
  missed: 'could not be told',
}

/** Control characters and marks of direction would act on the terminal of whoever reads. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
}
