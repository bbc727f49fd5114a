/** What a resident answers about a request that is sent: buttons, and the words that mean the same. */
import { askCallBack, skipCallBack, typedCallBack } from './asking-call-back.js'
import { helpedReplies, howItWentReplies } from './asking-news.js'
import {
  askHandoff,
  type Choice,
  changeHelp,
  choiceOf,
  endQuestion,
  help,
  isDialogReading,
  putRequest,
  questionOf,
  receiptOf,
  requestOf,
  sideOf,
} from './asking-session.js'
import {
  askDoor,
  cancel,
  cancelReplies,
  confirmCancel,
  nobodyCame,
  notNow,
  oldButton,
  passOnReplies,
  reportReply,
  requestButton,
  statusReply,
  widenReplies,
} from './asking-status.js'
import { isQuestion, networkName, readYesNo, say, tellOf, typedButton } from './asking-words.js'
import { change, commandReply, type Draft, drop, tell } from './draft.js'
import type { HelpAction } from './help-types.js'
import { foldDigits } from './language/digits.js'
import { isolated } from './language/isolated.js'
import type { RequestView } from './request-types.js'
import type { QuickReply } from './types.js'

/** Characters of an address with its doorbell, and of words about how it went. */
const DOOR_MAX = 200
const WORDS_MAX = 500

type Tap = Extract<HelpAction, { do: 'request' }>

/** A button of a request that is sent. */
export function tapSent(draft: Draft, { act, of, value }: Tap): void {
  switch (act) {
    case 'nobody-came':
      return nobodyCame(draft, of)
    case 'show-door':
      return askDoor(draft, of)
    case 'door-not-now':
      return skipDoor(draft, of)
    case 'call-back':
      return askCallBack(draft, of)
    case 'call-back-not-now':
      return skipCallBack(draft, of)
    case 'good':
    case 'not-good':
      return takeFeedback(draft, of, act === 'good')
    case 'no-words':
      return endFeedback(draft)
    default: {
      if (act === 'cancel-no' && of === '') return tell(draft, say(draft, 'cancel.kept'), [statusReply(draft)])
      const request = requestOf(draft, of)
      if (request === undefined) return oldButton(draft)
      return tapOpen(draft, request, act, value)
    }
  }
}

/** A button that means something while the request is not over. */
function tapOpen(draft: Draft, request: RequestView, act: string, value: string | undefined): void {
  switch (act) {
    case 'cancel':
      return confirmCancel(draft, request)
    case 'cancel-yes':
      return cancel(draft, request)
    case 'cancel-no':
      endQuestion(draft, request.handoff)
      return tellOf(draft, request.receipt, say(draft, 'cancel.kept'), [statusReply(draft)])
    case 'adult':
      return sayAdult(draft, request)
    case 'widen-yes':
    case 'widen-no':
      return request.widen === value ? widen(draft, request, act === 'widen-yes') : oldButton(draft)
    case 'pass-on-yes':
    case 'pass-on-no':
      return request.passOn === value ? passOn(draft, request, act === 'pass-on-yes') : oldButton(draft)
    case 'helped-yes':
    case 'helped-no':
      return helped(draft, request, act === 'helped-yes')
    default:
      return oldButton(draft)
  }
}

/** How it stands then is told by the news that follow, or why staff keep it. */
function sayAdult(draft: Draft, { minor, ...request }: RequestView): void {
  if (minor !== true || draft.session.child?.is === 'minor') return oldButton(draft)
  change(draft, { child: { is: 'adult' } })
  putRequest(draft, request)
  askHandoff(draft, request.handoff, { type: 'of-age' })
}

function widen(draft: Draft, { widen: wish, ...request }: RequestView, yes: boolean): void {
  if (wish === undefined) return oldButton(draft)
  putRequest(draft, request)
  endQuestion(draft, request.handoff)
  askHandoff(draft, request.handoff, { type: 'widen', wish, yes })
  tellOf(draft, request.receipt, say(draft, yes ? 'widen.yes-done' : 'widen.no-done'), [statusReply(draft)])
}

/** Only what is said here leaves the house: number, area and task. */
function passOn(draft: Draft, { passOn: network, ...request }: RequestView, consent: boolean): void {
  if (network === undefined) return oldButton(draft)
  putRequest(draft, request)
  endQuestion(draft, request.handoff)
  askHandoff(draft, request.handoff, { type: 'pass-on', network, consent })
  const text = consent ? say(draft, 'pass-on.yes-done', { network: isolated(networkName(draft, network)) }) : say(draft, 'pass-on.no-done')
  tellOf(draft, request.receipt, text, [statusReply(draft)])
}

function helped(draft: Draft, { handoff, receipt }: RequestView, yes: boolean): void {
  endQuestion(draft, handoff)
  askHandoff(draft, handoff, { type: 'helped', yes })
  tellOf(draft, receipt, say(draft, yes ? 'helped.yes-done' : 'nobody-came.giving'), [statusReply(draft)])
}

