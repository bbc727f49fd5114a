/** What a coordinator does with a case: takes it, looks at it, writes to its resident, closes it, hands it on. */
import { acknowledgeAll, changeHelp, endUnseen, forgetAlarms, knownAlarms } from './coordinating-alarms.js'
import { alarmsButton, button, networkName, say, sayOr, tellStaff, titled } from './coordinating-words.js'
import { type Draft } from './draft.js'
import type { HandoffAsk, HelpResult } from './help-types.js'
import type { QuickReply } from './types.js'

/** How long the next typed words are for the resident. Whoever comes back later may have something else in mind. */
const WRITE_MS = 30 * 60_000
/** Networks to choose from; with the two buttons behind them as many as Messenger shows. */
const NETWORKS_MAX = 11
/** The buttons behind "more", in their order. */
const MORE = ['take', 'show', 'write', 'ask-more', 'pass-on', 'reopen', 'close', 'decide'] as const

/** What a button names: a case by its id, and its number where the button carries it. */
interface Case {
  readonly of: string
  readonly value?: string
}

const LOOKS: ReadonlySet<HandoffAsk['type']> = new Set(['show', 'more', 'ends'])

/**
 * Gives a command to a case as a coordinator; what became of it comes back. Looking at one is not acting on it. Its end ends the alarms too:
 * they count as seen only where it was refused, so that the resident reads how it ended, and not first that staff have it.
 */
export function order(draft: Draft, handoff: string, ask: HandoffAsk): void {
  if (isEnd(ask.type)) endUnseen(draft, handoff)
  else if (!LOOKS.has(ask.type)) acknowledgeAll(draft, handoff)
  draft.effects.push({ type: 'handoff', handoff, as: 'coordinator', ask })
}

function isEnd(ask: HandoffAsk['type']): boolean {
  return ask === 'done' || ask === 'cancel'
}

/** Number of a case; its alarm knows it where the button does not. */
function receiptOf(draft: Draft, { of, value }: Case): string {
  return value ?? aboutOf(draft, of)?.receipt ?? ''
}

function aboutOf(draft: Draft, handoff: string) {
  return knownAlarms(draft).findLast(({ about }) => about.handoff === handoff)?.about
}

function isDanger(draft: Draft, handoff: string): boolean {
  const alarms = knownAlarms(draft).filter(({ about }) => about.handoff === handoff)
  return alarms.some(({ about }) => about.why === 'danger' || about.task === 'danger' || about.task === 'violence')
}

/** Asks for the words to the resident. Of danger nothing is written: whoever holds the telephone may be the danger. */
export function askForWords(draft: Draft, one: Case): void {
  const receipt = receiptOf(draft, one)
  if (isDanger(draft, one.of)) return tellStaff(draft, say(draft, 'write.danger'), afterwards(draft, one.of, receipt))
  changeHelp(draft, { question: { ask: 'write', handoff: one.of, since: draft.clock.now } })
  tellStaff(draft, say(draft, 'write', { receipt }), [button(draft, 'cancel', '')])
}

/** The next typed words go to the resident; false when none were asked for. */
export function takeWords(draft: Draft, text: string): boolean {
  const question = draft.session.help?.question
  if (question?.ask !== 'write') return false
  changeHelp(draft, { question: undefined })
  const { handoff, since = draft.clock.now } = question
  if (draft.clock.now - since > WRITE_MS) {
    const receipt = receiptOf(draft, { of: handoff })
    tellStaff(draft, say(draft, 'write.late'), [button(draft, 'write', handoff, receipt), alarmsButton(draft)])
  } else order(draft, handoff, { type: 'write', text })
  return true
}

/** No words are waited for any more; false when none were. */
export function stopWaiting(draft: Draft): boolean {
  if (draft.session.help?.question?.ask !== 'write') return false
  changeHelp(draft, { question: undefined })
  return true
}

