/** Alarms in the chat of whoever is on call: the card, the list, and what the session keeps of them. */
import {
  ago,
  alarmsButton,
  areaName,
  button,
  languageName,
  networkName,
  say,
  taskTitle,
  tellStaff,
  titled,
  whyWords,
} from './coordinating-words.js'
import { change, commandReply, type Draft } from './draft.js'
import type { HelpEvent, HelpResult } from './help-types.js'
import type { HelpQuestion, HelpSession, KnownAlarm } from './request-types.js'
import type { QuickReply } from './types.js'

/** Alarms that a conversation remembers: as many as one list has buttons for. */
const ALARMS_MAX = 10

/** The session's part of staff, changed; a field that is undefined ends. */
export function changeHelp(
  draft: Draft,
  next: { readonly alarms?: readonly KnownAlarm[]; readonly question?: HelpQuestion | undefined },
): void {
  const { question, alarms, ...rest } = { ...draft.session.help, ...next }
  const help: HelpSession = {
    ...rest,
    ...(question === undefined ? {} : { question }),
    ...(alarms === undefined || alarms.length === 0 ? {} : { alarms }),
  }
  change(draft, { help })
}

/** Alarms that were sent here and are not over, the oldest first. */
export function knownAlarms(draft: Draft): readonly KnownAlarm[] {
  return draft.session.help?.alarms ?? []
}

/** An alarm for this coordinator: kept, and shown as a card. One that comes again takes its old place. */
export function takeAlarm(draft: Draft, { alarm, about }: Extract<HelpEvent, { type: 'alarm' }>): void {
  const known = { alarm, about }
  const others = knownAlarms(draft).filter((one) => one.alarm !== alarm)
  changeHelp(draft, { alarms: [...others, known].slice(-ALARMS_MAX) })
  showAlarm(draft, known)
}

/** An alarm is over: whoever has not looked at it yet is told that nothing is left to do. */
export function endAlarm(draft: Draft, alarm: string): void {
  const known = knownAlarms(draft).find((one) => one.alarm === alarm)
  if (known === undefined) return
  forget(draft, alarm)
  // All alarms of a case end together: the last one says it.
  const others = knownAlarms(draft).some(({ about }) => about.handoff !== undefined && about.handoff === known.about.handoff)
  if (known.seen !== undefined || others) return
  const { receipt } = known.about
  const text = receipt === undefined ? say(draft, 'alarm.over.application') : say(draft, 'alarm.over', { receipt })
  tellStaff(draft, text, [alarmsButton(draft)])
}

function forget(draft: Draft, alarm: string): void {
  changeHelp(draft, { alarms: knownAlarms(draft).filter((one) => one.alarm !== alarm) })
}

/** A case that is closed or gone has no alarm any more. */
export function forgetAlarms(draft: Draft, handoff: string): void {
  changeHelp(draft, { alarms: knownAlarms(draft).filter(({ about }) => about.handoff !== handoff) })
}

/** The card: why, which case, where, in which language, how long ago, and what can be done. Never a name or anybody's words. */
export function showAlarm(draft: Draft, known: KnownAlarm): void {
  const { about } = known
  const { receipt, task, area, language, volunteer } = about
  const list = (names: readonly string[]) => names.join(', ')
  const lines = [
    say(draft, 'alarm', { why: whyWords(draft, about) }),
    ...(receipt === undefined || task === undefined ? [] : [say(draft, 'alarm.case', { receipt, task: taskTitle(draft, task) })]),
    say(draft, 'alarm.area', { area: areaName(draft, area) }),
    ...(language === undefined ? [] : [say(draft, 'alarm.language', { language: languageName(draft, language) })]),
    ...(volunteer === undefined
      ? []
      : [
          say(draft, 'alarm.network', { network: networkName(draft, volunteer.network) }),
          say(draft, 'alarm.speaks', { languages: list(volunteer.languages.map((code) => languageName(draft, code))) }),
          say(draft, 'alarm.tasks', { tasks: list(volunteer.tasks.map((one) => taskTitle(draft, one))) }),
        ]),
    ago(draft, about.at),
  ]
  tellStaff(draft, lines.join('\n'), cardReplies(draft, known))
}

