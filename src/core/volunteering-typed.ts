/** Buttons of the volunteer's side that are typed instead of tapped: the whole title, in the reader's language or in Danish. */
import { type Draft, language } from './draft.js'
import { normalize } from './language/normalize.js'
import { say } from './volunteering-words.js'

/** What the texts name between quotation marks, and what stands under a card, an offer and a task. "No, thanks" is a no wherever it is said. */
const CARD = ['duty-on', 'duty-off', 'renew', 'my-tasks', 'my-hours', 'my-card', 'pause', 'resume', 'leave'] as const
const OFFER = ['accept', 'why'] as const
const TASK = ['on-the-way', 'agree-time', 'done', 'hand-back', 'too-heavy', 'report'] as const

export type TypedTitle =
  | { readonly of: 'card'; readonly act: (typeof CARD)[number] }
  | { readonly of: 'offer'; readonly act: (typeof OFFER)[number] }
  | { readonly of: 'task'; readonly act: (typeof TASK)[number] }

/** The button whose title this is; undefined for other words. */
export function titleTyped(draft: Draft, text: string): TypedTitle | undefined {
  const danish: Draft = { ...draft, session: { ...draft.session, language: { code: 'da', chosen: true } } }
  const isTitle = (act: string) =>
    [draft, danish].some((from) => normalize(say(from, `button.${act}`), language(from)) === normalize(text, language(from)))
  const card = CARD.find(isTitle)
  if (card !== undefined) return { of: 'card', act: card }
  const offer = OFFER.find(isTitle)
  if (offer !== undefined) return { of: 'offer', act: offer }
  const task = TASK.find(isTitle)
  return task === undefined ? undefined : { of: 'task', act: task }
}
