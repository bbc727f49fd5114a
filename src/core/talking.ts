/** Two talk through the bot without knowing each other's name or number: typed words, phrase cards, whom they go to, and the end. */

import type { HelpCommand } from './command-types.js'
import { addReplies, type Draft, isErasing, phrase, tell } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult } from './help-types.js'
import { commandCards, showCards, takeCard } from './talking-cards.js'
import { hearNewsOfTalk, showRelayed } from './talking-news.js'
import { backReplies, relayTyped, tapAddressee, turnToOpgang } from './talking-relay.js'
import {
  addressees,
  changeHelp,
  currentTalk,
  dropOwnQuestion,
  endTalk,
  meantTalk,
  named,
  reportReply,
  talkBy,
  talksOf,
  talksWrittenIn,
  tellOver,
  whereWordsGo,
} from './talking-session.js'
import {
  askAlias,
  askReport,
  askStop,
  commandReport,
  commandStop,
  report,
  stopTalk,
  takeAlias,
  tellNotReported,
  tellWell,
  typedConfirm,
} from './talking-ways-out.js'
import type { Event, QuickReply } from './types.js'

type Of<K extends HelpAction['do']> = Extract<HelpAction, { do: K }>

/** A typed text or an attachment that goes to the other side, or whose addressee is asked for; false when Opgang is to hear it. */
export function relayMessage(draft: Draft, event: Extract<Event, { type: 'message' }>): boolean {
  const { question } = draft.session.help ?? {}
  if (event.text.trim() !== '' && typedConfirm(draft, event.text)) return true
  // What was asked is open no more, but the words may have been an answer to it.
  const wasAsked = (question?.ask === 'stop' || question?.ask === 'report') && question.since === draft.session.activeAt
  const asked = question !== undefined && 'handoff' in question ? talkBy(draft, question.handoff) : undefined
  if (asked === undefined || event.text.trim() === '') return relayTyped(draft, event, wasAsked)
  if (question?.ask === 'alias') takeAlias(draft, asked, event.text)
  else if (question?.ask === 'card') takeTypedValue(draft, question.handoff, { card: question.card, value: event.text })
  else return relayTyped(draft, event, wasAsked)
  return true
}

/** Whom the words go to, or a phrase card. */
export function tapTalk(draft: Draft, action: Of<'talk' | 'card'>): void {
  dropOwnQuestion(draft)
  if (action.do === 'card') return tapCard(draft, action)
  if (action.act !== undefined) return tapAct(draft, action.act, action)
  if (action.of === '') return turnToOpgang(draft, action.send === true)
  tapAddressee(draft, talkBy(draft, action.of), action.send === true)
}

function tapCard(draft: Draft, { of, card, value, page }: Of<'card'>): void {
  const talk = talkBy(draft, of)
  if (talk === undefined) return tellOver(draft)
  if (card === undefined) return showCards(draft, talk, page ?? 0)
  takeCard(draft, talk, { card, ...(value === undefined ? {} : { value }) })
}

/** The question ends with its answer, and is asked again for what cannot be read. */
function takeTypedValue(draft: Draft, handoff: string, words: { readonly card: string; readonly value: string }): void {
  tapTalk(draft, { do: 'card', of: handoff, ...words })
}

function tapAct(draft: Draft, act: NonNullable<Of<'talk'>['act']>, { of, began }: Of<'talk'>): void {
  if (act === 'report') return askReport(draft, { handoff: of, began })
  if (act === 'report-yes') return report(draft, { handoff: of, began })
  if (act === 'report-no') return tellNotReported(draft)
  const talk = talkBy(draft, of)
  if (talk === undefined) return tellOver(draft)
  switch (act) {
    case 'stop':
      return askStop(draft, talk)
    case 'stop-yes':
      return stopTalk(draft, talk)
    case 'alias':
      return askAlias(draft, talk)
    case 'well':
      return tellWell(draft)
  }
}

/** A command about a talk; false when there is none. */
export function talkCommand(draft: Draft, command: HelpCommand | 'stop'): boolean {
  const run = RUNS[command]
  if (run === undefined) return false
  dropOwnQuestion(draft)
  return run(draft)
}

const RUNS: Partial<Record<HelpCommand | 'stop', (draft: Draft) => boolean>> = {
  stop: commandStop,
  report: commandReport,
  cards: commandCards,
  'ask-opgang': askOpgang,
  'back-to-talk': backToTalk,
}

/** Where it was asked whom words are for, this is the answer. */
function askOpgang(draft: Draft): boolean {
  const waits = draft.session.help?.question?.ask === 'addressee'
  if (talksOf(draft).length === 0 && !waits) return false
  turnToOpgang(draft, true)
  return true
}

function backToTalk(draft: Draft): boolean {
  if (talksOf(draft).length === 0) return false
  // "Back" is a button there.
  if (draft.session.help?.intake?.changing === true && currentTalk(draft) === undefined) return false
  const talk = meantTalk(draft)
  if (talk !== undefined) tapTalk(draft, { do: 'talk', of: talk.handoff })
  else tell(draft, phrase(draft, 'talking.ends.choose'), addressees(draft))
  return true
}

/** Words of the other side. */
export function hearRelayed(draft: Draft, event: Extract<HelpEvent, { type: 'relayed' }>): void {
  showRelayed(draft, event)
}

/** A talk begins or ends, a door is shown, a name changes. */
export function hearTalkNews(draft: Draft, event: Extract<HelpEvent, { type: 'news' }>): void {
  hearNewsOfTalk(draft, event)
}

/** Words did not cross. */
export function talkResult(draft: Draft, { handoff, receipt }: Extract<HelpResult, { command: 'relay' }>): void {
  const talk = talkBy(draft, handoff)
  const text = phrase(draft, 'talking.not-crossed', { receipt })
  if (talk !== undefined) return endTalk(draft, talk, text)
  tell(draft, `${text}\n\n${whereWordsGo(draft)}`, currentTalk(draft) === undefined ? addresseesIfAny(draft) : [])
}

function addresseesIfAny(draft: Draft): QuickReply[] {
  return talksOf(draft).length === 0 ? [] : addressees(draft)
}

/**
 * Words of danger were written while a talk is open: sure ones are told to staff, once a turn, the writer reads that they were not sent, and may
 * report the other with one tap. Where it is not known which talk they are about, staff hear of each.
 */
export function alarmTalks(draft: Draft): void {
  const told = new Set(draft.effects.flatMap((effect) => (effect.type === 'talk-danger' ? [effect.handoff] : [])))
  // As with the case itself: it is asked first where words are unclear.
  const sure = draft.session.danger?.unclear === undefined ? talksWrittenIn(draft) : []
  for (const { handoff } of sure) if (!told.has(handoff)) draft.effects.push({ type: 'talk-danger', handoff })
  const [only, ...others] = sure
  if (only !== undefined && others.length === 0) addReplies(draft, [reportReply(draft, only)])
  const current = currentTalk(draft)
  if (current === undefined) return
  draft.notices.push(phrase(draft, 'talking.danger', { other: named(current).other }))
  // What comes after the card may be for us, as it says: nothing crosses before it is said whom it is for.
  if (sure.length > 0) changeHelp(draft, {}, 'talk', 'talkSince')
}

/** While typed words are Opgang's and a talk is open: the way back to it, under what was said last. */
export function offerBackToTalk(draft: Draft): void {
  if (draft.session.help?.toOpgang === true && !isErasing(draft)) addReplies(draft, backReplies(draft))
}
