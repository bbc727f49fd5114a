/** What a resident can ask of their own requests: how long, cancel, nobody came, show my door. */
import { cancelIntake } from './asking-intake.js'
import { askHandoff, awaitChoice, changeHelp, endQuestion, help, isHeld, receiptOf, requestOf, sideOf } from './asking-session.js'
import { goOnReply } from './asking-steps.js'
import { button, networkName, requestTitle, say, tellOf, timeSince } from './asking-words.js'
import type { Command } from './command-types.js'
import { commandReply, type Draft, drop, MESSENGER_OPTIONS, phrase, tell } from './draft.js'
import { isolated } from './language/isolated.js'
import type { RequestView } from './request-types.js'
import type { QuickReply } from './types.js'

/** Somebody may be on the way, or was said to be. */
const MAY_HAVE_FAILED: ReadonlySet<RequestView['state']> = new Set(['helper', 'coming', 'passed-on'])

/** For so long somebody may still ask how far a request is that has ended. */
const LATELY_MS = 48 * 60 * 60_000

/** A button of one request. */
export function requestButton(draft: Draft, title: string, act: string, of: string): QuickReply {
  return button(draft, title, { do: 'request', act, of })
}

/** A button that says a command of this side. */
function commandButton(draft: Draft, title: string, command: Command): QuickReply {
  return { title: say(draft, title), action: { do: 'command', command } }
}

/** How long? */
export function statusReply(draft: Draft): QuickReply {
  return commandButton(draft, 'status', 'my-requests')
}

/** The way to a report, which the talk's side takes. */
export function reportReply(draft: Draft): QuickReply {
  return commandButton(draft, 'report', 'report')
}

/** How it stands with every open request, in words; false when there is none. */
export function showRequests(draft: Draft): boolean {
  const { intake, requests = [] } = help(draft)
  if (intake === undefined && requests.length === 0) return false
  const lines = requests.map((request) => `${isolated(requestTitle(draft, request))}\n${stateInWords(draft, request)}`)
  const unfinished = intake === undefined ? [] : [say(draft, 'unfinished')]
  tell(draft, [...lines, ...unfinished].join('\n\n'), statusReplies(draft))
  const waits = requests.find(({ widen, passOn }) => widen !== undefined || passOn !== undefined)
  if (waits !== undefined) askPending(draft, waits)
  return true
}

/** A request that ended lately is no more; false when there was none. */
export function showLast(draft: Draft): boolean {
  const last = help(draft).past?.findLast(({ side, at }) => side === 'resident' && draft.clock.now - at < LATELY_MS)
  if (last === undefined) return false
  tellOf(draft, last.receipt, say(draft, 'refused.gone'), [
    requestButton(draft, 'nobody-came', 'nobody-came', last.handoff),
    commandReply(draft, 'menu'),
  ])
  return true
}

function stateInWords(draft: Draft, { state, since }: RequestView): string {
  return say(draft, `state.${state}`, { time: timeSince(draft, since) })
}

function statusReplies(draft: Draft): readonly QuickReply[] {
  const { intake, requests = [] } = help(draft)
  const goOn = intake === undefined ? [] : [goOnReply(draft)]
  const [first, ...others] = requests
  if (first !== undefined && others.length === 0) return [...goOn, ...repliesOf(draft, first), commandReply(draft, 'menu')]
  const some = (holds: (request: RequestView) => boolean, reply: QuickReply) => (requests.some(holds) ? [reply] : [])
  return [
    ...goOn,
    ...some(() => true, commandButton(draft, 'cancel-request', 'cancel-request')),
    ...some(({ state }) => MAY_HAVE_FAILED.has(state), commandButton(draft, 'nobody-came', 'nobody-came')),
    ...some(({ handoff }) => isHeld(draft, handoff), commandButton(draft, 'show-door', 'show-door')),
    commandReply(draft, 'menu'),
  ]
}

