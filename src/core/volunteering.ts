/** The volunteer's side: sign-up, duty, offers and tasks, in the chat they already use. */

import type { HelpCommand } from './command-types.js'
import { addReplies, commandReply, type Draft, language, phrase, tell } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult } from './help-types.js'
import { normalize } from './language/normalize.js'
import { hearRoleNews, noteWindow, showVolunteer, tapCard } from './volunteering-card.js'
import { hearNews, hearResult, showOffer, tapOffer } from './volunteering-offers.js'
import { cancelSignUp, finishChoosing, isSigningUp, tapSignUp, typedForSignUp } from './volunteering-sign-up.js'
import { readYesNo, usableNetworks } from './volunteering-steps.js'
import { commandTask, listTasks, showTask, tapTask, typedTime } from './volunteering-tasks.js'
import { titleTyped } from './volunteering-typed.js'
import { changeHelp, helpOf, isOnDuty, offersOf, say, tasksOf, volunteerReply } from './volunteering-words.js'

/** How long a typed yes or no is still about the offer. */
const YES_COUNTS_MS = 3_600_000

/** Begins the sign-up, or shows a volunteer what they have and can do. */
export function beginVolunteering(draft: Draft): void {
  showVolunteer(draft)
}

/** A typed text that answers a question of the sign-up or of a task; false when it is for somebody else to hear. */
export function typedForVolunteer(draft: Draft, text: string): boolean {
  if (helpOf(draft).question?.ask === 'time') return typedTime(draft, text)
  return typedForSignUp(draft, text) || typedButton(draft, text) || typedForOffer(draft, text)
}

/** A title of a button that means something to them now is that button. */
function typedButton(draft: Draft, text: string): boolean {
  const { volunteer } = draft.scene.contact
  const [offer, ...others] = offersOf(draft)
  const isTheirs = volunteer !== undefined || offer !== undefined || tasksOf(draft).length > 0
  const typed = isTheirs ? titleTyped(draft, text) : undefined
  switch (typed?.of) {
    case 'card':
      return volunteer !== undefined && done(() => tapVolunteer(draft, { do: 'volunteer', act: typed.act }))
    case 'offer':
      return offer !== undefined && done(() => (others.length > 0 ? showTasks(draft) : tapOffer(draft, typed.act, offer.handoff)))
    case 'task':
      return commandTask(draft, typed.act)
    case undefined:
      return false
  }
}

/** Yes or no to the offer that is open, while nothing else waits for it; several are shown to choose from. */
function typedForOffer(draft: Draft, text: string): boolean {
  const [offer, ...others] = offersOf(draft)
  const { talk, intake, question, signUp } = helpOf(draft)
  const { missing, child, activeAt } = draft.session
  // A yes or no that was asked for before something else was said is waited for no more.
  const waits = question !== undefined && 'at' in question && question.at !== activeAt ? undefined : question
  const other = talk ?? intake ?? waits ?? signUp ?? missing ?? child?.asked
  if (offer === undefined || other !== undefined || isForDialog(draft, text)) return false
  if (draft.clock.now - offer.at > YES_COUNTS_MS) return false
  const yes = readYesNo(draft, text)
  if (yes === undefined) return false
  if (others.length > 0) showTasks(draft)
  else tapOffer(draft, yes ? 'accept' : 'decline', offer.handoff)
  return true
}

/** True when the open question of a dialog may be what is answered. */
function isForDialog(draft: Draft, text: string): boolean {
  const { place } = draft.session
  const does = place && draft.library.dialogs[place.dialog]?.nodes[place.node]?.does
  if (place === undefined || does?.kind !== 'ask') return false
  const { typed } = draft.library.texts(place.dialog, place.node, language(draft))
  const wanted = normalize(text, language(draft))
  const [first = ''] = wanted.split(' ')
  // "ja" and "ja, det er fint" are tries at a button "Ja tak".
  const isButton = [...typed.keys()].some((title) => title === wanted || title === first || title.startsWith(`${first} `))
  return does.ask.expect !== undefined || does.ask.save !== undefined || isButton
}

