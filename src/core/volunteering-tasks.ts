/** The tasks of a volunteer: what they do with them, by tap, command or typed time. */
import { commandReply, type Draft, language, MESSENGER_OPTIONS, tell } from './draft.js'
import { HAND_BACK_REASONS, type HandBackReason } from './handoff-types.js'
import type { HandoffAsk } from './help-types.js'
import type { TalkView } from './request-types.js'
import type { Instant, QuickReply } from './types.js'
import { readTime } from './volunteering-time.js'
import {
  changeHelp,
  helpOf,
  networkName,
  offersOf,
  say,
  taskReply,
  tasksOf,
  tasksReplies,
  taskTitle,
  volunteerReply,
} from './volunteering-words.js'
import { instantAhead, wallAt } from './wall-hours.js'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
/** Minutes from now that a button offers. */
const SOON = [30, 60, 120] as const
const TOMORROW_AT = 10 * 60

type Acts = 'on-the-way' | 'agree-time' | 'done' | 'hand-back' | 'too-heavy' | 'pass-on' | 'report' | 'open'

/** A button about a task that this person has; one of a task that is over gets a sentence. A report is possible after the end too. */
export function tapTask(draft: Draft, act: string, of: string, value: string | undefined): void {
  const task = tasksOf(draft).find(({ handoff }) => handoff === of)
  const receipt = task?.receipt ?? pastReceipt(draft, of)
  if (act === 'report' && receipt !== undefined) return report(draft, of, receipt, value)
  if (task === undefined) return over(draft)
  doTask(draft, task, act as Acts, value)
}

function over(draft: Draft): void {
  const replies = tasksReplies(draft)
  tell(draft, say(draft, 'tasks.over'), replies.length > 0 ? replies : [commandReply(draft, 'menu')])
}

function pastReceipt(draft: Draft, of: string): string | undefined {
  return helpOf(draft).past?.find(({ handoff, side }) => handoff === of && side === 'helper')?.receipt
}

function doTask(draft: Draft, task: TalkView, act: Acts, value: string | undefined): void {
  const { handoff } = task
  switch (act) {
    case 'on-the-way':
      return askOf(draft, handoff, { type: 'on-the-way' })
    case 'agree-time':
      return value === undefined ? askForTime(draft, handoff) : agreeTime(draft, handoff, Number(value))
    case 'done':
      changeHelp(draft, { lastAsk: { handoff, ask: 'done' } })
      return askOf(draft, handoff, { type: 'done' })
    case 'hand-back':
      return handBack(draft, task, value)
    case 'too-heavy':
      return tooHeavy(draft, task)
    case 'pass-on':
      return passOn(draft, task, value)
    case 'report':
      return report(draft, handoff, task.receipt, value)
    default:
      return showTask(draft, task)
  }
}

function askOf(draft: Draft, handoff: string, ask: HandoffAsk): void {
  draft.effects.push({ type: 'handoff', handoff, as: 'volunteer', ask })
}

/** A task with all that can be done about it. */
export function showTask(draft: Draft, { handoff, receipt, task, other, coming }: TalkView): void {
  const text = say(draft, 'tasks.mine', { receipt, task: taskTitle(draft, task), other })
  const acts = ['on-the-way', 'agree-time', 'done', 'hand-back', 'too-heavy', 'report']
  tell(draft, coming === true ? `${text}\n${say(draft, 'tasks.coming')}` : text, [
    ...acts.map((act) => taskReply(draft, act, handoff)),
    ...(tasksOf(draft).length + offersOf(draft).length > 1 ? [volunteerReply(draft, 'my-tasks')] : []),
  ])
}

/** Tasks and offers to choose from. */
export function listTasks(draft: Draft): void {
  const line = (id: string, { handoff, receipt, task }: { handoff: string; receipt: string; task: string }): QuickReply => ({
    title: say(draft, id, { receipt, task: taskTitle(draft, task) }),
    action: { do: 'task', act: 'open', of: handoff },
  })
  const all = [
    ...tasksOf(draft).map((task) => line('tasks.line', task)),
    ...offersOf(draft).map((offer) => line('tasks.line.offer', offer)),
  ].slice(0, MESSENGER_OPTIONS - 1)
  tell(draft, [say(draft, 'tasks.list'), ...all.map(({ title }) => `• ${title}`)].join('\n'), [...all, commandReply(draft, 'menu')])
}

/** A command about the task that is meant: the one talked about, or the only one; several are asked. False without any. */
export function commandTask(draft: Draft, act: Acts): boolean {
  const tasks = tasksOf(draft)
  const { talk } = helpOf(draft)
  const [first, ...others] = tasks
  if (first === undefined) return false
  // Who is helped in the talk that is open, and helps elsewhere, says which.
  const meant = tasks.find(({ handoff }) => handoff === talk) ?? (others.length === 0 && talk === undefined ? first : undefined)
  if (meant !== undefined) doTask(draft, meant, act, undefined)
  else
    tell(
      draft,
      say(draft, 'tasks.which'),
      tasks.slice(0, MESSENGER_OPTIONS).map((task) => whichReply(draft, act, task)),
    )
  return true
}

function whichReply(draft: Draft, act: Acts, { handoff, receipt, task }: TalkView): QuickReply {
  return { title: say(draft, 'tasks.line', { receipt, task: taskTitle(draft, task) }), action: { do: 'task', act, of: handoff } }
}

