/** Two who talk through the bot: what each knows of the talk, and what is looked at in a turn. */

import type { Library } from '../../src/core/library.js'
import type { HelpSession, TalkView } from '../../src/core/request-types.js'
import type { QuickReply, Turn } from '../../src/core/types.js'
import { effectsOf, KNOWN, KNOWN_ARABIC, messages, type Talk, talk, texts } from './talk.js'

export const MASK = '▮▮▮▮'

/** Amina, who asked for help, talks with Yusuf. */
export const view = (more: Partial<TalkView> = {}): TalkView => ({
  handoff: 'h1',
  receipt: 'H-4F7K',
  task: 'shopping',
  side: 'resident',
  alias: 'Amina',
  other: 'Yusuf',
  otherLanguage: 'da',
  codeWord: 'æble',
  ...more,
})
export const HELPER = view({ side: 'helper', alias: 'Yusuf', other: 'Amina', otherLanguage: 'ar' })
export const SECOND = view({ handoff: 'h2', receipt: 'H-9XYZ', other: 'Leyla' })

/** Without the signs that keep the direction of words. */
export const plain = (text: string | undefined): string => (text ?? '').replace(/[\u2066-\u2069]/g, '')
export const said = (turn: Turn): string => texts(turn).map(plain).join('\n---\n')
export const replies = (turn: Turn): readonly QuickReply[] => messages(turn).at(-1)?.quickReplies ?? []
export const titles = (turn: Turn): string[] => replies(turn).map(({ title }) => title)
export const help = (person: Talk): HelpSession => person.session?.help ?? {}
export const relays = (turn: Turn) => effectsOf(turn, 'relay').map(({ handoff, words }) => ({ handoff, ...words }))

export const news = (person: Talk, what: object, of: Pick<TalkView, 'handoff' | 'receipt' | 'task'> = view()): Turn =>
  person.happens({ type: 'news', handoff: of.handoff, receipt: of.receipt, task: of.task, news: what } as never)
export const begins = (person: Talk, one: TalkView, note?: string): Turn =>
  news(person, { what: 'talk-begins', talk: one, ...(note === undefined ? {} : { note }) }, one)
/** What one side relayed, as the engine hands it to the other. */
export const arrives = (person: Talk, words: object, of: Pick<TalkView, 'handoff' | 'receipt'> = view(), from = 'Yusuf'): Turn =>
  person.happens({ type: 'relayed', handoff: of.handoff, receipt: of.receipt, from, words } as never)

/** Hands what one side relayed in a turn to the other: the turns that hear it. */
export const crosses = (turn: Turn, to: Talk, from: string): Turn[] =>
  effectsOf(turn, 'relay').map(({ handoff, words }) => arrives(to, words, { handoff, receipt: view().receipt }, from))

/** Taps the button whose action has all of this. */
export function press(person: Talk, turn: Turn, wanted: Readonly<Record<string, unknown>>): Turn {
  const has = (action: object) => Object.entries(wanted).every(([key, value]) => (action as Record<string, unknown>)[key] === value)
  const found = replies(turn).find(({ action }) => has(action))
  if (found === undefined) throw new Error(`no such button among ${JSON.stringify(replies(turn))}`)
  return person.taps(found.action)
}

/** Somebody who reads Danish, in these talks. */
export function inDanish(library: Library, ...views: TalkView[]): Talk {
  const person = talk(library, { session: KNOWN })
  for (const one of views) begins(person, one)
  return person
}

/** Amina, who reads Arabic. */
export function inArabic(library: Library, ...views: TalkView[]): Talk {
  const person = talk(library, { session: KNOWN_ARABIC })
  for (const one of views) begins(person, one)
  return person
}