/** Under what Opgang answered meanwhile: one tap back to a sign-up that is not sent. Nothing under its own questions. */
export function offerSignUp(draft: Draft): void {
  const { signUp, talk, intake } = helpOf(draft)
  const last = draft.effects.findLast((effect) => effect.type === 'message')
  const own = last?.type === 'message' && last.message.quickReplies?.some(({ action }) => action.do === 'sign-up') === true
  if (signUp === undefined || talk !== undefined || intake !== undefined || own) return
  addReplies(draft, [{ title: phrase(draft, 'asking.go-on'), action: { do: 'sign-up', step: signUp.step, value: 'begin' } }])
}

/** A button of the volunteer's side. */
export function tapVolunteer(draft: Draft, action: Extract<HelpAction, { do: 'sign-up' | 'volunteer' | 'task' }>): void {
  // A tap is no answer to what was asked in words.
  if (helpOf(draft).question?.ask === 'time') changeHelp(draft, {}, 'question')
  switch (action.do) {
    case 'sign-up':
      return draft.scene.contact.volunteer === undefined ? tapSignUp(draft, action.step, action.value) : showVolunteer(draft)
    case 'volunteer':
      return action.act === 'my-tasks' ? showTasks(draft) : tapCard(draft, action.act, action.value)
    case 'task':
      return tapTaskOrOffer(draft, action)
  }
}

function tapTaskOrOffer(draft: Draft, { act, of, value }: Extract<HelpAction, { do: 'task' }>): void {
  if (act === 'accept' || act === 'decline' || act === 'why') return tapOffer(draft, act, of)
  const offer = act === 'open' ? offersOf(draft).find(({ handoff }) => handoff === of) : undefined
  if (offer !== undefined) return showOffer(draft, offer)
  tapTask(draft, act, of, value)
}

/** One thing is shown as it is, several to choose from. */
function showTasks(draft: Draft): void {
  const [tasks, offers] = [tasksOf(draft), offersOf(draft)]
  const [task] = tasks
  const [offer] = offers
  if (tasks.length + offers.length > 1) return listTasks(draft)
  if (task !== undefined) return showTask(draft, task)
  if (offer !== undefined) return showOffer(draft, offer)
  const duty = draft.scene.contact.volunteer?.state === 'approved' && !isOnDuty(draft)
  tell(draft, say(draft, 'tasks.none'), [...(duty ? [volunteerReply(draft, 'duty-on')] : []), commandReply(draft, 'menu')])
}

/** A command of a volunteer; false when it means nothing to this person now. */
export function volunteerCommand(draft: Draft, command: HelpCommand): boolean {
  const isVolunteer = draft.scene.contact.volunteer !== undefined
  switch (command) {
    case 'volunteer':
      // Where nobody can sign up, Opgang answers as always.
      return (isVolunteer || usableNetworks(draft).length > 0) && done(() => showVolunteer(draft))
    case 'duty-on':
    case 'duty-off':
    case 'pause':
      return isVolunteer && done(() => tapCard(draft, command, undefined))
    case 'stop-volunteering':
      return isVolunteer && done(() => tapCard(draft, 'leave', undefined))
    case 'my-tasks':
      return (isVolunteer || tasksOf(draft).length > 0) && done(() => showTasks(draft))
    case 'on-my-way':
      return commandTask(draft, 'on-the-way')
    case 'done':
      return finishChoosing(draft) || commandTask(draft, 'done')
    case 'hand-back':
    case 'too-heavy':
      return commandTask(draft, command)
    case 'cancel-request':
      return isSigningUp(draft) && done(() => cancelSignUp(draft))
    default:
      return false
  }
}

function done(run: () => void): true {
  run()
  return true
}

/** News for a volunteer of a handoff. */
export function hearVolunteerNews(draft: Draft, event: Extract<HelpEvent, { type: 'news' }>): void {
  hearNews(draft, event)
}

/** Approved, paused, or the end of a duty comes near. */
export function hearRole(draft: Draft, event: Extract<HelpEvent, { type: 'role' | 'duty' }>): void {
  hearRoleNews(draft, event)
}

/** How a command of the volunteer ended. */
export function volunteerResult(draft: Draft, result: Extract<HelpResult, { command: 'handoff' }>): void {
  hearResult(draft, result)
}

/** A volunteer on duty did something: their window is open again. At most once an hour it is noted. */
export function noteSeen(draft: Draft): void {
  noteWindow(draft)
}
