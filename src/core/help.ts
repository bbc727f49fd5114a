/** Where turns meet requests: what each event, button, command and typed text about them is heard as, and by which side. */
import { hearResidentNews, residentCommand, residentResult, tapRequest, typedForRequest } from './asking.js'
import { type Command, HELP_COMMANDS, type HelpCommand } from './command-types.js'
import { coordinatorCommand, hearAlarm, staffResult, tapStaff, typedForStaff, typedWord } from './coordinating.js'
import { openQuestion } from './dialog/answer.js'
import { askReplies } from './dialog/interpret.js'
import { addReplies, change, type Draft } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult, News } from './help-types.js'
import { hearRelayed, hearTalkNews, relayMessage, talkCommand, talkResult, tapTalk } from './talking.js'
import { type Event } from './types.js'
import {
  beginVolunteering,
  hearRole,
  hearVolunteerNews,
  tapVolunteer,
  typedForVolunteer,
  volunteerCommand,
  volunteerResult,
} from './volunteering.js'

/** Something that came from a request, another person or the program. */
export function hearHelpEvent(draft: Draft, event: HelpEvent & Event): void {
  hearEvent(draft, event)
  showQuestionAgain(draft)
}

/** The buttons of a dialog's open question go with what came behind it, unless that has buttons of its own. */
function showQuestionAgain(draft: Draft): void {
  const question = openQuestion(draft)
  const last = draft.effects.findLast((effect) => effect.type === 'message')
  if (question === undefined || last?.type !== 'message' || last.message.quickReplies !== undefined) return
  addReplies(draft, askReplies(draft, question.place, question.ask))
}

function hearEvent(draft: Draft, event: HelpEvent & Event): void {
  switch (event.type) {
    case 'news':
      return hearNews(draft, event)
    case 'relayed':
      return hearRelayed(draft, event)
    case 'alarm':
    case 'alarm-over':
      return hearAlarm(draft, event)
    case 'role':
    case 'duty':
      return hearRole(draft, event)
  }
}

const OF_TALKS: ReadonlySet<News['what']> = new Set(['talk-begins', 'talk-ends', 'door', 'alias', 'still-there', 'other-erased'])

function hearNews(draft: Draft, event: Extract<HelpEvent, { type: 'news' }>): void {
  const { news } = event
  if (OF_TALKS.has(news.what)) return hearTalkNews(draft, event)
  const ofVolunteer = news.what === 'offer' || news.what === 'rest' || (news.what === 'told' && news.side === 'volunteer')
  return ofVolunteer ? hearVolunteerNews(draft, event) : hearResidentNews(draft, event)
}

/** A button about requests. */
export function tapHelp(draft: Draft, action: HelpAction): void {
  switch (action.do) {
    case 'intake':
    case 'request':
      return tapRequest(draft, action)
    case 'sign-up':
    case 'volunteer':
    case 'task':
      return tapVolunteer(draft, action)
    case 'staff':
      return tapStaff(draft, action)
    case 'talk':
    case 'card':
      return tapTalk(draft, action)
  }
}

/** A typed command that means something to this person now; false when its words are ordinary words to them. */
export function runHelpCommand(draft: Draft, command: Command): boolean {
  // In a talk, "stop" ends the talk.
  if (command === 'stop') return talkCommand(draft, command)
  if (!isHelpCommand(command)) return false
  return [talkCommand, volunteerCommand, residentCommand, coordinatorCommand].some((run) => run(draft, command))
}

/** What was being asked for a request or a sign-up stands again, in the language there is now; false when nothing was. */
export function goOnWithHelp(draft: Draft): boolean {
  const { signUp, intake } = draft.session.help ?? {}
  if (intake !== undefined) return residentCommand(draft, 'my-requests')
  if (signUp !== undefined) beginVolunteering(draft)
  return signUp !== undefined
}

/** What was begun and not sent ends. */
export function stopHelp(draft: Draft): void {
  const { signUp: _, intake: __, question: ___, ...help } = draft.session.help ?? {}
  if (draft.session.help !== undefined) change(draft, { help })
}

/** About requests, and so ordinary words to who has none. */
export function isHelpCommand(command: Command): command is HelpCommand {
  return (HELP_COMMANDS as readonly string[]).includes(command)
}

/** What a typed message is to requests and talks; false when Opgang is to answer it as always. */
export function hearForHelp(draft: Draft, event: Extract<Event, { type: 'message' }>): boolean {
  const text = event.text.trim()
  if (text !== '' && typedWord(draft, text)) return true
  const command = draft.library.command(text)
  if (command !== undefined && runHelpCommand(draft, command)) return true
  // "language", "menu" and the right to be erased are Opgang's, whoever is talked with.
  if (command !== undefined && !isHelpCommand(command)) return false
  if (text !== '' && [typedForStaff, typedForVolunteer, typedForRequest].some((take) => take(draft, text))) return true
  return relayMessage(draft, event)
}

/** How a command to a handoff ended: heard by the side that gave it. */
export function hearHelpResult(draft: Draft, result: HelpResult): void {
  switch (result.command) {
    case 'openHandoff':
      return residentResult(draft, result)
    case 'relay':
      return talkResult(draft, result)
    case 'handoff':
      if (result.as === 'resident') return residentResult(draft, result)
      return result.as === 'volunteer' ? volunteerResult(draft, result) : staffResult(draft, result)
    default:
      return staffResult(draft, result)
  }
}
