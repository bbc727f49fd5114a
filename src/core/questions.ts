/** Questions that found no answer: what is kept of them, the wish to be told, and the answer that comes later. */

import { openQuestion } from './dialog/answer.js'
import { enter, nodeAt, showAsk } from './dialog/interpret.js'
import { addReplies, change, commandReply, type Draft, language, phrase, tell } from './draft.js'
import { judgeFact } from './facts.js'
import { hash } from './hash.js'
import { isolated } from './language/isolated.js'
import { normalize } from './language/normalize.js'
import type { Library } from './library.js'
import type { Area, Clock, Event, Goto, LanguageCode, QuickReply } from './types.js'

/** Characters of a question that are kept; what a person asks is said by then. */
const TEXT_MAX = 500
/** Answers that came near, best first. */
const GUESSES_MAX = 3
/** Questions whose buttons still mean them; more than anybody can see at once. */
const ASKED_MAX = 10
/** A word: three letters in a row, each with its marks. Emoji, "??" and "ok" ask nothing that staff could answer. */
const WORD = /(?:\p{L}\p{M}*){3}/u

/** What was asked. `language` is the text's own where it is known to be another than the conversation's. */
export interface Asked {
  readonly text: string
  readonly language?: LanguageCode
  /** The answer that was read and that lacked this. */
  readonly missing?: Goto
}

/** The name of a question within its asker: the same words in the same language have the same one. Not secret. */
export function questionName(text: string, spoken: LanguageCode): string {
  return hash(`${spoken} ${normalize(text, spoken)}`)
}

/** Orders that a question is kept; returns its name, or undefined when there is no word in it. */
export function keepQuestion(draft: Draft, asked: Asked): string | undefined {
  if (!WORD.test(asked.text)) return undefined
  const spoken = asked.language ?? language(draft)
  const text = [...asked.text].slice(0, TEXT_MAX).join('')
  const question = questionName(text, spoken)
  const missing = asked.missing === undefined ? [] : [{ ...asked.missing, score: 1 }]
  const near = draft.library.matcher.match(text, spoken).map(({ dialog, node, score }) => ({ dialog, node, score }))
  const guesses = [...missing, ...near].slice(0, GUESSES_MAX)
  const area = draft.scene.area.id
  draft.effects.push({ type: 'question', question, text, language: spoken, area, guesses, missing: missing.length > 0 })
  const others = (draft.session.asked ?? []).filter((name) => name !== question)
  change(draft, { asked: [...others, question].slice(-ASKED_MAX) })
  return question
}

/** The button that gives the wish to be told; nobody under 15 is asked for it, and nothing without a kept question is offered. */
export function tellMeReplies(draft: Draft, question: string | undefined): readonly QuickReply[] {
  if (question === undefined || draft.session.underage === true) return []
  return [{ title: phrase(draft, 'question.tell-me'), action: { do: 'tell-me', question } }]
}

/** Takes the wish to be told. False for a question that is not this person's any more, or that may not be wished for. */
export function takeWish(draft: Draft, question: string): boolean {
  if (draft.session.underage === true || !draft.session.asked?.includes(question)) return false
  draft.effects.push({ type: 'tell-me', question })
  thank(draft, phrase(draft, 'question.tell-me.thanks'))
  return true
}

/** The title of the wish's button, typed: it is meant for the newest question, and is none itself. */
export function typedWish(draft: Draft, text: string): boolean {
  const newest = draft.session.asked?.at(-1)
  return newest !== undefined && isTitle(draft, text, 'question.tell-me') && takeWish(draft, newest)
}

function isTitle(draft: Draft, text: string, key: string): boolean {
  return normalize(text, language(draft)) === normalize(phrase(draft, key), language(draft))
}

/** Takes what somebody missed in an answer, and goes on where they were. */
export function takeMissing(draft: Draft, missing: Goto, asked: Asked, goOn: (draft: Draft) => void): void {
  if (isTitle(draft, asked.text, 'useful.skip')) return goOn(draft)
  const question = keepQuestion(draft, { ...asked, missing })
  if (question !== undefined) tell(draft, phrase(draft, 'useful.missing.thanks'))
  goOn(draft)
  addReplies(draft, tellMeReplies(draft, question))
}

/** One line, and the open question once more below it; the dialog stays where it is. */
export function thank(draft: Draft, text: string): void {
  const open = openQuestion(draft)
  tell(draft, text, open === undefined ? [commandReply(draft, 'menu')] : [])
  if (open !== undefined) showAsk(draft, open.place, open.ask)
}

/** `ready`: the whole answer stands in that language and holds now. */
export type Readiness = 'ready' | 'no translation' | 'not valid now'

/** Whether an answer can be given to somebody of that language and area now. A node that is gone is not valid. */
export function readiness(to: { library: Library; clock: Clock; area: Area; language: LanguageCode }, at: Goto): Readiness {
  const { library, clock, area } = to
  const dialog = Object.hasOwn(library.dialogs, at.dialog) ? library.dialogs[at.dialog] : undefined
  const node = dialog !== undefined && Object.hasOwn(dialog.nodes, at.node) ? dialog.nodes[at.node] : undefined
  if (dialog === undefined || node === undefined) return 'not valid now'
  const verdict = node.fact === undefined ? 'show' : judgeFact(node.fact, dialog, clock, area)
  if (verdict !== 'show' && verdict !== 'unconfirmed') return 'not valid now'
  const texts = library.texts(at.dialog, at.node, to.language)
  return texts.language === to.language && texts.state !== 'outdated' ? 'ready' : 'no translation'
}

/** An answer, for staff who link one: says something, and does nothing that the asker did not ask for. */
export function isAnswer(library: Library, { dialog, node }: Goto): boolean {
  const found = Object.hasOwn(library.dialogs, dialog) ? library.dialogs[dialog]?.nodes : undefined
  const { say = [], does } = (found !== undefined && Object.hasOwn(found, node) ? found[node] : undefined) ?? {}
  return say.length > 0 && (does === undefined || does.kind === 'ask')
}

/**
 * Tells somebody the answer to what they asked once. Says nothing, and that it was not told, while a person has the thread, while a
 * command is out, or when the answer does not stand in their language now. A question that reads an answer stands again below.
 */
export function tellAnswer(draft: Draft, event: Extract<Event, { type: 'answered' }>, silent: boolean): void {
  const { question, text, dialog, node } = event
  const { library, clock, session, scene } = draft
  const ready = readiness({ library, clock, area: scene.area, language: language(draft) }, { dialog, node }) === 'ready'
  const told = ready && !silent && session.place?.waitsForCall !== true
  if (told) showAnswer(draft, event, text)
  draft.effects.push({ type: 'told', question, told })
}

function showAnswer(draft: Draft, at: Goto, text: string): void {
  const open = openQuestion(draft)
  draft.notices.push(phrase(draft, 'question.answered', { text: isolated(text) }))
  enter(draft, { dialog: at.dialog, node: at.node })
  if (open === undefined || !readsText(draft, open.place)) return
  change(draft, { place: open.place })
  showAsk(draft, open.place, open.ask)
}

/** True at a question that takes what is typed as its answer. */
export function readsText(draft: Draft, place: Goto): boolean {
  const does = nodeAt(draft, place)?.does
  if (does?.kind !== 'ask') return false
  return does.ask.expect !== undefined || (does.ask.save !== undefined && does.ask.quickReplies.length === 0)
}
