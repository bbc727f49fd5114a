/** Free text that is no command and no answer to a question: the matcher's answer, three guesses, or an honest no. */
import { openQuestion, retry } from '../dialog/answer.js'
import { enter, nodeAt } from '../dialog/interpret.js'
import { change, commandReply, type Draft, language, personReply, phrase, tell } from '../draft.js'
import { judgeFact } from '../facts.js'
import type { Goto, LanguageCode, QuickReply } from '../types.js'
import { zonesOf } from './zones.js'

const GUESSES = 3

/**
 * Answers or offers guesses; false when nothing comes near. At a question that reads an answer, guesses would only
 * confuse. `textLanguage` is the text's own likely language where it is not the conversation's.
 */
export function answerFromMatch(draft: Draft, text: string, textLanguage: LanguageCode = language(draft)): boolean {
  const guesses = candidates(draft, text, textLanguage)
  const [best] = guesses
  if (best === undefined) return false
  if (best.sure) {
    enter(draft, best.at)
    return true
  }
  if (openQuestion(draft)?.ask.expect !== undefined) return false
  didYouMean(draft, guesses)
  return true
}

interface Guess {
  readonly at: Goto
  readonly title: string
  readonly sure: boolean
}

/** The nodes that come near, best first, those of an archive only in a drill; of two with one title the better one. */
function candidates(draft: Draft, text: string, textLanguage: LanguageCode): readonly Guess[] {
  const guesses: Guess[] = []
  for (const { dialog, node, score, direct } of draft.library.matcher.match(text, textLanguage)) {
    const zones = zonesOf(nodeAt(draft, { dialog, node })?.fact)
    const title = draft.library.title(dialog, node, language(draft))
    const near = score >= zones.buttons && offered(draft, { dialog, node }) && guesses.every((guess) => guess.title !== title)
    if (near) guesses.push({ at: { dialog, node }, title, sure: direct && score >= zones.answer })
    if (guesses.length === GUESSES) break
  }
  return guesses
}

function offered(draft: Draft, at: Goto): boolean {
  const dialog = draft.library.dialogs[at.dialog]
  const fact = nodeAt(draft, at)?.fact
  if (dialog === undefined || !dialog.history) return true
  return fact !== undefined && judgeFact(fact, dialog, draft.clock, draft.scene.area) !== 'past'
}

function didYouMean(draft: Draft, guesses: readonly Guess[]): void {
  const replies: QuickReply[] = guesses.map(({ at, title }) => ({ title, action: { do: 'goto', dialog: at.dialog, node: at.node } }))
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
