/** Ids of the board in the words of staff; an id that has none is shown as it is. */
import type { RequestRow, TimelineEntry } from '../../../core/board-types.js'
import type { Reason } from '../../../core/callout-types.js'
import { isolated } from '../../../core/language/isolated.js'
import type { Texts } from '../texts.js'
import { languageName } from './languages.js'

/** The text `board.<group>.<id>`, or the id. */
export function wordsOf({ knows, say }: Texts, group: string, id: string): string {
  const key = `board.${group}.${id}`
  return knows(key) ? say(key) : id
}

export function capital(text: string): string {
  // Direction marks of a name may come before its first letter.
  return text.replace(/^[\u2066-\u2069]*\p{Ll}/u, (first) => first.toLocaleUpperCase())
}

/** Where a request stands: "2. runde: 4 spurgt, 0 nej", "Yusuf er på vej". */
export function standing(texts: Texts, row: RequestRow): string {
  const { say } = texts
  const { state, wave, asked, declined, helper, staff, closed } = row
  if (closed !== undefined) return wordsOf(texts, 'closed', closed.reason)
  if (staff !== undefined && (state === 'with-staff' || state === 'plain')) {
    return capital(say('board.stands.staff', { who: staffName(texts, staff) }))
  }
  const counts = { wave: String(wave), asked: String(asked), declined: String(declined) }
  if (state === 'handed-back' && asked > 0) return say('board.stands.handed-back', counts)
  if (state === 'open' || state === 'offered' || state === 'handed-back') {
    return wave === 0 || asked === 0 ? say('board.stands.none') : say('board.stands.wave', counts)
  }
  return say(`board.stands.${state}`, { who: helper === undefined ? say('board.volunteer') : isolated(helper) })
}

/** Staff by name; those who are gone have none. */
export function staffName({ say }: Texts, name: string): string {
  return name === '' ? say('board.by.staff') : isolated(name)
}

const ENDS: ReadonlySet<string> = new Set(['done', 'cancel'])
const STAFF: ReadonlySet<string> = new Set(['staff', 'coordinator', 'command-line'])

/** What happened, in a sentence: "Yusuf sagde nej". */
export function happened(texts: Texts, { what, by, who }: Pick<TimelineEntry, 'what' | 'by' | 'who'>): string {
  const { knows, say } = texts
  // For staff it is neither theirs to call off nor to say that it was done: they close it.
  const isStaff = STAFF.has(by ?? '')
  const opened = what === 'confirm' && isStaff ? 'confirm-behalf' : what
  const key = `board.happened.${ENDS.has(what) && isStaff ? 'close' : opened}`
  const person = (who ?? '') === '' ? wordsOf(texts, 'by', by ?? 'somebody') : isolated(who ?? '')
  // Whom the program asked, nobody has to be named to know.
  const somebody = what === 'offer' && who === undefined ? say('board.by.volunteer') : person
  return capital(knows(key) ? say(key, { who: somebody }) : what)
}

/** Why somebody was or was not asked: "taler arabisk". */
export function reasonWords(texts: Texts, { id, values = {} }: Reason): string {
  const { knows, language, say } = texts
  const exact = `board.reason.${id}.${values['circle'] ?? ''}`
  const key = knows(exact) ? exact : `board.reason.${id}`
  if (!knows(key)) return id
  const filled = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
  const spoken = filled['language'] === undefined ? {} : { language: languageName(filled['language'], language).spoken }
  return say(key, { ...filled, ...spoken })
}

/** Tasks by their titles. */
export function taskTitle(texts: Texts, task: string): string {
  return wordsOf(texts, 'task', task)
}
