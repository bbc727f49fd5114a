/** What the session knows of the resident's requests, and the only place of this side where that changes. */
import { change, type Draft, drop } from './draft.js'
import type { HandoffAsk, HelpAction } from './help-types.js'
import type { HelpQuestion, HelpSession, Intake, RequestView } from './request-types.js'
import type { Instant } from './types.js'

/** Ended requests that are remembered. */
const PAST_MAX = 10

/** A button of this side. */
export type ResidentAction = Extract<HelpAction, { do: 'intake' | 'request' }>

export function help(draft: Draft): HelpSession {
  return draft.session.help ?? {}
}

/** Changes fields; one that is undefined ends. */
export function changeHelp(draft: Draft, fields: { readonly [Field in keyof HelpSession]?: HelpSession[Field] | undefined }): void {
  const kept = Object.entries({ ...help(draft), ...fields }).filter(([, value]) => value !== undefined)
  if (kept.length === 0) return drop(draft, 'help')
  change(draft, { help: Object.fromEntries(kept) as HelpSession })
}

/** The request as it is made next: typed words answer it, until somebody goes back to a talk or on to a dialog. */
export function keepIntake(draft: Draft, intake: Intake): void {
  drop(draft, 'place')
  changeHelp(draft, { intake, talk: undefined })
}

/** Who said "take my key" before the request was begun meant it for the request. Milliseconds; our own choice. */
const KEY_REMEMBERED_MS = 15 * 60_000

/** Words to Opgang that name a key are remembered for a while, the words themselves are not. */
export function noteKey(draft: Draft, text: string): void {
  if (draft.library.hears.namesKey(text)) changeHelp(draft, { keyNamedAt: draft.clock.now })
}

/** Whether a key was named lately; it is asked about once. */
export function takeKey(draft: Draft): boolean {
  const { keyNamedAt } = help(draft)
  if (keyNamedAt === undefined) return false
  changeHelp(draft, { keyNamedAt: undefined })
  return draft.clock.now - keyNamedAt < KEY_REMEMBERED_MS
}

export function requestOf(draft: Draft, handoff: string): RequestView | undefined {
  return help(draft).requests?.find((request) => request.handoff === handoff)
}

/** Adds a request, or changes what is known of one. */
export function putRequest(draft: Draft, request: RequestView): void {
  const { requests = [] } = help(draft)
  const known = requestOf(draft, request.handoff) !== undefined
  const changed = requests.map((one) => (one.handoff === request.handoff ? request : one))
  changeHelp(draft, { requests: known ? changed : [...requests, request] })
}

/** A request is over: it is remembered among the past ones, and nothing of it waits for an answer. */
export function endRequest(draft: Draft, { handoff, receipt }: { readonly handoff: string; readonly receipt: string }): void {
  const { requests = [], past = [] } = help(draft)
  const others = requests.filter((one) => one.handoff !== handoff)
  const ended = { handoff, receipt, side: 'resident' as const, at: draft.clock.now }
  changeHelp(draft, {
    requests: others.length === 0 ? undefined : others,
    past: [...past.filter((one) => one.handoff !== handoff), ended].toSorted((a, b) => a.at - b.at).slice(-PAST_MAX),
  })
  endQuestion(draft, handoff)
}

/** Whether typed words answer a request that is being made: no talk and no dialog has them. */
export function isIntakeAsked(draft: Draft): boolean {
  const { intake, talk } = help(draft)
  return intake !== undefined && talk === undefined && draft.session.place === undefined
}

/** Whoever wrote as a child does, or said that they are one, and did not say that they are 18 or over; of somebody else nothing is read. */
export function seemsMinor(draft: Draft, { behalf }: Pick<Intake, 'behalf'>): boolean {
  const { child } = draft.session
  return behalf === undefined && child !== undefined && child.is !== 'adult'
}

/** Yes or no by typed words. */
export type Choice = Extract<HelpQuestion, { at: Instant }>

const CHOICES: ReadonlySet<HelpQuestion['ask']> = new Set(['cancel', 'helped', 'widen', 'pass-on', 'feedback'])
const MINE: ReadonlySet<HelpQuestion['ask']> = new Set(['door', 'call-back', 'how-it-went', ...CHOICES])

/** The question of this side that typed words answer, if any. */
export function questionOf(draft: Draft): HelpQuestion | undefined {
  const { question } = help(draft)
  return question !== undefined && MINE.has(question.ask) ? question : undefined
}

/** Ends this side's question; with `handoff`, only one about that request. */
export function endQuestion(draft: Draft, handoff?: string): void {
  const question = questionOf(draft)
  if (question === undefined || !('handoff' in question)) return
  if (handoff === undefined || question.handoff === handoff) changeHelp(draft, { question: undefined })
}

/** A typed yes or no counts from now on; what waits for other words is never replaced. */
export function awaitChoice(draft: Draft, ask: Choice['ask'], handoff: string): void {
  const { question } = help(draft)
  if (question === undefined || CHOICES.has(question.ask)) changeHelp(draft, { question: { ask, handoff, at: draft.clock.now } })
}

/** The yes or no that was asked for last, of all that was said: a word that comes later may be meant for anything. */
export function choiceOf(draft: Draft): Choice | undefined {
  const { question } = help(draft)
  return question !== undefined && 'at' in question && question.at === draft.session.activeAt ? question : undefined
}

/** Whether a dialog's open question reads what is typed. */
export function isDialogReading(draft: Draft): boolean {
  const { place } = draft.session
  const does = place === undefined ? undefined : draft.library.dialogs[place.dialog]?.nodes[place.node]?.does
  if (does?.kind !== 'ask') return false
  return does.ask.expect !== undefined || (does.ask.save !== undefined && does.ask.quickReplies.length === 0)
}

/** Somebody has said yes to it: by what was told of it, or because the two talk. */
export function isHeld(draft: Draft, handoff: string): boolean {
  const state = requestOf(draft, handoff)?.state
  const talks = help(draft).talks?.some((talk) => talk.handoff === handoff && talk.side === 'resident') === true
  return state === 'helper' || state === 'coming' || talks
}

/** What this person is, or was, to a request; undefined for one they do not know. */
export function sideOf(draft: Draft, handoff: string): 'resident' | 'volunteer' | undefined {
  const { past = [], talks = [] } = help(draft)
  if (requestOf(draft, handoff) !== undefined) return 'resident'
  const known = [...talks, ...past].find((one) => one.handoff === handoff)
  if (known === undefined) return undefined
  return known.side === 'resident' ? 'resident' : 'volunteer'
}

/** The number of a request that this person knows, or an empty text. */
export function receiptOf(draft: Draft, handoff: string): string {
  const { talks = [], past = [] } = help(draft)
  return (requestOf(draft, handoff) ?? [...talks, ...past].find((one) => one.handoff === handoff))?.receipt ?? ''
}

/** Asks something of a request as its resident. */
export function askHandoff(draft: Draft, handoff: string, ask: HandoffAsk): void {
  draft.effects.push({ type: 'handoff', handoff, as: 'resident', ask })
}