function skipDoor(draft: Draft, handoff: string): void {
  const question = questionOf(draft)
  if (question?.ask !== 'door' || question.handoff !== handoff) return oldButton(draft)
  endQuestion(draft)
  tell(draft, say(draft, 'door.skipped'), [statusReply(draft)])
}

/** It counts at once; words may follow, and then count with it. */
function takeFeedback(draft: Draft, handoff: string, good: boolean): void {
  const as = sideOf(draft, handoff)
  if (as === undefined) return oldButton(draft)
  draft.effects.push({ type: 'handoff', handoff, as, ask: { type: 'feedback', good } })
  drop(draft, 'place')
  changeHelp(draft, { question: { ask: 'how-it-went', handoff, good } })
  tell(draft, say(draft, good ? 'feedback.words' : 'feedback.sorry'), feedbackReplies(draft, handoff, good))
}

function feedbackReplies(draft: Draft, handoff: string, good: boolean): readonly QuickReply[] {
  return [...(good ? [] : [reportReply(draft)]), requestButton(draft, 'feedback.no-words', 'no-words', handoff)]
}

function endFeedback(draft: Draft): void {
  if (questionOf(draft)?.ask === 'how-it-went') endQuestion(draft)
  tell(draft, say(draft, 'feedback.thanks'), [commandReply(draft, 'menu')])
}

/** Typed words about a request that is sent; false when they are for somebody else to hear. */
export function typedForSent(draft: Draft, text: string): boolean {
  const question = questionOf(draft)
  if (question?.ask === 'door') return !isDialogReading(draft) && typedDoor(draft, question, text)
  if (question?.ask === 'call-back') return !isDialogReading(draft) && typedCallBack(draft, question.handoff, text)
  if (question?.ask === 'how-it-went') return draft.session.place === undefined && typedFeedback(draft, question, text)
  const choice = choiceOf(draft)
  if (choice === undefined) return false
  // Only what somebody asked for themselves may be answered beside a talk or a dialog's question.
  const clear = choice.ask === 'cancel' || (help(draft).talk === undefined && !isDialogReading(draft))
  return clear && typedChoice(draft, text, (from) => choiceReplies(from, choice))
}

function choiceReplies(draft: Draft, { ask, handoff }: Choice): readonly QuickReply[] {
  if (ask === 'feedback') return howItWentReplies(draft, handoff)
  const request = requestOf(draft, handoff)
  if (request === undefined) return []
  switch (ask) {
    case 'cancel':
      return cancelReplies(draft, handoff)
    case 'helped':
      return helpedReplies(draft, handoff)
    case 'widen':
      return widenReplies(draft, request)
    case 'pass-on':
      return passOnReplies(draft, request)
  }
}

/** The address goes to the helper and nowhere else: it is not kept in the session, and a question is none. */
function typedDoor(draft: Draft, { handoff }: { readonly handoff: string }, text: string): boolean {
  if (isQuestion(text)) return false
  const pressed = typedButton(draft, text, (from) => [notNow(from, handoff)])
  const door = [...text.trim()].slice(0, DOOR_MAX).join('').trim()
  if (pressed !== undefined) skipDoor(draft, handoff)
  else if (!/\d/.test(foldDigits(door))) tell(draft, say(draft, 'door.retry'), [notNow(draft, handoff)])
  else {
    endQuestion(draft)
    askHandoff(draft, handoff, { type: 'show-door', door })
    tellOf(draft, receiptOf(draft, handoff), say(draft, 'door.giving'))
  }
  return true
}

function typedFeedback(draft: Draft, { handoff, good }: { readonly handoff: string; readonly good: boolean }, text: string): boolean {
  const pressed = typedButton(draft, text, (from) => feedbackReplies(from, handoff, good))
  const as = sideOf(draft, handoff)
  if (pressed === undefined && as !== undefined) {
    const words = [...text.trim()].slice(0, WORDS_MAX).join('').trim()
    draft.effects.push({ type: 'handoff', handoff, as, ask: { type: 'feedback', good, words } })
  }
  endFeedback(draft)
  return true
}

/** The title of a button, or yes or no: the first button is the yes. */
function typedChoice(draft: Draft, text: string, make: (draft: Draft) => readonly QuickReply[]): boolean {
  const pressed = typedButton(draft, text, make) ?? yesOrNo(draft, text, make(draft))
  if (pressed?.do !== 'request') return false
  tapSent(draft, pressed)
  return true
}

function yesOrNo(draft: Draft, text: string, [yes, no]: readonly QuickReply[]): HelpAction | undefined {
  const said = readYesNo(draft, text)
  const meant = said === undefined ? undefined : (said ? yes : no)?.action
  return meant?.do === 'request' ? meant : undefined
}