/** How a case ends, of the ends that it takes now: helped, or not needed any more. */
function askHowItEnds(draft: Draft, { handoff, receipt, ends = [] }: Extract<HelpResult, { command: 'handoff' }>): void {
  const replies = [...ends, 'cancel'].map((act) => button(draft, act, handoff))
  tellStaff(draft, say(draft, 'close', { receipt }), replies)
}

/** Whom it may be passed on to: networks without an account here that do the task in the area, as far as both are known. */
export function askWhomToPassOn(draft: Draft, one: Case): void {
  const receipt = receiptOf(draft, one)
  const { area, task } = aboutOf(draft, one.of) ?? {}
  const meant = Object.values(draft.scene.places.networks).filter(
    ({ external, areas, tasks }) =>
      external !== undefined && (area === undefined || areas.includes(area)) && (task === undefined || tasks.includes(task)),
  )
  if (meant.length === 0) return tellStaff(draft, say(draft, 'pass-on.none'), afterwards(draft, one.of, receipt))
  const replies = meant.slice(0, NETWORKS_MAX).map(({ id }) => titled(networkName(draft, id), 'pass-to', one.of, id))
  tellStaff(draft, say(draft, 'pass-on', { receipt }), [...replies, button(draft, 'cancel', '')])
}

/** Nothing goes to others without the resident's yes: given on the telephone, or asked for in their chat. */
export function askForConsent(draft: Draft, { of, value: network = '' }: Case): void {
  const replies = ['said-yes', 'ask-first'].map((act) => button(draft, act, of, network))
  tellStaff(draft, say(draft, 'pass-on.consent', { network: networkName(draft, network) }), [...replies, button(draft, 'cancel', '')])
}

/** Whether the one whom a report is about may go on. */
export function askHowToDecide(draft: Draft, one: Case): void {
  tellStaff(
    draft,
    say(draft, 'decide'),
    ['may-go-on', 'stays-out', 'show', 'cancel'].map((act) => button(draft, act, one.of)),
  )
}

/** What became of a command to a case. */
export function caseResult(draft: Draft, result: Extract<HelpResult, { command: 'handoff' }>): void {
  const { refused, receipt, handoff, ask, lines = [] } = result
  const replies = afterwards(draft, handoff, receipt)
  if (refused === 'gone' || (refused === undefined && isEnd(ask))) forgetAlarms(draft, handoff)
  else if (isEnd(ask)) acknowledgeAll(draft, handoff)
  if (refused === 'gone') return tellStaff(draft, say(draft, 'refused.gone'), [alarmsButton(draft)])
  if (refused !== undefined) return tellStaff(draft, sayOr(draft, [`refused.${refused}`, 'refused.other'], { receipt }), replies)
  if (ask === 'more') return showMore(draft, result)
  if (ask === 'ends') return askHowItEnds(draft, result)
  if (ask !== 'show') return tellStaff(draft, sayOr(draft, [`ok.${ask}`, 'ok.other'], { receipt }), replies)
  tellStaff(draft, lines.length === 0 ? say(draft, 'ok.show.nothing', { receipt }) : lines.join('\n'), [
    button(draft, 'take', handoff, receipt),
    ...replies.filter(({ action }) => !(action.do === 'staff' && action.act === 'show')),
  ])
}

/** All that can be done with a case now, and looking at it. */
function showMore(draft: Draft, { handoff, receipt, may = [] }: Extract<HelpResult, { command: 'handoff' }>): void {
  const acts = MORE.filter((act) => act === 'show' || may.includes(act))
  tellStaff(draft, say(draft, 'more', { receipt }), [...acts.map((act) => button(draft, act, handoff, receipt)), alarmsButton(draft)])
}

/** What stands under what was said of a case. */
function afterwards(draft: Draft, handoff: string, receipt: string): readonly QuickReply[] {
  const acts = isDanger(draft, handoff) ? ['show', 'more'] : ['show', 'write', 'more']
  return [...acts.map((act) => button(draft, act, handoff, receipt)), alarmsButton(draft)]
}
