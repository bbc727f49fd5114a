/** Which typed words go where: to the other side, to Opgang, or nowhere before it is said whom they are for. */
import { isQuestion } from './asking-words.js'
import { commandReply, type Draft, drop, language, phrase, tell } from './draft.js'
import { normalize } from './language/normalize.js'
import { type MaskedContact, maskContacts, PUBLIC_NUMBERS } from './mask-contacts.js'
import { readsText } from './questions.js'
import type { TalkView } from './request-types.js'
import {
  addressees,
  cardsReply,
  changeHelp,
  chooseOpgang,
  currentTalk,
  endedAfter,
  makeCurrent,
  named,
  sayComing,
  talkReplies,
  talkReply,
  talksOf,
  tellOver,
} from './talking-session.js'
import type { Event, QuickReply } from './types.js'

type Message = Extract<Event, { type: 'message' }>

/** Longest text that waits for its addressee. */
const WAITING_MAX = 2000

/** Numbers that everybody may call, in this area. */
export function allowedNumbers(draft: Draft): readonly string[] {
  return [...PUBLIC_NUMBERS, ...Object.values(draft.scene.area.variables)]
}

/** Sends a message to the talk it is for, or asks; false when Opgang is to hear it. `wasAsked`: it came where Opgang waited for an answer. */
export function relayTyped(draft: Draft, event: Message, wasAsked = false): boolean {
  if (answersAddressee(draft, event.text)) return true
  if (talksOf(draft).length === 0) return isLate(draft, event)
  const current = currentTalk(draft)
  if (current === undefined && draft.session.help?.toOpgang === true) return false
  if (current !== undefined && !wasAsked && isClear(draft, event)) sendMessage(draft, current, event)
  else if (event.text.trim() === '') tell(draft, phrase(draft, 'talking.attachment'), addressees(draft))
  else askAddressee(draft, event)
  return true
}

/** False for words from before they went to the current talk, a language's name, and where a dialog waits for typed words too. */
function isClear(draft: Draft, { sentAt, text }: Message): boolean {
  const { help, place, activeAt } = draft.session
  if (sentAt !== undefined && sentAt < (help?.talkSince ?? 0)) return false
  // Whoever is asked for their door, or for a yes or no, may ask back.
  const { question } = help ?? {}
  if (question?.ask === 'door' || (question !== undefined && 'at' in question && question.at === activeAt)) return false
  // The name of a language changes Opgang's, and is an answer to "what do you speak".
  if (draft.library.languageNamed(text) !== undefined) return false
  return place === undefined || !readsText(draft, place)
}

/** Says what of it did not cross, and nothing when all did. */
function sendMessage(draft: Draft, talk: TalkView, event: Message): void {
  const isEmpty = event.text.trim() === ''
  const masked = isEmpty ? [] : sendText(draft, talk, event.text)
  noteComing(draft, talk, event.text)
  const hasHidden = masked.length > 0 || (event.redacted ?? []).length > 0
  const said = [
    ...masked.map((kind) => phrase(draft, `talking.masked.${kind}`)),
    ...(hasHidden ? [phrase(draft, 'talking.masked.sent', named(talk))] : []),
    ...(isEmpty || (event.attachments ?? []).length > 0 ? [phrase(draft, 'talking.attachment')] : []),
  ]
  if (said.length > 0) tell(draft, said.join('\n\n'), [cardsReply(draft, talk)])
}

/** "There in ten minutes" counts as the button does: the helper is not asked whether they come. */
function noteComing(draft: Draft, talk: TalkView, text: string): void {
  if (!isQuestion(text) && draft.library.hears.saysComing(text)) sayComing(draft, talk)
}

function sendText(draft: Draft, { handoff }: TalkView, text: string): readonly MaskedContact[] {
  const safe = maskContacts(text.trim(), allowedNumbers(draft))
  draft.effects.push({ type: 'relay', handoff, words: { text: safe.text } })
  return safe.masked
}

/** Keeps the words and asks; further words before the answer are kept behind them. */
function askAddressee(draft: Draft, { text, attachments = [] }: Pick<Message, 'text' | 'attachments'>): void {
  keepWaiting(draft, text)
  const attachment = attachments.length > 0 ? [phrase(draft, 'talking.attachment')] : []
  tell(draft, [phrase(draft, 'talking.who-for'), ...attachment].join('\n\n'), addressees(draft, { send: true }))
}

/** Words that were taken for danger and are none: while a talk is open it is asked whom they are for. False when they are Opgang's. */
export function askAfterCalm(draft: Draft, text: string): boolean {
  const isOpgangs = talksOf(draft).length === 0 || draft.session.help?.toOpgang === true
  if (!isOpgangs) askAddressee(draft, { text })
  return !isOpgangs
}

