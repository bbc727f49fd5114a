/** What the texts to residents are put together from: names, times, spans, and the number that stands first. */

import { copenhagenDate, copenhagenTime, formatDate } from './copenhagen.js'
import { type Draft, language, phrase, tell } from './draft.js'
import { readAnswer } from './expect.js'
import type { HelpAction } from './help-types.js'
import { isolated } from './language/isolated.js'
import { normalize } from './language/normalize.js'
import type { Instant, LanguageCode, QuickReply } from './types.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** From here on a span is said in hours, and in days: nobody counts 200 minutes. Minutes. */
const HOURS_FROM = 120
const DAYS_FROM = 48 * 60

/** A phrase of this side: `asking.<id>`. */
export function say(draft: Draft, id: string, values: Readonly<Record<string, string | number>> = {}): string {
  return phrase(draft, `asking.${id}`, values)
}

/** Tells something about a request, whose number stands first: somebody may have two. */
export function tellOf(draft: Draft, receipt: string, text: string, replies: readonly QuickReply[] = []): void {
  tell(draft, `${isolated(receipt)}: ${text}`, replies)
}

/** A button, by the id of its title. */
export function button(draft: Draft, title: string, action: HelpAction): QuickReply {
  return { title: say(draft, title), action }
}

/** What the task is called. */
export function taskTitle(draft: Draft, task: string): string {
  return phrase(draft, `volunteering.task.${task}`)
}

/** "I am 18 or over", as a button. */
export function adultTitle(draft: Draft): string {
  return phrase(draft, 'volunteering.sign-up.adult.yes')
}

/** Who helps somebody under 18, and the button for whoever is not. */
export function minorInWords(draft: Draft): string {
  return [say(draft, 'minor'), say(draft, 'minor.wrong', { button: adultTitle(draft) })].join('\n\n')
}

/** Number and task of a request, as a title. */
export function requestTitle(draft: Draft, request: { readonly receipt: string; readonly task?: string }): string {
  return request.task === undefined ? request.receipt : `${request.receipt} · ${taskTitle(draft, request.task)}`
}

/** A network's name in the reader's language, else in Danish. */
export function networkName(draft: Draft, id: string): string {
  const { networks } = draft.scene.places
  const names = Object.hasOwn(networks, id) ? (networks[id]?.names ?? {}) : {}
  return names[language(draft)] ?? names['da'] ?? id
}

/** A language's own name. */
export function languageName(draft: Draft, code: LanguageCode): string {
  return draft.library.languages.find((offered) => offered.code === code)?.name ?? code
}

/** A span in words: minutes, else hours, else days. `up`: a wait ahead is never said shorter than it is. */
export function spanInWords(draft: Draft, minutes: number, round: 'up' | 'down'): string {
  const whole = (parts: number) => Math.max(1, round === 'up' ? Math.ceil(parts) : Math.floor(parts))
  if (minutes < HOURS_FROM) return say(draft, 'minutes', { count: whole(minutes) })
  if (minutes < DAYS_FROM) return say(draft, 'hours', { count: whole(minutes / 60) })
  return say(draft, 'days', { count: whole(minutes / (24 * 60)) })
}

/** How long ago an instant was, in words; at least a minute. */
export function timeSince(draft: Draft, since: Instant): string {
  return spanInWords(draft, Math.max(0, draft.clock.now - since) / MINUTE_MS, 'down')
}

/** A time to come on a Danish wall, with its day. */
export function timeInWords(draft: Draft, at: Instant): string {
  const time = (copenhagenTime(at).split('T')[1] ?? '').replace(':', '.')
  const day = copenhagenDate(at)
  const today = copenhagenDate(draft.clock.now)
  if (day === today) return say(draft, 'at.today', { time })
  const tomorrow = new Date(Date.parse(`${today}T00:00Z`) + DAY_MS).toISOString().slice(0, 10)
  if (day === tomorrow) return say(draft, 'at.tomorrow', { time })
  return say(draft, 'at.date', { date: formatDate(at, language(draft)), time })
}

/** The button whose title, in the reader's language or in Danish, is the whole text. `make` makes the buttons in a draft's language. */
export function typedButton(draft: Draft, text: string, make: (draft: Draft) => readonly QuickReply[]): HelpAction | undefined {
  const danish: Draft = { ...draft, session: { ...draft.session, language: { code: 'da', chosen: true } } }
  for (const from of [draft, danish]) {
    const wanted = normalize(text, language(from))
    const found = make(from).find(({ title }) => wanted !== '' && titles(title).some((one) => normalize(one, language(from)) === wanted))
    if (found !== undefined) return isOfHelp(found.action) ? found.action : undefined
  }
  return undefined
}

/** Longer texts say more than a button does. */
const NEAR_WORDS_MAX = 5
/** Fewer letters are too little to know a title by. */
const NEAR_LETTERS_MIN = 3

/** The one button that a few words mean: its title stands in them ("a woman, please"), or they are one word of it ("woman"). */
export function nearButton(draft: Draft, text: string, replies: readonly QuickReply[]): HelpAction | undefined {
  const spoken = language(draft)
  const words = normalize(text, spoken).split(' ')
  if (words.length > NEAR_WORDS_MAX || isQuestion(text)) return undefined
  const means = (title: string) => {
    const own = normalize(title, spoken).split(' ')
    // "Not a man" is no wish for one; "no wishes" has its own no.
    if (words.some((word) => draft.library.hears.isNot(word) && !own.includes(word))) return false
    const [only = '', ...others] = words
    if (others.length === 0) return [...only].length >= NEAR_LETTERS_MIN && own.includes(only)
    if (own.length === 1 && words.some((word) => isCaseOf(word, own[0] ?? ''))) return true
    return words.some((_, at) => own.every((word, index) => words[at + index] === word))
  }
  const [found, ...more] = replies.filter(({ title }) => titles(title).some(means))
  return found !== undefined && more.length === 0 && isOfHelp(found.action) ? found.action : undefined
}

/** Whether a text is made of the words of these buttons, and of "not": whatever it means, it is about them. */
export function isOfButtons(draft: Draft, text: string, replies: readonly QuickReply[]): boolean {
  const wordsOf = (words: string) => normalize(words, language(draft)).split(' ')
  const own = new Set(replies.flatMap(({ title }) => wordsOf(title)))
  return wordsOf(text).every((word) => own.has(word) || draft.library.hears.isNot(word))
}

/** Fewer letters have too many neighbours. */
const CASE_MIN = 4

/** A title of one word with another ending: "kobietę" asks for "kobieta". */
function isCaseOf(word: string, title: string): boolean {
  const stem = title.slice(0, -1)
  return title.length >= CASE_MIN && word.startsWith(stem) && word.length - stem.length <= 2
}

/** "Now, it is urgent" is also typed "now". */
function titles(title: string): readonly string[] {
  return [title, title.split(/[,،፣]/)[0] ?? title]
}

function isOfHelp(action: QuickReply['action']): action is Extract<HelpAction, { do: 'intake' | 'request' }> {
  return action.do === 'intake' || action.do === 'request'
}

/** Yes or no in words; undefined for anything else. */
export function readYesNo(draft: Draft, text: string): boolean | undefined {
  const order = { expect: { type: 'yes_no' as const }, language: language(draft), now: draft.clock.now }
  const read = readAnswer(text, order, draft.library.recognize)
  return 'value' in read ? read.value === true : undefined
}

/** A question mark of any of our scripts: a question to Opgang, or to the other side, is no answer. */
export function isQuestion(text: string): boolean {
  return /[?؟፧՞]/u.test(text)
}
