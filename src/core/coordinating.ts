/** Staff in the chat: alarms, taking a case, writing to a resident as a person, approving volunteers, asking for somebody without a chat. */

import { isDialogReading } from './asking-session.js'
import type { HelpCommand } from './command-types.js'
import {
  acknowledge,
  acknowledgeAll,
  acknowledged,
  askForAlarms,
  endAlarm,
  knownAlarms,
  listAlarms,
  showAlarm,
  takeAlarm,
} from './coordinating-alarms.js'
import {
  askForConsent,
  askForWords,
  askHowToDecide,
  askWhomToPassOn,
  caseResult,
  order,
  stopWaiting,
  takeWords,
} from './coordinating-cases.js'
import { staffTyped } from './coordinating-typed.js'
import { alarmsButton, areaName, button, say, taskTitle, tellStaff, titled } from './coordinating-words.js'
import { change, commandReply, type Draft, drop, phrase } from './draft.js'
import type { HelpAction, HelpEvent, HelpResult } from './help-types.js'
import { staffOnlyReason, TASKS } from './task-rules.js'
import type { QuickReply } from './types.js'

type Tap = Extract<HelpAction, { do: 'staff' }>

/**
 * `OPG-XXXX-XXXX`, in any case, with spaces or dashes of any kind. Letters that no word has are let through: whoever mistyped one is
 * told that it is wrong.
 */
const WORD = /^OPG[\s\-‐‑–—]{1,3}([A-Z0-9]{4})[\s\-‐‑–—]{0,3}([A-Z0-9]{4})$/

/** A one-time word, typed as the whole message; false when the text has not its form. */
export function typedWord(draft: Draft, text: string): boolean {
  const [, first, second] = WORD.exec(text.trim().toUpperCase()) ?? []
  if (first === undefined || second === undefined) return false
  draft.effects.push({ type: 'word', word: `OPG-${first}-${second}` })
  return true
}

/** A number of a request: with its H, or by its four signs alone, a digit and a letter among them. Without it only signs that numbers are made of. */
const NUMBER = /^(?:H[\s\-‐‑–—]{1,3}([A-Z0-9]{4})|H?([2346789A-HJKMNP-RT-VX-Z]{4}))$/

/** The number that is the whole text, as it is written; undefined for other words. */
function numberTyped(text: string): string | undefined {
  const [, whole, bare = ''] = NUMBER.exec(text.trim().toUpperCase()) ?? []
  const signs = whole ?? (/\d/.test(bare) && /[A-Z]/.test(bare) ? bare : undefined)
  return signs === undefined ? undefined : `H-${signs}`
}

/** A typed text that a coordinator was asked for; false when it is for somebody else to hear. */
export function typedForStaff(draft: Draft, text: string): boolean {
  return isCoordinator(draft) && (takeWords(draft, text) || typedButton(draft, text) || typedNumber(draft, text))
}

/** In a talk, and while a request is being made, words are for that. */
function typedButton(draft: Draft, text: string): boolean {
  const { talk, intake } = draft.session.help ?? {}
  const typed = talk === undefined && intake === undefined ? staffTyped(draft, text) : undefined
  if (typed === 'which') askForAlarms(draft)
  else if (typed !== undefined) tapStaff(draft, typed)
  return typed !== undefined
}

/** The case of a number that is typed alone is shown, where no talk, request or dialog waits for words. */
function typedNumber(draft: Draft, text: string): boolean {
  const { talk, intake } = draft.session.help ?? {}
  const receipt = talk === undefined && intake === undefined && !isDialogReading(draft) ? numberTyped(text) : undefined
  if (receipt === undefined) return false
  const known = knownAlarms(draft).find(({ about }) => about.receipt === receipt)
  order(draft, known?.about.handoff ?? receipt, { type: 'show' })
  return true
}

function isCoordinator(draft: Draft): boolean {
  return draft.scene.contact.coordinator !== undefined
}

/** A button of staff. Words that were waited for are not waited for any more. */
export function tapStaff(draft: Draft, action: Tap): void {
  if (!isCoordinator(draft)) return tellStaff(draft, say(draft, 'not-coordinator'), [commandReply(draft, 'menu')])
  stopWaiting(draft)
  const run = Object.hasOwn(ACTS, action.act) ? ACTS[action.act] : undefined
  if (run !== undefined) return run(draft, action)
  tellStaff(draft, say(draft, 'old-button'), [alarmsButton(draft), commandReply(draft, 'menu')])
}

/** What each button does, by its act. */
const ACTS: Readonly<Record<string, (draft: Draft, action: Tap) => void>> = {
  seen: (draft, { of }) => acknowledge(draft, of, 'said'),
  open: openAlarm,
  take: (draft, { of }) => order(draft, of, { type: 'take' }),
  show: (draft, { of }) => order(draft, of, { type: 'show' }),
  'ask-more': (draft, { of }) => order(draft, of, { type: 'ask-more' }),
  reopen: (draft, { of }) => order(draft, of, { type: 'reopen' }),
  more: (draft, { of }) => order(draft, of, { type: 'more' }),
  write: askForWords,
  close: (draft, { of }) => order(draft, of, { type: 'ends' }),
  helped: (draft, { of }) => order(draft, of, { type: 'done' }),
  'not-needed': (draft, { of }) => order(draft, of, { type: 'cancel' }),
  'pass-on': askWhomToPassOn,
  'pass-to': askForConsent,
  'ask-first': (draft, { of, value = '' }) => order(draft, of, { type: 'pass-on', network: value }),
  'said-yes': (draft, { of, value = '' }) => order(draft, of, { type: 'pass-on', network: value, consent: true }),
  decide: askHowToDecide,
  // Whom it is about stands with the case: the chat never learns who.
  'may-go-on': (draft, { of }) => order(draft, of, { type: 'decide-report', about: '', outcome: 'may-go-on' }),
  'stays-out': (draft, { of }) => order(draft, of, { type: 'decide-report', about: '', outcome: 'stays-out' }),
  approve: (draft, { of }) => decide(draft, of, true),
  'not-now': (draft, { of }) => decide(draft, of, false),
  behalf: askWhichTask,
  'behalf-task': beginForAnother,
  cancel: cancelled,
}

