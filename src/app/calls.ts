/** The functions that a dialog's `call` may name. Each reads, none changes anything. */
import { RETENTION_DAYS } from '../core/language-choice.js'
import type { Answer } from '../core/types.js'
import type { Collection } from '../store/collection.js'
import type { HandoffDocument, QuestionDocument, TurnDocument } from '../store/collections.js'

export type Call = (order: {
  contact: string
  values: Readonly<Record<string, Answer>>
}) => Promise<Readonly<Record<string, string | number>>>
export type Calls = Readonly<Record<string, Call>>

/** Names known to the checker. */
export const CALL_NAMES = ['about-me'] as const

export function createCalls(deps: {
  turns: Collection<TurnDocument>
  handoffs: Collection<HandoffDocument>
  questions: Collection<QuestionDocument>
}): Record<(typeof CALL_NAMES)[number], Call> {
  return {
    'about-me': async ({ contact }) => {
      const [turns] = await deps.turns.count({ contact })
      const [requests] = await deps.handoffs.count({ contact })
      const [questions] = await deps.questions.count({ contact })
      return { messages: turns?.count ?? 0, requests: requests?.count ?? 0, questions: questions?.count ?? 0, days: RETENTION_DAYS }
    },
  }
}
