/** What a conversation knows of its talks: which are open, which one typed words go to, and which ended lately. */
import { change, commandReply, type Draft, phrase, tell } from './draft.js'
import type { HelpAction } from './help-types.js'
import { isolated } from './language/isolated.js'
import type { HelpSession, PastHelper, RequestView, TalkView } from './request-types.js'
import type { Instant, QuickReply } from './types.js'

const DAY = 24 * 60 * 60 * 1000
/** A report is possible for so long after a talk (core/handoff-report.ts). */
const REPORT_TIME = 30 * DAY
/** Ended requests that a session remembers. */
const PAST_MAX = 10
/** Buttons that choose a talk; Opgang and one more stand beside them on Messenger. */
const CHOICES_MAX = 11

type Past = NonNullable<HelpSession['past']>[number]

export function talksOf(draft: Draft): readonly TalkView[] {
  return draft.session.help?.talks ?? []
}

export function talkBy(draft: Draft, handoff: string): TalkView | undefined {
  return talksOf(draft).find((talk) => talk.handoff === handoff)
}

/** The talk that typed words go to. */
export function currentTalk(draft: Draft): TalkView | undefined {
  return talkBy(draft, draft.session.help?.talk ?? '')
}

/** The talk that words were written in; where that is not known, all that are open. */
export function talksWrittenIn(draft: Draft): readonly TalkView[] {
  const current = currentTalk(draft)
  return current === undefined ? talksOf(draft) : [current]
}

/** The one that a command can only mean: the current talk, or the only one. */
export function meantTalk(draft: Draft): TalkView | undefined {
  const talks = talksOf(draft)
  return currentTalk(draft) ?? (talks.length === 1 ? talks[0] : undefined)
}

/** Sets what is known of requests; fields named after it end by being absent. */
export function changeHelp(draft: Draft, next: Partial<HelpSession>, ...gone: (keyof HelpSession)[]): void {
  const rest: Partial<Record<keyof HelpSession, unknown>> = { ...draft.session.help, ...next }
  for (const field of gone) delete rest[field]
  change(draft, { help: rest as HelpSession })
}

/** The other's name and the number of the request as values of a phrase, each in its own direction (Unicode UAX 9). */
export function named(talk: Pick<TalkView, 'other' | 'receipt'>): { readonly other: string; readonly receipt: string } {
  return { other: isolated(talk.other), receipt: isolated(talk.receipt) }
}

/** Another person's words as a value of a phrase: each line keeps its own direction, and none is empty. */
export function quoted(text: string): string {
  const lines = text.split(/[\n\r\u2028\u2029]/u).map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .map(isolated)
    .join('\n')
}

/** Adds a talk, or what is new of it; it becomes the current one when words go to nobody else. */
export function addTalk(draft: Draft, talk: TalkView): void {
  const { past = [], toOpgang, requests } = draft.session.help ?? {}
  // A report is about the newest helper of a request: an earlier one must not be meant by it.
  changeHelp(draft, {
    talks: [...talksOf(draft).filter(({ handoff }) => handoff !== talk.handoff), talk],
    past: past.filter(({ handoff }) => handoff !== talk.handoff),
    ...(requests === undefined ? {} : { requests: requests.map((request) => foundFor(request, talk)) }),
  })
  if (currentTalk(draft) === undefined && toOpgang !== true) makeCurrent(draft, talk)
}

/** The resident's own request has somebody now, and no wish of it waits to be widened. */
function foundFor(request: RequestView, { handoff, side }: TalkView): RequestView {
  if (request.handoff !== handoff || side !== 'resident') return request
  const { widen: _, ...rest } = request
  return { ...rest, state: 'helper' }
}

/** What is new of an open talk. */
export function setTalk(draft: Draft, talk: TalkView): void {
  changeHelp(draft, { talks: talksOf(draft).map((one) => (one.handoff === talk.handoff ? talk : one)) })
}

