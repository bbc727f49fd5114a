/** Ways out of a talk and around it: stop, report, a name of one's own, Opgang in between. */
import { commandReply, type Draft, language, phrase, tell } from './draft.js'
import { readAnswer } from './expect.js'
import { isolated } from './language/isolated.js'
import { maskContacts } from './mask-contacts.js'
import type { HelpSession, TalkView } from './request-types.js'
import {
  addressees,
  begunAt,
  changeHelp,
  choices,
  currentTalk,
  endTalk,
  meantTalk,
  named,
  pastHelpers,
  pastTalks,
  removeTalk,
  setTalk,
  talkBy,
  talkReplies,
  talkReply,
  talksOf,
  tellOver,
  whereWordsGo,
} from './talking-session.js'
import type { Instant, QuickReply } from './types.js'

/** As a volunteer's name: letters, no digit that could be a number. */
const ALIAS = /^(?:[\p{L}\p{M}' .-]|\u200c|\u200d){2,30}$/u
const LETTERS = /\p{L}.*\p{L}/u
/** Nobody is called as we are. */
const OUR_NAME = /opgang/iu

const sideOf = ({ side }: { readonly side: 'resident' | 'helper' }) => (side === 'helper' ? 'volunteer' : 'resident')

// ---------------------------------------------------------------- stop

/** The command: asks before it ends the talk that is meant, or which one. False without a talk. */
export function commandStop(draft: Draft): boolean {
  if (talksOf(draft).length === 0) return false
  const talk = meantTalk(draft)
  if (talk !== undefined) askStop(draft, talk)
  else
    tell(
      draft,
      phrase(draft, 'talking.which'),
      choices(draft, (title, { handoff }) => talkReply(title, handoff, { act: 'stop' })),
    )
  return true
}

export function askStop(draft: Draft, talk: TalkView): void {
  changeHelp(draft, { question: { ask: 'stop', handoff: talk.handoff, since: draft.clock.now } })
  tell(draft, phrase(draft, `talking.stop.ask.${talk.side}`, named(talk)), [
    talkReply(phrase(draft, `talking.stop.yes.${talk.side}`), talk.handoff, { act: 'stop-yes' }),
    talkReply(phrase(draft, 'talking.button.go-on'), talk.handoff),
    talkReply(phrase(draft, 'talking.button.report'), talk.handoff, { act: 'report' }),
  ])
}

/** Ends it for both: the resident's request is cancelled, the helper's task is handed back without blame. */
export function stopTalk(draft: Draft, talk: TalkView): void {
  const ask = talk.side === 'helper' ? ({ type: 'hand-back', reason: 'other' } as const) : ({ type: 'cancel' } as const)
  draft.effects.push({ type: 'handoff', handoff: talk.handoff, as: sideOf(talk), ask })
  endTalk(draft, talk, phrase(draft, 'talking.ends', named(talk)))
}

// ---------------------------------------------------------------- report

type Past = NonNullable<HelpSession['past']>[number]

/** A talk that a report can be about. `other`: absent where only its number is known, or its helper was erased. */
interface Reportable extends Pick<Past, 'handoff' | 'receipt' | 'side'> {
  readonly other?: string | undefined
  readonly began?: Instant | undefined
}

/** The command: asks once before it reports the talk that is meant, or whom it is about. False when there was no talk in 30 days. */
export function commandReport(draft: Draft): boolean {
  const all = reportable(draft)
  if (all.length === 0) return false
  const [only, ...others] = all
  const current = currentTalk(draft)
  if (current !== undefined) askReport(draft, current)
  else if (only !== undefined && others.length === 0) askReport(draft, only)
  else tell(draft, phrase(draft, 'talking.report.which'), [...reportReplies(all), noReport(draft)])
  return true
}

/** Open talks, then those that are over, newest first; of a request with several helpers each of them. */
function reportable(draft: Draft): readonly Reportable[] {
  const earlier = pastTalks(draft).flatMap((past): readonly Reportable[] => {
    const helpers = past.side === 'resident' ? pastHelpers(draft, past.handoff) : []
    return helpers.length > 1 ? helpers.map((one) => ({ ...one, side: past.side })) : [{ ...past, ...begunAt(helpers[0] ?? {}) }]
  })
  const before = talksOf(draft).flatMap(({ handoff, side }) => pastHelpers(draft, handoff).map((one) => ({ ...one, side })))
  return [...talksOf(draft).slice(-REPORTABLE_MAX), ...before, ...earlier]
}

type Meant = Pick<Reportable, 'handoff' | 'began'>

/** Those of a request; of a button that says which, that one. */
function meantBy(draft: Draft, { handoff, began }: Meant): readonly Reportable[] {
  const of = reportable(draft).filter((one) => one.handoff === handoff)
  return began === undefined ? of : of.filter((one) => one.began === began)
}

/** One tap before it is done; the others stand beside it, since the one that is meant may be another. */
export function askReport(draft: Draft, meant: Meant): void {
  const of = meantBy(draft, meant)
  const talk = openTalk(draft, meant)
  const one = talk ?? of[0]
  if (one === undefined) return tellOver(draft)
  if (talk === undefined && of.length > 1)
    return tell(draft, phrase(draft, 'talking.report.which'), [...reportReplies(of), noReport(draft)])
  const text =
    talk === undefined
      ? phrase(draft, 'talking.report.ask.past', { receipt: isolated(titleOf(one)) })
      : phrase(draft, `talking.report.ask.of-${talk.side === 'helper' ? 'resident' : 'helper'}`, named(talk))
  const { handoff } = one
  changeHelp(draft, { question: { ask: 'report', handoff, since: draft.clock.now, ...begunAt(one) } })
  tell(draft, text, [
    talkReply(phrase(draft, 'talking.report.yes'), handoff, { act: 'report-yes', ...begunAt(one) }),
    noReport(draft),
    ...reportReplies(reportable(draft).filter((other) => other.handoff !== handoff || other.began !== one.began)),
  ])
}

/** The open talk that is meant: not one with another about the same request. */
function openTalk(draft: Draft, { handoff, began }: Meant): TalkView | undefined {
  const talk = talkBy(draft, handoff)
  return talk === undefined || began === undefined || talk.began === undefined || talk.began === began ? talk : undefined
}

/** Buttons that stand beside "yes" and "no" on Messenger. */
const REPORTABLE_MAX = 11

function reportReplies(about: readonly Reportable[]): QuickReply[] {
  return about.slice(0, REPORTABLE_MAX).map((one) => talkReply(titleOf(one), one.handoff, { act: 'report', ...begunAt(one) }))
}

function titleOf({ receipt, other }: Reportable): string {
  return other === undefined ? receipt : `${receipt} ${other}`
}

function noReport(draft: Draft): QuickReply {
  return talkReply(phrase(draft, 'talking.report.no'), '', { act: 'report-no' })
}

/** The talk stops here at once, before anybody has decided anything. */
export function report(draft: Draft, meant: Meant): void {
  const { handoff } = meant
  const talk = openTalk(draft, meant)
  const of = meantBy(draft, meant)
  const about = talk ?? of[0]
  if (about === undefined) return tellOver(draft)
  // A button of before there were several.
  if (talk === undefined && of.length > 1) return askReport(draft, meant)
  draft.effects.push({ type: 'handoff', handoff, as: sideOf(about), ask: { type: 'report', ...begunAt(about) } })
  if (talk !== undefined) removeTalk(draft, talk)
  changeHelp(draft, { lastAsk: { handoff, ask: 'report' } })
  const done = phrase(draft, talk === undefined ? 'talking.report.done.past' : 'talking.report.done', { receipt: about.receipt })
  tell(draft, `${done}\n\n${whereWordsGo(draft)}`, here(draft))
}

export function tellNotReported(draft: Draft): void {
  tell(draft, phrase(draft, 'talking.report.not-now'), here(draft))
}

/** Yes or no in words to a stop or a report; false when it was something else, and then it is asked no more. */
export function typedConfirm(draft: Draft, text: string): boolean {
  const { question } = draft.session.help ?? {}
  if (question?.ask !== 'stop' && question?.ask !== 'report') return false
  changeHelp(draft, {}, 'question')
  const yes = question.since === draft.session.activeAt ? readYesNo(draft, text) : undefined
  if (yes === undefined) return false
  const talk = talkBy(draft, question.handoff)
  if (question.ask === 'report') {
    if (yes) report(draft, question)
    else tellNotReported(draft)
  } else if (talk === undefined) tellOver(draft)
  else if (yes) stopTalk(draft, talk)
  else tell(draft, whereWordsGo(draft), here(draft))
  return true
}

function readYesNo(draft: Draft, text: string): boolean | undefined {
  const order = { expect: { type: 'yes_no' as const }, language: language(draft), now: draft.clock.now }
  const read = readAnswer(text, order, draft.library.recognize)
  return 'value' in read ? read.value === true : undefined
}

/** Buttons for where one is now. */
function here(draft: Draft): QuickReply[] {
  const current = currentTalk(draft)
  if (current !== undefined) return talkReplies(draft, current)
  return talksOf(draft).length > 0 ? addressees(draft) : [commandReply(draft, 'menu')]
}

// ---------------------------------------------------------------- a name, a word that all is well

export function askAlias(draft: Draft, talk: TalkView): void {
  changeHelp(draft, { question: { ask: 'alias', handoff: talk.handoff } })
  tell(draft, phrase(draft, 'talking.alias.ask', { ...named(talk), alias: talk.alias }), [
    talkReply(phrase(draft, 'talking.button.go-on'), talk.handoff),
  ])
}

/** A typed name; what is none is asked for again, and sent to nobody. */
export function takeAlias(draft: Draft, talk: TalkView, text: string): void {
  const alias = text.trim().replace(/\s+/gu, ' ')
  const isName = ALIAS.test(alias) && LETTERS.test(alias) && !OUR_NAME.test(alias) && maskContacts(alias, []).masked.length === 0
  if (!isName) {
    return tell(draft, phrase(draft, 'talking.alias.retry'), [talkReply(phrase(draft, 'talking.button.go-on'), talk.handoff)])
  }
  changeHelp(draft, {}, 'question')
  setTalk(draft, { ...talk, alias })
  draft.effects.push({ type: 'handoff', handoff: talk.handoff, as: sideOf(talk), ask: { type: 'rename', alias } })
  tell(draft, phrase(draft, 'talking.alias.done', { ...named(talk), alias }), talkReplies(draft, talk))
}

export function tellWell(draft: Draft): void {
  tell(draft, `${phrase(draft, 'talking.well')}\n\n${whereWordsGo(draft)}`, here(draft))
}
