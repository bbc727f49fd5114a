/**
 * One decision: what happened and where the person is become the next session and what is to be done. Pure: no await,
 * no time of its own, no randomness, no package.
 */
import { offerRequest } from './asking.js'
import { saysOnlyAnswer } from './asking-intake.js'
import { offerVersions, showTo, takeAudience } from './audience-buttons.js'
import { noteChild } from './child-guard.js'
import { tellClosed } from './closed.js'
import { runCommand, takeResult, tombstone } from './commands.js'
import type { Danger } from './danger.js'
import { calmDown, confirmDanger, isAlarm, meetDanger } from './danger-card.js'
import { openQuestion, takeReply, typedReply } from './dialog/answer.js'
import { enter, nodeAt, showAsk } from './dialog/interpret.js'
import { change, commandReply, type Draft, drop, hasMessage, isErasing, language, MENU, phrase, tell } from './draft.js'
import { goBack, hearMessage, hearWords, tapAge } from './hear-words.js'
import { hearHelpEvent, tapHelp } from './help.js'
import { chooseLanguage, introduce, offerLanguages, showLanguages } from './language-choice.js'
import type { Library } from './library.js'
import { noneOfThese } from './match/answer.js'
import { takeWish, tellAnswer } from './questions.js'
import { alarmTalks, offerBackToTalk } from './talking.js'
import { askAfterCalm, takeWordsForOpgang } from './talking-relay.js'
import { dropOwnQuestion, pastTalks, talksOf } from './talking-session.js'
import type { Action, Clock, Effect, Event, Scene, Session, Turn } from './types.js'
import { offerUseful, takeVote } from './useful.js'
import { noteSeen } from './volunteering.js'

/** How long the bot is silent after a person took the thread, unless it comes back (Conversation Routing: idle after 24 h). */
const SILENCE = 24 * 60 * 60 * 1000

type Said = Extract<Event, { type: 'message' | 'tap' | 'start' | 'referral' }>

function take(draft: Draft, event: Event): void {
  switch (event.type) {
    case 'message':
    case 'tap':
    case 'start':
    case 'referral':
      hear(draft, event)
      break
    case 'reaction':
      change(draft, { openedAt: event.at })
      break
    case 'edit':
    case 'standby':
      alarm(draft, event.text)
      break
    case 'control':
      takeControl(draft, event.control)
      break
    case 'result':
      if (!isSilent(draft) || isOfRequest(event)) takeResult(draft, event)
      break
    case 'answered':
      tellAnswer(draft, event, isSilent(draft))
      break
    case 'closed':
      tellClosed(draft, event, isSilent(draft))
      break
    case 'erase':
      tombstone(draft)
      break
    default:
      hearHelpEvent(draft, event)
  }
}

function isSaid({ type }: Event): boolean {
  return type === 'message' || type === 'tap' || type === 'start' || type === 'referral'
}

/** Decides one turn. Throws only on a broken library; {@link apologise} is for that. */
export function decideTurn(scene: Scene, event: Event, library: Library, clock: Clock): Turn {
  const draft: Draft = { scene, library, clock, session: sessionOf(scene, event, library), effects: [], notices: [] }
  take(draft, event)
  offerVersions(draft)
  offerUseful(draft)
  if (isSaid(event)) offerRequest(draft)
  if (!isSilent(draft)) offerBackToTalk(draft)
  if (!isSilent(draft)) introduce(draft)
  return finish(draft)
}

/** What became of a request is known whoever has the thread. */
function isOfRequest({ result }: Extract<Event, { type: 'result' }>): boolean {
  return result.command !== 'call' && (result.command !== 'openHandoff' || result.expected !== undefined)
}

/** The turn of an event that could not be decided: nothing moves, and the resident is told. */
export function apologise(scene: Scene, event: Event, library: Library, clock: Clock): Turn {
  const session = sessionOf(scene, event, library)
  const draft: Draft = { scene, library, clock, session, effects: [], notices: [] }
  if (isSaid(event) && !isSilent(draft)) {
    tell(draft, phrase(draft, 'apology', { phone: scene.area.variables['office_phone'] ?? '' }), [commandReply(draft, 'menu')])
    change(draft, { openedAt: event.at })
  }
  return finish(draft)
}

/** A language that is offered no more is as none chosen: the resident is asked anew. */
function sessionOf(scene: Scene, event: Event, library: Library): Session {
  const session = scene.session ?? newSession(scene, event, library)
  const offered = library.languages.some(({ code }) => code === session.language.code)
  return offered ? session : { ...session, language: { code: library.defaultLanguage, chosen: false } }
}

