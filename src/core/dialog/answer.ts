/** What a person says to a question: a tapped or typed quick reply, a readable answer, or neither. */
import { change, commandReply, type Draft, fill, language, MENU, personReply, phrase, tell } from '../draft.js'
import { readAnswer } from '../expect.js'
import { normalize } from '../language/normalize.js'
import type { Answer, Ask, AskReply, Goto, Place } from '../types.js'
import { DEFAULT_ATTEMPTS, enter, nodeAt, showAsk } from './interpret.js'

/** The question a person stands at, if any. */
export function openQuestion(draft: Draft): { place: Place; ask: Ask } | undefined {
  const { place } = draft.session
  if (place === undefined) return undefined
  const does = nodeAt(draft, place)?.does
  return does?.kind === 'ask' ? { place, ask: does.ask } : undefined
}

/** Takes a quick reply: saves its id where the question saves, and goes where it leads. */
export function takeReply(draft: Draft, reply: AskReply, ask: Ask): void {
  save(draft, ask, reply.id)
  enter(draft, reply.goto)
}

/** The quick reply whose title, in the reader's language or in Danish, is the whole text. */
export function typedReply(draft: Draft, at: Goto, ask: Ask, text: string): AskReply | undefined {
  const wanted = normalize(text, language(draft))
  if (wanted === '') return undefined
  const id = draft.library.texts(at.dialog, at.node, language(draft)).typed.get(wanted)
  return id === undefined ? undefined : ask.quickReplies.find((reply) => reply.id === id)
}

/** What stands before the first comma of any of our scripts: "Yes, please" is also typed "yes". */
function beforeComma(title: string): string {
  return title.split(/[,،፣]/)[0] ?? title
}

/** Yes or no in words; undefined for anything else. */
export function readYesNo(draft: Draft, text: string): boolean | undefined {
  const order = { expect: { type: 'yes_no' as const }, language: language(draft), now: draft.clock.now }
  const read = readAnswer(text, order, draft.library.recognize)
  return 'value' in read ? read.value === true : undefined
}

/** The quick reply that a yes or no in words means: of a question with one reply that says yes and one that says no. */
export function yesNoReply(draft: Draft, at: Goto, ask: Ask, text: string): AskReply | undefined {
  if (ask.expect !== undefined || ask.quickReplies.length < 2) return undefined
  const said = readYesNo(draft, text)
  if (said === undefined) return undefined
  const { titles } = draft.library.texts(at.dialog, at.node, language(draft))
  const meaning = ({ id }: AskReply) => readYesNo(draft, titles[id] ?? '') ?? readYesNo(draft, beforeComma(titles[id] ?? ''))
  const [yes, no] = [true, false].map((value) => ask.quickReplies.filter((reply) => meaning(reply) === value))
  return yes?.length === 1 && no?.length === 1 ? (said ? yes : no)[0] : undefined
}

/** Reads a typed text as the answer that the question expects. True when it was one and the dialog went on. */
export function takeAnswer(draft: Draft, ask: Ask, goOn: Goto | undefined, text: string): boolean {
  if (ask.save === undefined && ask.expect === undefined) return false
  const value = readable(draft, ask, text)
  if (value === undefined) return false
  save(draft, ask, value)
  enter(draft, goOn ?? MENU)
  return true
}

function readable(draft: Draft, ask: Ask, text: string): Answer | undefined {
  if (ask.expect === undefined && ask.quickReplies.length > 0) return undefined
  const order = { expect: ask.expect ?? { type: 'text' as const }, language: language(draft), now: draft.clock.now }
  const read = readAnswer(text, order, draft.library.recognize)
  return 'value' in read ? read.value : undefined
}

function save(draft: Draft, ask: Ask, value: Answer): void {
  if (ask.save !== undefined) change(draft, { answers: { ...draft.session.answers, [ask.save]: value } })
}

/** Asks once more in the question's own words; after its attempts goes where it gives up, or offers a person. */
export function retry(draft: Draft, place: Place, ask: Ask): void {
  const attempts = place.attempts + 1
  if (attempts >= (ask.attempts ?? DEFAULT_ATTEMPTS)) return giveUp(draft, ask)
  change(draft, { place: { ...place, attempts } })
  const { retry: words } = draft.library.texts(place.dialog, place.node, language(draft))
  if (words !== undefined && ask.quickReplies.length === 0) return tell(draft, fill(draft, words))
  tell(draft, words === undefined ? phrase(draft, 'not-understood') : fill(draft, words))
  showAsk(draft, place, ask)
}

function giveUp(draft: Draft, ask: Ask): void {
  if (ask.giveUp !== undefined) return enter(draft, ask.giveUp)
  change(draft, { missed: false })
  const { place } = draft.session
  if (place !== undefined) change(draft, { place: { ...place, attempts: 0 } })
  tell(draft, phrase(draft, 'give-up'), [personReply(draft), commandReply(draft, 'menu')])
}
