/** Offers, and what else a volunteer hears of requests: said by id, never with the stairwell or the words of the resident. */
import type { Reason } from './callout-types.js'
import { commandReply, type Draft, personReply, tell } from './draft.js'
import type { HelpEvent, HelpResult, News } from './help-types.js'
import type { HelpSession, OfferView } from './request-types.js'
import type { QuickReply } from './types.js'
import { askForTime, listTasks, markComing } from './volunteering-tasks.js'
import {
  areaName,
  changeHelp,
  helpOf,
  languageName,
  offersOf,
  say,
  taskReply,
  tasksOf,
  tasksReplies,
  taskTitle,
  timeInWords,
  volunteerReply,
} from './volunteering-words.js'

/** More offers than this are not kept in mind: the load cap is far below. */
const OFFERS_MAX = 8
/** Of what is over, the newest are kept in mind. */
const PAST_MAX = 10

type NewsEvent = Extract<HelpEvent, { type: 'news' }>
type Result = Extract<HelpResult, { command: 'handoff' }>
type About = Pick<NewsEvent, 'handoff' | 'receipt' | 'task'>

/** News for a volunteer: an offer, something that happened, or rest. */
export function hearNews(draft: Draft, event: NewsEvent): void {
  const { news } = event
  if (news.what === 'offer') return hearOffer(draft, news.offer)
  if (news.what === 'rest') return rest(draft, event, news)
  if (news.what === 'told') told(draft, event, news.told)
}

function hearOffer(draft: Draft, offer: OfferView): void {
  const others = (helpOf(draft).offers ?? []).filter(({ handoff }) => handoff !== offer.handoff)
  changeHelp(draft, { offers: [...others, offer].slice(-OFFERS_MAX) })
  showOffer(draft, offer)
}

/** What is not understood while an offer is open is mostly about it: the offer once more, or all of them. False without any. */
export function showOffersAgain(draft: Draft): boolean {
  const [offer, ...others] = offersOf(draft)
  if (offer === undefined) return false
  if (others.length > 0) listTasks(draft)
  else showOffer(draft, offer, say(draft, 'offer.again'))
  return true
}

/** The card of an offer with its buttons, behind what stands `before` it; where there are several, the way to all. */
export function showOffer(draft: Draft, offer: OfferView, before?: string): void {
  const { receipt, handoff } = offer
  const several = offersOf(draft).length > 1
  const text = [
    ...(before === undefined ? [] : [before, '']),
    say(draft, 'offer.heading', { receipt, task: taskTitle(draft, offer.task) }),
    say(draft, 'offer.when', { when: say(draft, `offer.when.${offer.when}`) }),
    say(draft, 'offer.area', { area: areaName(draft, offer.area) }),
    say(draft, 'offer.language', { language: languageName(draft, offer.language) }),
    '',
    say(draft, 'offer.first'),
    ...(several ? [say(draft, 'offer.several')] : []),
  ].join('\n')
  tell(draft, text, [...offerReplies(draft, handoff, true), ...(several ? [volunteerReply(draft, 'my-tasks')] : [])])
}

function offerReplies(draft: Draft, of: string, why: boolean): readonly QuickReply[] {
  return ['accept', 'decline', ...(why ? ['why'] : [])].map((act) => taskReply(draft, act, of))
}

/** Accept, decline and why: who has it now is decided where the request is, never here. */
export function tapOffer(draft: Draft, act: 'accept' | 'decline' | 'why', of: string): void {
  if (tasksOf(draft).some(({ handoff }) => handoff === of)) return alreadyYours(draft, of)
  if (act !== 'why') return void draft.effects.push({ type: 'handoff', handoff: of, as: 'volunteer', ask: { type: act } })
  const offer = offersOf(draft).find(({ handoff }) => handoff === of)
  if (offer === undefined) return tell(draft, say(draft, 'tasks.over'), onward(draft))
  const reasons = offer.why.flatMap((reason) => reasonInWords(draft, reason) ?? [])
  tell(draft, [say(draft, 'why.heading', { receipt: offer.receipt }), ...reasons].join('\n'), offerReplies(draft, of, false))
}

function alreadyYours(draft: Draft, of: string): void {
  const receipt = tasksOf(draft).find(({ handoff }) => handoff === of)?.receipt ?? ''
  tell(draft, say(draft, 'refused.already-yours', { receipt }), tasksReplies(draft))
}

/** Same stairwell is said as same area: an offer never tells where in it the resident lives. */
function reasonInWords(draft: Draft, { id, values = {} }: Reason): string | undefined {
  switch (id) {
    case 'near':
      return say(draft, values['circle'] === 'neighbours' ? 'why.near.neighbours' : 'why.near')
    case 'speaks':
      return say(draft, 'why.speaks', { language: languageName(draft, String(values['language'] ?? '')) })
    case 'tasks-lately':
      return say(draft, 'why.tasks-lately', { tasks: values['tasks'] ?? 0, offers: values['offers'] ?? 0, days: values['days'] ?? 0 })
    default:
      return undefined
  }
}

const SAID: ReadonlySet<string> = new Set([
  'taken',
  'changed',
  'offer-withdrawn',
  'cancelled',
  'are-you-coming',
  'handed-on',
  'thanks',
  'done',
  'do-not-go',
  'relay-ended',
  'report-taken',
])

/** What follows from something that the helper did, by what they did. */
const FOLLOWS: Readonly<Record<NonNullable<HelpSession['lastAsk']>['ask'], readonly string[]>> = {
  done: ['done'],
  'hand-back': ['thanks'],
  'agree-time': [],
  report: ['relay-ended', 'report-taken'],
}

