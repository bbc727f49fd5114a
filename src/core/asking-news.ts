/** What a resident hears of a request: that somebody comes, that nobody can, what staff know, and how it ended. */
import { awaitChoice, changeHelp, endRequest, help, putRequest, requestOf, sideOf } from './asking-session.js'
import { askPassOn, repliesOf, requestButton, statusReply, widenReplies } from './asking-status.js'
import { adultTitle, minorInWords, networkName, say, tellOf, timeInWords } from './asking-words.js'
import { type Draft, language, personReply, phrase, push } from './draft.js'
import type { Told } from './handoff-types.js'
import type { HelpEvent, News } from './help-types.js'
import { isolated } from './language/isolated.js'
import type { RequestView } from './request-types.js'
import type { QuickReply } from './types.js'

type Heard = Extract<HelpEvent, { type: 'news' }>
type Of<K extends News['what']> = Extract<News, { what: K }>

/** The state that a request has by what is told of it; what is missing here changes nothing. */
const STATE_OF: Partial<Record<Told, RequestView['state']>> = {
  looking: 'looking',
  found: 'helper',
  'time-agreed': 'coming',
  'on-the-way': 'coming',
  'handed-on': 'looking',
  'handed-back': 'looking',
  'passed-on': 'passed-on',
  'with-staff': 'staff',
}

/** Told in the words of `asking.told.<id>`. That somebody is found is said where the talk begins. */
const SAID: ReadonlySet<Told> = new Set([
  'looking',
  'asked-if-coming',
  'time-agreed',
  'on-the-way',
  'handed-on',
  'handed-back',
  'done',
  'cancelled',
  'passed-on',
  'with-staff',
  'report-taken',
  'relay-ended',
])

/** What nobody came for and has nobody left alarms staff twice at once; what is true of it is said once. Our own choice: as long as one on call has. */
const SAME_NEWS_MS = 10 * 60_000

export function hearNews(draft: Draft, event: Heard): void {
  const { news } = event
  switch (news.what) {
    case 'told':
      return hearTold(draft, event, news)
    case 'widen':
      return askToWiden(draft, event, news)
    case 'staff':
      return hearOfStaff(draft, event, news)
    case 'network-took-it':
      return tellOf(draft, event.receipt, say(draft, 'network-took-it', { network: isolated(networkName(draft, news.network)) }), [
        statusReply(draft),
      ])
    case 'may-pass-on': {
      const request = { ...viewOf(draft, event), passOn: news.network }
      putRequest(draft, request)
      return askPassOn(draft, request, news.network)
    }
    case 'passed-on':
      return hearPassedOn(draft, event, news)
    case 'were-you-helped':
      return askIfHelped(draft, event)
    case 'feedback':
      return askForFeedback(draft, event, news)
    case 'written':
      return showWritten(draft, event, news)
    default:
      return undefined
  }
}

/** What is known of a request, or what the news tells of one that is not known here. */
function viewOf(draft: Draft, { handoff, receipt, task }: Heard): RequestView {
  return requestOf(draft, handoff) ?? { handoff, receipt, task, state: 'looking', since: draft.clock.now }
}

/** Sets the state. A wish waits for its answer while nobody is found, passing on while somebody has it. */
function putState(draft: Draft, event: Heard, state: RequestView['state']): RequestView {
  const { handoff, receipt, task, since, widen, passOn, behalf, minor, staffSaid } = viewOf(draft, event)
  const held = state === 'helper' || state === 'coming'
  const request = {
    handoff,
    receipt,
    task,
    state,
    since,
    ...(widen !== undefined && state === 'looking' ? { widen } : {}),
    ...(passOn !== undefined && held ? { passOn } : {}),
    ...(behalf === undefined ? {} : { behalf }),
    ...(minor === undefined ? {} : { minor }),
    ...(staffSaid === undefined ? {} : { staffSaid }),
  }
  putRequest(draft, request)
  return request
}

function hearTold(draft: Draft, event: Heard, news: Of<'told'>): void {
  const { told } = news
  const before = requestOf(draft, event.handoff)
  const state = news.staff === true ? 'staff' : STATE_OF[told]
  const request = state === undefined ? before : putState(draft, event, state)
  if (told === 'done' || told === 'cancelled') endRequest(draft, event)
  // The receipt has said it, or what came before.
  if (told === 'looking' && before?.state === 'looking') return
  if (told === 'with-staff' && before?.state === 'staff') return
  if (told === 'report-taken' && wasReportedHere(draft, event)) return
  if (!SAID.has(told)) return
  const replies = toldReplies(draft, event, told, request)
  const adult = told === 'with-staff' && request?.minor === true ? adultReplies(draft, event.handoff) : []
  const why = adult.length === 0 ? [] : [minorInWords(draft)]
  tellOf(draft, event.receipt, [toldInWords(draft, news), ...why].join('\n\n'), [...replies, ...adult])
}

/** One tap back to the search for a grown-up who was taken for a child; none for whoever has answered "under 18". */
function adultReplies(draft: Draft, handoff: string): readonly QuickReply[] {
  if (draft.session.child?.is === 'minor') return []
  return [{ title: adultTitle(draft), action: { do: 'request', act: 'adult', of: handoff } }]
}

