/** Free text that is no command and no answer to a question: the matcher's answer, three guesses, or an honest no. */
import { isIntakeAsked } from '../asking-session.js'
import { showRequests, statusReply } from '../asking-status.js'
import { askIntake } from '../asking-steps.js'
import { isQuestion } from '../asking-words.js'
import { isUnderAge } from '../child-guard.js'
import { openQuestion, retry } from '../dialog/answer.js'
import { enter, nodeAt } from '../dialog/interpret.js'
import { addReplies, change, commandReply, type Draft, drop, language, personReply, phrase, tell } from '../draft.js'
import { judgeFact } from '../facts.js'
import { keepQuestion, questionName, readsText, tellMeReplies } from '../questions.js'
import type { Goto, LanguageCode, QuickReply } from '../types.js'
import { showOffersAgain } from '../volunteering-offers.js'
import { offersOf, tasksReplies } from '../volunteering-words.js'
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
    // Thanks and a greeting are no end of a request that is being made.
    if (isIntakeAsked(draft) && !draft.library.isNamed(best.at.dialog, best.at.node)) askIntake(draft)
    else enter(draft, best.at)
    return true
  }
  if (openQuestion(draft)?.ask.expect !== undefined || isForIntake(draft, text) || isUnderAge(draft)) return false
  if (mayMeanOffer(draft, text)) return false
  didYouMean(draft, { text, language: textLanguage }, guesses)
  return true
}

/** A question of more words names what it is about. */
const BARE_QUESTION_MAX = 3

/** "Where is it?" or "I cannot today" behind an offer. */
function mayMeanOffer(draft: Draft, text: string): boolean {
  return offersOf(draft).length > 0 && !(isQuestion(text) && text.trim().split(/\s+/u).length > BARE_QUESTION_MAX)
}

/** A greeting or thanks, and nothing that is asked. */
export function isSmallTalk(draft: Draft, text: string, textLanguage: LanguageCode): boolean {
  const [best] = candidates(draft, text, textLanguage)
  return best?.sure === true && !draft.library.isNamed(best.at.dialog, best.at.node)
}

interface Guess {
  readonly at: Goto
  readonly title: string
  readonly sure: boolean
}

/** Figures and signs alone may be what is asked for, as a telephone number; they are no words to guess from. */
const LETTER = /\p{L}/u

/** The nodes that come near, best first, those of an archive only in a drill; of two with one title the better one. */
function candidates(draft: Draft, text: string, textLanguage: LanguageCode): readonly Guess[] {
  const guesses: Guess[] = []
  const hasWords = LETTER.test(text)
  for (const { dialog, node, score, direct } of draft.library.matcher.match(text, textLanguage)) {
    const zones = zonesOf(nodeAt(draft, { dialog, node })?.fact)
    const title = draft.library.title(dialog, node, language(draft))
    const sure = direct && score >= zones.answer
    const near = score >= zones.buttons && offered(draft, { dialog, node }) && guesses.every((guess) => guess.title !== title)
    // A greeting is answered or not, but never a guess.
    if (near && (sure || (hasWords && draft.library.isNamed(dialog, node)))) guesses.push({ at: { dialog, node }, title, sure })
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

function didYouMean(draft: Draft, asked: { readonly text: string; readonly language: LanguageCode }, guesses: readonly Guess[]): void {
  change(draft, { guessed: asked })
  const replies: QuickReply[] = guesses.map(({ at, title }) => ({ title, action: { do: 'goto', dialog: at.dialog, node: at.node } }))
  tell(draft, phrase(draft, 'did-you-mean'), [
    ...replies,
    { title: phrase(draft, 'none-of-these'), action: { do: 'none-of-these', question: questionName(asked.text, asked.language) } },
    ...helpReplies(draft),
  ])
}

/** Yes or no in words to "do you mean one of these": yes to one is that one, to several asks which. */
export function answerGuesses(draft: Draft, guessed: { readonly text: string; readonly language: LanguageCode }, yes: boolean): void {
  if (!yes) return missedAgain(draft, keepQuestion(draft, guessed))
  const guesses = candidates(draft, guessed.text, guessed.language)
  const [best] = guesses
  if (best !== undefined && guesses.length === 1) enter(draft, best.at)
  else didYouMean(draft, guessed, guesses)
}

/** None of the guesses: that was the one clarification, so the way to a person comes next. False when others were guessed since. */
export function noneOfThese(draft: Draft, question: string): boolean {
  const { guessed } = draft.session
  drop(draft, 'guessed')
  if (guessed === undefined || questionName(guessed.text, guessed.language) !== question) return false
  missedAgain(draft, keepQuestion(draft, guessed))
  return true
}

/**
 * Says honestly that it was not understood: once with what can be asked, the second time with the way to a person. What was asked is
 * kept, unless the open question wanted another kind of answer. `spoken` is the text's own language where it is known.
 */
export function notUnderstood(draft: Draft, text: string, spoken = language(draft)): void {
  const question = openQuestion(draft)
  const forIntake = isForIntake(draft, text)
  const wantsOther = forIntake || (question !== undefined && readsText(draft, question.place))
  const kept = wantsOther ? undefined : keepQuestion(draft, { text, language: spoken })
  const counted = question?.ask.expect !== undefined || question?.ask.attempts !== undefined
  if (!wantsOther && !counted && showOffersAgain(draft))
    return addReplies(draft, [...tellMeReplies(draft, kept), personReply(draft), commandReply(draft, 'menu')])
  if (!counted && draft.session.missed) return missedAgain(draft, kept)
  if (!counted) change(draft, { missed: true })
  if (question !== undefined) {
    retry(draft, question.place, question.ask)
    return addReplies(draft, [...tellMeReplies(draft, kept), ...helpReplies(draft)])
  }
  if (forIntake) {
    tell(draft, phrase(draft, 'not-understood'))
    return askIntake(draft)
  }
  // Whoever waits mostly asks how long.
  if (draft.session.help?.requests !== undefined) {
    tell(draft, phrase(draft, 'not-understood'))
    showRequests(draft)
    return addReplies(draft, [...tellMeReplies(draft, kept), personReply(draft)])
  }
  tell(draft, phrase(draft, 'not-understood'), [
    ...helpReplies(draft),
    commandReply(draft, 'menu'),
    commandReply(draft, 'help'),
    ...tellMeReplies(draft, kept),
    personReply(draft),
  ])
}

/** The way to how it stands, for who waits or helps: their words may have been about that. */
function helpReplies(draft: Draft): readonly QuickReply[] {
  const { requests = [] } = draft.session.help ?? {}
  return [...(requests.length > 0 ? [statusReply(draft)] : []), ...tasksReplies(draft)]
}

/** A try at what a request that is being made asks, such as an address: nothing that staff could answer. */
function isForIntake(draft: Draft, text: string): boolean {
  return isIntakeAsked(draft) && !isQuestion(text)
}

function missedAgain(draft: Draft, kept: string | undefined): void {
  change(draft, { missed: false })
  tell(draft, phrase(draft, 'not-understood.again'), [
    personReply(draft),
    ...helpReplies(draft),
    ...tellMeReplies(draft, kept),
    commandReply(draft, 'menu'),
    commandReply(draft, 'language'),
  ])
}