/** What the helper did themselves was said with its result, or when they did it. */
function told(draft: Draft, { handoff, receipt, task }: About, what: Extract<News, { what: 'told' }>['told']): void {
  const { lastAsk } = helpOf(draft)
  if (what === 'are-you-coming') {
    const acts = ['on-the-way', 'agree-time', 'hand-back']
    const text = say(draft, 'told.are-you-coming', { receipt, task: taskTitle(draft, task) })
    return tell(
      draft,
      text,
      acts.map((act) => taskReply(draft, act, handoff)),
    )
  }
  dropOffer(draft, handoff)
  const asked = lastAsk?.handoff === handoff ? lastAsk.ask : undefined
  const mine = asked !== undefined && FOLLOWS[asked].includes(what)
  // A report is followed by two.
  if (asked !== undefined && what !== 'relay-ended') changeHelp(draft, {}, 'lastAsk')
  if (!mine) tell(draft, say(draft, `told.${SAID.has(what) ? what : 'other'}`, { receipt }), onward(draft))
}

/** No offer of this request is open any more. */
function dropOffer(draft: Draft, of: string): void {
  const offers = (helpOf(draft).offers ?? []).filter(({ handoff }) => handoff !== of)
  if (offers.length === 0) changeHelp(draft, {}, 'offers')
  else changeHelp(draft, { offers })
}

function rest(draft: Draft, { handoff, receipt }: About, { heavy, until }: Extract<News, { what: 'rest' }>): void {
  // Who has stopped is asked for nothing anyway, and has no card.
  const helps = draft.scene.contact.volunteer !== undefined
  const text = [
    say(draft, 'rest.thanks', { receipt }),
    ...(helps && until > draft.clock.now ? [say(draft, 'rest.until', { until: timeInWords(draft, until) })] : []),
    ...(heavy ? [say(draft, 'rest.heavy')] : []),
  ].join('\n\n')
  notePast(draft, { handoff, receipt })
  tell(draft, text, [
    ...(heavy ? [personReply(draft), taskReply(draft, 'report', handoff)] : []),
    ...tasksReplies(draft),
    ...(helps ? [volunteerReply(draft, 'my-card')] : []),
    commandReply(draft, 'menu'),
  ])
}

/** It may still be reported. */
function notePast(draft: Draft, { handoff, receipt }: Pick<About, 'handoff' | 'receipt'>): void {
  const past = helpOf(draft).past ?? []
  if (past.some((one) => one.handoff === handoff && one.side === 'helper')) return
  changeHelp(draft, { past: [...past, { handoff, receipt, side: 'helper' as const, at: draft.clock.now }].slice(-PAST_MAX) })
}

/** How what a volunteer asked of a request ended. Of an accept the talk tells, of a decline and a report the news. */
export function hearResult(draft: Draft, result: Result): void {
  const { handoff, receipt, ask, refused } = result
  if (ask === 'accept' || ask === 'decline') dropOffer(draft, handoff)
  // Who wrote that they come is on the way before they tap it.
  const isComing = ask === 'on-the-way' && refused === 'already-yours'
  if (refused !== undefined && !isComing) return hearRefusal(draft, result, refused)
  const { lastAsk } = helpOf(draft)
  switch (ask) {
    case 'on-the-way':
      markComing(draft, handoff)
      return tell(draft, say(draft, 'result.on-the-way', { receipt }), after(draft, handoff))
    case 'agree-time':
      markComing(draft, handoff)
      tell(draft, agreed(draft, receipt, lastAsk?.handoff === handoff ? lastAsk : undefined), after(draft, handoff))
      return changeHelp(draft, {}, 'lastAsk')
    case 'done':
    case 'hand-back':
      // The end of the talk has said it, and what came behind it is asked now.
      if (!tasksOf(draft).some((task) => task.handoff === handoff)) return undefined
      return tell(draft, say(draft, `result.${ask}`, { receipt }), tasksReplies(draft))
    case 'pass-on':
      return tell(draft, say(draft, `result.${ask}`, { receipt }), tasksReplies(draft))
  }
}

function agreed(draft: Draft, receipt: string, asked: HelpSession['lastAsk']): string {
  if (asked?.at === undefined) return say(draft, 'result.agree-time.plain', { receipt })
  return say(draft, 'result.agree-time', { receipt, time: timeInWords(draft, asked.at) })
}

/** What comes next in a task. */
function after(draft: Draft, of: string): readonly QuickReply[] {
  return ['done', 'agree-time', 'hand-back'].map((act) => taskReply(draft, act, of))
}

const REFUSED: ReadonlySet<string> = new Set([
  'taken',
  'void',
  'too-late',
  'cancelled',
  'not-offered',
  'declined',
  'own-request',
  'already-yours',
  'done',
  'passed-on',
  'with-staff',
  'frozen',
  'bad-time',
  'no-consent',
  'not-yours',
  'waiting',
  'nobody-to-report',
  'too-long-ago',
  'already-reported',
  'gone',
])
const FOR_STAFF: ReadonlySet<string> = new Set(['nobody-to-report', 'too-long-ago'])

function hearRefusal(draft: Draft, { handoff, receipt }: Result, refused: NonNullable<Result['refused']>): void {
  if (helpOf(draft).lastAsk?.handoff === handoff) changeHelp(draft, {}, 'lastAsk')
  const text = say(draft, `refused.${REFUSED.has(refused) ? refused : 'other'}`, { receipt })
  if (refused === 'bad-time') return askForTime(draft, handoff, text)
  tell(draft, text, [...(FOR_STAFF.has(refused) ? [personReply(draft)] : []), ...onward(draft)])
}

/** The tasks there are, else the menu. */
function onward(draft: Draft): readonly QuickReply[] {
  const replies = tasksReplies(draft)
  return replies.length > 0 ? replies : [commandReply(draft, 'menu')]
}