function keepWaiting(draft: Draft, text: string): void {
  const { question } = draft.session.help ?? {}
  const before = question?.ask === 'addressee' ? `${question.text}\n` : ''
  const kept = [...`${before}${text.trim()}`].slice(0, WAITING_MAX).join('')
  changeHelp(draft, { question: { ask: 'addressee', text: kept } })
}

/** Words that were meant for a talk which ended before they came: Opgang asks before it answers. False when there is no such talk. */
function isLate(draft: Draft, event: Message): boolean {
  const ended = endedAfter(draft, event.sentAt)
  if (ended === undefined || event.text.trim() === '') {
    if (draft.session.help?.question?.ask === 'addressee') changeHelp(draft, {}, 'question')
    return false
  }
  keepWaiting(draft, event.text)
  tell(draft, phrase(draft, 'talking.late', { receipt: ended.receipt }), [
    talkReply(phrase(draft, 'talking.button.ask-opgang'), '', { send: true }),
  ])
  return true
}

/** A name, a number or "Opgang", typed where it was asked whom words are for. */
function answersAddressee(draft: Draft, text: string): boolean {
  if (draft.session.help?.question?.ask !== 'addressee') return false
  const same = (other: string) => normalize(other, language(draft)) === normalize(text, language(draft))
  const meant = talksOf(draft).filter(({ other, receipt }) => [other, receipt, `${receipt} ${other}`].some(same))
  if (meant.length === 1 && meant[0] !== undefined) turnTo(draft, meant[0], true)
  else if (same(phrase(draft, 'talking.button.opgang'))) turnToOpgang(draft, true)
  else return false
  return true
}

/** A button: this talk is the current one now, and with `send` the words that waited go to it. */
export function tapAddressee(draft: Draft, talk: TalkView | undefined, send: boolean): void {
  if (talk === undefined) return tellOver(draft)
  turnTo(draft, talk, send)
}

function turnTo(draft: Draft, talk: TalkView, send: boolean): void {
  const { question } = draft.session.help ?? {}
  const waiting = question?.ask === 'addressee' ? question.text : undefined
  makeCurrent(draft, talk)
  if (waiting !== undefined) changeHelp(draft, {}, 'question')
  // A dialog that waited for typed words has lost its reader.
  const { place } = draft.session
  if (place !== undefined && readsText(draft, place)) drop(draft, 'place')
  tell(
    draft,
    [...(send ? sendWaiting(draft, talk, waiting) : []), phrase(draft, 'talking.now', named(talk))].join('\n\n'),
    talkReplies(draft, talk),
  )
}

function sendWaiting(draft: Draft, talk: TalkView, waiting: string | undefined): string[] {
  if (waiting === undefined) return [phrase(draft, 'talking.nothing-waits')]
  const masked = sendText(draft, talk, waiting)
  return [
    ...masked.map((kind) => phrase(draft, `talking.masked.${kind}`)),
    phrase(draft, masked.length > 0 ? 'talking.masked.sent' : 'talking.sent', named(talk)),
  ]
}

/** Typed words are Opgang's now; with `send` also those that waited, which {@link takeWordsForOpgang} gives. */
export function turnToOpgang(draft: Draft, send: boolean): void {
  const { question } = draft.session.help ?? {}
  chooseOpgang(draft)
  if (question?.ask === 'addressee' && send) changeHelp(draft, { question: { ...question, toOpgang: true } })
  else if (question?.ask === 'addressee') changeHelp(draft, {}, 'question')
  const talks = talksOf(draft)
  const [only] = talks
  const key = only === undefined ? 'opgang.alone' : talks.length > 1 ? 'opgang.several' : 'opgang'
  tell(draft, phrase(draft, `talking.${key}`, only === undefined ? {} : { others: named(only).other }), [
    ...backReplies(draft),
    commandReply(draft, 'menu'),
  ])
}

/** Buttons that lead from Opgang back to a talk. */
export function backReplies(draft: Draft): QuickReply[] {
  const talks = talksOf(draft)
  const [only] = talks
  if (only === undefined) return []
  if (talks.length === 1) return [talkReply(phrase(draft, 'talking.button.back-to', { other: only.other }), only.handoff)]
  return [{ title: phrase(draft, 'talking.button.back-to-talk'), action: { do: 'command', command: 'back-to-talk' } }]
}

/** The words that waited and that Opgang was chosen for: the turn hears them next, and they wait no more. */
export function takeWordsForOpgang(draft: Draft): string | undefined {
  const { question } = draft.session.help ?? {}
  if (question?.ask !== 'addressee' || question.toOpgang !== true) return undefined
  changeHelp(draft, {}, 'question')
  return question.text
}
