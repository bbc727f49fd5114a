/** What each command does, typed or tapped. */
import { audienceOf } from './audience.js'
import { audienceReply } from './audience-buttons.js'
import type { Command } from './command-types.js'
import { alarmsButton } from './coordinating-words.js'
import { openQuestion } from './dialog/answer.js'
import { askReplies, enter, showAsk } from './dialog/interpret.js'
import { change, commandReply, type Draft, drop, language, MENU, personReply, phrase, push, tell } from './draft.js'
import { hearHelpResult, runHelpCommand, stopHelp } from './help.js'
import { showLanguages } from './language-choice.js'
import type { Event, QuickReply } from './types.js'
import { volunteerReply } from './volunteering-words.js'

export function runCommand(draft: Draft, command: Command): void {
  if (command !== 'delete-me-yes') drop(draft, 'confirming')
  switch (command) {
    case 'language':
      return showLanguages(draft)
    case 'menu':
      return enter(draft, MENU)
    case 'restart':
      change(draft, { answers: {} })
      return enter(draft, MENU)
    case 'help':
      return tell(draft, phrase(draft, 'help'), [
        commandReply(draft, 'menu'),
        commandReply(draft, 'language'),
        personReply(draft),
        commandReply(draft, 'about-me'),
        commandReply(draft, 'delete-me'),
        ...roleReplies(draft),
      ])
    case 'stop':
      return stop(draft)
    case 'about-me':
      draft.effects.push({ type: 'call', name: 'about-me', values: {} })
      return undefined
    case 'delete-me':
      return confirmErasure(draft)
    case 'delete-me-yes':
      return eraseMe(draft)
    case 'delete-me-no':
      return keepMe(draft)
    default:
      if (!runHelpCommand(draft, command)) enter(draft, MENU)
      return undefined
  }
}

/** The way to what whoever helps or is on call can do. */
function roleReplies(draft: Draft): readonly QuickReply[] {
  const { volunteer, coordinator } = draft.scene.contact
  return [
    ...(volunteer === undefined ? [] : [volunteerReply(draft, 'my-card')]),
    ...(coordinator === undefined ? [] : [alarmsButton(draft)]),
  ]
}

/** Ends the innermost thing: the dialog one is in, else the messages one gets unasked. */
function stop(draft: Draft): void {
  const topics = draft.scene.contact.topics ?? []
  const { signUp, intake, question } = draft.session.help ?? {}
  const inDialog = [draft.session.place, signUp, intake, question].some((begun) => begun !== undefined)
  stopHelp(draft)
  drop(draft, 'place', 'lastAnswer')
  if (!inDialog) for (const topic of topics) draft.effects.push({ type: 'contact', change: { unsubscribe: topic } })
  tell(draft, phrase(draft, 'stop.done'), [commandReply(draft, 'menu')])
}

function confirmErasure(draft: Draft): void {
  change(draft, { confirming: 'delete-me' })
  tell(draft, phrase(draft, 'delete-me.confirm'), [
    { title: phrase(draft, 'delete-me.yes'), action: { do: 'command', command: 'delete-me-yes' } },
    { title: phrase(draft, 'delete-me.no'), action: { do: 'command', command: 'delete-me-no' } },
  ])
}

/** The tombstone: a last word, an empty session, and the order to erase. A yes without the question asks it first. */
function eraseMe(draft: Draft): void {
  if (draft.session.confirming !== 'delete-me') return confirmErasure(draft)
  push(draft, { text: phrase(draft, 'delete-me.done'), language: language(draft), role: 'erased' })
  tombstone(draft)
}

/** Leaves nothing of the person in the session and orders the erasure. */
export function tombstone(draft: Draft): void {
  const { openedAt } = draft.session
  const language = { code: draft.library.defaultLanguage, chosen: false }
  draft.session = { language, answers: {}, told: {}, ...(openedAt === undefined ? {} : { openedAt }) }
  draft.effects.push({ type: 'erase' })
}

function keepMe(draft: Draft): void {
  const question = openQuestion(draft)
  if (question === undefined) return tell(draft, phrase(draft, 'delete-me.cancelled'), [commandReply(draft, 'menu')])
  tell(draft, phrase(draft, 'delete-me.cancelled'))
  showAsk(draft, question.place, question.ask)
}

/** A command came back with its outcome: the reply, or the dialog that waited for it goes on. */
export function takeResult(draft: Draft, event: Extract<Event, { type: 'result' }>): void {
  const { result } = event
  if (result.command === 'openHandoff' && result.expected === undefined) return tellReceipt(draft, result.receipt)
  if (result.command !== 'call') return hearHelpResult(draft, result)
  const { place } = draft.session
  if (result.name === 'about-me') return aboutMe(draft, result.values)
  if (place?.waitsForCall !== true) return
  change(draft, { answers: { ...draft.session.answers, ...result.values } })
  const next = draft.library.dialogs[place.dialog]?.nodes[place.node]?.goto
  enter(draft, next ?? MENU)
}

/** Channels show the buttons of the last message only: those of the open question go with the number that comes behind it. */
function tellReceipt(draft: Draft, receipt: string): void {
  const question = openQuestion(draft)
  tell(draft, phrase(draft, 'handoff.receipt', { receipt }), question === undefined ? [] : askReplies(draft, question.place, question.ask))
}

/** A plain list of what is kept of the person. */
function aboutMe(draft: Draft, values: Readonly<Record<string, string | number>>): void {
  const { contact, area } = draft.scene
  const languageName = draft.library.languages.find(({ code }) => code === language(draft))?.name ?? language(draft)
  const audience = audienceOf(draft)
  const topics = contact.topics ?? []
  const questions = Number(values['questions'] ?? 0)
  const lines = [
    phrase(draft, 'about-me.heading'),
    phrase(draft, 'about-me.language', { language: languageName }),
    phrase(draft, 'about-me.area', { area: area.name }),
    ...(audience === undefined ? [] : [phrase(draft, 'about-me.audience', { audience: phrase(draft, `audience.${audience}`) })]),
    ...(topics.length === 0 ? [] : [phrase(draft, 'about-me.topics', { topics: topics.join(', ') })]),
    phrase(draft, 'about-me.messages', { count: Number(values['messages'] ?? 0) }),
    ...(questions === 0 ? [] : [phrase(draft, 'about-me.questions', { number: questions })]),
    phrase(draft, 'about-me.requests', { count: Number(values['requests'] ?? 0) }),
    ...(contact.volunteer === undefined ? [] : [phrase(draft, 'about-me.volunteer')]),
    phrase(draft, 'about-me.kept', { count: Number(values['days'] ?? 0) }),
    phrase(draft, 'about-me.rights'),
  ]
  const mend = audience === undefined ? [] : [audienceReply(draft)]
  tell(draft, lines.join('\n'), [commandReply(draft, 'menu'), ...mend, commandReply(draft, 'delete-me')])
}