function newSession(scene: Scene, event: Event, library: Library): Session {
  const known = scene.contact.language ?? hinted(event.origin?.language, library)
  return {
    language: known ?? { code: library.defaultLanguage, chosen: false },
    ...(scene.contact.audience === undefined ? {} : { audience: scene.contact.audience }),
    answers: {},
    told: {},
  }
}

/** A link's language counts as chosen: whoever scanned the Arabic notice reads Arabic, and one tap undoes it. */
function hinted(code: string | undefined, library: Library): Session['language'] | undefined {
  return library.languages.some((offered) => offered.code === code) && code !== undefined ? { code, chosen: true } : undefined
}

/** Something the person did. A late one is answered, but the dialog stays where newer ones took it. */
function hear(draft: Draft, event: Said): void {
  const before = draft.session
  const late = event.sentAt !== undefined && event.sentAt < (before.newestSentAt ?? 0)
  // A platform's clock ahead of ours must not make all that follows late.
  const newest = event.sentAt === undefined || late ? before.newestSentAt : Math.min(event.sentAt, event.at)
  change(draft, { openedAt: event.at, ...(newest === undefined ? {} : { newestSentAt: newest }) })
  noteSeen(draft)
  const alarmed = event.type === 'message' && heardDanger(draft, event.text)
  if (!alarmed && isSilent(draft) && !mayBreakSilence(draft, event)) return
  if (before.silentUntil !== undefined && !alarmed && !isAboutDanger(event)) drop(draft, 'silentUntil', 'activeAt')
  noteOrigin(draft, event)
  noteRedaction(draft, event)
  if (alarmed) return
  if (late) drop(draft, 'place', 'confirming')
  if (event.type !== 'message' && !isAboutErasure(event)) drop(draft, 'confirming')
  if (event.type !== 'message') {
    drop(draft, 'missing', 'whose')
    dropOwnQuestion(draft)
  }
  respond(draft, event)
  const forOpgang = takeWordsForOpgang(draft)
  if (forOpgang !== undefined) hearWords(draft, forOpgang)
  offerLanguages(draft)
  if (late) stayPut(draft, before)
}

/** True when words are danger. The title of a button is the button: our own words are not looked through. */
function heardDanger(draft: Draft, text: string): boolean {
  const question = openQuestion(draft)
  if (question !== undefined && typedReply(draft, question.place, question.ask, text) !== undefined) return false
  // "Show my door" is a command of ours before it could be anything else, as "number 3, second floor" and "not a man" are answers where that is asked.
  const isOurs = draft.library.command(text) !== undefined || saysOnlyAnswer(draft, text)
  if (isOurs && dangerIn(draft, text)?.certainty === 'unclear') return false
  noteChild(draft, text)
  return alarm(draft, text)
}

/** Whoever talks with somebody whom we sent, or did in the time in which they may be reported, is asked rather once too often. */
function dangerIn(draft: Draft, text: string): Danger | undefined {
  return draft.library.danger(text, language(draft), talksOf(draft).length > 0 || pastTalks(draft).length > 0)
}

/** Danger comes before everything else, in every state: also while a person has the thread. True when there was any. */
function alarm(draft: Draft, text: string): boolean {
  const danger = dangerIn(draft, text)
  if (danger === undefined) return false
  // A yes to anything else must never erase.
  drop(draft, 'confirming')
  meetDanger(draft, danger, text)
  alarmTalks(draft)
  return true
}

function isSilent(draft: Draft): boolean {
  return draft.session.silentUntil !== undefined && draft.clock.now < draft.session.silentUntil
}

/** The right to be erased holds while a person has the thread; everything else is theirs to answer. */
function mayBreakSilence(draft: Draft, event: Said): boolean {
  if (isAboutErasure(event) || isAboutDanger(event)) return true
  return event.type === 'message' && draft.library.command(event.text) === 'delete-me'
}

function isAboutDanger(event: Said): boolean {
  return event.type === 'tap' && event.action?.do === 'danger'
}

function isAboutErasure(event: Said): boolean {
  return event.type === 'tap' && event.action?.do === 'command' && event.action.command.startsWith('delete-me')
}

function noteOrigin(draft: Draft, event: Said): void {
  const area = event.origin?.area
  if (area !== undefined && Object.hasOwn(draft.library.areas, area) && draft.scene.contact.area === undefined) {
    change(draft, { area })
    draft.effects.push({ type: 'contact', change: { area } })
  }
}

function noteRedaction(draft: Draft, event: Said): void {
  if (event.type !== 'message') return
  for (const kind of event.redacted ?? []) draft.notices.push(phrase(draft, `redacted.${kind}`))
}

function respond(draft: Draft, event: Said): void {
  const linked = answerOf(draft, event.origin?.answer)
  if (event.type === 'tap') return tap(draft, event.action)
  if (event.type === 'message') return hearMessage(draft, event)
  if (linked !== undefined) return enter(draft, linked)
  if (!draft.session.language.chosen) return showLanguages(draft)
  enter(draft, MENU)
}

