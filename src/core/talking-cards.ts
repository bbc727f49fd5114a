/** Phrase cards: short sentences that one taps in their language and the other reads in theirs. */
import { copenhagenTime } from './copenhagen.js'
import { type Draft, phrase, tell } from './draft.js'
import { foldDigits } from './language/digits.js'
import type { TalkView } from './request-types.js'
import { changeHelp, choices, meantTalk, named, sayComing, talkReplies, talkReply, talksOf } from './talking-session.js'
import type { QuickReply } from './types.js'

/** Cards of one page: on Messenger "more" and "back" stand beside them. */
const PAGE = 10
/** What is asked of a card before it can be sent. */
const VALUES: Readonly<Record<string, 'number' | 'time' | 'amount'>> = {
  'floor-is': 'number',
  quantity: 'number',
  'come-at': 'time',
  'not-before': 'time',
  'it-cost': 'amount',
}
const AMOUNTS = ['20', '50', '75', '100', '150', '200', '250', '300', '400', '500']
/** Full hours that are offered, from the next one. */
const HOURS_OFFERED = 10

/** In the order in which they are needed; those of the task come behind the first ones. */
const HELPER = [
  ...['hello', 'i-am-the-helper', 'on-my-way', 'at-your-door', 'code-word', 'please-open'],
  ...['yes', 'no', 'thanks', 'do-not-understand', 'come-at', 'when-suits-you', 'which-floor', 'at-the-stairwell', 'cannot-find-the-door'],
  ...['i-am-late', 'need-more-time', 'one-moment', 'do-not-know', 'write-shorter', 'write-numbers', 'today', 'tomorrow'],
  ...['in-the-morning', 'in-the-afternoon', 'in-the-evening', 'not-before', 'cannot-today', 'keep-distance', 'are-you-all-right'],
  ...['somebody-with-you', 'call-112', 'ill-cannot-come', 'somebody-else-comes', 'too-big-for-me', 'ask-the-office', 'done'],
  ...['was-it-all-right', 'get-well', 'stop-any-time', 'goodbye'],
]
const RESIDENT = [
  ...['hello', 'i-asked-for-help', 'yes', 'no', 'thanks', 'floor-is'],
  ...['when-suits-you', 'not-before', 'do-not-understand', 'do-not-know', 'code-word', 'one-moment', 'need-more-time', 'today', 'tomorrow'],
  ...['in-the-morning', 'in-the-afternoon', 'in-the-evening', 'cannot-today', 'how-many', 'quantity', 'write-shorter', 'write-numbers'],
  ...['keep-distance', 'are-you-all-right', 'ask-the-office', 'call-112', 'goodbye'],
]
const BUYING = ['what-do-you-need', 'how-many', 'quantity', 'shop-does-not-have-it', 'may-i-buy-similar', 'it-cost', 'here-is-the-receipt']
const BESIDE = ['sit-beside-me', 'not-read-without-you', 'never-tell-your-code']
const OF_TASK: Readonly<Record<string, Readonly<Record<TalkView['side'], readonly string[]>>>> = {
  shopping: { helper: [...BUYING, 'bag-at-the-door', 'no-card-or-code'], resident: ['quantity', 'here-is-the-receipt'] },
  errand: { helper: [...BUYING, 'bag-at-the-door', 'no-card-or-code'], resident: ['quantity'] },
  medicine: {
    helper: [
      ...['which-pharmacy', 'paper-or-health-card', 'pharmacy-must-call-you', 'call-the-pharmacy-yourself', 'medicine-not-ready'],
      ...['it-cost', 'here-is-the-receipt', 'bag-at-the-door', 'no-card-or-code'],
    ],
    resident: ['which-pharmacy', 'medicine-not-ready'],
  },
  letter: { helper: BESIDE, resident: [] },
  digital: { helper: BESIDE, resident: [] },
  interpret: { helper: BESIDE, resident: [] },
}
/** The first cards stand before those of the task. */
const FIRST = 6
const CARDS: ReadonlySet<string> = new Set([HELPER, RESIDENT, ...Object.values(OF_TASK).flatMap(Object.values)].flat() as string[])

export function isCard(card: string): boolean {
  return CARDS.has(card)
}

/** The ids of the cards for one side of a task, in order. */
function cardsFor({ side, task }: Pick<TalkView, 'side' | 'task'>): readonly string[] {
  const own = side === 'helper' ? HELPER : RESIDENT
  const ofTask = Object.hasOwn(OF_TASK, task) ? (OF_TASK[task]?.[side] ?? []) : []
  return [...new Set([...own.slice(0, FIRST), ...ofTask, ...own.slice(FIRST)])]
}

/** A card as this person reads it. */
export function cardText(draft: Draft, card: string, value: string | number = '…'): string {
  return phrase(draft, `card.${card}`, { number: value, time: value, amount: value })
}

