/** Free text that is no command and no answer to a question: the matcher's answer, three guesses, or an honest no. */
import { openQuestion, retry } from '../dialog/answer.js'
import { enter, nodeAt } from '../dialog/interpret.js'
import { change, commandReply, type Draft, language, personReply, phrase, tell } from '../draft.js'
import { judgeFact } from '../facts.js'
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
  else didYouMean(draft, [best, ...others])
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

function didYouMean(draft: Draft, guesses: readonly Goto[]): void {
  const replies: QuickReply[] = guesses.map(({ dialog, node }) => ({
    title: draft.library.title(dialog, node, language(draft)),
    action: { do: 'goto', dialog, node },
  }))
  tell(draft, phrase(draft, 'did-you-mean'), [
    ...replies,
    { title: phrase(draft, 'none-of-these'), action: { do: 'command', command: 'menu' } },
  ])
}

/** Says honestly that it was not understood: once with what can be asked, the second time with the way to a person. */
export function notUnderstood(draft: Draft): void {
  const question = openQuestion(draft)
  const counted = question?.ask.expect !== undefined || question?.ask.attempts !== undefined
  if (question !== undefined && counted) return retry(draft, question.place, question.ask)
  if (draft.session.missed) {
    change(draft, { missed: false })
    return tell(draft, phrase(draft, 'not-understood.again'), [
      personReply(draft),
      commandReply(draft, 'menu'),
      commandReply(draft, 'language'),
    ])
  }
  change(draft, { missed: true })
  if (question !== undefined) return retry(draft, question.place, question.ask)
  tell(draft, phrase(draft, 'not-understood'), [commandReply(draft, 'menu'), commandReply(draft, 'help'), personReply(draft)])
}