/** A helper who says so in the talk is on the way, as by the button; nothing where they said so before, or when they come. */
export function sayComing(draft: Draft, { handoff, side, coming }: TalkView): void {
  if (side === 'helper' && coming !== true) draft.effects.push({ type: 'handoff', handoff, as: 'volunteer', ask: { type: 'on-the-way' } })
}

/** Typed words go to this talk from now on. */
export function makeCurrent(draft: Draft, { handoff }: Pick<TalkView, 'handoff'>): void {
  if (currentTalk(draft)?.handoff === handoff) return
  changeHelp(draft, { talk: handoff, talkSince: draft.clock.now }, 'toOpgang')
}

/** Typed words are Opgang's from now on, though talks are open. */
export function chooseOpgang(draft: Draft): void {
  const chosen = talksOf(draft).length === 0 ? {} : { toOpgang: true as const }
  changeHelp(draft, chosen, 'talk', 'talkSince')
}

/** Takes a talk away; typed words go to no other before it is chosen. */
export function removeTalk(draft: Draft, talk: TalkView): void {
  const { question, past = [], helpers = [] } = draft.session.help ?? {}
  const talks = talksOf(draft).filter(({ handoff }) => handoff !== talk.handoff)
  const { handoff, receipt, side, began, other } = talk
  const ended = [...past.filter((one) => one.handoff !== handoff), { handoff, receipt, side, at: draft.clock.now }]
  const wasCurrent = draft.session.help?.talk === handoff
  const asked = question !== undefined && 'handoff' in question && question.handoff === handoff && OF_TALK.has(question.ask)
  changeHelp(
    draft,
    {
      talks,
      past: ended.toSorted((one, two) => one.at - two.at).slice(-PAST_MAX),
      ...(side === 'resident' && began !== undefined
        ? { helpers: [...helpers, { handoff, receipt, other, began, at: draft.clock.now }].slice(-PAST_MAX) }
        : {}),
    },
    ...(wasCurrent ? (['talk', 'talkSince'] as const) : []),
    ...(talks.length === 0 ? (['toOpgang'] as const) : []),
    ...(asked ? (['question'] as const) : []),
  )
}

/** Questions that have no sense once the talk is over. */
const OF_TALK: ReadonlySet<string> = new Set(['alias', 'card', 'door', 'time', 'stop', 'report'])

/** Talks that ended in the last 30 days, newest first. */
export function pastTalks(draft: Draft): readonly Past[] {
  const past = draft.session.help?.past ?? []
  return past.filter(({ at }) => draft.clock.now - at <= REPORT_TIME).toSorted((one, two) => two.at - one.at)
}

/** Helpers of a request, or of all, whose talk with this resident ended in the last 30 days, newest first. */
export function pastHelpers(draft: Draft, handoff?: string): readonly PastHelper[] {
  const helpers = draft.session.help?.helpers ?? []
  const lately = helpers.filter((one) => draft.clock.now - one.at <= REPORT_TIME)
  return lately.filter((one) => handoff === undefined || one.handoff === handoff).toReversed()
}

/** When the newest ended, if words of before then were its. */
export function endedAfter(draft: Draft, sentAt: Instant | undefined): Past | undefined {
  const [newest] = pastTalks(draft)
  return newest !== undefined && sentAt !== undefined && sentAt < newest.at ? newest : undefined
}

const OWN: ReadonlySet<string> = new Set(['alias', 'card', 'write', 'stop', 'report'])

/** Ends a question of ours that a button left behind. */
export function dropOwnQuestion(draft: Draft): void {
  // What a coordinator was about to write is as old as what they were reading then.
  if (OWN.has(draft.session.help?.question?.ask ?? '')) changeHelp(draft, {}, 'question')
}

// ---------------------------------------------------------------- buttons

