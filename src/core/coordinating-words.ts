/** How staff read things: in Danish or English, and what a task, an area, a time and a reason are called. */
import { type Draft, language } from './draft.js'
import type { AlarmView } from './help-types.js'
import type { QuickReply } from './types.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Staff phrases exist in these; whoever reads another language reads Danish. */
const STAFF_LANGUAGES: readonly string[] = ['da', 'en']

type Values = Readonly<Record<string, string | number>>

/** The language that this coordinator reads staff phrases in. */
function staffLanguage(draft: Draft): string {
  const code = language(draft)
  return STAFF_LANGUAGES.includes(code) ? code : 'da'
}

/** A phrase of staff, by its id without the prefix. */
export function say(draft: Draft, id: string, values: Values = {}): string {
  return draft.library.say(staffLanguage(draft), `coordinating.${id}`, values)
}

/** The phrase `id`; where there is none, the phrase `other`. */
export function sayOr(draft: Draft, [id, other]: readonly [string, string], values: Values): string {
  return has(draft, `coordinating.${id}`) ? say(draft, id, values) : say(draft, other, values)
}

/** Adds a message for staff. */
export function tellStaff(draft: Draft, text: string, replies: readonly QuickReply[]): void {
  draft.effects.push({ type: 'message', message: { text, language: staffLanguage(draft), quickReplies: replies } })
}

/** What a task is called: as volunteers read it, or by the name that staff have for their own. One that nobody named keeps its id. */
export function taskTitle(draft: Draft, task: string): string {
  const key = [`coordinating.task.${task}`, `volunteering.task.${task}`].find((one) => has(draft, one))
  return key === undefined ? task : draft.library.say(staffLanguage(draft), key)
}

/** A phrase that there is not is said as its own key. */
function has(draft: Draft, key: string): boolean {
  return draft.library.say(staffLanguage(draft), key) !== key
}

/** Name of an area; its id when it is gone. */
export function areaName(draft: Draft, area: string): string {
  return draft.library.areas[area]?.name ?? area
}

/** Name of a network; its id when it is gone. */
export function networkName(draft: Draft, network: string): string {
  const names = draft.scene.places.networks[network]?.names
  return names?.[staffLanguage(draft)] ?? names?.['da'] ?? network
}

/** What a language calls itself; its code when it is not offered. */
export function languageName(draft: Draft, code: string): string {
  return draft.library.languages.find((offered) => offered.code === code)?.name ?? code
}

/** How long ago, in its largest whole unit. */
export function ago(draft: Draft, at: number): string {
  const ms = draft.clock.now - at
  if (ms < MINUTE) return say(draft, 'ago.now')
  if (ms < HOUR) return say(draft, 'ago.minutes', { count: Math.floor(ms / MINUTE) })
  return ms < DAY ? say(draft, 'ago.hours', { count: Math.floor(ms / HOUR) }) : say(draft, 'ago.days', { count: Math.floor(ms / DAY) })
}

/** Why staff are told, in a sentence. */
export function whyWords(draft: Draft, about: AlarmView): string {
  return say(draft, `why.${about.why}`)
}

/** A button of staff; `of` and `value` are what its act needs. */
export function button(draft: Draft, act: string, of: string, value?: string): QuickReply {
  return titled(say(draft, `button.${act}`), act, of, value)
}

/** The same with a title of its own. */
export function titled(title: string, act: string, of: string, value?: string): QuickReply {
  return { title, action: { do: 'staff', act, of, ...(value === undefined ? {} : { value }) } }
}

/** The list of alarms, as a button. */
export function alarmsButton(draft: Draft): QuickReply {
  return { title: say(draft, 'button.alarms'), action: { do: 'command', command: 'alarms' } }
}
