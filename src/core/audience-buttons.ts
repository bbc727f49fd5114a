/** What the buttons around an audience do: say who one is, change it, and show the same answer to the one it concerns. */
import { audienceOf, audienceReplies, noteAsked } from './audience.js'
import { openQuestion } from './dialog/answer.js'
import { enter, nodeAt, showAnswer, showAsk } from './dialog/interpret.js'
import { addReplies, change, type Draft, drop, isErasing, language, MENU, phrase, tell } from './draft.js'
import { normalize } from './language/normalize.js'
import { type Action, AUDIENCES, type Audience, type DialogNode, type Effect, type Goto, type QuickReply } from './types.js'

type Told = Extract<Action, { do: 'audience' }>
type Show = Extract<Action, { do: 'show' }>

/** The language of schools and youth clubs: what a parent shows a teenager. */
const SHOWN_IN = 'da'

/** Remembers who the person is and says the answer in words for them; without an audience asks who they are. */
export function takeAudience(draft: Draft, { audience, dialog, node }: Told): void {
  if (audience === undefined) return askAudience(draft, { dialog, node })
  drop(draft, 'whose')
  change(draft, { audience, told: { ...draft.session.told, audience: true } })
  draft.effects.push({ type: 'contact', change: { audience } })
  enter(draft, { dialog, node })
}

/** A typed text that is the title of one of the answers to "who are you". False when it was something else, which is heard as such. */
export function toldAudience(draft: Draft, text: string): boolean {
  const { whose } = draft.session
  if (whose === undefined) return false
  drop(draft, 'whose')
  const spoken = language(draft)
  const told = [...AUDIENCES, 'anyone' as const].find(
    (audience) => normalize(phrase(draft, `audience.${audience}`), spoken) === normalize(text, spoken),
  )
  if (told === undefined) return false
  takeAudience(draft, { do: 'audience', audience: told, ...whose })
  return true
}

/** Shows an answer in another's words and language; the talk stays where it is. False when the answer has no such words any more. */
export function showTo(draft: Draft, { audience, language: shown, ...at }: Show): boolean {
  const node = nodeAt(draft, at)
  if (node?.versions?.[audience] === undefined) return false
  showAnswer(draft, at, { node, texts: draft.library.texts(at.dialog, at.node, shown), audience })
  const question = openQuestion(draft)
  if (question !== undefined) showAsk(draft, question.place, question.ask)
  return true
}

/**
 * Under an answer with versions: whose they are, once, while nobody waits for it; to those who said it the teenager's words for a parent
 * to show, and the way to another's. Beside what else stands there.
 */
export function offerVersions(draft: Draft): void {
  const { lastAnswer } = draft.session
  if (lastAnswer === undefined || isErasing(draft) || !wasShown(draft, lastAnswer)) return
  const versions = nodeAt(draft, lastAnswer)?.versions
  if (versions === undefined) return
  if (audienceOf(draft) === undefined) return askOnce(draft, lastAnswer, versions)
  const parent = audienceOf(draft) === 'parent' && versions.teenager !== undefined
  addReplies(draft, [...(parent ? [showReply(draft, lastAnswer)] : []), againReply(draft, lastAnswer)])
}

/** The question stands before what the dialog asks; the buttons of both are below. */
function askOnce(draft: Draft, here: Goto, versions: NonNullable<DialogNode['versions']>): void {
  if (draft.session.told.audience === true) return
  const replies = audienceReplies(
    draft,
    here,
    AUDIENCES.filter((audience) => versions[audience] !== undefined),
  )
  const at = draft.effects.findLastIndex(({ type }) => type === 'message')
  const last = draft.effects[at]
  if (last?.type !== 'message') return
  const question: Effect = { type: 'message', message: { text: phrase(draft, 'audience.ask'), language: language(draft) } }
  const isAnswer = last.read?.dialog === here.dialog && last.read.node === here.node
  draft.effects.splice(isAnswer ? at + 1 : at, 0, question)
  addReplies(draft, replies)
  noteAsked(draft, here)
}

/** Asks who the person is, for the answer they get next. */
function askAudience(draft: Draft, here: Goto): void {
  noteAsked(draft, here)
  tell(draft, phrase(draft, 'audience.ask'), audienceReplies(draft, here, [...AUDIENCES, 'anyone']))
}

function wasShown(draft: Draft, { dialog, node }: Goto): boolean {
  return draft.effects.some((effect) => effect.type === 'message' && effect.read?.dialog === dialog && effect.read.node === node)
}

function showReply(draft: Draft, { dialog, node }: Goto): QuickReply {
  const audience: Audience = 'teenager'
  return { title: phrase(draft, 'audience.show'), action: { do: 'show', audience, language: SHOWN_IN, dialog, node } }
}

function againReply(draft: Draft, { dialog, node }: Goto): QuickReply {
  return { title: phrase(draft, 'audience.change'), action: { do: 'audience', dialog, node } }
}

/** The button that changes who one is, where no answer is open. */
export function audienceReply(draft: Draft): QuickReply {
  return againReply(draft, MENU)
}