/** Asks when the helper comes, after what stands before it; the next typed time answers it. */
export function askForTime(draft: Draft, handoff: string, before?: string): void {
  changeHelp(draft, { question: { ask: 'time', handoff } })
  const { now } = draft.clock
  const wall = wallAt(now)
  const reply = (id: string, at: Instant): QuickReply => ({
    title: say(draft, `button.${id}`),
    action: { do: 'task', act: 'agree-time', of: handoff, value: String(at) },
  })
  tell(draft, [...(before === undefined ? [] : [before]), say(draft, 'time.ask')].join('\n\n'), [
    ...SOON.map((minutes) => reply(`in-${minutes}`, now + minutes * MINUTE_MS)),
    reply('tomorrow-10', instantAhead(now, wall, DAY_MINUTES - wall.minute + TOMORROW_AT)),
    taskReply(draft, 'hand-back', handoff),
  ])
}

function agreeTime(draft: Draft, handoff: string, at: Instant): void {
  if (!Number.isSafeInteger(at) || at <= draft.clock.now) return askForTime(draft, handoff, say(draft, 'refused.bad-time'))
  changeHelp(draft, { lastAsk: { handoff, ask: 'agree-time', at } })
  askOf(draft, handoff, { type: 'agree-time', at })
}

/** The typed answer to when they come. Words that are no time end the question and go where they would have gone. */
export function typedTime(draft: Draft, text: string): boolean {
  const { question } = helpOf(draft)
  if (question?.ask !== 'time') return false
  changeHelp(draft, {}, 'question')
  if (!tasksOf(draft).some(({ handoff }) => handoff === question.handoff)) return false
  const at = readTime(text, { language: language(draft), now: draft.clock.now }, draft.library.recognize)
  if (at === undefined) return false
  if (at === 'bad') askForTime(draft, question.handoff, say(draft, 'refused.bad-time'))
  else agreeTime(draft, question.handoff, at)
  return true
}

function handBack(draft: Draft, { handoff, receipt }: TalkView, value: string | undefined): void {
  const reason = HAND_BACK_REASONS.find((one) => one === value)
  if (reason === undefined) {
    const replies = HAND_BACK_REASONS.map((one) => reasonReply(draft, handoff, one))
    return tell(draft, say(draft, 'hand-back.ask', { receipt }), [...replies, keepReply(draft, handoff)])
  }
  changeHelp(draft, { lastAsk: { handoff, ask: 'hand-back' } })
  askOf(draft, handoff, { type: 'hand-back', reason })
}

function reasonReply(draft: Draft, of: string, reason: HandBackReason): QuickReply {
  return { title: say(draft, `hand-back.${reason}`), action: { do: 'task', act: 'hand-back', of, value: reason } }
}

function keepReply(draft: Draft, of: string): QuickReply {
  return { title: say(draft, 'button.keep'), action: { do: 'task', act: 'open', of } }
}

/** Handed back as too heavy it is for staff to see to; people without an account here may have it, if the resident wants that. */
function tooHeavy(draft: Draft, { handoff, receipt, task }: TalkView): void {
  const networks = networksBeyond(draft, task)
  const text = [say(draft, 'too-heavy.ask', { receipt }), ...(networks.length > 0 ? [say(draft, 'too-heavy.pass-on')] : [])]
  const back: QuickReply = { ...reasonReply(draft, handoff, 'too-heavy'), title: say(draft, 'button.hand-back') }
  const onTo = networks.map(
    (network): QuickReply => ({
      title: say(draft, 'button.pass-on', { network: networkName(draft, network) }),
      action: { do: 'task', act: 'pass-on', of: handoff, value: network },
    }),
  )
  tell(draft, text.join('\n\n'), [back, ...onTo.slice(0, MESSENGER_OPTIONS - 2), keepReply(draft, handoff)])
}

/** Networks whose people have no account here and that do this task. */
function networksBeyond(draft: Draft, task: string): readonly string[] {
  const all = Object.values(draft.scene.places.networks)
  return all.filter(({ external, tasks }) => external !== undefined && tasks.includes(task)).map(({ id }) => id)
}

function passOn(draft: Draft, task: TalkView, network: string | undefined): void {
  if (network === undefined || !networksBeyond(draft, task.task).includes(network)) return tooHeavy(draft, task)
  askOf(draft, task.handoff, { type: 'pass-on', network })
}

/** One tap more, because the talk ends with it. */
function report(draft: Draft, of: string, receipt: string, value: string | undefined): void {
  if (value === 'yes') return askOf(draft, of, { type: 'report' })
  const yes: QuickReply = { title: say(draft, 'button.report-yes'), action: { do: 'task', act: 'report', of, value: 'yes' } }
  tell(draft, say(draft, 'report.ask', { receipt }), [
    yes,
    { title: say(draft, 'button.report-no'), action: { do: 'task', act: 'open', of } },
  ])
}

/** The helper has said that they come, or when. */
export function markComing(draft: Draft, of: string): void {
  const { talks } = helpOf(draft)
  if (talks === undefined) return
  changeHelp(draft, { talks: talks.map((talk) => (talk.handoff === of ? { ...talk, coming: true as const } : talk)) })
}
