/** A request as a coordinator reads it in the chat: ids and times, the resident's note, who was asked. */
import { copenhagenTime } from '../../core/copenhagen.js'
import type { Instant } from '../../core/types.js'
import type { HandoffDocument } from '../../store/collections.js'
import { waitingWords } from '../help-list.js'

/** Newest lines of what happened. */
const HISTORY_SHOWN = 12

/** Lines without a name or an id of a person. */
export function showLines(document: HandoffDocument, now: Instant): readonly string[] {
  const { receipt, task, area, language, note, openedAt, handoff, details, history = [], decisions = [] } = document
  const askedCount = decisions.findLast(({ step }) => step === 'wave')?.log.filter(({ asked }) => asked).length ?? 0
  return [
    `${receipt} · ${task} · ${area}${details?.stairwell === undefined || details.stairwell === '' ? '' : ` ${details.stairwell}`} · ${language}`,
    `${handoff?.state ?? document.state} · ${waitingWords(openedAt, now)} · ${askedCount}`,
    ...(note === '' ? [] : [note]),
    ...history.slice(-HISTORY_SHOWN).map(({ at, what, by }) => `${copenhagenTime(at)}  ${what}${by === undefined ? '' : ` (${by})`}`),
  ]
}