/** What can be done with a request as it stands. */
export function repliesOf(draft: Draft, { handoff, state }: RequestView): readonly QuickReply[] {
  return [
    ...(MAY_HAVE_FAILED.has(state) ? [requestButton(draft, 'nobody-came', 'nobody-came', handoff)] : []),
    ...(isHeld(draft, handoff) && !isDoorShown(draft, handoff) ? [requestButton(draft, 'show-door', 'show-door', handoff)] : []),
    requestButton(draft, 'cancel-request', 'cancel', handoff),
  ]
}

function isDoorShown(draft: Draft, handoff: string): boolean {
  return help(draft).talks?.some((talk) => talk.handoff === handoff && talk.door === true) === true
}

/** The question of a request that waits for yes or no, once more. */
export function askPending(draft: Draft, request: RequestView): void {
  if (request.passOn !== undefined) return askPassOn(draft, request, request.passOn)
  awaitChoice(draft, 'widen', request.handoff)
  tellOf(draft, request.receipt, say(draft, 'widen.again'), widenReplies(draft, request))
}

/** May it be passed on? With what would be sent. */
export function askPassOn(draft: Draft, request: RequestView, network: string): void {
  awaitChoice(draft, 'pass-on', request.handoff)
  const text = say(draft, 'pass-on.ask', { network: isolated(networkName(draft, network)) })
  tellOf(draft, request.receipt, text, passOnReplies(draft, request))
}

export function passOnReplies(draft: Draft, { handoff, passOn = '' }: RequestView): readonly QuickReply[] {
  const reply = (title: string, act: string) => button(draft, title, { do: 'request', act, of: handoff, value: passOn })
  return [reply('pass-on.yes', 'pass-on-yes'), reply('pass-on.no', 'pass-on-no')]
}

/** The buttons name the wish: an old one is not an answer about another. */
export function widenReplies(draft: Draft, { handoff, widen = 'gender' }: Pick<RequestView, 'handoff' | 'widen'>): readonly QuickReply[] {
  const reply = (title: string, act: string) => button(draft, title, { do: 'request', act, of: handoff, value: widen })
  return [reply('widen.yes', 'widen-yes'), reply('widen.no', 'widen-no')]
}

/** A button that was used before, or of something that is over: how it stands, or the menu. */
export function oldButton(draft: Draft): void {
  if (showRequests(draft)) {
    draft.notices.push(say(draft, 'old-button'))
    return
  }
  tell(draft, phrase(draft, 'old-button'), [commandReply(draft, 'menu')])
}

/** Calls off: what is not sent yet at once; of what is sent, the one that is meant, after one tap more. */
export function cancelCommand(draft: Draft): boolean {
  const { intake, requests = [] } = help(draft)
  const others = requests.map((request) => oneOf(draft, request, 'cancel'))
  if (intake !== undefined) cancelIntake(draft, others)
  else if (requests.length === 1 && requests[0] !== undefined) confirmCancel(draft, requests[0])
  else if (requests.length > 1) tell(draft, say(draft, 'cancel.which'), [...others, keepAll(draft)])
  else return false
  return true
}

/** None of them. */
function keepAll(draft: Draft): QuickReply {
  return requestButton(draft, 'cancel.no', 'cancel-no', '')
}

/** A button that names a request. */
function oneOf(draft: Draft, request: { handoff: string; receipt: string; task?: string }, act: string): QuickReply {
  return { title: requestTitle(draft, request), action: { do: 'request', act, of: request.handoff } }
}

/** One tap more before a request is called off. */
export function confirmCancel(draft: Draft, request: RequestView): void {
  const { handoff } = request
  awaitChoice(draft, 'cancel', handoff)
  tell(draft, say(draft, 'cancel.confirm', { request: isolated(requestTitle(draft, request)) }), cancelReplies(draft, handoff))
}

export function cancelReplies(draft: Draft, handoff: string): readonly QuickReply[] {
  return [requestButton(draft, 'cancel.yes', 'cancel-yes', handoff), requestButton(draft, 'cancel.no', 'cancel-no', handoff)]
}