function answerOf(draft: Draft, answer: string | undefined): { dialog: string; node: string } | undefined {
  const [dialog = '', node = ''] = (answer ?? '').split('/')
  return nodeAt(draft, { dialog, node }) === undefined ? undefined : { dialog, node }
}

function tap(draft: Draft, action: Action | undefined): void {
  if (action?.do !== 'none-of-these') drop(draft, 'guessed')
  if (action === undefined) return oldButton(draft)
  switch (action.do) {
    case 'reply':
      return tapReply(draft, action)
    case 'goto':
      return enter(draft, action)
    case 'language':
      return draft.library.languages.some(({ code }) => code === action.language)
        ? chooseLanguage(draft, action.language)
        : showLanguages(draft)
    case 'command':
      return runCommand(draft, action.command)
    case 'page':
      return turnPage(draft, action)
    case 'age':
      return tapAge(draft, action)
    case 'audience':
      return nodeAt(draft, action) === undefined ? oldButton(draft) : takeAudience(draft, action)
    case 'show':
      return showTo(draft, action) ? undefined : oldButton(draft)
    case 'danger':
      return tapDanger(draft, action)
    case 'none-of-these':
      return noneOfThese(draft, action.question) ? undefined : enter(draft, MENU)
    case 'tell-me':
      return takeWish(draft, action.question) ? undefined : oldButton(draft)
    case 'useful':
      return takeVote(draft, action)
    case 'skip':
      return goBack(draft)
    default:
      return tapHelp(draft, action)
  }
}

/** "It was a mistake" does not close the case: whoever presses the writer may say so. The words get their ordinary answer, or the talk goes on. */
function tapDanger(draft: Draft, action: Extract<Action, { do: 'danger' }>): void {
  if (action.answer === 'yes') {
    confirmDanger(draft, action)
    return alarmTalks(draft)
  }
  const unclear = calmDown(draft, action.language)
  if (isSilent(draft)) return
  if (action.answer === 'no' && unclear !== undefined) return askAfterCalm(draft, unclear) ? undefined : hearWords(draft, unclear)
  goBack(draft)
}

function tapReply(draft: Draft, action: Extract<Action, { do: 'reply' }>): void {
  const does = nodeAt(draft, action)?.does
  const reply = does?.kind === 'ask' ? does.ask.quickReplies.find(({ id }) => id === action.reply) : undefined
  if (does?.kind !== 'ask' || reply === undefined) return oldButton(draft)
  drop(draft, 'confirming')
  change(draft, { missed: false })
  takeReply(draft, reply, does.ask)
}

function turnPage(draft: Draft, action: Extract<Action, { do: 'page' }>): void {
  if (action.dialog === '') return showLanguages(draft, action.page)
  const does = nodeAt(draft, action)?.does
  if (does?.kind !== 'ask') return oldButton(draft)
  showAsk(draft, action, does.ask, action.page)
}

/** A button of a library that is gone, or one nobody of ours made: the safe menu. */
function oldButton(draft: Draft): void {
  draft.notices.push(phrase(draft, 'old-button'))
  enter(draft, MENU)
}

function takeControl(draft: Draft, control: 'taken' | 'returned'): void {
  if (control === 'taken') return change(draft, { silentUntil: draft.clock.now + SILENCE })
  drop(draft, 'silentUntil', 'activeAt')
}

/** After a late message: what it said and did stands, the place is where newer ones took it, and its question stands again below. */
function stayPut(draft: Draft, before: Session): void {
  if (isErasing(draft)) return
  drop(draft, 'place', 'confirming', 'lastAnswer', 'missed')
  const { place, confirming, lastAnswer, missed, answers } = before
  change(draft, {
    answers,
    ...(place === undefined ? {} : { place }),
    ...(confirming === undefined ? {} : { confirming }),
    ...(lastAnswer === undefined ? {} : { lastAnswer }),
    ...(missed === undefined ? {} : { missed }),
  })
  const question = openQuestion(draft)
  if (question !== undefined) showAsk(draft, question.place, question.ask)
}

/** Notices go first, as one message; after the card where there is danger. */
function finish(draft: Draft): Turn {
  if (draft.notices.length === 0 || !hasMessage(draft)) return { session: draft.session, effects: draft.effects }
  const notice: Effect = { type: 'message', message: { text: draft.notices.join('\n\n'), language: language(draft), role: 'notice' } }
  // Channels show the buttons of the last message only.
  const at = isAlarm(draft) ? draft.effects.findLastIndex(({ type }) => type === 'message') : 0
  return { session: draft.session, effects: draft.effects.toSpliced(at, 0, notice) }
}
