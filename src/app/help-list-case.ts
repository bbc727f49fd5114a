/** A case as a coordinator reads it in the chat, in words: where it stands, what its resident wrote, what happened. Never a name or an id of a person. */
import { copenhagenTime } from '../core/copenhagen.js'
import { DANGER_TASK } from '../core/danger-card.js'
import type { Instant } from '../core/types.js'
import type { HandoffDocument } from '../store/collections.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Newest things that happened. */
const HAPPENED_MAX = 12

/** How the reader reads things; phrases by their whole id. */
export interface CaseWords {
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => string
  readonly areaName: (area: string) => string
  readonly languageName: (code: string) => string
}

/** The lines, in the order in which they are read. */
export function caseLines(words: CaseWords, document: HandoffDocument, now: Instant): readonly string[] {
  const { receipt, task, area, language, note, state, openedAt, handoff, details, history = [], decisions = [], talks = [] } = document
  const say = (id: string, values: Readonly<Record<string, string | number>> = {}) => words.say(`coordinating.${id}`, values)
  const asked = decisions.findLast(({ step }) => step === 'wave')?.log.filter((line) => line.asked).length ?? 0
  const { stairwell = '', behalf } = details ?? {}
  return [
    say('alarm.case', { receipt, task: taskTitle(words, task) }),
    say('case.state', { state: say(`state.${handoff?.state ?? state}`), ago: ago(say, now - openedAt) }),
    ...(handoff?.frozen === true ? [say('case.frozen')] : []),
    say('alarm.area', { area: words.areaName(area) }),
    ...(stairwell === '' ? [] : [say('case.stairwell', { stairwell })]),
    say('alarm.language', { language: words.languageName(language) }),
    ...(behalf === true ? [say('case.behalf')] : []),
    ...(note === '' ? [] : [noteLine(words, document)]),
    ...(talks.length === 0 ? [] : [say('case.talks', { talks: talks.join(', ') })]),
    ...(document.callBack === undefined ? [] : [say('case.call-back', { phone: document.callBack.phone })]),
    ...(asked === 0 ? [] : [say('case.asked', { number: asked })]),
    ...history.slice(-HAPPENED_MAX).map((one) => happenedLine(words, one)),
  ]
}

/** Of danger its kind, else what its resident wrote. */
function noteLine(words: CaseWords, { task, note }: HandoffDocument): string {
  const ofDanger = task === DANGER_TASK ? sayOr(words, `coordinating.danger.${note}`, '') : ''
  return ofDanger === '' ? words.say('coordinating.case.note', { note }) : words.say('coordinating.case.danger', { kind: ofDanger })
}

type Say = (id: string, values?: Readonly<Record<string, string | number>>) => string

function ago(say: Say, ms: number): string {
  if (ms < MINUTE) return say('ago.now')
  if (ms < HOUR) return say('ago.minutes', { count: Math.floor(ms / MINUTE) })
  return ms < DAY ? say('ago.hours', { count: Math.floor(ms / HOUR) }) : say('ago.days', { count: Math.floor(ms / DAY) })
}

function happenedLine(words: CaseWords, { at, what, by }: { readonly at: Instant; readonly what: string; readonly by?: string }): string {
  const happened = sayOr(words, `coordinating.happened.${what}`, what)
  if (by === undefined) return words.say('coordinating.case.line', { time: timeWords(at), what: happened })
  return words.say('coordinating.case.line.by', { time: timeWords(at), what: happened, by: sayOr(words, `coordinating.by.${by}`, by) })
}

/** `24.11. 10.05`: day, month and the time on a Danish wall. */
function timeWords(at: Instant): string {
  const [date = '', time = ''] = copenhagenTime(at).split('T')
  const [, month = '', day = ''] = date.split('-')
  return `${day}.${month}. ${time.replace(':', '.')}`
}

function taskTitle(words: CaseWords, task: string): string {
  return sayOr(words, `coordinating.task.${task}`, sayOr(words, `volunteering.task.${task}`, task))
}

/** A phrase that there is not is said as its own key. */
function sayOr({ say }: CaseWords, key: string, other: string): string {
  const said = say(key)
  return said === key ? other : said
}