export function cancel(draft: Draft, { handoff, receipt }: RequestView): void {
  endQuestion(draft, handoff)
  askHandoff(draft, handoff, { type: 'cancel' })
  tellOf(draft, receipt, say(draft, 'cancel.giving'))
}

/** Nobody came: the one whose helper is waited for; else which one is meant, also of those that are over. */
export function nobodyCameCommand(draft: Draft): boolean {
  const { requests = [], past = [] } = help(draft)
  const active = requests.filter(({ state }) => MAY_HAVE_FAILED.has(state))
  const isOpen = (handoff: string) => requests.some((one) => one.handoff === handoff)
  const over = past.filter(({ side, handoff }) => side === 'resident' && !isOpen(handoff)).toReversed()
  const [first, ...others] = active
  if (first !== undefined && others.length === 0) nobodyCame(draft, first.handoff)
  else if (active.length + over.length > 0) askWhereNobodyCame(draft, [...active, ...over])
  else if (requests.length > 0) nobodyYet(draft, requests)
  else return false
  return true
}

/** Nobody has said yes; of what staff have, how it stands says all. */
function nobodyYet(draft: Draft, requests: readonly RequestView[]): void {
  if (requests.some(({ state }) => state === 'looking')) draft.notices.push(say(draft, 'nobody-came.not-yet'))
  showRequests(draft)
}

function askWhereNobodyCame(draft: Draft, ones: readonly { handoff: string; receipt: string; task?: string }[]): void {
  const replies = ones.slice(0, MESSENGER_OPTIONS).map((one) => oneOf(draft, one, 'nobody-came'))
  tell(draft, say(draft, 'nobody-came.which'), replies)
}

export function nobodyCame(draft: Draft, handoff: string): void {
  const request = requestOf(draft, handoff)
  if (sideOf(draft, handoff) !== 'resident') return oldButton(draft)
  if ((request?.state === 'looking' && !isHeld(draft, handoff)) || request?.state === 'staff') return nobodyYet(draft, [request])
  endQuestion(draft, handoff)
  askHandoff(draft, handoff, { type: 'nobody-came' })
  tellOf(draft, receiptOf(draft, handoff), say(draft, 'nobody-came.giving'), [statusReply(draft)])
}

/** Shows the door to whoever said yes. */
export function showDoorCommand(draft: Draft): boolean {
  const { requests = [], talks = [] } = help(draft)
  const known = new Map([...talks.filter(({ side }) => side === 'resident'), ...requests].map((one) => [one.handoff, one]))
  const held = [...known.values()].filter(({ handoff }) => isHeld(draft, handoff))
  const [first, ...others] = held
  if (first !== undefined && others.length === 0) askDoor(draft, first.handoff)
  else if (first !== undefined)
    tell(
      draft,
      say(draft, 'door.which'),
      held.map((one) => oneOf(draft, one, 'show-door')),
    )
  else if (requests.length > 0) tell(draft, say(draft, 'door.nobody'), [statusReply(draft)])
  else return false
  return true
}

/** Says who sees the door and for how long, and asks for it. */
export function askDoor(draft: Draft, handoff: string): void {
  if (!isHeld(draft, handoff)) {
    if (requestOf(draft, handoff) === undefined) return oldButton(draft)
    return tell(draft, say(draft, 'door.nobody'), [statusReply(draft)])
  }
  const other = help(draft).talks?.find((talk) => talk.handoff === handoff)?.other
  drop(draft, 'place')
  changeHelp(draft, { question: { ask: 'door', handoff } })
  tell(draft, say(draft, 'door.ask', { alias: other === undefined ? say(draft, 'the-helper') : isolated(other) }), [notNow(draft, handoff)])
}

/** Takes back the wish to show one's door. */
export function notNow(draft: Draft, handoff: string): QuickReply {
  return requestButton(draft, 'door.not-now', 'door-not-now', handoff)
}