/** The command: cards of the talk that is meant, or the question which one. False without a talk. */
export function commandCards(draft: Draft): boolean {
  if (talksOf(draft).length === 0) return false
  const talk = meantTalk(draft)
  if (talk !== undefined) showCards(draft, talk, 0)
  else
    tell(
      draft,
      phrase(draft, 'talking.which'),
      choices(draft, (title, { handoff }) => ({ title, action: { do: 'card', of: handoff, page: 0 } })),
    )
  return true
}

/** A page of cards: their texts in full above, since a button of Messenger holds 20 characters. */
export function showCards(draft: Draft, talk: TalkView, wanted: number): void {
  const cards = cardsFor(talk)
  const pages = Math.ceil(cards.length / PAGE)
  const page = Number.isInteger(wanted) && wanted >= 0 ? wanted % pages : 0
  const titles = cards.slice(page * PAGE, (page + 1) * PAGE).map((card, index) => ({
    title: `${page * PAGE + index + 1}. ${cardText(draft, card)}`,
    card,
  }))
  const of = talk.handoff
  const where = phrase(draft, 'talking.cards.page', { page: page + 1, pages })
  const text = [phrase(draft, 'talking.cards', named(talk)), titles.map(({ title }) => title).join('\n'), where].join('\n\n')
  tell(draft, text, [
    ...titles.map(({ title, card }): QuickReply => ({ title, action: { do: 'card', of, card } })),
    { title: phrase(draft, 'page.more'), action: { do: 'card', of, page: (page + 1) % pages } },
    talkReply(phrase(draft, 'talking.button.go-on'), of),
  ])
}

/** A tapped card: it is sent, or its value is asked for first. */
export function takeCard(draft: Draft, talk: TalkView, { card, value }: { readonly card: string; readonly value?: string }): void {
  if (!isCard(card)) {
    tell(draft, phrase(draft, 'talking.card.old'))
    return showCards(draft, talk, 0)
  }
  const kind = Object.hasOwn(VALUES, card) ? VALUES[card] : undefined
  if (kind === undefined) return sendCard(draft, talk, { card })
  if (value === undefined) return askValue(draft, talk, card)
  const read = readValue(kind, value)
  if (read !== undefined) return sendCard(draft, talk, { card, value: read })
  tell(draft, phrase(draft, 'talking.card.retry'))
  askValue(draft, talk, card)
}

/** Cards of who is on the way or there already. */
const COMING: ReadonlySet<string> = new Set(['on-my-way', 'at-your-door', 'at-the-stairwell'])

function sendCard(draft: Draft, talk: TalkView, words: { readonly card: string; readonly value?: string | number }): void {
  draft.effects.push({ type: 'relay', handoff: talk.handoff, words })
  if (COMING.has(words.card)) sayComing(draft, talk)
  const text = cardText(draft, words.card, words.value)
  tell(draft, phrase(draft, 'talking.card.sent', { ...named(talk), text }), talkReplies(draft, talk))
}

function askValue(draft: Draft, { handoff }: TalkView, card: string): void {
  const kind = VALUES[card] ?? 'number'
  changeHelp(draft, { question: { ask: 'card', handoff, card } })
  tell(draft, `${cardText(draft, card)}\n\n${phrase(draft, `talking.card.${kind}`)}`, [
    ...commonValues(draft, card).map((value): QuickReply => ({ title: value, action: { do: 'card', of: handoff, card, value } })),
    { title: phrase(draft, 'talking.button.back'), action: { do: 'card', of: handoff, page: 0 } },
  ])
}

function commonValues(draft: Draft, card: string): readonly string[] {
  switch (VALUES[card]) {
    case 'amount':
      return AMOUNTS
    case 'time':
      return nextHours(Number(copenhagenTime(draft.clock.now).slice(-5, -3)))
    default:
      return Array.from({ length: 10 }, (_, index) => String(card === 'floor-is' ? index : index + 1))
  }
}

function nextHours(hour: number): string[] {
  return Array.from({ length: HOURS_OFFERED }, (_, index) => `${String((hour + 1 + index) % 24).padStart(2, '0')}.00`)
}

/** A value as it is sent: a whole number, `15.00`, or kroner as written. Digits of every script; nothing but the value. */
function readValue(kind: 'number' | 'time' | 'amount', written: string): string | number | undefined {
  const text = foldDigits(written.trim())
  switch (kind) {
    case 'number':
      return /^\d{1,3}$/.test(text) ? Number(text) : undefined
    case 'time':
      return readTime(text)
    case 'amount': {
      const amount = /^(\d{1,5}(?:[.,]\d{2})?)\s?(?:kr\.?)?$/iu.exec(text)?.[1]
      return amount?.replace('.', ',')
    }
  }
}

function readTime(text: string): string | undefined {
  const [, hour = '', minute = '00'] = /^(?:kl\.?\s?)?(\d{1,2})(?:[.:](\d{2}))?$/iu.exec(text) ?? []
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return undefined
  return `${hour.padStart(2, '0')}.${minute}`
}