/** Whoever reported here has read what follows. */
function wasReportedHere(draft: Draft, { handoff }: Heard): boolean {
  const { lastAsk } = help(draft)
  const here = lastAsk?.handoff === handoff && lastAsk.ask === 'report'
  if (here) changeHelp(draft, { lastAsk: undefined })
  return here
}

function toldInWords(draft: Draft, { told, alias, at, staff }: Of<'told'>): string {
  const values = { alias: alias === undefined ? say(draft, 'helper') : isolated(alias) }
  if (staff === true) return say(draft, `told.${told}.staff`, values)
  if (told !== 'time-agreed') return say(draft, `told.${told}`, values)
  return at === undefined
    ? say(draft, 'told.time-set', values)
    : say(draft, 'told.time-agreed', { ...values, time: timeInWords(draft, at) })
}

function toldReplies(draft: Draft, { handoff }: Heard, told: Told, request: RequestView | undefined): readonly QuickReply[] {
  if (told === 'done') return [requestButton(draft, 'nobody-came', 'nobody-came', handoff)]
  if (request === undefined || told === 'cancelled') return []
  return [...repliesOf(draft, request), statusReply(draft)]
}

/** The wish is hard until its resident says otherwise. */
function askToWiden(draft: Draft, event: Heard, { wish, free }: Of<'widen'>): void {
  const known = requestOf(draft, event.handoff)
  const request = { ...viewOf(draft, event), widen: wish }
  putRequest(draft, request)
  // The receipt comes first: it asks then.
  if (known === undefined) return
  awaitChoice(draft, 'widen', event.handoff)
  tellOf(draft, event.receipt, say(draft, `widen.${wish}`, { count: free }), widenReplies(draft, request))
}

/** Never says that staff were told unless the news says so; with 112 and the doctor where it may matter. */
function hearOfStaff(draft: Draft, event: Heard, { is, urgent, before }: Of<'staff'>): void {
  const ahead = before !== undefined && before > draft.clock.now
  const known =
    is === 'not-told' && ahead ? say(draft, 'staff.not-told-before', { time: timeInWords(draft, before) }) : say(draft, `staff.${is}`)
  const { doctor_phone: phone } = draft.scene.area.variables
  const call = phone === undefined ? say(draft, 'staff.danger') : say(draft, 'staff.urgent', { phone: isolated(phone) })
  const text = urgent ? `${known}\n\n${call}` : known
  const request = requestOf(draft, event.handoff)
  if (request === undefined) return tellOf(draft, event.receipt, text)
  const { staffSaid } = request
  if (staffSaid?.text === text && draft.clock.now - staffSaid.at < SAME_NEWS_MS) return
  putRequest(draft, { ...request, staffSaid: { text, at: draft.clock.now } })
  tellOf(draft, event.receipt, text, [statusReply(draft), ...repliesOf(draft, request)])
}

/** People without an account here have it now: their telephone stands as a card. */
function hearPassedOn(draft: Draft, event: Heard, { network, phone }: Of<'passed-on'>): void {
  const request = putState(draft, event, 'passed-on')
  const name = networkName(draft, network)
  const number = isolated(event.receipt)
  const said = say(draft, 'passed-on', { network: isolated(name) })
  const text = phone === undefined ? said : `${said}\n\n${say(draft, 'passed-on.phone', { receipt: number })}`
  push(draft, {
    text: `${number}: ${text}`,
    language: language(draft),
    ...(phone === undefined ? {} : { phones: [{ title: name, number: phone }] }),
    quickReplies: [...repliesOf(draft, request), statusReply(draft)],
  })
}

function askIfHelped(draft: Draft, { handoff, receipt }: Heard): void {
  awaitChoice(draft, 'helped', handoff)
  tellOf(draft, receipt, say(draft, 'helped.ask'), helpedReplies(draft, handoff))
}

export function helpedReplies(draft: Draft, handoff: string): readonly QuickReply[] {
  return [requestButton(draft, 'helped.yes', 'helped-yes', handoff), requestButton(draft, 'helped.no', 'helped-no', handoff)]
}

function askForFeedback(draft: Draft, { handoff, receipt }: Heard, { other }: Of<'feedback'>): void {
  awaitChoice(draft, 'feedback', handoff)
  tellOf(draft, receipt, say(draft, 'feedback.ask', { other: isolated(other) }), howItWentReplies(draft, handoff))
}

/** Both sides are asked; only a resident can have waited for nobody. */
export function howItWentReplies(draft: Draft, handoff: string): readonly QuickReply[] {
  const ofResident = sideOf(draft, handoff) !== 'volunteer'
  return [
    requestButton(draft, 'feedback.good', 'good', handoff),
    requestButton(draft, 'feedback.not-good', 'not-good', handoff),
    ...(ofResident ? [requestButton(draft, 'nobody-came', 'nobody-came', handoff)] : []),
  ]
}

/** Words of a person of the staff, said to be theirs. */
function showWritten(draft: Draft, { receipt }: Heard, { text }: Of<'written'>): void {
  const from = say(draft, 'written', { owner: isolated(draft.scene.area.owner) })
  // An answer typed here reaches no person: they read so before they write one.
  const ours = help(draft).talk === undefined ? [phrase(draft, 'talking.opgang.alone')] : []
  push(draft, {
    text: [`${isolated(receipt)}: ${from}`, isolated(text), ...ours].join('\n\n'),
    language: language(draft),
    byPerson: true,
    quickReplies: [personReply(draft), statusReply(draft)],
  })
}
