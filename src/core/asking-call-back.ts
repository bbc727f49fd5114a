/** A number to call for those who ask on the web page: who closes it hears nothing more there. */
import { askHandoff, changeHelp, endQuestion, questionOf, receiptOf, requestOf } from './asking-session.js'
import { oldButton, requestButton, statusReply } from './asking-status.js'
import { say, tellOf, typedButton } from './asking-words.js'
import { type Draft, drop, language, tell } from './draft.js'
import { readAnswer } from './expect.js'
import type { QuickReply } from './types.js'

/** The button under a receipt; on Messenger nobody needs one, where what happens reaches the telephone. */
export function callBackReplies(draft: Draft, handoff: string): readonly QuickReply[] {
  return draft.scene.conversation.channel === 'web' ? [requestButton(draft, 'call-back', 'call-back', handoff)] : []
}

/** Asks for the number, and says who sees it and for how long. */
export function askCallBack(draft: Draft, handoff: string): void {
  if (requestOf(draft, handoff) === undefined) return oldButton(draft)
  drop(draft, 'place')
  changeHelp(draft, { question: { ask: 'call-back', handoff } })
  tell(draft, say(draft, 'call-back.ask'), [notNow(draft, handoff)])
}

/** They would rather not. */
export function skipCallBack(draft: Draft, handoff: string): void {
  const question = questionOf(draft)
  if (question?.ask !== 'call-back' || question.handoff !== handoff) return oldButton(draft)
  endQuestion(draft)
  tell(draft, say(draft, 'call-back.skipped'), [statusReply(draft)])
}

/** The number goes to the request and nowhere else: it is not kept in the session. */
export function typedCallBack(draft: Draft, handoff: string, text: string): boolean {
  const order = { expect: { type: 'phone' }, language: language(draft), now: draft.clock.now } as const
  const read = readAnswer(text, order, draft.library.recognize)
  if (typedButton(draft, text, (from) => [notNow(from, handoff)]) !== undefined) skipCallBack(draft, handoff)
  else if (!('value' in read)) {
    if (!/\p{N}/u.test(text)) return false
    tell(draft, say(draft, 'call-back.retry'), [notNow(draft, handoff)])
  } else {
    endQuestion(draft)
    askHandoff(draft, handoff, { type: 'call-back', phone: String(read.value) })
    tellOf(draft, receiptOf(draft, handoff), say(draft, 'call-back.saved'), [statusReply(draft)])
  }
  return true
}

function notNow(draft: Draft, handoff: string): QuickReply {
  return requestButton(draft, 'call-back.not-now', 'call-back-not-now', handoff)
}
