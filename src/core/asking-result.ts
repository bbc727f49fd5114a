/** How a command of the resident ended: the number of a new request with an honest wait, or why something was not done. */
import { callBackReplies } from './asking-call-back.js'
import { changeHelp, endRequest, help, isHeld, putRequest, requestOf } from './asking-session.js'
import { askPending, repliesOf, requestButton, statusReply } from './asking-status.js'
import { say, spanInWords, tellOf, timeInWords } from './asking-words.js'
import { commandReply, type Draft, personReply, tell } from './draft.js'
import type { HelpResult } from './help-types.js'
import { isolated } from './language/isolated.js'
import type { Expected, RequestView } from './request-types.js'
import type { QuickReply } from './types.js'

type Opened = Extract<HelpResult, { command: 'openHandoff' }>
type Answer = Extract<HelpResult, { command: 'handoff' }>
type Refusal = NonNullable<Answer['refused']>

/** Refusals that a resident can get, each with a sentence `asking.refused.<id>`; any other has a general one. */
const REFUSALS: ReadonlySet<Refusal> = new Set([
  'waiting',
  'taken',
  'done',
  'cancelled',
  'passed-on',
  'with-staff',
  'frozen',
  'not-yours',
  'not-confirmed',
  'too-long-ago',
  'no-consent',
  'nobody-to-report',
  'already-reported',
  'gone',
  'bad-words',
])
/** After these the request is over, whatever this conversation had heard. */
const OVER: ReadonlySet<Refusal> = new Set(['done', 'cancelled', 'gone'])

/** The receipt: its number, and what is honest to say of the wait. */
export function tellOpened(draft: Draft, { handoff, receipt, task, expected }: Opened): void {
  const forStaff = expected !== undefined && 'staff' in expected
  const known = requestOf(draft, handoff)
  const state = forStaff ? 'staff' : (known?.state ?? (isHeld(draft, handoff) ? 'helper' : 'looking'))
  const behalf = help(draft).sentForAnother === true ? { behalf: true as const } : {}
  const request: RequestView = { since: draft.clock.now, ...known, ...behalf, handoff, receipt, task, state }
  changeHelp(draft, { sentForAnother: undefined })
  putRequest(draft, request)
  // Whose wish finds nobody is asked about it, and that says more than any wait.
  const wait = expected === undefined || request.widen !== undefined ? [] : [waitInWords(draft, expected)]
  const text = [say(draft, 'receipt', { receipt: isolated(receipt) }), ...wait, ...(forStaff ? [] : [say(draft, 'wait.news')])].join('\n\n')
  tell(draft, text, [statusReply(draft), ...callBackReplies(draft, handoff), requestButton(draft, 'cancel-request', 'cancel', handoff)])
  if (request.widen !== undefined) askPending(draft, request)
}

/** Counted, not known, nobody on duty, or for staff: nothing is promised. */
function waitInWords(draft: Draft, expected: Expected): string {
  if ('nobody' in expected) {
    const { nextAt = 0, staff } = expected
    const until = nextAt > draft.clock.now
    const nobody = until ? say(draft, 'wait.nobody-until', { time: timeInWords(draft, nextAt) }) : say(draft, 'wait.nobody')
    return staff === true ? `${nobody} ${say(draft, 'wait.staff')}` : nobody
  }
  if ('staff' in expected) return say(draft, 'wait.staff')
  if (!expected.known) return say(draft, 'wait.unknown')
  const half = spanInWords(draft, expected.half, 'up')
  if (expected.most === undefined) return say(draft, 'wait.half', { half })
  return say(draft, 'wait.half-most', { half, most: spanInWords(draft, expected.most, 'up') })
}

/** Why something was not done, with what can be done now. What was done is told by the news that follow, but a door has none. */
export function tellAnswer(draft: Draft, { handoff, receipt, ask, refused }: Answer): void {
  if (refused === undefined) {
    if (ask === 'show-door') noteDoor(draft, handoff, receipt)
    return
  }
  if (OVER.has(refused) && requestOf(draft, handoff) !== undefined) endRequest(draft, { handoff, receipt })
  const sentence = say(draft, `refused.${REFUSALS.has(refused) ? refused : 'other'}`)
  const replies = refusedReplies(draft, handoff, refused)
  if (receipt === '') tell(draft, sentence, replies)
  else tellOf(draft, receipt, sentence, replies)
}

/** Shown once: the button goes, the words "show my door" still do it. */
function noteDoor(draft: Draft, handoff: string, receipt: string): void {
  const { talks } = help(draft)
  if (talks !== undefined)
    changeHelp(draft, { talks: talks.map((talk) => (talk.handoff === handoff ? { ...talk, door: true as const } : talk)) })
  tellOf(draft, receipt, say(draft, 'door.shown'), repliesNow(draft, handoff))
}

function repliesNow(draft: Draft, handoff: string): readonly QuickReply[] {
  const request = requestOf(draft, handoff)
  return request === undefined ? [] : [statusReply(draft), ...repliesOf(draft, request)]
}

function refusedReplies(draft: Draft, handoff: string, refused: Refusal): readonly QuickReply[] {
  const done = refused === 'done' ? [requestButton(draft, 'nobody-came', 'nobody-came', handoff)] : []
  const door = refused === 'bad-words' ? [requestButton(draft, 'show-door', 'show-door', handoff)] : []
  const worry = refused === 'too-long-ago' || refused === 'with-staff' ? [personReply(draft)] : []
  const all = [...done, ...door, ...worry, ...repliesNow(draft, handoff)]
  const unique = all.filter((reply, at) => all.findIndex((one) => JSON.stringify(one.action) === JSON.stringify(reply.action)) === at)
  return [...unique, commandReply(draft, 'menu')]
}
