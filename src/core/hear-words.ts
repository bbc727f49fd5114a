/** What a typed text is heard as, in order: an answer, a button's title, a command, a language's name, a question. */

import { isIntakeAsked, noteKey } from './asking-session.js'
import { askIntake } from './asking-steps.js'
import { toldAudience } from './audience-buttons.js'
import { isUnderAge, wayToAdult } from './child-guard.js'
import { runCommand } from './commands.js'
import { openQuestion, readYesNo, takeAnswer, takeReply, typedReply, yesNoReply } from './dialog/answer.js'
import { enter, nodeAt, showAsk } from './dialog/interpret.js'
import { change, commandReply, type Draft, drop, MENU, personReply, phrase, tell } from './draft.js'
import { hearForHelp, isHelpCommand } from './help.js'
import { chooseLanguage, listen, offerWhatWasHeard, type Spoken, sayNotOffered, showLanguages } from './language-choice.js'
import { answerFromMatch, answerGuesses, isSmallTalk, notUnderstood } from './match/answer.js'
import { keepQuestion, takeMissing, typedWish } from './questions.js'
import type { Event, Goto, LanguageCode, Session } from './types.js'

/** Order for a typed text: yes or no to erasure, quick reply, command, language name, the question's answer, matcher, retry. */
export function hearMessage(draft: Draft, event: Extract<Event, { type: 'message' }>): void {
  const text = event.text.trim()
  if (draft.session.confirming !== undefined && confirmed(draft, text)) return
  // A yes to anything else must never erase.
  drop(draft, 'confirming')
  if (hearForHelp(draft, event)) return
  if (text === '') return hearNothing(draft, event)
  if (toldAge(draft, text) || toldAudience(draft, text)) return
  hearWords(draft, text, event.locale)
}

/** Yes or no in words to "are you over 18". False when it was something else, which is heard as such. */
function toldAge(draft: Draft, text: string): boolean {
  const { child } = draft.session
  if (child?.asked === undefined) return false
  change(draft, { child: { is: child.is } })
  // "I am 14" is an answer too.
  const adult = draft.library.readChild(text)?.age === undefined ? readYesNo(draft, text) : false
  if (adult === undefined) return false
  tapAge(draft, { ...child.asked, adult })
  return true
}

/** The answer to "are you over 18", for the node that was come for. */
export function tapAge(draft: Draft, { adult, dialog, node }: Goto & { readonly adult: boolean }): void {
  if (!adult) return wayToAdult(draft)
  change(draft, { child: { is: 'adult' } })
  enter(draft, { dialog, node })
}

/** Words that are no danger and no answer to a question of the system's own. */
export function hearWords(draft: Draft, text: string, locale?: LanguageCode): void {
  noteKey(draft, text)
  const { missing, guessed } = draft.session
  drop(draft, 'missing', 'guessed')
  if (takeTypedReply(draft, text, guessed)) return
  const command = draft.library.command(text)
  // Who has nothing to call off means the conversation.
  if (command === 'cancel-request') return runCommand(draft, 'stop')
  // Words about requests mean nothing to who has none, and are ordinary words then.
  if (command !== undefined && !isHelpCommand(command)) return runCommand(draft, command)
  const named = draft.library.languageNamed(text)
  if (named !== undefined) return chooseLanguage(draft, named)
  if (typedWish(draft, text)) return
  const spoken = listen(draft, text, locale)
  if (missing !== undefined) takeMissing(draft, missing, { text, language: spoken.likely }, goBack)
  else answerWords(draft, text, spoken)
  offerWhatWasHeard(draft, spoken)
}

/** A button's title, or a yes or no to what was asked last: the guesses, else the open question. False for other words. */
function takeTypedReply(draft: Draft, text: string, guessed: Session['guessed']): boolean {
  const { place, ask } = openQuestion(draft) ?? {}
  const titled = place && ask && typedReply(draft, place, ask, text)
  const yes = titled === undefined && guessed !== undefined ? readYesNo(draft, text) : undefined
  if (guessed !== undefined && yes !== undefined) {
    answerGuesses(draft, guessed, yes)
    return true
  }
  const reply = titled ?? (place && ask && yesNoReply(draft, place, ask, text))
  if (ask === undefined || reply === undefined) return false
  takeReply(draft, reply, ask)
  return true
}

/** The open question's answer; else whether the language is one of ours at all; else what is asked. */
function answerWords(draft: Draft, text: string, { likely, notOffered }: Spoken): void {
  const question = openQuestion(draft)
  if (question !== undefined && takeAnswer(draft, question.ask, nodeAt(draft, question.place)?.goto, text)) return
  if (notOffered !== undefined && sayNotOffered(draft, notOffered)) keepQuestion(draft, { text, language: notOffered })
  else hearFreely(draft, text, likely)
}

function hearFreely(draft: Draft, text: string, likely: LanguageCode): void {
  const { language: known, pendingText } = draft.session
  const isUnknown = !known.chosen && known.heard !== true && pendingText === undefined
  // One greeting is said in many languages, and tells none of them for sure.
  if (isUnknown && draft.library.languages.length > 1 && isSmallTalk(draft, text, likely)) return showLanguages(draft)
  if (answerFromMatch(draft, text, likely)) return change(draft, { missed: false })
  if (isUnknown) {
    change(draft, { pendingText: text })
    return showLanguages(draft)
  }
  if (/^[\p{Extended_Pictographic}\p{Emoji_Component}\s]+$/u.test(text) && !/\d/.test(text)) return goBack(draft)
  if (!isUnderAge(draft)) notUnderstood(draft, text, likely)
}

/** An emoji alone asks nothing: the open question once more, of a dialog or of a request that is being made, or the menu. */
export function goBack(draft: Draft): void {
  const question = openQuestion(draft)
  if (isIntakeAsked(draft)) return askIntake(draft)
  if (question === undefined) return enter(draft, MENU)
  showAsk(draft, question.place, question.ask)
}

/** Yes or no in words to "shall I delete everything". False when it was something else. */
function confirmed(draft: Draft, text: string): boolean {
  const yes = readYesNo(draft, text)
  if (yes === undefined) return false
  runCommand(draft, yes ? 'delete-me-yes' : 'delete-me-no')
  return true
}

/** A message without words: a voice note, a picture, something shared. */
function hearNothing(draft: Draft, event: Extract<Event, { type: 'message' }>): void {
  const kind = event.attachments?.[0]
  if (kind === undefined || kind === 'sticker') return goBack(draft)
  const text = phrase(draft, kind === 'audio' ? 'attachment.audio' : 'attachment.other')
  if (!isIntakeAsked(draft)) return tell(draft, text, [commandReply(draft, 'menu'), personReply(draft), commandReply(draft, 'language')])
  tell(draft, text)
  askIntake(draft)
}