export function talkReply(title: string, of: string, more: Omit<Extract<HelpAction, { do: 'talk' }>, 'do' | 'of'> = {}): QuickReply {
  return { title, action: { do: 'talk', of, ...more } }
}

export function cardsReply(draft: Draft, { handoff }: Pick<TalkView, 'handoff'>): QuickReply {
  return { title: phrase(draft, 'talking.button.cards'), action: { do: 'card', of: handoff, page: 0 } }
}

/** What this side can do in a talk; the way to report is under every message. */
export function talkReplies(draft: Draft, talk: TalkView): QuickReply[] {
  const of = talk.handoff
  const title = (id: string) => phrase(draft, `talking.button.${id}`)
  const task = (act: string, name = act): QuickReply => ({ title: title(name), action: { do: 'task', act, of } })
  if (talk.side === 'helper') {
    const next = talk.coming === true ? [task('done')] : [task('on-the-way', 'on-my-way'), task('agree-time')]
    return [...next, cardsReply(draft, talk), task('hand-back'), reportReply(draft, talk)]
  }
  const door: QuickReply[] = talk.door === true ? [] : [{ title: title('show-door'), action: { do: 'request', act: 'show-door', of } }]
  return [cardsReply(draft, talk), ...door, talkReply(title('stop'), of, { act: 'stop' }), reportReply(draft, talk)]
}

/** A button for each open talk, by number and name, made by `reply`. */
export function choices(draft: Draft, reply: (title: string, talk: TalkView) => QuickReply): QuickReply[] {
  const newest = talksOf(draft).slice(-CHOICES_MAX)
  return newest.map((talk) => reply(`${talk.receipt} ${talk.other}`, talk))
}

/** Whom typed words can go to. With `send` those that wait go there too. */
export function addressees(draft: Draft, more: { readonly send?: true } = {}): QuickReply[] {
  return [
    ...choices(draft, (title, { handoff }) => talkReply(title, handoff, more)),
    talkReply(phrase(draft, 'talking.button.opgang'), '', more),
  ]
}

/** Where typed words go now, in a sentence. */
export function whereWordsGo(draft: Draft): string {
  const current = currentTalk(draft)
  if (current !== undefined) return phrase(draft, 'talking.still', named(current))
  if (talksOf(draft).length === 0) return phrase(draft, 'talking.opgang.alone')
  return phrase(draft, draft.session.help?.toOpgang === true ? 'talking.still.opgang' : 'talking.ends.choose')
}

/** Takes a talk away and says so, and where typed words go now. */
export function endTalk(draft: Draft, talk: TalkView, text: string): void {
  removeTalk(draft, talk)
  const current = currentTalk(draft)
  const open = talksOf(draft).length > 0
  const go = current === undefined ? (open ? addressees(draft) : [commandReply(draft, 'menu')]) : talkReplies(draft, current)
  // "Report" is about the one that ended here, and about nobody else.
  const others = go.filter(({ action }) => !(action?.do === 'talk' && action.act === 'report'))
  tell(draft, `${text}\n\n${whereWordsGo(draft)}`, [...others, reportReply(draft, talk)])
}

export function reportReply(draft: Draft, talk: Pick<TalkView, 'handoff' | 'began'>): QuickReply {
  const { handoff } = talk
  return talkReply(phrase(draft, 'talking.button.report'), handoff, { act: 'report', ...begunAt(talk) })
}

/** Which talk of its request is meant, where that is known. */
export function begunAt({ began }: { readonly began?: Instant | undefined }): { readonly began?: Instant } {
  return began === undefined ? {} : { began }
}

/** A button for something that is over. */
export function tellOver(draft: Draft): void {
  const current = currentTalk(draft)
  const replies =
    current !== undefined ? talkReplies(draft, current) : talksOf(draft).length > 0 ? addressees(draft) : [commandReply(draft, 'menu')]
  tell(draft, `${phrase(draft, 'talking.over')}\n\n${whereWordsGo(draft)}`, replies)
}
