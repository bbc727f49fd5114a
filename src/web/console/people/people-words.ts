/** Languages, tasks, hours and networks as staff read them. */
import type { NetworkName } from '../../../core/people-types.js'
import type { Hours } from '../../../core/wall-hours.js'
import type { StaffLanguage, TextKey, Texts } from '../texts.js'

const TASKS: Readonly<Record<string, TextKey>> = {
  shopping: 'people.task.shopping',
  medicine: 'people.task.medicine',
  visit: 'people.task.visit',
  talk: 'people.task.talk',
  walk: 'people.task.walk',
  dog: 'people.task.dog',
  errand: 'people.task.errand',
  interpret: 'people.task.interpret',
  letter: 'people.task.letter',
  digital: 'people.task.digital',
  homework: 'people.task.homework',
  children: 'people.task.children',
}
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 24 * 3_600_000
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

/** A name inside a sentence: its own direction does not turn what stands around it (Unicode FSI and PDI). */
export function inSentence(name: string): string {
  return `\u2068${name}\u2069`
}

/** A task that the page does not know keeps its id. */
export function taskInWords(task: string, say: Texts['say']): string {
  const key = TASKS[task]
  return key === undefined ? task : say(key)
}

/** "somali"; a language that the browser does not know keeps its code. */
export function languageInWords(code: string, language: StaffLanguage): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(code) ?? code
}

export function networkInWords(id: string, networks: readonly NetworkName[], language: StaffLanguage): string {
  const names = networks.find((network) => network.id === id)?.names
  return names?.[language] ?? names?.['da'] ?? id
}

/** "man-fre 16-20.30". */
export function hoursInWords({ days, from, until }: Hours, language: StaffLanguage): string {
  return `${daysInWords(days, language)} ${clock(from, language)}–${until === 0 ? '24' : clock(until, language)}`
}

/** The days of the week, Monday first: 1 to 7 with their short names. */
export function weekOf(language: StaffLanguage): readonly { readonly day: number; readonly name: string }[] {
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  return WEEK.map((day) => ({ day, name: format.format(MONDAY + (day - 1) * DAY_MS).replace('.', '') }))
}

/** Runs of three days or more become ranges. */
function daysInWords(days: readonly number[], language: StaffLanguage): string {
  const runs: number[][] = []
  for (const day of [...new Set(days)].toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  const week = weekOf(language)
  const name = (day: number | undefined) => week[(day ?? 1) - 1]?.name ?? ''
  return runs.map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(', '))).join(', ')
}

function clock(minute: number, language: StaffLanguage): string {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60]
  return rest === 0 ? String(hour) : `${hour}${language === 'da' ? '.' : ':'}${String(rest).padStart(2, '0')}`
}
