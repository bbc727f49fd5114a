/** Free text that is no command and no answer to a question: the matcher's answer, three guesses, or an honest no. */
import { openQuestion, retry } from '../dialog/answer.js'
import { enter, nodeAt } from '../dialog/interpret.js'
import { addReplies, change, commandReply, type Draft, drop, language, personReply, phrase, tell } from '../draft.js'
import { judgeFact } from '../facts.js'
import { keepQuestion, questionName, readsText, tellMeReplies } from '../questions.js'
import type { Goto, QuickReply } from '../types.js'

/** Scores are likenesses of {@link ../match/rank.ts}: from here the answer is shown … */
const SURE = 0.6
/** … and from here it is offered among up to three buttons. */
const MAYBE = 0.35
const GUESSES = 3

/** Answers or offers guesses; false when nothing comes near. At a question that reads an answer, guesses would only confuse. */
export function answerFromMatch(draft: Draft, text: string): boolean {
  const [best, ...others] = candidates(draft, text)
  const reading = openQuestion(draft)?.ask.expect !== undefined
  if (best === undefined || (reading && best.score < SURE)) return false
  if (best.score >= SURE) enter(draft, best)
  else didYouMean(draft, text, [best, ...others])
  return true
}

/** The nodes that come near, those of an archive only in a drill. */
function candidates(draft: Draft, text: string): (Goto & { score: number })[] {
  return draft.library.matcher
    .match(text, language(draft))
    .filter(({ score, dialog, node }) => score >= MAYBE && offered(draft, { dialog, node }))
    .slice(0, GUESSES)
    .map(({ dialog, node, score }) => ({ dialog, node, score }))
}

function offered(draft: Draft, at: Goto): boolean {
  const dialog = draft.library.dialogs[at.dialog]
  const fact = nodeAt(draft, at)?.fact
  if (dialog === undefined || !dialog.history) return true
  return fact !== undefined && judgeFact(fact, dialog, draft.clock, draft.scene.area) !== 'past'
}

function didYouMean(draft: Draft, text: string, guesses: readonly Goto[]): void {
  change(draft, { guessed: text })
  const replies: QuickReply[] = guesses.map(({ dialog, node }) => ({
    title: draft.library.title(dialog, node, language(draft)),
    action: { do: 'goto', dialog, node },
  }))
  tell(draft, phrase(draft, 'did-you-mean'), [
    ...replies,
    { title: phrase(draft, 'none-of-these'), action: { do: 'none-of-these', question: questionName(text, language(draft)) } },
  ])
}

/** None of the guesses: that was the one clarification, so the way to a person comes next. False when others were guessed since. */
export function noneOfThese(draft: Draft, question: string): boolean {
  const { guessed } = draft.session
  drop(draft, 'guessed')
  if (guessed === undefined || questionName(guessed, language(draft)) !== question) return false
  missedAgain(draft, keepQuestion(draft, { text: guessed }))
  return true
}

/**
 * Says honestly that it was not understood: once with what can be asked, the second time with the way to a person. What was asked is
 * kept, unless the open question wanted another kind of answer. `spoken` is the text's own language where it is known.
 */
export function notUnderstood(draft: Draft, text: string, spoken = language(draft)): void {
  const question = openQuestion(draft)
  const kept = question !== undefined && readsText(draft, question.place) ? undefined : keepQuestion(draft, { text, language: spoken })
  const counted = question?.ask.expect !== undefined || question?.ask.attempts !== undefined
  if (!counted && draft.session.missed) return missedAgain(draft, kept)
  if (!counted) change(draft, { missed: true })
  if (question !== undefined) {
    retry(draft, question.place, question.ask)
    return addReplies(draft, tellMeReplies(draft, kept))
  }
  tell(draft, phrase(draft, 'not-understood'), [
    commandReply(draft, 'menu'),
    commandReply(draft, 'help'),
    ...tellMeReplies(draft, kept),
    personReply(draft),
  ])
}

function missedAgain(draft: Draft, kept: string | undefined): void {
  change(draft, { missed: false })
  tell(draft, phrase(draft, 'not-understood.again'), [
    personReply(draft),
    ...tellMeReplies(draft, kept),
    commandReply(draft, 'menu'),
    commandReply(draft, 'language'),
  ])
}