function cardReplies(draft: Draft, { alarm, about, seen }: KnownAlarm): readonly QuickReply[] {
  const { handoff, receipt, volunteer } = about
  const first = seen === undefined ? [button(draft, 'seen', alarm)] : []
  if (volunteer !== undefined)
    return [button(draft, 'approve', volunteer.contact), button(draft, 'not-now', volunteer.contact), ...first, alarmsButton(draft)]
  if (handoff === undefined) return [...first, alarmsButton(draft)]
  return [...first, ...(['take', 'show', 'more'] as const).map((act) => button(draft, act, handoff, receipt))]
}

/** Asks which alarms wait: one may have come by mail while this chat was closed, or be over since. */
export function askForAlarms(draft: Draft): void {
  draft.effects.push({ type: 'alarms', known: knownAlarms(draft).map(({ alarm }) => alarm) })
}

/** How many alarms wait for this coordinator, and the first of them in a line each, with a button to its card. */
export function listAlarms(draft: Draft, { alarms }: Extract<HelpResult, { command: 'alarms' }>): void {
  const seen = new Map(knownAlarms(draft).map((one) => [one.alarm, one.seen]))
  changeHelp(draft, { alarms: alarms.slice(0, ALARMS_MAX).map((one) => withSeen(one, seen.get(one.alarm))) })
  const known = knownAlarms(draft)
  const replies = known.map(({ alarm, about }, index) =>
    titled(about.receipt ?? `${say(draft, 'button.application')} ${index + 1}`, 'open', alarm),
  )
  const lines = known.map(({ about }, index) => {
    const values = { number: index + 1, why: whyWords(draft, about), ago: ago(draft, about.at) }
    const { receipt, task } = about
    if (receipt === undefined || task === undefined) return say(draft, 'alarms.line.application', values)
    return say(draft, 'alarms.line', { ...values, receipt, task: taskTitle(draft, task) })
  })
  const head = known.length === 0 ? say(draft, 'alarms.none') : say(draft, 'alarms', { count: alarms.length })
  tellStaff(draft, [head, ...lines].join('\n'), [...replies, button(draft, 'behalf', ''), commandReply(draft, 'menu')])
}

function withSeen(one: KnownAlarm, seen: KnownAlarm['seen']): KnownAlarm {
  return seen === undefined ? one : { ...one, seen }
}

/** Orders that an alarm counts as seen. */
export function acknowledge(draft: Draft, alarm: string, seen: 'said' | 'by-acting'): void {
  draft.effects.push({ type: 'acknowledge', alarm })
  changeHelp(draft, { alarms: knownAlarms(draft).map((one) => (one.alarm === alarm ? { ...one, seen } : one)) })
}

/** Whoever does something about a case or an applicant has seen its alarms. */
export function acknowledgeAll(draft: Draft, of: string): void {
  for (const { alarm, about, seen } of knownAlarms(draft)) {
    if ((seen === undefined || seen === 'by-ending') && (about.handoff === of || about.volunteer?.contact === of))
      acknowledge(draft, alarm, 'by-acting')
  }
}

/** Whoever ends a case is told nothing of its alarms, which end with it. */
export function endUnseen(draft: Draft, handoff: string): void {
  const ending = (one: KnownAlarm) => one.seen === undefined && one.about.handoff === handoff
  changeHelp(draft, { alarms: knownAlarms(draft).map((one) => (ending(one) ? { ...one, seen: 'by-ending' } : one)) })
}

/** What became of "I have seen it". Whoever acted reads what became of that. */
export function acknowledged(draft: Draft, { alarm, refused }: Extract<HelpResult, { command: 'acknowledge' }>): void {
  const known = knownAlarms(draft).find((one) => one.alarm === alarm)
  if (refused !== undefined && alarm !== undefined) forget(draft, alarm)
  if (known?.seen === 'by-acting') return
  if (refused !== undefined) return tellStaff(draft, say(draft, `refused.alarm-${refused}`), [alarmsButton(draft)])
  const { handoff, receipt } = known?.about ?? {}
  const replies = handoff === undefined ? [] : (['take', 'show', 'more'] as const).map((act) => button(draft, act, handoff, receipt))
  tellStaff(draft, say(draft, 'ok.acknowledged'), [...replies, alarmsButton(draft)])
}