function openAlarm(draft: Draft, { of }: Tap): void {
  const known = knownAlarms(draft).find(({ alarm }) => alarm === of)
  if (known !== undefined) return showAlarm(draft, known)
  tellStaff(draft, say(draft, 'refused.alarm-gone'), [alarmsButton(draft)])
}

function decide(draft: Draft, volunteer: string, yes: boolean): void {
  acknowledgeAll(draft, volunteer)
  draft.effects.push({ type: 'approve', volunteer, yes })
}

function askWhichTask(draft: Draft): void {
  const tasks = TASKS.filter((task) => staffOnlyReason({ task, minor: false }) === undefined)
  const replies = tasks.map((task) => titled(taskTitle(draft, task), 'behalf-task', '', task))
  tellStaff(draft, say(draft, 'behalf'), [...replies, button(draft, 'cancel', '')])
}

/** The questions that follow are the same as those that residents are asked. */
function beginForAnother(draft: Draft, { value: task = '' }: Tap): void {
  if (!TASKS.includes(task) || staffOnlyReason({ task, minor: false }) !== undefined) return askWhichTask(draft)
  // The words that come next are for the request: no dialog and no talk reads them.
  drop(draft, 'place')
  const { talk: _, talkSince: __, ...help } = draft.session.help ?? {}
  change(draft, { help: { ...help, intake: { task, step: 'what', behalf: true } } })
  const cancel: QuickReply = { title: say(draft, 'button.cancel'), action: { do: 'intake', step: 'cancel', value: '' } }
  tellStaff(draft, say(draft, 'behalf.what', { task: taskTitle(draft, task) }), [cancel])
}

/** Nothing is sent, and a request for somebody else that has just begun is dropped. */
function cancelled(draft: Draft): void {
  const { intake, ...rest } = draft.session.help ?? {}
  if (intake?.behalf === true) change(draft, { help: rest })
  tellStaff(draft, say(draft, 'cancelled'), [alarmsButton(draft), commandReply(draft, 'menu')])
}

/** A command of a coordinator; false for others. */
export function coordinatorCommand(draft: Draft, command: HelpCommand): boolean {
  if (!isCoordinator(draft)) return false
  if (command === 'cancel-request' && stopWaiting(draft)) {
    cancelled(draft)
    return true
  }
  if (command !== 'alarms') return false
  stopWaiting(draft)
  askForAlarms(draft)
  return true
}

/** An alarm, or that it is over. Nobody but a coordinator reads it: the role may have ended since it was sent. */
export function hearAlarm(draft: Draft, event: Extract<HelpEvent, { type: 'alarm' | 'alarm-over' }>): void {
  if (!isCoordinator(draft)) return
  if (event.type === 'alarm') takeAlarm(draft, event)
  else endAlarm(draft, event.alarm)
}

/** How a command of staff ended, or what a typed one-time word made of this person. */
export function staffResult(
  draft: Draft,
  result: Extract<HelpResult, { command: 'handoff' | 'approve' | 'acknowledge' | 'alarms' | 'word' }>,
): void {
  switch (result.command) {
    case 'handoff':
      return caseResult(draft, result)
    case 'acknowledge':
      return acknowledged(draft, result)
    case 'alarms':
      return listAlarms(draft, result)
    case 'approve':
      return approveResult(draft, result)
    case 'word':
      return wordResult(draft, result)
  }
}

const APPROVE_REFUSED = { gone: 'applicant-gone', 'decided-before': 'decided-before', 'not-yours': 'applicant-not-yours' } as const

function approveResult(draft: Draft, { refused }: Extract<HelpResult, { command: 'approve' }>): void {
  const text = refused === undefined ? say(draft, 'ok.approve') : say(draft, `refused.${APPROVE_REFUSED[refused]}`)
  tellStaff(draft, text, [alarmsButton(draft)])
}

function wordResult(draft: Draft, { is, area }: Extract<HelpResult, { command: 'word' }>): void {
  const menu = commandReply(draft, 'menu')
  if (is === 'wrong') return tellStaff(draft, say(draft, 'word.wrong'), [menu])
  if (is === 'coordinator') {
    const name = areaName(draft, area ?? draft.scene.area.id)
    return tellStaff(draft, say(draft, 'word.coordinator', { area: name }), [alarmsButton(draft), button(draft, 'behalf', ''), menu])
  }
  // They read it in their own language: staff's words are in fewer. Who is imported may still wait for approval.
  const state = draft.scene.contact.volunteer?.state ?? 'approved'
  if (state !== 'approved') return tellStaff(draft, phrase(draft, `volunteering.state.${state}`), [menu])
  const title = phrase(draft, 'volunteering.button.duty-on')
  tellStaff(draft, phrase(draft, 'volunteering.role.approved'), [{ title, action: { do: 'command', command: 'duty-on' } }, menu])
}
